package io.otabridge.cli.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.domain.backend.Backend;
import java.util.function.BiFunction;

/**
 * The renderers of a result.
 *
 * @param table renders text
 * @param json renders JSON
 * @param csv renders CSV
 */
public record ResultRenderers<T>(
        BiFunction<Backend, T, String> table,
        BiFunction<Backend, T, ObjectNode> json,
        BiFunction<Backend, T, CsvWriter> csv) {}
