package io.otabridge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;

/** Rows for a program: RFC 4180 with line feeds, a header first, an empty cell for what is absent. For one thread. */
final class Csv {

    private static final CsvMapper MAPPER = CsvMapper.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build();

    private final List<List<String>> rows = new ArrayList<>();

    private Csv() {}

    /** A table with these columns and no row yet. */
    static Csv of(List<String> columns) {
        Csv csv = new Csv();
        csv.rows.add(columns);
        return csv;
    }

    /** Adds a row, which has a cell for each column. */
    Csv row(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException(cells.size() + " cells for the columns " + rows.get(0));
        }
        rows.add(cells);
        return this;
    }

    static String cell(Option<?> value) {
        return value.map(Object::toString).getOrElse("");
    }

    /** The header and the rows, each with a line feed at its end. Cells hold the exact text. */
    @Override
    public String toString() {
        return text(rows);
    }

    /** The same for a terminal, with characters escaped that a terminal would obey or hide. */
    String escaped() {
        return text(
                rows.stream().map(row -> row.stream().map(Visible::of).toList()).toList());
    }

    private static String text(List<List<String>> rows) {
        try {
            return MAPPER.writeValueAsString(rows);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts could not be written as CSV", impossible);
        }
    }
}
