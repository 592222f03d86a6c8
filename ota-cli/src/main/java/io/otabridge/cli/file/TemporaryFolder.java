package io.otabridge.cli.file;

import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A temporary folder of a command, for its owner only. Closing deletes it with its content.
 *
 * @param path the folder
 */
public record TemporaryFolder(Path path) implements AutoCloseable {

    private static final int ATTEMPTS = 5;

    /**
     * Creates a folder in the system's temporary directory.
     *
     * @throws CliException if it cannot be created
     */
    public static TemporaryFolder create(String prefix) {
        try {
            return new TemporaryFolder(Files.createTempDirectory(prefix));
        } catch (IOException failed) {
            throw new CliException(
                    ExitCode.INTERNAL_ERROR,
                    "A temporary folder cannot be created",
                    failed.getClass().getSimpleName(),
                    "Check the temporary directory of Java (java.io.tmpdir)");
        }
    }

    /** Deletes what is possible. A transfer that was not stopped may create a file meanwhile, so it tries again. */
    @Override
    public void close() {
        for (int attempt = 0; attempt < ATTEMPTS && Files.exists(path); attempt++) {
            for (Path file : deepestFirst()) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException stillInUse) {
                    // It is deleted in the next attempt, or by the system.
                }
            }
        }
    }

    private List<Path> deepestFirst() {
        try (Stream<Path> files = Files.walk(path)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException | UncheckedIOException deletedMeanwhile) {
            return List.of();
        }
    }
}
