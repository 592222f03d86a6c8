package io.otabridge.cli.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that a command writes. The text is written to a temporary file and moved, so the file is always complete.
 *
 * @param path the absolute path
 * @param content what the file contains, for messages, such as {@code page}
 */
public record OutputFile(Path path, String content) {

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
                Files.writeString(part, text, UTF_8, StandardOpenOption.CREATE_NEW);
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
