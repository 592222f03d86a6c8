package io.otabridge.http;

import io.vavr.collection.List;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * Hides credentials and signed links in text that came from outside. It knows the backend's own secrets in the forms in
 * which servers repeat them (plain, percent-encoded once and twice), and cuts the query off every link. Immutable.
 */
public final class Redactor {

    private static final Pattern LINK_QUERY = Pattern.compile("(https?://[^\\s?\"'<>]{1,2000})\\?[^\\s\"'<>]*");
    private static final int SHORTEST = 4;

    private final List<String> hidden;

    private Redactor(List<String> hidden) {
        this.hidden = hidden;
    }

    /** A redactor that hides these texts; ones of fewer than four characters cannot be told from ordinary words. */
    public static Redactor hiding(List<String> secrets) {
        return new Redactor(secrets.filter(secret -> secret.length() >= SHORTEST)
                .flatMap(secret -> {
                    String once = Signing.percentEncode(secret);
                    return List.of(secret, once, Signing.percentEncode(once));
                })
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed()));
    }

    /** The text with every secret and every link's query replaced. */
    public String redact(String text) {
        String safe = LINK_QUERY.matcher(text).replaceAll("$1?…");
        for (String secret : hidden) {
            safe = safe.replace(secret, "***");
        }
        return safe;
    }
}
