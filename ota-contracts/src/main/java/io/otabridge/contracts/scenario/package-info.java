/** Failure scenarios, and how each call must end in them. */
@NullMarked
package io.otabridge.contracts.scenario;

import org.jspecify.annotations.NullMarked;
