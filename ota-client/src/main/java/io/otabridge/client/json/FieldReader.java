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
 * Reads the members of one wire object into values of the domain and notes what is missing or wrong, so that a mapping
 * reads from top to bottom and a faulty answer becomes words instead of an exception or a guess. An empty text counts as
 * absent. For one thread, used once.
 */
public final class FieldReader {

    private static final int TOLD = 5;

    private final java.util.List<String> problems = new ArrayList<>();
    private int count;

    /** A member's text; absent if it is missing, null or empty. */
    public static Option<String> text(@Nullable String raw) {
        return Option.of(raw).filter(value -> !value.isEmpty());
    }

    /** A member that every answer must have. */
    public <T> Option<T> required(
            String name, @Nullable String raw, Function<String, Either<ConstraintViolation, T>> parse) {
        if (raw == null || raw.isEmpty()) {
            problem("member " + name + " is missing");
        }
        return optional(name, raw, parse);
    }

    /** A member that may be absent, but must obey its rule if it is there. */
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

    /** Every element of a list member, in order; an absent list is empty, a null element a problem. */
    public <D, T> List<T> all(
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

    /** Notes that something in the answer is wrong. */
    public void problem(String words) {
        count++;
        if (problems.size() < TOLD) {
            problems.add(words);
        }
    }

    /** What the members make together, or what is wrong; the supplier is called only if nothing is. */
    public <T> Either<String, T> result(Supplier<T> make) {
        if (problems.isEmpty()) {
            return Either.right(make.get());
        }
        String more = count > TOLD ? "; and " + (count - TOLD) + " more" : "";
        return Either.left(String.join("; ", problems) + more);
    }
}
