/**
 * Configured accounts on vendor platforms: ports, capabilities and diagnosis. Start with {@link
 * io.otabridge.domain.backend.Backend}. Adapters are added through the package {@link io.otabridge.domain.spi}.
 */
@NullMarked
package io.otabridge.domain.backend;

import org.jspecify.annotations.NullMarked;
