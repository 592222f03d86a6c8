package io.otabridge.cli.context;

import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.domain.ConstraintViolation;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.function.Function;

/**
 * A text of ids that are separated by white space.
 *
 * @param name names the source in messages, such as {@code standard input}
 */
record IdSource(String name) {

    /** Reads the ids of a file. */
    static <T> List<T> file(Path file, Function<String, Either<ConstraintViolation, T>> parse) {
        IdSource source = new IdSource("file " + file);
        try (InputStream in = Files.newInputStream(file)) {
            return source.read(in, parse);
        } catch (IOException unreadable) {
            throw source.unreadable(unreadable);
        }
    }

    /**
     * Reads all ids.
     *
     * @throws CliException if the text cannot be read, or has no id or an invalid one
     */
    <T> List<T> read(InputStream in, Function<String, Either<ConstraintViolation, T>> parse) {
        Scanner input = new Scanner(in, StandardCharsets.UTF_8);
        List<String> words = List.ofAll(input.tokens().toList());
        if (input.ioException() != null) {
            // Some ids may be missing.
            throw unreadable(input.ioException());
        }
        if (words.isEmpty()) {
            throw invalid(name + " has no ids");
        }
        return words.map(
                word -> parse.apply(word).getOrElseThrow(violation -> invalid(name + ": " + violation.message())));
    }

    private CliException unreadable(IOException cause) {
        return invalid(
                cause instanceof NoSuchFileException
                        ? name + " does not exist"
                        : name + " could not be read: " + cause.getMessage());
    }

    private static CliException invalid(String why) {
        return new CliException(
                ExitCode.USAGE, "The ids are not valid", why, "Write one id on each line; nothing was sent");
    }
}
