package io.otabridge.domain.firmware;

import io.vavr.control.Option;
import java.time.Instant;

/** Where the bytes of a firmware file are. */
public sealed interface FileLocation {

    /**
     * A link that anybody who has it can download until it expires. Treat it as a secret: do not log it, and do not keep
     * it past its expiry. {@code toString} leaves out its query.
     *
     * @param url the link exactly as the vendor sent it
     * @param expires when it stops working; absent where the link does not say
     */
    record DownloadLink(String url, Option<Instant> expires) implements FileLocation {

        private static final int SHOWN = 300;

        /** A link whose expiry is read from its own query, where it has a known form. */
        public static DownloadLink of(String url) {
            return new DownloadLink(url, LinkExpiry.read(url));
        }

        /** The beginning of the link's host and path, without query, fragment and user. */
        @Override
        public String toString() {
            String beginning = url.substring(0, Math.min(url.length(), SHOWN)).split("[?#;]", 2)[0];
            String shown = beginning.replaceAll("//[^/]*@", "//");
            // Where the cut may be before the end of a user, neither is shown.
            boolean isCutInHost = beginning.length() == SHOWN && shown.lastIndexOf('/') <= shown.lastIndexOf("//") + 1;
            shown = isCutInHost ? "" : shown;
            return "DownloadLink[url=" + shown + (url.length() > beginning.length() ? "?…" : "") + ", expires="
                    + expires + "]";
        }
    }

    /**
     * An object in the vendor's object store, to be read with credentials for that store: Huawei {@code obs_location}.
     * A part that the vendor left out is absent.
     *
     * @param region the region of the store
     * @param bucket the bucket
     * @param key the key of the object, folders included
     */
    record ObjectStore(Option<String> region, Option<String> bucket, Option<String> key) implements FileLocation {}
}
