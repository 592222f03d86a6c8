package io.otabridge.domain;

import java.util.Locale;

/**
 * A state that a vendor reported: its meaning and the text as sent. A text that this library does not know is kept, with
 * a value such as {@code UNKNOWN}. Immutable.
 *
 * @param value the meaning
 * @param raw the vendor's text
 * @param <E> the states
 */
public record Reported<E extends Enum<E>>(E value, String raw) {

    /** Returns a state whose text is the name of the value. */
    public static <E extends Enum<E>> Reported<E> of(E value) {
        return new Reported<>(value, value.name());
    }

    /** Returns whether the value is one of these. */
    @SafeVarargs
    public final boolean is(E... values) {
        for (E one : values) {
            if (one == value) {
                return true;
            }
        }
        return false;
    }

    /** Returns the identifier of the value for output, such as {@code awaiting-retry}. */
    public String code() {
        return code(value);
    }

    /** Returns the identifier of a value for output, such as {@code awaiting-retry}. */
    public static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
