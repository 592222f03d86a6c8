package io.otabridge.domain.backend;

import io.otabridge.domain.StringConstraint;
import java.util.Objects;

/** A text that must not be seen: it can be used, but not printed, logged or compared by accident. Immutable. */
public final class Secret {

    /**
     * What a secret from a configuration, the environment or a file must be to travel in a header. A line break at the end,
     * as files and variables often have, breaks it.
     */
    public static final StringConstraint RULE = StringConstraint.matching(
            "secret",
            "[\\x21-\\x7e]{1,32768}",
            "1 to 32768 printable ASCII characters without white space or line breaks");

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    public static Secret of(String value) {
        return new Secret(Objects.requireNonNull(value, "secret"));
    }

    /** The secret text. Whoever calls this answers for it. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
