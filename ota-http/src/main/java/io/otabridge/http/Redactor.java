package io.otabridge.http;

import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Makes text that came from outside fit to be shown. It hides the backend's own secrets in the forms in which servers repeat
 * them (plain, percent-encoded, escaped as in JSON or HTML), cuts the query off every link, and hides the value of every
 * parameter that names a signature or token. Immutable.
 */
public final class Redactor {

    /** What is looked at at most, before anything is hidden. */
    private static final int READ = 8_000;

    private static final int SHOWN = 300;
    private static final int SHORTEST = 4;
    private static final Pattern LINK_QUERY =
            Pattern.compile("(?i)(https?:(?:\\\\?/){2}[^\\s?\"'<>]{1,2000}+)\\?[^\\s\"'<>]*+");
    private static final Pattern SENSITIVE_PARAMETER = Pattern.compile(
            "(?i)((?:signature|security-?token|auth-token|credential|accesskeyid)(?:=|%3D))[^\\s&\"'<>%]++(?:%(?!26)[^\\s&\"'<>%]*+)*+");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\s\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+");

    private final List<String> hidden;

    private Redactor(List<String> hidden) {
        this.hidden = hidden;
    }

    /** A redactor that hides these texts; ones of fewer than four characters cannot be told from ordinary words. */
    public static Redactor hiding(List<String> secrets) {
        return new Redactor(secrets.filter(secret -> secret.length() >= SHORTEST)
                .flatMap(Redactor::forms)
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed()));
    }

    /** The text with every secret and every link's query replaced; otherwise unchanged, and whole. */
    public String redact(String text) {
        String safe = LINK_QUERY.matcher(text).replaceAll("$1?…");
        safe = SENSITIVE_PARAMETER.matcher(safe).replaceAll("$1***");
        for (String secret : hidden) {
            safe = safe.replace(secret, "***");
        }
        return safe;
    }

    /**
     * The beginning of a text of any length, redacted, on one line, without characters that a terminal would obey; absent
     * if nothing is left. Where the text is cut before it is redacted, the word that was cut goes too, so that no piece of
     * a secret stays.
     */
    public Option<String> shown(String text) {
        String read = text.length() > READ ? withoutLastWord(text.substring(0, READ)) : text;
        String line = UNPRINTABLE.matcher(redact(read)).replaceAll(" ").strip();
        String brief = line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
        return Option.some(brief).filter(rest -> !rest.isEmpty());
    }

    private static String withoutLastWord(String text) {
        int end = text.length();
        while (end > 0 && !Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    private static List<String> forms(String secret) {
        String once = Signing.percentEncode(secret);
        return List.of(
                secret,
                once,
                lowerHex(once),
                Signing.percentEncode(once),
                Signing.percentEncode(lowerHex(once)),
                secret.replace("/", "\\/"),
                escaped(secret, c -> String.format("\\u%04x", (int) c.charAt(0))),
                escaped(secret, c -> String.format("\\u%04X", (int) c.charAt(0))),
                escaped(secret, c -> "&#" + (int) c.charAt(0) + ";"),
                escaped(secret, c -> String.format("&#x%x;", (int) c.charAt(0))));
    }

    private static String lowerHex(String encoded) {
        return Pattern.compile("%[0-9A-F]{2}")
                .matcher(encoded)
                .replaceAll(hex -> hex.group().toLowerCase(Locale.ROOT));
    }

    private static String escaped(String secret, UnaryOperator<String> escape) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < secret.length(); i++) {
            String c = secret.substring(i, i + 1);
            text.append(Character.isLetterOrDigit(secret.charAt(i)) ? c : escape.apply(c));
        }
        return text.toString();
    }
}
