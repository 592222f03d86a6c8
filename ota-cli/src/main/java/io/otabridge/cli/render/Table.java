package io.otabridge.cli.render;

import io.otabridge.cli.terminal.DisplayWidth;
import io.otabridge.cli.terminal.TerminalEscaper;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Text in aligned columns for a terminal. A cell may hold any text: line breaks stay inside the column, and control and
 * invisible characters are escaped. Each line of a cell is measured once, so printing takes time linear in the number of
 * rows. Not thread-safe.
 */
public final class Table {

    private static final String GAP = "  ";

    private final String indent;
    private final ToIntFunction<String> measure;
    private final List<List<List<Line>>> rows = new ArrayList<>();
    private final List<Integer> widths = new ArrayList<>();

    /** One line of a cell. */
    private record Line(String text, int width) {

        private static final Line EMPTY = new Line("", 0);
    }

    /** @param measure returns the number of terminal columns of a text */
    Table(String indent, ToIntFunction<String> measure) {
        this.indent = indent;
        this.measure = measure;
    }

    public static Table plain() {
        return new Table("", DisplayWidth::of);
    }

    /** Returns a table that is indented by two spaces, to print below a heading. */
    public static Table indented() {
        return new Table(GAP, DisplayWidth::of);
    }

    /** Adds a row; all rows have the same number of cells. */
    public Table row(String... cells) {
        List<List<Line>> row = new ArrayList<>();
        for (String cell : cells) {
            List<Line> lines =
                    cell.lines().map(TerminalEscaper::of).map(this::line).toList();
            widen(row.size(), lines.stream().mapToInt(Line::width).max().orElse(0));
            row.add(lines);
        }
        rows.add(row);
        return this;
    }

    private Line line(String text) {
        return new Line(text, measure.applyAsInt(text));
    }

    private void widen(int column, int width) {
        if (column == widths.size()) {
            widths.add(width);
        } else {
            widths.set(column, Math.max(width, widths.get(column)));
        }
    }

    /** Returns the lines of the table, each terminated by a line feed. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<List<Line>> row : rows) {
            int height = row.stream().mapToInt(List::size).max().orElse(0);
            for (int line = 0; line < height; line++) {
                text.append(line(row, line)).append('\n');
            }
        }
        return text.toString();
    }

    private String line(List<List<Line>> row, int number) {
        StringBuilder text = new StringBuilder(indent);
        for (int column = 0; column < row.size(); column++) {
            List<Line> cell = row.get(column);
            Line line = number < cell.size() ? cell.get(number) : Line.EMPTY;
            text.append(line.text());
            if (column < row.size() - 1) {
                text.append(" ".repeat(widths.get(column) - line.width())).append(GAP);
            }
        }
        return text.toString().stripTrailing();
    }
}
