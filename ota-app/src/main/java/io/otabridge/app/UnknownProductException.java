package io.otabridge.app;

import io.vavr.collection.List;
import java.io.Serial;

/** Thrown if a product of the configuration has no id for a backend. */
public final class UnknownProductException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String backend;

    UnknownProductException(String name, String backend, List<String> backends) {
        super("product \"" + name + "\" has no id for backend \"" + backend + "\" in the configuration, only for "
                + backends.mkString(", "));
        this.name = name;
        this.backend = backend;
    }

    /** Returns the name of the product. */
    public String name() {
        return name;
    }

    /** Returns the name of the backend. */
    public String backend() {
        return backend;
    }
}
