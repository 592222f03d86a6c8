package io.otabridge.cli.file;

import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.ContentComparison;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.artifact.DownloadResult.DigestCheck;
import io.otabridge.domain.artifact.FirmwareFile;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The file that a download writes.
 *
 * @param path the absolute path
 * @param label the path for messages, as the user knows it
 */
public record DownloadTarget(Path path, String label) {

    /** Three of them, an extension and the suffixes of an unfinished download fit into the usual limit of 255 bytes. */
    private static final int MAX_PART_BYTES = 66;

    /**
     * Returns a file name that is safe on every file system. The parts come from the vendor, so characters with a
     * meaning for paths or shells are replaced, and the name has a hyphen after its first part.
     *
     * @param parts product, target and version, or what else names the content
     */
    public static String fileName(List<String> parts) {
        String name = parts.map(DownloadTarget::safe).mkString("-");
        return (name.startsWith(".") || name.startsWith("-") ? "_" + name.substring(1) : name) + ".bin";
    }

    private static String safe(String part) {
        String safe = part.replaceAll("[^\\p{L}\\p{N}._+-]", "_");
        int end = 0;
        for (int bytes = 0; end < safe.length(); end = safe.offsetByCodePoints(end, 1)) {
            bytes += Character.toString(safe.codePointAt(end)).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_PART_BYTES) {
                break;
            }
        }
        return safe.substring(0, end);
    }

    /**
     * Resolves the target.
     *
     * @param directory the current directory
     * @param to the file or directory of the user, with a slash at the end only a directory; absent for the current
     *     directory
     * @param defaultName the name of the file in a directory
     * @throws CliException if the directory does not exist
     */
    public static DownloadTarget of(Path directory, Option<String> to, String defaultName) {
        to.filter("-"::equals).forEach(output -> {
            throw refused(
                    "a download is verified before it appears, so it cannot be written to standard output",
                    "Name a file with --to, or ./- for a file of this name");
        });
        Path given = path(to.getOrElse(""));
        Path chosen = directory.resolve(given);
        boolean isDirectory = to.isEmpty() || Files.isDirectory(chosen);
        Path path = isDirectory ? chosen.resolve(defaultName) : chosen;
        Path parent = path.getParent();
        if (!isDirectory && to.exists(text -> text.endsWith("/") || text.endsWith(File.separator))) {
            throw refused(
                    "the directory " + chosen + (Files.exists(chosen) ? " is a file" : " does not exist"),
                    "Create it, or name another directory with --to");
        }
        if (parent == null || !Files.isDirectory(parent)) {
            throw refused("the directory of " + path + " does not exist", "Create it, or name another file with --to");
        }
        Path label = isDirectory ? given.resolve(defaultName) : given;
        return new DownloadTarget(path.normalize(), label.toString());
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw refused("--to is not a valid path", "Name another file with --to");
        }
    }

    /**
     * Checks that no file with another content is replaced.
     *
     * @param file the file of the package, with the digests of the vendor
     * @param expected the digest that the user expects
     * @param isReplaceable whether the user permits to replace another file
     * @return the existing file if its content is correct; absent if the file may be written
     * @throws CliException if a file exists that may not be replaced, or whose content cannot be compared
     */
    public Option<DownloadResult> existing(FirmwareFile file, Option<Checksum> expected, boolean isReplaceable) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Option.none();
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(label + " is not a regular file", "Name another file with --to");
        }
        Either<String, DownloadResult> same = correct(file, expected);
        if (same.isLeft() && !isReplaceable) {
            throw refused(
                    label + " exists" + same.getLeft(), "Name another file with --to, or replace it with --force");
        }
        return same.toOption();
    }

    /** Returns the end of a sentence in place of the result if the content is not known to be correct. */
    private Either<String, DownloadResult> correct(FirmwareFile file, Option<Checksum> expected) {
        Artifact stored;
        try {
            stored = Artifact.of(path);
        } catch (IOException unreadable) {
            return Either.left(", and it is empty or cannot be read");
        }
        FirmwareFile content = FirmwareFile.builder()
                .size(stored.length())
                .checksum(stored.sha256())
                .checksum(stored.md5())
                .build();
        ContentComparison comparison = ContentComparison.of(List.of(content), List.of(file));
        boolean isExpected = expected.exists(digest -> has(content, digest));
        if (comparison.difference().isDefined()) {
            return Either.left(" with another content than the package (this file and the package): "
                    + comparison.difference().get());
        }
        if (expected.isDefined() && !isExpected) {
            return Either.left(", and its digest is not that of --expect");
        }
        if (!(comparison.isSame() || isExpected)) {
            return Either.left(", and the vendor has no digest to compare its content with");
        }
        boolean isVerified = isExpected
                || file.checksums().exists(digest -> digest.isDigest() && digest.usesSameAlgorithmAs(stored.sha256()));
        return Either.right(new DownloadResult(
                path,
                stored.length(),
                stored.sha256(),
                isVerified ? DigestCheck.VERIFIED : DigestCheck.ACCIDENTAL_CHANGES_ONLY,
                0));
    }

    private static boolean has(FirmwareFile content, Checksum digest) {
        return content.checksums()
                .exists(own -> own.usesSameAlgorithmAs(digest) && own.value().equalsIgnoreCase(digest.value()));
    }

    private static CliException refused(String why, String advice) {
        return new CliException(ExitCode.USAGE, "Nothing was downloaded", why, advice);
    }
}
