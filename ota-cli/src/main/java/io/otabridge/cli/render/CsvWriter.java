package io.otabridge.cli.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;

/** Builds CSV as in RFC 4180, with line feeds, a header, and an empty cell for an absent value. Not thread-safe. */
public final class CsvWriter {

    private static final CsvMapper MAPPER = CsvMapper.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build();

    private final List<List<String>> rows = new ArrayList<>();

    private CsvWriter() {}

    /** Returns a CSV table with these columns and no rows. */
    public static CsvWriter of(List<String> columns) {
        CsvWriter csv = new CsvWriter();
        csv.rows.add(columns);
        return csv;
    }

    /** Adds a row with a cell for each column. */
    public CsvWriter row(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException(cells.size() + " cells for the columns " + rows.get(0));
        }
        rows.add(cells);
        return this;
    }

    public static String cell(Option<?> value) {
        return value.map(Object::toString).getOrElse("");
    }

    /** Returns header and rows, each terminated by a line feed. Cells have the exact text. */
    @Override
    public String toString() {
        return text(rows);
    }

    /** Returns header and rows with control and invisible characters escaped, for a terminal. */
    public String escaped() {
        return text(rows.stream()
                .map(row -> row.stream().map(TerminalEscaper::of).toList())
                .toList());
    }

    private static String text(List<List<String>> rows) {
        try {
            return MAPPER.writeValueAsString(rows);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts could not be written as CSV", impossible);
        }
    }
}
