package io.otabridge.client.redaction;

import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.regex.Pattern;

/**
 * Makes text from outside fit to be shown. It hides the backend's own secrets in every form that can be read back, the user part
 * and the query of every link, and the value of every parameter that names a signature, token or password. Escapes are decoded
 * for the search, so that it makes no difference how a text is encoded. It can learn secrets later. Safe for many threads.
 */
public final class Redactor {

    /** What is looked at at most, before anything is hidden. */
    private static final int READ = 8_000;

    private static final int SHOWN = 300;
    private static final int SHORTEST = 4;

    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\s\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]|[\\p{Cf}&&[\\x{0}-\\x{ffff}]]");
    private static final Pattern UNPRINTABLE_RUN = Pattern.compile("[\\s\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+");

    /** How many of the secrets that came later are hidden: enough for answers that are still on their way. */
    private static final int LATER_ONES = 16;

    /** Texts to hide, prepared once. */
    private record Hidden(List<SecretMatcher> exact, List<LooseSecretMatcher> loose, int longest) {

        static Hidden of(List<String> texts) {
            List<String> secrets =
                    texts.filter(text -> text.length() >= SHORTEST).distinct();
            List<SecretMatcher> exact = secrets.map(SecretMatcher::new);
            return new Hidden(
                    exact,
                    secrets.map(LooseSecretMatcher::new),
                    exact.map(SecretMatcher::longest).max().getOrElse(0));
        }
    }

    private final List<String> always;
    private List<String> later = List.empty();
    private volatile Hidden hidden;

    private Redactor(List<String> secrets) {
        this.always = secrets;
        this.hidden = Hidden.of(secrets);
    }

    /** A redactor that hides these texts; ones of fewer than four characters cannot be told from ordinary words. */
    public static Redactor hiding(List<String> secrets) {
        return new Redactor(secrets);
    }

    /** Hides these too from now on, in place of the oldest of many that it was told before. */
    public synchronized void learn(List<String> secrets) {
        later = secrets.appendAll(later).distinct().take(LATER_ONES);
        hidden = Hidden.of(always.appendAll(later));
    }

    /** The text with every secret, every link's user and query, and every sensitive value replaced; otherwise unchanged, and whole. */
    public String redact(String text) {
        return redact(text, false);
    }

    private String redact(String text, boolean isCut) {
        Hidden secrets = hidden;
        HiddenRanges parts = new HiddenRanges();
        String printable = UNPRINTABLE.matcher(text).replaceAll(" ");
        secrets.exact().forEach(secret -> secret.hide(printable, parts));
        for (DecodedText level : DecodedText.levels(text)) {
            new SensitiveTextScanner(level, level, parts).find();
            AlphanumericText letters = new AlphanumericText(level);
            secrets.loose().forEach(secret -> secret.hide(letters, parts));
            if (isCut) {
                // The beginning of a secret that goes on after the cut cannot be found.
                int end = Math.min(text.length() - secrets.longest(), letters.startOfLast(LooseSecretMatcher.KNOWN_BY));
                parts.hide(Math.max(0, end), text.length(), HiddenRanges.NOTHING);
            }
        }
        return parts.apply(text);
    }

    /**
     * The beginning of a text of any length, redacted, on one line, without characters that a terminal would obey; absent
     * if nothing is left. Where the text is cut before it is redacted, so much of what is left goes at its end that no piece
     * of a secret stays that was cut.
     */
    public Option<String> shown(String text) {
        // Of a text in two-byte characters every other byte is nothing.
        String begun = text.substring(0, Math.min(text.length(), 2 * READ)).replace("\0", "");
        String read = begun.substring(0, Math.min(begun.length(), READ));
        boolean isCut = text.length() > 2 * READ || begun.length() > READ;
        String line =
                UNPRINTABLE_RUN.matcher(redact(read, isCut)).replaceAll(" ").strip();
        String brief = line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
        return Option.some(brief).filter(rest -> !rest.isEmpty());
    }

    /** The secrets that are hidden now. */
    List<SecretMatcher> secrets() {
        return hidden.exact();
    }

    /** Every expression that texts are searched for. */
    static List<Pattern> expressions() {
        return List.of(UNPRINTABLE, UNPRINTABLE_RUN);
    }
}
