/**
 * A configured account on a vendor's platform: its ports, what it can do, and its diagnosis. Start with
 * {@link io.otabridge.domain.backend.Backend}. Adapters are plugged in with the package {@code spi}.
 */
@NullMarked
package io.otabridge.domain.backend;

import org.jspecify.annotations.NullMarked;
