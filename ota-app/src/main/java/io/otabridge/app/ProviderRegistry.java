package io.otabridge.app;

import io.otabridge.domain.spi.BackendProvider;
import io.otabridge.domain.spi.ConfigError;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The available adapters by vendor. Immutable. */
final class ProviderRegistry {

    private final TreeMap<String, BackendProvider> byVendor = new TreeMap<>();

    /** @throws IllegalStateException if two adapters have the same vendor */
    ProviderRegistry(Iterable<? extends BackendProvider> providers) {
        for (BackendProvider provider : providers) {
            BackendProvider other = byVendor.put(provider.vendor().name(), provider);
            if (other != null) {
                throw new IllegalStateException("two adapters for vendor \"" + provider.vendor() + "\": "
                        + other.getClass().getName() + " and "
                        + provider.getClass().getName() + "; remove one of their jars from the class path");
            }
        }
    }

    /** Returns the adapters that the class loader of this library and the thread's context class loader find. */
    static ProviderRegistry onClassPath() {
        Map<Class<?>, BackendProvider> found = new LinkedHashMap<>();
        ServiceLoader<BackendProvider> own =
                ServiceLoader.load(BackendProvider.class, ProviderRegistry.class.getClassLoader());
        List<ServiceLoader<BackendProvider>> loaders =
                hasThisLibrary(Thread.currentThread().getContextClassLoader())
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
                            "contains an adapter that cannot be loaded (" + broken.getMessage()
                                    + "): correct its file META-INF/services/" + BackendProvider.class.getName()
                                    + ", add its missing dependencies, or remove its jar")));
        }
        return new ProviderRegistry(found.values());
    }

    /**
     * Returns whether the loader has this copy of the library. A container may use a class loader with another copy,
     * whose adapters are incompatible.
     */
    private static boolean hasThisLibrary(@Nullable ClassLoader loader) {
        try {
            return loader != null && loader.loadClass(BackendProvider.class.getName()) == BackendProvider.class;
        } catch (ClassNotFoundException notFound) {
            return false;
        }
    }

    Option<BackendProvider> find(String vendor) {
        return Option.of(byVendor.get(vendor));
    }

    /** Returns the templates of all providers that have one, by vendor. */
    NavigableMap<String, String> templates() {
        NavigableMap<String, String> templates = new TreeMap<>();
        byVendor.forEach(
                (vendor, provider) -> provider.configTemplate().forEach(template -> templates.put(vendor, template)));
        return templates;
    }

    /** Returns all vendors, for messages. */
    List<String> vendors() {
        return List.ofAll(byVendor.keySet());
    }

    String known() {
        return byVendor.isEmpty() ? "none" : String.join(", ", byVendor.keySet());
    }
}
