package io.otabridge.client.transfer;

import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult.DigestCheck;
import io.otabridge.domain.artifact.FirmwareFile;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Compares the bytes of a download with the digests of the vendor and of the caller. Used by one thread. */
final class ContentCheck {

    private static final List<String> STRONG = List.of(Checksum.SHA256, "SHA-384", "SHA-512");
    private static final List<String> KNOWN = STRONG.appendAll(List.of("SHA-224", "SHA-1", Checksum.MD5));
    private static final int MD5_DIGITS = 32;
    private static final int SHA256_DIGITS = 64;

    private final List<Checksum> vendors;
    private final Option<Checksum> callers;
    private final Map<String, MessageDigest> digests;
    private Checksum sha256 = Checksum.of(Checksum.SHA256, "-");

    private ContentCheck(List<Checksum> vendors, Option<Checksum> callers) {
        this.vendors = vendors;
        this.callers = callers;
        this.digests = vendors.appendAll(callers)
                .map(ContentCheck::algorithm)
                .append(Checksum.SHA256)
                .distinct()
                .toMap(name -> name, ArtifactBody::digest);
    }

    static ContentCheck of(FirmwareFile file, Download download) {
        return new ContentCheck(file.checksums().flatMap(ContentCheck::usable), download.expected());
    }

    /** The digest with an algorithm that Java has; absent if it is a placeholder or another algorithm. */
    private static Option<Checksum> usable(Checksum sent) {
        Option<String> algorithm = sent.algorithm()
                .orElse(() -> Option.when(sent.value().length() == SHA256_DIGITS, Checksum.SHA256))
                .orElse(() -> Option.when(sent.value().length() == MD5_DIGITS, Checksum.MD5));
        return algorithm
                .filter(KNOWN::contains)
                .map(name -> Checksum.of(name, sent.value()))
                .filter(Checksum::isDigest);
    }

    /** Whether there is no digest to compare with. */
    boolean isEmpty() {
        return vendors.isEmpty() && callers.isEmpty();
    }

    /** The difference between the digest that the caller expects and those that the vendor sends; absent if none. */
    Option<String> contradiction() {
        return callers.flatMap(mine -> {
            List<Checksum> comparable = vendors.filter(mine::usesSameAlgorithmAs);
            return Option.when(
                    isOther(mine, comparable),
                    () -> "the vendor reports " + algorithm(mine) + " "
                            + comparable.head().value() + ", but " + mine.value() + " was expected");
        });
    }

    /** Forgets all bytes. */
    void restart() {
        digests.values().forEach(MessageDigest::reset);
    }

    void update(byte[] bytes, int count) {
        digests.values().forEach(digest -> digest.update(bytes, 0, count));
    }

    /** The difference between the digests of all bytes and the expected ones; absent if none. Called once. */
    Option<String> difference() {
        Map<String, Checksum> actual = digests.map((name, digest) ->
                new io.vavr.Tuple2<>(name, Checksum.of(name, HexFormat.of().formatHex(digest.digest()))));
        sha256 = actual.get(Checksum.SHA256).get();
        return actual.values()
                .toList()
                .flatMap(mine -> difference(mine, vendors.filter(mine::usesSameAlgorithmAs))
                        .orElse(() -> difference(
                                mine, callers.filter(mine::usesSameAlgorithmAs).toList())))
                .headOption();
    }

    /** A vendor may send several digests of one algorithm, for example one for the download and one for its content. */
    private static boolean isOther(Checksum mine, List<Checksum> others) {
        return others.nonEmpty() && !others.exists(other -> other.value().equalsIgnoreCase(mine.value()));
    }

    private static Option<String> difference(Checksum actual, List<Checksum> expected) {
        return Option.when(
                isOther(actual, expected),
                () -> algorithm(actual) + " " + actual.value() + " instead of "
                        + expected.head().value());
    }

    /** The SHA-256 of all bytes, after {@link #difference()}. */
    Checksum sha256() {
        return sha256;
    }

    /** What a successful comparison proves. */
    DigestCheck result() {
        if (callers.isDefined() || vendors.exists(digest -> STRONG.contains(algorithm(digest)))) {
            return DigestCheck.VERIFIED;
        }
        return vendors.isEmpty() ? DigestCheck.NOT_VERIFIED : DigestCheck.ACCIDENTAL_CHANGES_ONLY;
    }

    private static String algorithm(Checksum digest) {
        return digest.algorithm().get();
    }
}
