package io.otabridge.cli.file;

import io.otabridge.cli.error.CliException;
import java.nio.file.Path;

/**
 * A configuration file that a command writes. Only its owner can read a new one, because it may contain keys later.
 *
 * @param isForced whether an existing file is replaced
 */
public record NewConfigFile(Path path, boolean isForced) {

    /**
     * Checks that the file may be written.
     *
     * @throws CliException if the file exists and {@code --force} is not given, or is not a regular file
     */
    public void requireWritable() {
        file().requireWritable(isForced, "exists already", "Name another file, or replace this one with --force");
    }

    /**
     * Writes the file.
     *
     * @throws CliException if the file cannot be written; an existing file is not changed
     */
    public void write(String yaml) {
        file().write(yaml, isForced);
    }

    private OutputFile file() {
        return new OutputFile(path, "configuration", true);
    }
}
