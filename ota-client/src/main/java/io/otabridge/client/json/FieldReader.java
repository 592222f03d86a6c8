package io.otabridge.client.json;

import io.otabridge.domain.ConstraintViolation;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one wire object into domain values and collects problems, so that an invalid response becomes a description
 * instead of an exception. An empty text counts as absent. Not thread-safe; use an instance once.
 */
public final class FieldReader {

    private static final int MAX_PROBLEMS = 5;

    private final java.util.List<String> problems = new ArrayList<>();
    private int count;

    /** A field's text; absent if it is missing, null or empty. */
    public static Option<String> text(@Nullable String raw) {
        return Option.of(raw).filter(value -> !value.isEmpty());
    }

    /**
     * Reads a required field.
     *
     * @return absent if the field is missing or invalid; that is reported by {@link #result}
     */
    public <T> Option<T> required(
            String name, @Nullable String raw, Function<String, Either<ConstraintViolation, T>> parse) {
        if (raw == null || raw.isEmpty()) {
            problem("member " + name + " is missing");
        }
        return optional(name, raw, parse);
    }

    /**
     * Reads an optional field.
     *
     * @return absent if the field is missing, or if it is invalid; only the latter is reported by {@link #result}
     */
    public <T> Option<T> optional(
            String name, @Nullable String raw, Function<String, Either<ConstraintViolation, T>> parse) {
        if (raw == null || raw.isEmpty()) {
            return Option.none();
        }
        Either<ConstraintViolation, T> value = parse.apply(raw);
        if (value.isRight()) {
            return Option.some(value.get());
        }
        problem("member " + name + ": " + value.getLeft().message());
        return Option.none();
    }

    /** Reads the elements of a list in order. A missing list is empty. Null and invalid elements are problems. */
    public <D, T> List<T> elements(
            String name, @Nullable Iterable<? extends @Nullable D> raw, Function<D, Either<String, T>> read) {
        List<T> values = List.empty();
        int index = 0;
        if (raw != null) {
            for (@Nullable D element : raw) {
                Either<String, T> value = element == null ? Either.left("the element is null") : read.apply(element);
                if (value.isRight()) {
                    values = values.prepend(value.get());
                } else {
                    problem(name + "[" + index + "]: " + value.getLeft());
                }
                index++;
            }
        }
        return values.reverse();
    }

    /** Adds a problem. */
    public void problem(String description) {
        count++;
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(description);
        }
    }

    /**
     * Completes the object.
     *
     * @param create creates the object from the fields; called only if there are no problems
     * @return the object, or a description of the problems
     */
    public <T> Either<String, T> result(Supplier<T> create) {
        if (problems.isEmpty()) {
            return Either.right(create.get());
        }
        String more = count > MAX_PROBLEMS ? "; and " + (count - MAX_PROBLEMS) + " more" : "";
        return Either.left(String.join("; ", problems) + more);
    }
}
