package io.otabridge.app;

import io.vavr.collection.List;
import java.io.Serial;

/** Thrown if a name is not that of a backend in the configuration. */
public final class UnknownBackendException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String name;

    UnknownBackendException(String name, List<String> known) {
        super("unknown backend \"" + name + "\"; known: " + known.mkString(", "));
        this.name = name;
    }

    /** Returns the unknown name. */
    public String name() {
        return name;
    }
}
