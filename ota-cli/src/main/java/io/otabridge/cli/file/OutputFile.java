package io.otabridge.cli.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that a command writes. The text is written to a temporary file and moved, so the file is always complete. A file that
 * replaces another one has its permissions.
 *
 * @param path the absolute path
 * @param content what the file contains, for messages, such as {@code page}
 * @param isPrivate whether only the owner may read and write a new file
 */
public record OutputFile(Path path, String content, boolean isPrivate) {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /**
     * Checks that nothing is overwritten.
     *
     * @param isReplaceable whether an existing regular file may be replaced
     * @param problem what prevents the replacement, such as "exists"
     * @throws CliException if the path is not a regular file, or is one that may not be replaced
     */
    public void requireWritable(boolean isReplaceable, String problem, String advice) {
        if (Files.isDirectory(path)) {
            throw refused("is a directory", "Name a file");
        }
        boolean exists = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
        if (exists && !(isReplaceable && Files.isRegularFile(path))) {
            throw isReplaceable ? refused("is not a regular file", "Name another file") : refused(problem, advice);
        }
    }

    /**
     * Writes or replaces the file.
     *
     * @throws CliException if it cannot be written; an existing file is not changed
     */
    public void write(String text) {
        write(text, true);
    }

    /**
     * Writes the file.
     *
     * @param isReplaceable whether an existing file may be replaced
     * @throws CliException if it cannot be written or already exists; an existing file is not changed
     */
    public void write(String text, boolean isReplaceable) {
        try {
            Path target = isReplaceable && Files.exists(path) ? path.toRealPath() : path;
            Path part = target.resolveSibling(".ota-" + UUID.randomUUID() + ".part");
            try {
                Option<Set<PosixFilePermission>> permissions = permissions(target);
                create(part, permissions);
                Files.writeString(part, text, UTF_8);
                if (permissions.isDefined()) {
                    Files.setPosixFilePermissions(part, permissions.get());
                }
                if (isReplaceable) {
                    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
                } else {
                    Files.move(part, target);
                }
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException failed) {
            throw new CliException(
                    ExitCode.USAGE,
                    "The " + content + " could not be written",
                    path + ": " + reason(failed),
                    "Name a file in an existing directory that you may write to");
        }
    }

    /** Returns the permissions of the file; absent if they are the default, or on a file system without them. */
    private Option<Set<PosixFilePermission>> permissions(Path target) throws IOException {
        @Nullable PosixFileAttributeView view =
                Files.getFileAttributeView(target, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return Option.none();
        }
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return Option.some(view.readAttributes().permissions());
        }
        return Option.when(isPrivate, OWNER_ONLY);
    }

    /** Creates an empty file that no other user can read before it has its permissions. */
    private static void create(Path file, Option<Set<PosixFilePermission>> permissions) throws IOException {
        if (permissions.isEmpty()) {
            Files.createFile(file);
        } else {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
    }

    private CliException refused(String why, String advice) {
        return new CliException(ExitCode.USAGE, "The " + content + " was not written", path + " " + why, advice);
    }

    private static String reason(IOException failed) {
        if (failed instanceof NoSuchFileException) {
            return "the directory does not exist";
        }
        if (failed instanceof FileAlreadyExistsException) {
            return "it exists already";
        }
        return failed instanceof AccessDeniedException ? "permission denied" : String.valueOf(failed.getMessage());
    }
}
