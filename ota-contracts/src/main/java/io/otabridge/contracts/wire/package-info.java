/** Failures on the wire for adapters that speak HTTP. */
@NullMarked
package io.otabridge.contracts.wire;

import org.jspecify.annotations.NullMarked;
