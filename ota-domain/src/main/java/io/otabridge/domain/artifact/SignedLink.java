package io.otabridge.domain.artifact;

import io.vavr.control.Option;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Objects;

/**
 * A link that contains credentials in its query or user part. {@code toString} masks them; only {@link #reveal} returns
 * the whole text. Two links are equal if their whole texts are equal. Immutable and safe for use by multiple threads.
 */
public final class SignedLink {

    private static final int MAX_VISIBLE = 300;

    /** Transient, so that libraries that write objects by their fields leave it out. */
    private final transient String url;

    private SignedLink(String url) {
        this.url = Objects.requireNonNull(url, "url");
    }

    /** Returns the link with this text, exactly as the vendor sent it. */
    public static SignedLink of(String url) {
        return new SignedLink(url);
    }

    /** Returns the whole link. Treat it as a secret: do not log it, and do not store it beyond its expiry. */
    public String reveal() {
        return url;
    }

    /** Returns the host; absent if the text is not a link with a host. */
    public Option<String> host() {
        try {
            return Option.of(new URI(masked()).getHost());
        } catch (URISyntaxException notALink) {
            return Option.none();
        }
    }

    /** Returns when the link expires; absent if its query does not state it in a known format. */
    public Option<Instant> expires() {
        return LinkExpiryParser.read(url);
    }

    /** Returns the beginning of the link without user, query and fragment; empty if the user part may exceed it. */
    public String masked() {
        String beginning = beginning();
        String shown = beginning.replaceAll("//[^/]*@", "//");
        // The cut may be inside the user part, which must not be shown.
        boolean isCutInHost =
                beginning.length() == MAX_VISIBLE && shown.lastIndexOf('/') <= shown.lastIndexOf("//") + 1;
        return isCutInHost ? "" : shown;
    }

    private String beginning() {
        return url.substring(0, Math.min(url.length(), MAX_VISIBLE)).split("[?#;]", 2)[0];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedLink link && url.equals(link.url);
    }

    @Override
    public int hashCode() {
        return url.hashCode();
    }

    /** Returns {@link #masked}, followed by {@code ?…} if something is omitted. */
    @Override
    public String toString() {
        return masked() + (url.length() > beginning().length() ? "?…" : "");
    }
}
