package io.otabridge.cli.context;

import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.domain.ConstraintViolation;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;
import java.util.function.Function;

/** Reads ids from standard input. */
public final class StandardInput {

    /** The description of {@code -} as an id. */
    public static final String MEANING = "With -, ids are read from standard input, separated by spaces or lines.";

    private static final String NAME = "-";

    private StandardInput() {}

    /**
     * Returns the ids of the command line without duplicates, with the ids of standard input in place of {@code -}.
     *
     * @throws CliException if standard input cannot be read, or has no id or an invalid one
     */
    public static <T> List<T> expand(
            List<T> ids, Function<String, Either<ConstraintViolation, T>> parse, CliEnvironment environment) {
        return ids.flatMap(id -> id.toString().equals(NAME) ? read(parse, environment) : List.of(id))
                .distinct();
    }

    private static <T> List<T> read(
            Function<String, Either<ConstraintViolation, T>> parse, CliEnvironment environment) {
        Scanner input = new Scanner(environment.in(), StandardCharsets.UTF_8);
        List<String> words = List.ofAll(input.tokens().toList());
        if (input.ioException() != null) {
            // Some ids may be missing.
            throw invalid(
                    "standard input could not be read: " + input.ioException().getMessage());
        }
        if (words.isEmpty()) {
            throw invalid("standard input has no ids");
        }
        return words.map(word ->
                parse.apply(word).getOrElseThrow(violation -> invalid("standard input: " + violation.message())));
    }

    private static CliException invalid(String why) {
        return new CliException(
                ExitCode.USAGE, "The ids are not valid", why, "Write one id on each line; nothing was sent");
    }
}
