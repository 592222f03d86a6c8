/** A backend that keeps its data in memory, for tests of applications. */
@NullMarked
package io.otabridge.contracts.memory;

import org.jspecify.annotations.NullMarked;
