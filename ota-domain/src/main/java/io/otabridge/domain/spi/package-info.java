/**
 * The interfaces for adapters; applications do not need them. An adapter implements {@link
 * io.otabridge.domain.spi.BackendProvider}, registers it for {@link java.util.ServiceLoader}, reads its settings from
 * {@link io.otabridge.domain.spi.SettingsReader} and returns a {@link io.otabridge.domain.backend.Backend}. Start with
 * the provider.
 */
@NullMarked
package io.otabridge.domain.spi;

import org.jspecify.annotations.NullMarked;
