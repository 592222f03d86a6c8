/**
 * Contracts for adapters. Each is an interface with tests; the test class of an adapter implements it and its hooks.
 */
@NullMarked
package io.otabridge.contracts;

import org.jspecify.annotations.NullMarked;
