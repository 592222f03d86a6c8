/**
 * How a back end is plugged in. An adapter implements {@link io.otabridge.domain.backend.BackendProvider}, registers it
 * for {@link java.util.ServiceLoader}, reads its settings from {@link io.otabridge.domain.backend.Settings} and answers a
 * {@link io.otabridge.domain.backend.Backend}. Start with the provider.
 */
@NullMarked
package io.otabridge.domain.backend;

import org.jspecify.annotations.NullMarked;
