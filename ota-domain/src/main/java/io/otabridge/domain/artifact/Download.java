package io.otabridge.domain.artifact;

import io.vavr.control.Option;
import java.nio.file.Path;

/**
 * How to download a file of a package. Immutable.
 *
 * @param target the file to write. It appears only when all bytes have arrived and their digest is correct; an existing
 *     file is replaced then. Until then the bytes are in a file beside it, from which a later call continues
 * @param fileName the name of the file within the package; absent for its only file
 * @param expected a digest that the bytes must have, in addition to those that the vendor sends
 * @param requiresDigest true if a file without any digest must not be downloaded
 * @param maxBytes the maximum size of the file
 * @param listener receives the progress
 */
public record Download(
        Path target,
        Option<String> fileName,
        Option<Checksum> expected,
        boolean requiresDigest,
        long maxBytes,
        TransferListener listener) {

    /** 5 GiB, the largest object that both vendors accept in one upload. */
    public static final long DEFAULT_MAX_BYTES = 5L << 30;

    /** @throws IllegalArgumentException if the maximum is less than 1, or the expected checksum is not a digest */
    public Download {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be at least 1 but is " + maxBytes);
        }
        if (expected.exists(digest -> !digest.isDigest()
                || !digest.algorithm().exists(name -> name.equals(Checksum.SHA256) || name.equals(Checksum.MD5)))) {
            throw new IllegalArgumentException("expected must be an MD5 or SHA-256 digest in hexadecimal");
        }
    }

    /** Returns a download of the package's only file, with the default size limit. */
    public static Download to(Path target) {
        return new Download(target, Option.none(), Option.none(), false, DEFAULT_MAX_BYTES, TransferListener.NONE);
    }

    /** Returns a copy for the file with this name. Needed if the package has several files. */
    public Download file(String name) {
        return new Download(target, Option.some(name), expected, requiresDigest, maxBytes, listener);
    }

    /**
     * Returns a copy that expects this digest.
     *
     * @throws IllegalArgumentException if it is not an MD5 or SHA-256 digest
     */
    public Download expect(Checksum digest) {
        return new Download(target, fileName, Option.some(digest), requiresDigest, maxBytes, listener);
    }

    /** Returns a copy that fails if neither the vendor sends a digest nor one is expected. */
    public Download requireDigest() {
        return new Download(target, fileName, expected, true, maxBytes, listener);
    }

    /**
     * Returns a copy with another size limit.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public Download maxBytes(long limit) {
        return new Download(target, fileName, expected, requiresDigest, limit, listener);
    }

    /** Returns a copy with this listener. */
    public Download listener(TransferListener newListener) {
        return new Download(target, fileName, expected, requiresDigest, maxBytes, newListener);
    }
}
