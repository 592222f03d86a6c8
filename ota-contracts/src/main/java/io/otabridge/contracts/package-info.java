/** Contract suites that every adapter passes. A test class of an adapter implements their interfaces. */
@NullMarked
package io.otabridge.contracts;

import org.jspecify.annotations.NullMarked;
