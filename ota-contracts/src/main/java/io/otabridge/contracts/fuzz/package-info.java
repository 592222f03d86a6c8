/** Inputs for fuzz tests of adapters. */
@NullMarked
package io.otabridge.contracts.fuzz;

import org.jspecify.annotations.NullMarked;
