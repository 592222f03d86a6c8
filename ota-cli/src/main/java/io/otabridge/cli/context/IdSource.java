package io.otabridge.cli.context;

import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.terminal.TerminalEscaper;
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
import java.util.regex.Pattern;

/**
 * A text of ids.
 *
 * @param name names the source in messages, such as {@code standard input}
 * @param separator separates two ids
 * @param advice how to write ids
 */
record IdSource(String name, Pattern separator, String advice) {

    /** Ids that are separated by white space. */
    static IdSource words(String name) {
        return new IdSource(name, Pattern.compile("\\s+"), "Write one id on each line");
    }

    /** One id on each line. */
    static IdSource lines(String name) {
        return new IdSource(name, Pattern.compile("\\R"), "Write one id on each line, as lists do with -o ids");
    }

    /** Ids that are separated by commas. */
    static IdSource commas(String name) {
        return new IdSource(name, Pattern.compile(","), "Separate ids by commas, or use @FILE or -");
    }

    /** Reads the ids of a file, one on each line. */
    static <T> List<T> file(Path file, Function<String, Either<ConstraintViolation, T>> parse) {
        IdSource source = lines("file " + file);
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
        Scanner input = new Scanner(in, StandardCharsets.UTF_8).useDelimiter(separator);
        List<String> ids = List.ofAll(
                input.tokens().map(String::strip).filter(id -> !id.isEmpty()).toList());
        if (input.ioException() != null) {
            // Some ids may be missing.
            throw unreadable(input.ioException());
        }
        if (ids.isEmpty()) {
            throw invalid(name + " has no ids");
        }
        return ids.map(id -> parse(id, parse));
    }

    private <T> T parse(String id, Function<String, Either<ConstraintViolation, T>> parse) {
        if (id.chars().anyMatch(Character::isWhitespace)) {
            // The headings of a table would be ids otherwise.
            throw invalid(name + " has several words in place of an id: \"" + TerminalEscaper.of(id) + "\"");
        }
        return parse.apply(id).getOrElseThrow(violation -> invalid(name + ": " + violation.message()));
    }

    private CliException unreadable(IOException cause) {
        return invalid(
                cause instanceof NoSuchFileException
                        ? name + " does not exist"
                        : name + " could not be read: " + cause.getMessage());
    }

    private CliException invalid(String why) {
        return new CliException(ExitCode.USAGE, "The ids are not valid", why, advice + "; nothing was sent");
    }
}
