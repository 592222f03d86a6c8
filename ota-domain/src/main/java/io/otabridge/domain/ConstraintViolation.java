package io.otabridge.domain;

/**
 * A text that violates a {@link StringConstraint}.
 *
 * @param subject what the text represents, such as {@code module id}
 * @param value the text as given
 * @param requirement what the text must be, a phrase that completes a sentence beginning with "must be"
 */
public record ConstraintViolation(String subject, String value, String requirement) {

    private static final int SHOWN = 80;

    /** Returns a sentence that quotes the value (cut after 80 characters, control characters escaped) and the rule. */
    public String message() {
        return toMessage().text();
    }

    /** Returns the same sentence as a message. Its arguments are the subject, the quoted value and the rule. */
    public Message toMessage() {
        return Message.of(
                "{0} {1} is not valid: it must be {2}", Message.of(subject), quoted(value), Message.of(requirement));
    }

    /** Quotes external text for a message: in quotation marks, cut after 80 characters, control characters escaped. */
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
