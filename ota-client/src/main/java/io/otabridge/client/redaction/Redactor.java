package io.otabridge.client.redaction;

import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Removes secrets from text of external origin. Hides the backend's secrets in every reversible encoding, the user info and query of
 * links, and the values of parameters whose names denote a signature, token or password. Decodes escapes before the search. Secrets
 * can be added later. Thread-safe.
 */
public final class Redactor {

    /** The maximum number of characters that {@link #sanitize} processes. */
    private static final int MAX_INPUT = 8_000;

    private static final int MAX_OUTPUT = 300;
    private static final int MIN_SECRET_LENGTH = 4;

    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\s\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]|[\\p{Cf}&&[\\x{0}-\\x{ffff}]]");
    private static final Pattern UNPRINTABLE_RUN = Pattern.compile("[\\s\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+");

    /** The number of added secrets that are hidden; enough for responses still in flight. */
    private static final int MAX_LEARNED = 16;

    /** The matchers for all secrets. */
    private record Matchers(List<SecretMatcher> exact, List<LooseSecretMatcher> loose, int longest) {

        static Matchers of(List<String> texts) {
            List<String> secrets =
                    texts.filter(text -> text.length() >= MIN_SECRET_LENGTH).distinct();
            List<SecretMatcher> exact = secrets.map(SecretMatcher::new);
            return new Matchers(
                    exact,
                    secrets.map(LooseSecretMatcher::new),
                    exact.map(SecretMatcher::longest).max().getOrElse(0));
        }
    }

    private final List<String> initial;
    private List<String> learned = List.empty();
    private List<String> inUse = List.empty();
    private volatile Matchers matchers;

    private Redactor(List<String> secrets) {
        this.initial = secrets;
        this.matchers = Matchers.of(secrets);
    }

    /** A redactor for these secrets. Ignores texts of fewer than four characters, which may be part of ordinary words. */
    public static Redactor hiding(List<String> secrets) {
        return new Redactor(secrets);
    }

    /** Adds secrets to hide. Keeps the 16 most recently added ones. */
    public synchronized void addSecrets(List<String> secrets) {
        learned = secrets.appendAll(learned).distinct().take(MAX_LEARNED);
        matchers = Matchers.of(initial.appendAll(learned).appendAll(inUse));
    }

    /** Runs an action, such as a single request, and hides its secrets until it ends. */
    public <T> T hideDuring(List<String> secrets, Supplier<T> action) {
        setInUse(current -> current.appendAll(secrets));
        try {
            return action.get();
        } finally {
            // One occurrence of each, because another action may have the same ones.
            setInUse(current -> secrets.foldLeft(current, List::remove));
        }
    }

    private synchronized void setInUse(UnaryOperator<List<String>> change) {
        inUse = change.apply(inUse);
        matchers = Matchers.of(initial.appendAll(learned).appendAll(inUse));
    }

    /** Replaces secrets, user info and queries of links, and sensitive values. Neither shortens nor otherwise changes the text. */
    public String redact(String text) {
        return redact(text, false);
    }

    private String redact(String text, boolean isCut) {
        Matchers secrets = matchers;
        HiddenRanges ranges = new HiddenRanges();
        String printable = UNPRINTABLE.matcher(text).replaceAll(" ");
        secrets.exact().forEach(secret -> secret.hide(printable, ranges));
        for (DecodedText level : DecodedText.levels(text)) {
            new SensitiveTextScanner(level, level, ranges).scan();
            AlphanumericText letters = new AlphanumericText(level);
            secrets.loose().forEach(secret -> secret.hide(letters, ranges));
            if (isCut) {
                // A secret that continues after the cut cannot be found.
                int end = Math.min(
                        text.length() - secrets.longest(), letters.startOfLast(LooseSecretMatcher.PREFIX_LENGTH));
                ranges.hide(Math.max(0, end), text.length(), HiddenRanges.NOTHING);
            }
        }
        return ranges.apply(text);
    }

    /**
     * Redacts a text for display: on one line, without terminal control characters, at most 300 characters. If the text is cut before
     * redaction, enough characters are removed from its end that no part of a cut secret remains.
     *
     * @return absent if no text remains
     */
    public Option<String> sanitize(String text) {
        // In UTF-16 text that was decoded as a single-byte encoding, every other character is NUL.
        String start = text.substring(0, Math.min(text.length(), 2 * MAX_INPUT)).replace("\0", "");
        String input = start.substring(0, Math.min(start.length(), MAX_INPUT));
        boolean isCut = text.length() > 2 * MAX_INPUT || start.length() > MAX_INPUT;
        String line =
                UNPRINTABLE_RUN.matcher(redact(input, isCut)).replaceAll(" ").strip();
        String output = line.length() > MAX_OUTPUT ? line.substring(0, MAX_OUTPUT) + "…" : line;
        return Option.some(output).filter(rest -> !rest.isEmpty());
    }

    /** The secrets to hide. */
    List<SecretMatcher> secrets() {
        return matchers.exact();
    }

    /** All regular expressions applied to texts. */
    static List<Pattern> expressions() {
        return List.of(UNPRINTABLE, UNPRINTABLE_RUN);
    }
}
