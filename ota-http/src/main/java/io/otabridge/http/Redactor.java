package io.otabridge.http;

import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes text that came from outside fit to be shown. It hides the backend's own secrets in the forms in which servers repeat
 * them (plain, percent-encoded, escaped as in JSON or HTML, wholly or in part), cuts the query off every link, and hides the
 * value of every parameter that names a signature or token. It can be told of secrets that come later. Safe for many threads.
 */
public final class Redactor {

    /** What is looked at at most, before anything is hidden. */
    private static final int READ = 8_000;

    private static final int SHOWN = 300;
    private static final int SHORTEST = 4;

    private static final Pattern LINK = Pattern.compile(
            "(?i)(https?:(?:\\\\?/){2})(?:[\\x21-\\x7e&&[^/?#@\"'<>]]{0,200}+@)?([\\x21-\\x7e&&[^?\"'<>]]{1,2000}+)"
                    + "(\\?[\\x21-\\x7e&&[^\"'<>]]*+)?");
    private static final Pattern SENSITIVE_PARAMETER =
            Pattern.compile("(?i)((?:signature|security-?token|auth-token|credential|accesskeyid)[\"']?(?:=|%3D|%253D))"
                    + "[^\\s&\"'<>%]++(?:%(?!26)[^\\s&\"'<>%]*+)*+");
    private static final Pattern SENSITIVE_MEMBER = Pattern.compile(
            "(?i)((?:signature|security-?token|auth-token|accesskeysecret)[\"']?\\s?:\\s?[\"']?)[^\\s&\"'<>,]{16,}+");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\s\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+");

    /** How many of the secrets that came later are hidden: enough for answers that are still on their way. */
    private static final int LATER_ONES = 16;

    /** Texts to hide, made ready for it once, the longest first. */
    private record Hidden(List<SoughtSecret> secrets, int longest) {

        static Hidden of(List<String> texts) {
            List<SoughtSecret> secrets = texts.filter(text -> text.length() >= SHORTEST)
                    .distinct()
                    .sorted(Comparator.comparing(String::length).reversed())
                    .map(SoughtSecret::new);
            return new Hidden(secrets, secrets.map(SoughtSecret::longest).max().getOrElse(0));
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
    synchronized void learn(List<String> secrets) {
        later = secrets.appendAll(later).distinct().take(LATER_ONES);
        hidden = Hidden.of(always.appendAll(later));
    }

    /** The text with every secret and every link's query replaced; otherwise unchanged, and whole. */
    public String redact(String text) {
        String safe = text;
        // First, as what hides a link or a parameter may take a piece of a secret with it and leave the rest.
        for (SoughtSecret secret : hidden.secrets()) {
            safe = secret.hide(safe);
        }
        safe = LINK.matcher(safe)
                .replaceAll(link ->
                        Matcher.quoteReplacement(link.group(1) + link.group(2) + (link.group(3) == null ? "" : "?…")));
        safe = SENSITIVE_PARAMETER.matcher(safe).replaceAll("$1***");
        return SENSITIVE_MEMBER.matcher(safe).replaceAll("$1***");
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
        String safe = redact(UNPRINTABLE.matcher(read).replaceAll(" "));
        String line = (isCut ? withoutCutSecret(safe) : safe).strip();
        String brief = line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
        return Option.some(brief).filter(rest -> !rest.isEmpty());
    }

    /** What was hidden last was whole, or went on to the end. */
    private String withoutCutSecret(String safe) {
        int lastHidden = Math.max(endOfLast("***", safe), endOfLast("?…", safe));
        return safe.substring(0, Math.max(lastHidden, safe.length() - hidden.longest()));
    }

    private static int endOfLast(String mark, String text) {
        int at = text.lastIndexOf(mark);
        return at < 0 ? 0 : at + mark.length();
    }

    /** The secrets that are hidden now. */
    List<SoughtSecret> secrets() {
        return hidden.secrets();
    }

    /** Every expression that texts are searched for. */
    static List<Pattern> expressions() {
        return List.of(LINK, SENSITIVE_PARAMETER, SENSITIVE_MEMBER, UNPRINTABLE);
    }
}
