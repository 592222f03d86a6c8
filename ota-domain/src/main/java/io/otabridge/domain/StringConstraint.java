package io.otabridge.domain;

import io.vavr.control.Either;
import java.util.regex.Pattern;

/**
 * A rule for text from outside. It says in words what it checks, so that a refusal can quote both value and rule.
 * Immutable and safe for many threads.
 */
public final class StringConstraint {

    private final String subject;
    private final Pattern pattern;
    private final String words;

    /** So many letters, digits and signs of ASCII, without blanks, obey the rule in any case. */
    private final int plainCharacters;

    private StringConstraint(String subject, Pattern pattern, String words, int plainCharacters) {
        this.subject = subject;
        this.pattern = pattern;
        this.words = words;
        this.plainCharacters = plainCharacters;
    }

    /**
     * A rule by regular expression, which must match the whole text.
     *
     * @param subject what the text is, such as {@code module id}
     * @param regex the expression
     * @param words the same rule for people, as the end of a sentence that begins with "must be"
     */
    public static StringConstraint matching(String subject, String regex, String words) {
        return new StringConstraint(subject, Pattern.compile(regex), words, 0);
    }

    /** An identifier that only its vendor can read: {@code max} characters at most, no white space, no control characters. */
    public static StringConstraint opaque(String subject, int max) {
        return new StringConstraint(
                subject,
                Pattern.compile("[^\\s\\p{Cc}\\p{Cs}\\p{Z}]{1," + max + "}"),
                "1 to " + max + " characters without white space or control characters",
                max);
    }

    /** A name that people chose: {@code max} characters at most, not blank, no control characters. */
    public static StringConstraint name(String subject, int max) {
        return new StringConstraint(
                subject,
                Pattern.compile("(?=.*[^\\s\\p{Z}])[^\\p{Cc}\\p{Cs}]{1," + max + "}"),
                "1 to " + max + " characters, not all blank and without control characters",
                max);
    }

    /** The text itself if it obeys the rule, otherwise what is wrong with it. Never throws for a text. */
    public Either<ConstraintViolation, String> check(String text) {
        return obeys(text) ? Either.right(text) : Either.left(invalid(text));
    }

    /**
     * Insists on the rule, for values that only a programmer can get wrong.
     *
     * @throws IllegalArgumentException with a message that quotes the text and the rule, if the text breaks it
     */
    public void require(String text) {
        if (!obeys(text)) {
            throw new IllegalArgumentException(invalid(text).message());
        }
    }

    /** The rule for people, as the end of a sentence that begins with "must be". */
    public String words() {
        return words;
    }

    private boolean obeys(String text) {
        return isPlain(text) || pattern.matcher(text).matches();
    }

    /** Nearly all that is checked is plain, and needs no search with an expression. */
    private boolean isPlain(String text) {
        if (text.isEmpty() || text.length() > plainCharacters) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private ConstraintViolation invalid(String text) {
        return new ConstraintViolation(subject, text, words);
    }
}
