package io.otabridge.domain.artifact;

import java.nio.file.Path;
import java.util.Locale;

/**
 * A downloaded file. Immutable.
 *
 * @param file the complete file
 * @param size its size in bytes
 * @param sha256 the SHA-256 of its bytes, computed while they arrived
 * @param check what its bytes were compared with
 * @param resumedAt the number of bytes that an earlier call had downloaded; 0 if none
 */
public record DownloadResult(Path file, long size, Checksum sha256, DigestCheck check, long resumedAt) {

    /** What the bytes of a download were compared with. */
    public enum DigestCheck {
        /** A SHA-256 that the vendor's platform reports, or the digest that the caller expected. */
        VERIFIED,
        /**
         * Only an MD5, or a digest in the metadata of the stored object, which anyone who replaces the object replaces too.
         * They detect accidental changes, but no deliberate ones.
         */
        ACCIDENTAL_CHANGES_ONLY,
        /** Nothing: neither the vendor nor the caller has a digest. */
        NOT_VERIFIED
    }

    /** Returns file, size, digest and check as a text for people. */
    @Override
    public String toString() {
        return file + ", " + size + " bytes, " + sha256 + ", "
                + check.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (resumedAt > 0 ? ", resumed after " + resumedAt + " bytes" : "");
    }
}
