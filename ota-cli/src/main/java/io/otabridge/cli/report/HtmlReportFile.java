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

/** The file of an inventory page. It is written beside its place and moved there, so that it is always a whole page. */
public record HtmlReportFile(Path path) {

    /** A page says what it is before this many bytes. */
    private static final int BEGINNING = 512;

    /**
     * Checks that the page may be written.
     *
     * @throws CliException if something is there that is no inventory page, and would be lost
     */
    public void requireReplaceable() {
        if (Files.isDirectory(path)) {
            throw new CliException(
                    ExitCode.USAGE, "The page was not written", path + " is a folder", "Name a file to write it to");
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !isPage()) {
            throw new CliException(
                    ExitCode.USAGE,
                    "The page was not written",
                    path + " is there already and is no inventory page",
                    "Name another file, or remove this one first");
        }
    }

    private boolean isPage() {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(path)) {
            return new String(in.readNBytes(BEGINNING), UTF_8).contains(InventoryHtmlReport.MARKER);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static String reason(IOException failed) {
        if (failed instanceof NoSuchFileException) {
            return "there is no such folder";
        }
        return failed instanceof AccessDeniedException
                ? "nothing may be written there"
                : String.valueOf(failed.getMessage());
    }

    /**
     * Writes the page.
     *
     * @throws CliException if it cannot be written; a page that was there stays as it was
     */
    public void write(String page) {
        requireReplaceable();
        try {
            Path place = Files.exists(path) ? path.toRealPath() : path;
            Path part = place.resolveSibling(".ota-" + UUID.randomUUID() + ".part");
            try {
                Files.writeString(part, page, UTF_8, StandardOpenOption.CREATE_NEW);
                Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException failed) {
            throw new CliException(
                    ExitCode.USAGE,
                    "The page could not be written",
                    path + ": " + reason(failed),
                    "Name a file in a folder that exists and may be written to");
        }
    }
}
