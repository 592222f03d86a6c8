package io.otabridge.app;

import io.otabridge.domain.spi.BackendProvider;
import io.otabridge.domain.spi.ConfigError;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The adapters that there are, by vendor word. Immutable. */
final class ProviderRegistry {

    private final TreeMap<String, BackendProvider> byVendor = new TreeMap<>();

    /** @throws IllegalStateException if two of them answer to one vendor word */
    ProviderRegistry(Iterable<? extends BackendProvider> providers) {
        for (BackendProvider provider : providers) {
            BackendProvider other = byVendor.put(provider.vendor().name(), provider);
            if (other != null) {
                throw new IllegalStateException("two adapters answer to vendor \"" + provider.vendor() + "\": "
                        + other.getClass().getName() + " and "
                        + provider.getClass().getName() + "; take one of their jars off the class path");
            }
        }
    }

    /** Those that this library's class loader and the thread's context class loader see. */
    static ProviderRegistry onClassPath() {
        Map<Class<?>, BackendProvider> found = new LinkedHashMap<>();
        ServiceLoader<BackendProvider> own =
                ServiceLoader.load(BackendProvider.class, ProviderRegistry.class.getClassLoader());
        List<ServiceLoader<BackendProvider>> loaders =
                knowsOurProviders(Thread.currentThread().getContextClassLoader())
                        ? List.of(own, ServiceLoader.load(BackendProvider.class))
                        : List.of(own);
        try {
            loaders.forEach(loader -> loader.forEach(provider -> found.putIfAbsent(provider.getClass(), provider)));
        } catch (ServiceConfigurationError | LinkageError broken) {
            throw new ConfigurationException(
                    Option.none(),
                    List.of(new ConfigError(
                            "class path",
                            Option.none(),
                            "holds an adapter that cannot be loaded (" + broken.getMessage()
                                    + "): correct its file META-INF/services/" + BackendProvider.class.getName()
                                    + ", add what it lacks, or take its jar away")));
        }
        return new ProviderRegistry(found.values());
    }

    /** A container may give a thread a class loader with another copy of this library, whose adapters are not ours. */
    private static boolean knowsOurProviders(@Nullable ClassLoader loader) {
        try {
            return loader != null && loader.loadClass(BackendProvider.class.getName()) == BackendProvider.class;
        } catch (ClassNotFoundException knowsNone) {
            return false;
        }
    }

    Option<BackendProvider> find(String vendor) {
        return Option.of(byVendor.get(vendor));
    }

    /** Every vendor word, for people. */
    String known() {
        return byVendor.isEmpty() ? "none" : String.join(", ", byVendor.keySet());
    }
}
