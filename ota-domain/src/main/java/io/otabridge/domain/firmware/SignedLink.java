package io.otabridge.domain.firmware;

import io.vavr.control.Option;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Objects;

/**
 * A link whose query, or the user before its host, gives access to what it leads to. It can be used, but not shown by
 * accident: only {@link #reveal} returns the whole text. Two links are equal if their whole texts are. Immutable.
 */
public final class SignedLink {

    private static final int SHOWN = 300;

    private final String url;

    private SignedLink(String url) {
        this.url = Objects.requireNonNull(url, "url");
    }

    /** The link with this text, exactly as the vendor sent it. */
    public static SignedLink of(String url) {
        return new SignedLink(url);
    }

    /** The whole link. Treat it as a secret: do not log it, and do not keep it past its expiry. */
    public String reveal() {
        return url;
    }

    /** The host that the link leads to; absent if the text is not a link with a host. */
    public Option<String> host() {
        try {
            return Option.of(new URI(masked()).getHost());
        } catch (URISyntaxException notALink) {
            return Option.none();
        }
    }

    /** When the link stops working; absent where its query does not state it in a known form. */
    public Option<Instant> expires() {
        return LinkExpiry.read(url);
    }

    /** The beginning of host and path, without query, fragment and user; empty where the user may be longer than that. */
    public String masked() {
        String beginning = beginning();
        String shown = beginning.replaceAll("//[^/]*@", "//");
        // Where the cut may be before the end of a user, neither is shown.
        boolean isCutInHost = beginning.length() == SHOWN && shown.lastIndexOf('/') <= shown.lastIndexOf("//") + 1;
        return isCutInHost ? "" : shown;
    }

    private String beginning() {
        return url.substring(0, Math.min(url.length(), SHOWN)).split("[?#;]", 2)[0];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedLink link && url.equals(link.url);
    }

    @Override
    public int hashCode() {
        return url.hashCode();
    }

    /** The same as {@link #masked}, followed by {@code ?…} if something is left out. */
    @Override
    public String toString() {
        return masked() + (url.length() > beginning().length() ? "?…" : "");
    }
}
