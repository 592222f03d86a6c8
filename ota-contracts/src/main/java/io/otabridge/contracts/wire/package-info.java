/** Network failures for adapters that use HTTP. */
@NullMarked
package io.otabridge.contracts.wire;

import org.jspecify.annotations.NullMarked;
