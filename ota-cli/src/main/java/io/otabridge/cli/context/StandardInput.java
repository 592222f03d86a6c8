package io.otabridge.cli.context;

import io.otabridge.cli.error.CliException;
import io.otabridge.domain.ConstraintViolation;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Reads ids from standard input, and from a file where a command can have many. */
public final class StandardInput {

    /** The description of {@code -} as an id. */
    public static final String MEANING = "With -, ids are read from standard input, separated by spaces or lines.";

    private static final String NAME = "-";
    private static final String DESCRIPTION = "standard input";

    private StandardInput() {}

    /**
     * Returns the ids of the command line without duplicates, with the ids of standard input in place of {@code -}.
     *
     * @throws CliException if standard input cannot be read, or has no id or an invalid one
     */
    public static <T> List<T> expand(
            List<T> ids, Function<String, Either<ConstraintViolation, T>> parse, CliEnvironment environment) {
        return ids.flatMap(id -> id.toString().equals(NAME)
                        ? IdSource.words(DESCRIPTION).read(environment.in(), parse)
                        : List.of(id))
                .distinct();
    }

    /**
     * Returns the ids that a value of an option names, without duplicates: {@code -} is standard input and {@code @FILE} a
     * file, with an id on each line, and other values are ids separated by commas.
     *
     * @throws CliException if an id is not valid, or the ids cannot be read
     */
    public static <T> List<T> expand(
            String value, Function<String, Either<ConstraintViolation, T>> parse, CliEnvironment environment) {
        if (value.equals(NAME)) {
            return IdSource.lines(DESCRIPTION).read(environment.in(), parse).distinct();
        }
        return (value.startsWith("@")
                        ? IdSource.file(environment.directory().resolve(value.substring(1)), parse)
                        : IdSource.commas("the command line")
                                .read(new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8)), parse))
                .distinct();
    }
}
