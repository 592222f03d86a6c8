package io.otabridge.domain;

/**
 * A text that broke a {@link StringConstraint}.
 *
 * @param subject what the text was meant to be, such as {@code module id}
 * @param value the text as it was given
 * @param rule what the text must be, as the end of a sentence that begins with "must be"
 */
public record ConstraintViolation(String subject, String value, String rule) {

    private static final int SHOWN = 80;

    /** One sentence that quotes the value (cut after 80 characters, control characters escaped) and the rule. */
    public String message() {
        return toMessage().text();
    }

    /** The same as a message, whose arguments are the subject, the quoted value and the rule. */
    public Message toMessage() {
        return Message.of("{0} {1} is not valid: it must be {2}", Message.of(subject), quoted(value), Message.of(rule));
    }

    /** A text from outside as it may stand in a message: quoted, cut after 80 characters, control characters escaped. */
    public static String quoted(String text) {
        StringBuilder shown = new StringBuilder("\"");
        text.codePoints().limit(SHOWN).forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        boolean cut = text.codePoints().skip(SHOWN).findAny().isPresent();
        return shown.append(cut ? "…\"" : "\"").toString();
    }
}
