package io.otabridge.domain.artifact;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.vavr.collection.List;
import io.vavr.control.Either;
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
        if (!expected.forAll(Download::isVerifiable)) {
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

    /**
     * Checks what is known of a file before its bytes are requested.
     *
     * @param origin the backend and its download operation
     * @return the file; {@link OtaFailure.Rejected} if it is larger than the limit, or if a digest is required and
     *     there is none
     */
    public Either<OtaFailure, FirmwareFile> check(FirmwareFile file, OperationContext origin) {
        if (file.size().exists(size -> size > maxBytes)) {
            return rejected(
                    origin,
                    Message.of(
                            "The file has {0} bytes, more than the limit of {1}",
                            file.size().get(), maxBytes),
                    "Increase the limit if the size is correct");
        }
        if (requiresDigest && expected.isEmpty() && verifiableDigests(file).isEmpty()) {
            return rejected(
                    origin,
                    Message.of("Backend {0} reports no MD5 or SHA-256 digest of the file", origin.backend()),
                    "Pass the digest that you expect, or do not require one");
        }
        return Either.right(file);
    }

    private static Either<OtaFailure, FirmwareFile> rejected(OperationContext origin, Message summary, String advice) {
        return Either.left(new OtaFailure.Rejected(
                FailureDetails.of(origin, summary, Message.of(advice).and(Message.of("nothing was downloaded")))));
    }

    /** Returns the digests of a file with which a download can be verified: MD5 and SHA-256. */
    public static List<Checksum> verifiableDigests(FirmwareFile file) {
        return file.checksums().filter(Download::isVerifiable);
    }

    private static boolean isVerifiable(Checksum digest) {
        return digest.isDigest()
                && digest.algorithm().exists(name -> name.equals(Checksum.SHA256) || name.equals(Checksum.MD5));
    }

    /** Returns a copy with this listener. */
    public Download listener(TransferListener newListener) {
        return new Download(target, fileName, expected, requiresDigest, maxBytes, newListener);
    }
}
