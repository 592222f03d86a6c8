package io.otabridge.domain.spi;

import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

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

    /**
     * Returns the settings of a backend as commented YAML, for a new configuration. It starts with {@code vendor:}, is
     * not indented, has every required setting, and refers to secrets by placeholders such as <code>${NAME}</code>.
     *
     * @return the template; absent if the provider has none
     */
    default Option<String> configTemplate() {
        return Option.none();
    }

    /**
     * Reads a template from a resource in UTF-8 beside this provider's class, for {@link #configTemplate}.
     *
     * @throws UncheckedIOException if it cannot be read or does not exist
     */
    static String readTemplate(Class<? extends BackendProvider> provider, String resource) {
        try (InputStream in = provider.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
