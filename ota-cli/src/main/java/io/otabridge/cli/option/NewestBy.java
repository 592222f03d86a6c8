package io.otabridge.cli.option;

import java.util.Locale;

/** The orders by which a package is the newest. */
public enum NewestBy {
    CREATED,
    SEMANTIC;

    /** Returns the name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
