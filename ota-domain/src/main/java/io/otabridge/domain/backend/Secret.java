package io.otabridge.domain.backend;

import io.otabridge.domain.StringConstraint;
import java.util.Objects;

/**
 * A secret text. {@code toString} masks it, and {@code equals} does not compare it. Immutable and safe for use by
 * multiple threads.
 */
public final class Secret {

    /**
     * The constraint on secrets from a configuration, the environment or a file, which must fit into an HTTP header. It
     * rejects a line break at the end, as files and variables often have.
     */
    public static final StringConstraint CONSTRAINT = StringConstraint.matching(
            "secret",
            "[\\x21-\\x7e]{1,32768}",
            "1 to 32768 printable ASCII characters without white space or line breaks");

    /** Transient, so that libraries that write objects by their fields leave it out. */
    private final transient String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Wraps a secret text. */
    public static Secret of(String value) {
        return new Secret(Objects.requireNonNull(value, "secret"));
    }

    /** Returns the secret text. The caller must not log or display it. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
