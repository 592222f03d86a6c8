package io.otabridge.cli.render;

import io.otabridge.cli.terminal.DisplayWidth;
import io.otabridge.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Text in aligned columns. A cell may hold any text: line breaks stay inside the column, and control and invisible characters
 * are escaped. {@link #toString} has the whole text; {@link #fit} fits it to a terminal. Each line of a cell, and
 * each of its words, is measured at most once for each of its forms, and again if it is wrapped, so printing takes time linear
 * in the number of rows. Not thread-safe.
 */
public final class Table {

    static final String GAP = "  ";

    private final String indent;
    private final ToIntFunction<String> measure;
    private final List<Column> columns;
    private final List<List<Cell>> rows = new ArrayList<>();

    /** @param measure returns the number of terminal columns of a text */
    Table(String indent, ToIntFunction<String> measure, List<Column> columns) {
        this.indent = indent;
        this.measure = measure;
        this.columns = columns;
        if (!columns.isEmpty()) {
            rows.add(columns.stream().map(Column::heading).toList());
        }
    }

    /** Returns a table without headings. */
    public static Table plain() {
        return new Table("", DisplayWidth::of, List.of());
    }

    /** Returns a table without headings that is indented by two spaces, to print below a heading. */
    public static Table indented() {
        return new Table(GAP, DisplayWidth::of, List.of());
    }

    /** Returns a table with a first row of headings. */
    public static Table of(Column... columns) {
        return new Table("", DisplayWidth::of, List.of(columns));
    }

    /** Returns a table with a first row of headings that is indented by two spaces. */
    public static Table indented(Column... columns) {
        return new Table(GAP, DisplayWidth::of, List.of(columns));
    }

    /** Adds a row; all rows have the same number of cells. */
    public Table row(String... cells) {
        return row(Arrays.stream(cells).map(Cell::of).toList());
    }

    /** Adds a row; all rows have the same number of cells. */
    public Table row(List<Cell> cells) {
        rows.add(cells);
        return this;
    }

    /** Returns the lines of the table, each terminated by a line feed. */
    @Override
    public String toString() {
        return fit(Terminal.UNLIMITED);
    }

    /**
     * Returns the lines of the table, each terminated by a line feed, with at most this width if possible. To make a table
     * narrower, cells are shortened, columns without values omitted, text wrapped, columns of a low rank omitted. If that is
     * not enough, each row becomes a block with a line for each column. No word is broken.
     */
    public String fit(int width) {
        if (rows.isEmpty()) {
            return "";
        }
        TableLayout layout = new TableLayout(indent, measure, columns, rows);
        return layout.fit(width) ? layout.print(width) : blocks(width);
    }

    /** Returns the width of the whole table. */
    int width() {
        return new TableLayout(indent, measure, columns, rows).total();
    }

    private String blocks(int width) {
        List<String> blocks = new ArrayList<>();
        for (List<Cell> row : rows.subList(1, rows.size())) {
            Table block = new Table(indent, measure, List.of());
            for (int column = 0; column < row.size(); column++) {
                block.row(List.of(rows.get(0).get(column), row.get(column)));
            }
            blocks.add(block.fit(width));
        }
        return String.join("\n", blocks);
    }
}
