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

/** The backends of a configuration by their names there. Each is opened on first use. Safe for many threads. */
final class Backends {

    private final Option<Path> file;
    private final Map<String, Supplier<Either<List<ConfigError>, Backend>>> openers;
    private final List<String> names;

    private final Object lock = new Object();
    private final Map<String, Backend> opened = new LinkedHashMap<>();
    private boolean isClosed;

    /**
     * @param file where the configuration was read from
     * @param openers by the name of a backend, in the order of the configuration: opens it, or returns every error in its
     *     configuration and leaves nothing open
     */
    Backends(Option<Path> file, Map<String, Supplier<Either<List<ConfigError>, Backend>>> openers) {
        this.file = file;
        this.openers = new LinkedHashMap<>(openers);
        this.names = List.ofAll(openers.keySet());
    }

    /** Backends that are open already. */
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
     * The backends with these names, opened where they are not open yet. After a failure the valid ones stay open.
     *
     * @throws IllegalArgumentException if the configuration has no backend of one of these names
     * @throws ConfigurationException with every error of all of them
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

    /** The one spelling of a product's id on the backend with this name, opened on first use; the id itself if there is none. */
    ProductId canonical(String name, ProductId id) {
        return names.contains(name) ? open(List.of(name)).head().canonical(id) : id;
    }

    /** Every error in the configuration of any backend. Opens the valid ones. */
    List<ConfigError> errors() {
        synchronized (lock) {
            java.util.List<ConfigError> errors = new ArrayList<>();
            names.forEach(name -> open(name, errors));
            return List.ofAll(errors);
        }
    }

    /** Closes each open backend, even if another one fails to close. Later calls do nothing. */
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
                first = first == null ? failed : first;
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
            throw new IllegalArgumentException("there is no backend \"" + name + "\"; known: " + names.mkString(", "));
        }
    }
}
