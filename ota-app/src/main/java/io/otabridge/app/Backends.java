package io.otabridge.app;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.spi.ConfigError;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The backends of a configuration by name. Each is opened on first use. Safe for use by multiple threads. */
final class Backends {

    private final Option<Path> file;
    private final Map<String, Supplier<Either<List<ConfigError>, Backend>>> openers;
    private final List<String> names;

    private final Object lock = new Object();
    private final Map<String, Backend> opened = new LinkedHashMap<>();
    private boolean isClosed;

    /**
     * @param file the file of the configuration; absent if it was created in Java
     * @param openers by the name of a backend, in the order of the configuration: opens it, or returns all errors in
     *     its configuration and leaves nothing open
     */
    Backends(Option<Path> file, Map<String, Supplier<Either<List<ConfigError>, Backend>>> openers) {
        this.file = file;
        this.openers = new LinkedHashMap<>(openers);
        this.names = List.ofAll(openers.keySet());
    }

    /** Returns backends that are already open. */
    static Backends of(List<Backend> backends) {
        Map<String, Supplier<Either<List<ConfigError>, Backend>>> openers = new LinkedHashMap<>();
        backends.forEach(backend -> openers.put(backend.name(), () -> Either.right(backend)));
        Backends result = new Backends(Option.none(), openers);
        result.open(result.names);
        return result;
    }

    List<String> names() {
        return names;
    }

    /**
     * Returns the backends with these names and opens them if necessary. After a failure the valid ones stay open.
     *
     * @throws UnknownBackendException if a name is unknown
     * @throws ConfigurationException with all errors of these backends
     * @throws IllegalStateException if one is not open and the bridge is closed
     */
    List<Backend> open(List<String> chosen) {
        chosen.forEach(this::requireKnown);
        synchronized (lock) {
            java.util.List<ConfigError> errors = new ArrayList<>();
            List<Backend> found = chosen.flatMap(name -> open(name, errors));
            if (!errors.isEmpty()) {
                throw new ConfigurationException(file, List.ofAll(errors));
            }
            return found;
        }
    }

    /**
     * Returns the canonical form of a product id on a backend, which is opened on first use; the id itself if the
     * backend is unknown.
     */
    ProductId canonical(String name, ProductId id) {
        return names.contains(name) ? open(List.of(name)).head().canonical(id) : id;
    }

    /** Returns all errors in the configuration of all backends. Opens the valid ones. */
    List<ConfigError> errors() {
        synchronized (lock) {
            java.util.List<ConfigError> errors = new ArrayList<>();
            names.forEach(name -> open(name, errors));
            return List.ofAll(errors);
        }
    }

    /** Closes each open backend, even if another one fails to close. Later calls have no effect. */
    void close() {
        List<Backend> open;
        synchronized (lock) {
            open = isClosed ? List.empty() : List.ofAll(opened.values());
            isClosed = true;
        }
        RuntimeException first = null;
        for (Backend backend : open) {
            try {
                backend.close();
            } catch (RuntimeException failed) {
                if (first == null) {
                    first = failed;
                } else {
                    first.addSuppressed(failed);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private Option<Backend> open(String name, java.util.List<ConfigError> errors) {
        Option<Backend> open = Option.of(opened.get(name));
        if (open.isEmpty() && isClosed) {
            throw new IllegalStateException("backend \"" + name + "\" cannot be opened: the bridge is closed");
        }
        return open.orElse(() -> Option.of(openers.get(name))
                .flatMap(opener -> opener.get()
                        .peekLeft(found -> found.forEach(errors::add))
                        .peek(backend -> opened.put(name, backend))
                        .toOption()));
    }

    private void requireKnown(String name) {
        if (!openers.containsKey(name)) {
            throw new UnknownBackendException(name, names);
        }
    }
}
