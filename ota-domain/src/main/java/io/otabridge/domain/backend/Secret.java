package io.otabridge.domain.backend;

import java.util.Objects;

/** A text that must not be seen: it can be used, but not printed, logged or compared by accident. Immutable. */
public final class Secret {

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
