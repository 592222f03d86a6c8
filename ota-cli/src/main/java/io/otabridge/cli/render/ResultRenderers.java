package io.otabridge.cli.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.domain.backend.Backend;
import io.vavr.collection.Seq;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The renderers of a result.
 *
 * @param table renders text
 * @param json renders JSON
 * @param csv renders CSV
 * @param ids returns the ids of the result; none unless the command {@link PrintsIds}
 */
public record ResultRenderers<T>(
        BiFunction<Backend, T, String> table,
        BiFunction<Backend, T, ObjectNode> json,
        BiFunction<Backend, T, CsvWriter> csv,
        Function<T, Seq<?>> ids) {

    /** Creates renderers of a result that is no list of ids. */
    public ResultRenderers(
            BiFunction<Backend, T, String> table,
            BiFunction<Backend, T, ObjectNode> json,
            BiFunction<Backend, T, CsvWriter> csv) {
        this(table, json, csv, result -> io.vavr.collection.List.empty());
    }

    /** Returns a copy for a list that can be printed as ids. */
    public ResultRenderers<T> withIds(Function<T, Seq<?>> newIds) {
        return new ResultRenderers<>(table, json, csv, newIds);
    }
}
