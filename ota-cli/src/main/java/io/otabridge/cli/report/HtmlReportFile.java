package io.otabridge.cli.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** The file of an inventory page. The page is written to a temporary file and moved, so the file is always complete. */
public record HtmlReportFile(Path path) {

    /** The marker of a page is within this number of bytes. */
    private static final int MARKER_LIMIT = 512;

    /**
     * Checks that the page may be written.
     *
     * @throws CliException if the path is a directory, or a file that is not an inventory page
     */
    public void requireReplaceable() {
        if (Files.isDirectory(path)) {
            throw new CliException(ExitCode.USAGE, "The page was not written", path + " is a directory", "Name a file");
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !isPage()) {
            throw new CliException(
                    ExitCode.USAGE,
                    "The page was not written",
                    path + " exists and is not an inventory page",
                    "Name another file, or remove this one first");
        }
    }

    private boolean isPage() {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(path)) {
            return new String(in.readNBytes(MARKER_LIMIT), UTF_8).contains(InventoryHtmlReport.MARKER);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static String reason(IOException failed) {
        if (failed instanceof NoSuchFileException) {
            return "the directory does not exist";
        }
        return failed instanceof AccessDeniedException ? "permission denied" : String.valueOf(failed.getMessage());
    }

    /**
     * Writes the page.
     *
     * @throws CliException if the page cannot be written; an existing page is not changed
     */
    public void write(String page) {
        requireReplaceable();
        try {
            Path target = Files.exists(path) ? path.toRealPath() : path;
            Path part = target.resolveSibling(".ota-" + UUID.randomUUID() + ".part");
            try {
                Files.writeString(part, page, UTF_8, StandardOpenOption.CREATE_NEW);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException failed) {
            throw new CliException(
                    ExitCode.USAGE,
                    "The page could not be written",
                    path + ": " + reason(failed),
                    "Name a file in an existing directory that you may write to");
        }
    }
}
