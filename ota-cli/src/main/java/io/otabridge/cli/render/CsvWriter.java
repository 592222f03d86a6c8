package io.otabridge.cli.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;

/** Rows for a program: RFC 4180 with line feeds, a header first, an empty cell for what is absent. For one thread. */
public final class CsvWriter {

    private static final CsvMapper MAPPER = CsvMapper.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build();

    private final List<List<String>> rows = new ArrayList<>();

    private CsvWriter() {}

    /** A table with these columns and no row yet. */
    public static CsvWriter of(List<String> columns) {
        CsvWriter csv = new CsvWriter();
        csv.rows.add(columns);
        return csv;
    }

    /** Adds a row, which has a cell for each column. */
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

    /** The header and the rows, each with a line feed at its end. Cells hold the exact text. */
    @Override
    public String toString() {
        return text(rows);
    }

    /** The same for a terminal, with characters escaped that a terminal would obey or hide. */
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
