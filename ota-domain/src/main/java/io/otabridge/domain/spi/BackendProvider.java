package io.otabridge.domain.spi;

import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.vavr.collection.List;
import io.vavr.control.Either;

/**
 * The entry point of an adapter. Applications find providers with {@link java.util.ServiceLoader}: a jar registers its
 * provider in {@code META-INF/services}. A provider has a public constructor without parameters and no state.
 */
public interface BackendProvider {

    /** Returns the value of {@code vendor:} in a configuration that selects this provider. */
    Vendor vendor();

    /**
     * Creates a backend from its settings. Nothing is sent; credentials are checked on first use.
     *
     * @param name the name of the backend in the configuration
     * @param settings the settings of the backend without {@code vendor}. The provider reads every key that it knows
     *     and then calls {@link SettingsReader#finish}, which reports all other keys as errors
     * @param context environment variables, home directory, clock and shared resources
     * @return the backend, or all errors in the settings
     */
    Either<List<ConfigError>, Backend> open(String name, SettingsReader settings, BackendContext context);
}
