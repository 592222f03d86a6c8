package io.otabridge.domain.spi;

import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.vavr.collection.List;
import io.vavr.control.Either;

/**
 * An adapter's way in. The application finds providers with {@link java.util.ServiceLoader}, so that adding a vendor is
 * adding a jar that names its provider in {@code META-INF/services}. A provider has a public constructor without
 * parameters and no state.
 */
public interface BackendProvider {

    /** The word for {@code vendor:} in a configuration that chooses this provider. */
    Vendor vendor();

    /**
     * Makes a backend from its settings. Nothing is sent, so a wrong password shows at the first call.
     *
     * @param name the backend's name in the configuration
     * @param settings the backend's settings without {@code vendor}; the provider reads every key it knows and ends with
     *     {@link SettingsReader#finish}, which turns the keys nobody read into faults
     * @param context what the process offers: environment, home directory, clock, shared resources
     * @return the backend, or every fault in the settings at once
     */
    Either<List<ConfigError>, Backend> open(String name, SettingsReader settings, BackendContext context);
}
