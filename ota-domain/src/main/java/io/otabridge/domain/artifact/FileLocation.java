package io.otabridge.domain.artifact;

import io.vavr.control.Option;
import java.time.Instant;

/** The location of a firmware file. */
public sealed interface FileLocation {

    /** Returns a download link. Everyone who has the link can download the file until it expires. */
    static FileLocation downloadLink(String url) {
        return DownloadLink.of(url);
    }

    /** Returns an object in the vendor's object store, in the region of the account. */
    static FileLocation objectStore(String bucket, String key) {
        return new ObjectStore(Option.none(), Option.some(bucket), Option.some(key));
    }

    /** Returns an object in the vendor's object store. */
    static FileLocation objectStore(String region, String bucket, String key) {
        return new ObjectStore(Option.some(region), Option.some(bucket), Option.some(key));
    }

    /**
     * A download link. Everyone who has the link can download the file until it expires.
     *
     * @param url the link, which is displayed without its signature; {@code url().reveal()} returns the whole link for
     *     the download
     * @param expires when the link expires; absent if the link does not state it
     */
    record DownloadLink(SignedLink url, Option<Instant> expires) implements FileLocation {

        /** Returns a link with the expiry from its query; absent if the format is unknown. */
        public static DownloadLink of(String url) {
            return of(SignedLink.of(url));
        }

        /** Returns a link with the expiry from its query; absent if the format is unknown. */
        public static DownloadLink of(SignedLink url) {
            return new DownloadLink(url, url.expires());
        }
    }

    /**
     * An object in the vendor's object store, to be read with credentials for that store: Huawei {@code obs_location}.
     * Parts that the vendor does not send are absent.
     *
     * @param region the region of the store
     * @param bucket the bucket
     * @param key the key of the object, including folders
     */
    record ObjectStore(Option<String> region, Option<String> bucket, Option<String> key) implements FileLocation {}
}
