package io.otabridge.cli.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.domain.backend.Backend;
import java.util.function.BiFunction;

/**
 * The three forms of one kind of answer.
 *
 * @param table for people
 * @param json for programs
 * @param csv for programs and spreadsheets
 */
public record OutputFormats<T>(
        BiFunction<Backend, T, String> table,
        BiFunction<Backend, T, ObjectNode> json,
        BiFunction<Backend, T, CsvWriter> csv) {}
