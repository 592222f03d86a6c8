package io.otabridge.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Aligned columns for a terminal. Cells may hold any text: line breaks stay inside their column, and everything else that
 * a terminal would not simply show is made visible. For one thread.
 */
final class Table {

    private static final String GAP = "  ";

    private final String indent;
    private final List<List<List<String>>> rows = new ArrayList<>();

    private Table(String indent) {
        this.indent = indent;
    }

    static Table plain() {
        return new Table("");
    }

    /** A table that stands under something, moved to the right. */
    static Table indented() {
        return new Table(GAP);
    }

    /** Adds a row; all rows have the same number of cells. */
    Table row(String... cells) {
        List<List<String>> row = new ArrayList<>();
        for (String cell : cells) {
            row.add(cell.lines().map(Visible::of).toList());
        }
        rows.add(row);
        return this;
    }

    /** The lines of the table, each with a line feed at its end. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<List<String>> row : rows) {
            int height = row.stream().mapToInt(List::size).max().orElse(0);
            for (int line = 0; line < height; line++) {
                text.append(line(row, line)).append('\n');
            }
        }
        return text.toString();
    }

    private String line(List<List<String>> row, int number) {
        StringBuilder line = new StringBuilder(indent);
        for (int column = 0; column < row.size(); column++) {
            String cell = number < row.get(column).size() ? row.get(column).get(number) : "";
            line.append(cell);
            if (column < row.size() - 1) {
                line.append(" ".repeat(width(column) - DisplayWidth.of(cell))).append(GAP);
            }
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream()
                .flatMap(row -> row.get(column).stream())
                .mapToInt(DisplayWidth::of)
                .max()
                .orElse(0);
    }
}
