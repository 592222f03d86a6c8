package io.otabridge.domain.firmware;

import io.vavr.control.Option;
import java.time.Instant;

/** Where the bytes of a firmware file are. */
public sealed interface FileLocation {

    /** A link to download the file from, for everyone who has it until it expires. */
    static FileLocation downloadLink(String url) {
        return DownloadLink.of(url);
    }

    /** An object in the vendor's object store, in the region of the account. */
    static FileLocation objectStore(String bucket, String key) {
        return new ObjectStore(Option.none(), Option.some(bucket), Option.some(key));
    }

    /** An object in the vendor's object store. */
    static FileLocation objectStore(String region, String bucket, String key) {
        return new ObjectStore(Option.some(region), Option.some(bucket), Option.some(key));
    }

    /**
     * A link that everyone who has it can download until it expires.
     *
     * @param url the link, which is shown without its signature; {@code url().reveal()} is for the download itself
     * @param expires when it stops working; absent where the link does not say
     */
    record DownloadLink(SignedLink url, Option<Instant> expires) implements FileLocation {

        /** A link whose expiry is read from its own query, where it has a known form. */
        public static DownloadLink of(String url) {
            return of(SignedLink.of(url));
        }

        /** A link whose expiry is read from its own query, where it has a known form. */
        public static DownloadLink of(SignedLink url) {
            return new DownloadLink(url, url.expires());
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
