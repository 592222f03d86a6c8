package io.otabridge.domain;

import io.vavr.control.Either;
import java.util.regex.Pattern;

/**
 * A constraint on external text. It has a description, so that a message can quote both value and rule. Immutable and
 * safe for use by multiple threads.
 */
public final class StringConstraint {

    private final String subject;
    private final Pattern pattern;
    private final String description;

    /** Texts of up to this many printable ASCII characters without spaces always satisfy the constraint. */
    private final int maxPlainLength;

    private StringConstraint(String subject, Pattern pattern, String description, int maxPlainLength) {
        this.subject = subject;
        this.pattern = pattern;
        this.description = description;
        this.maxPlainLength = maxPlainLength;
    }

    /**
     * Creates a constraint from a regular expression that must match the whole text.
     *
     * @param subject what the text represents, such as {@code module id}
     * @param regex the expression
     * @param description the rule for people, a phrase that completes a sentence beginning with "must be"
     */
    public static StringConstraint matching(String subject, String regex, String description) {
        return new StringConstraint(subject, Pattern.compile(regex), description, 0);
    }

    /**
     * Creates a constraint for an opaque vendor identifier: at most {@code max} characters, no white space, no control
     * characters.
     */
    public static StringConstraint opaque(String subject, int max) {
        return new StringConstraint(
                subject,
                Pattern.compile("[^\\s\\p{Cc}\\p{Cs}\\p{Z}]{1," + max + "}"),
                "1 to " + max + " characters without white space or control characters",
                max);
    }

    /** Creates a constraint for a display name: at most {@code max} characters, not blank, no control characters. */
    public static StringConstraint name(String subject, int max) {
        return new StringConstraint(
                subject,
                Pattern.compile("(?=.*[^\\s\\p{Z}])[^\\p{Cc}\\p{Cs}]{1," + max + "}"),
                "1 to " + max + " characters, not all blank and without control characters",
                max);
    }

    /**
     * Checks a text. Never throws for a text.
     *
     * @return the text, or the violated constraint
     */
    public Either<ConstraintViolation, String> check(String text) {
        return isSatisfiedBy(text) ? Either.right(text) : Either.left(violation(text));
    }

    /**
     * Requires that a text satisfies the constraint, for values from code.
     *
     * @throws InvalidValueException if the text violates the constraint; the message quotes the text and the rule
     */
    public void require(String text) {
        if (!isSatisfiedBy(text)) {
            throw new InvalidValueException(violation(text));
        }
    }

    /** Returns the rule for people, a phrase that completes a sentence beginning with "must be". */
    public String description() {
        return description;
    }

    private boolean isSatisfiedBy(String text) {
        return isPlainAscii(text) || pattern.matcher(text).matches();
    }

    /** Fast path: most texts are plain ASCII and need no regular expression. */
    private boolean isPlainAscii(String text) {
        if (text.isEmpty() || text.length() > maxPlainLength) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private ConstraintViolation violation(String text) {
        return new ConstraintViolation(subject, text, description);
    }
}
