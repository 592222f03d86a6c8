package io.otabridge.cli.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.otabridge.cli.error.CliException;
import io.otabridge.cli.file.OutputFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of an inventory page. It replaces only another inventory page. */
public record HtmlReportFile(Path path) {

    /** The marker of a page is within this number of bytes. */
    private static final int MARKER_LIMIT = 512;

    /**
     * Checks that the page may be written.
     *
     * @throws CliException if the path is a directory, or a file that is not an inventory page
     */
    public void requireReplaceable() {
        file().requireWritable(
                        isPage(), "exists and is not an inventory page", "Name another file, or remove this one first");
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

    /**
     * Writes the page.
     *
     * @throws CliException if the page cannot be written; an existing page is not changed
     */
    public void write(String page) {
        requireReplaceable();
        file().write(page);
    }

    private OutputFile file() {
        return new OutputFile(path, "page", false);
    }
}
