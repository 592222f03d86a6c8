/** Failure scenarios with the expected failures, and variations of valid responses. */
@NullMarked
package io.otabridge.contracts.scenario;

import org.jspecify.annotations.NullMarked;
