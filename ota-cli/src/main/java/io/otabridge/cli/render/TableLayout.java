package io.otabridge.cli.render;

import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.cli.terminal.TextWrapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Fits a table to a width: chooses the form and the width of each column, and which columns are omitted. For a single use. */
final class TableLayout {

    /** Text of a table is not wrapped to fewer columns, unless its longest line is shorter. */
    private static final int MIN_COLUMN = 12;

    /** The same for text next to its label. */
    private static final int MIN_TEXT = 16;

    /** A column of a higher rank is omitted before the others if all its cells are the same. */
    private static final int MAX_IMPORTANT = 2;

    private final String indent;
    private final ToIntFunction<String> measure;
    private final List<List<Cell>> rows;
    private final List<Placed> all;
    private final boolean hasHeadings;
    private final List<Placed> omitted = new ArrayList<>();

    /** One line of a cell. */
    private record Line(String text, int width) {

        private static final Line EMPTY = new Line("", 0);
    }

    /** The cells of a column in one of their forms. */
    private final class Level {

        private final List<List<Line>> cells;
        private final int width;
        private OptionalInt longestWord = OptionalInt.empty();

        Level(List<List<Line>> cells) {
            this.cells = cells;
            this.width = max(Line::width);
        }

        /** Returns the width of the longest word. */
        private int longestWord() {
            if (longestWord.isEmpty()) {
                longestWord = OptionalInt.of(max(line ->
                        TextWrapper.wordsOf(line.text()).mapToInt(measure).max().orElse(0)));
            }
            return longestWord.getAsInt();
        }

        private int max(ToIntFunction<Line> measured) {
            return cells.stream().flatMap(List::stream).mapToInt(measured).max().orElse(0);
        }
    }

    /** A column in its current form and width. */
    private final class Placed {

        private final int index;
        private final Column column;
        private final List<Level> levels = new ArrayList<>();
        private int level;
        private int width;
        private int min;
        private boolean isOmitted;

        Placed(int index, Column column) {
            this.index = index;
            this.column = column;
            this.width = naturalWidth(0);
        }

        private Level level(int number) {
            while (levels.size() <= number) {
                int next = levels.size();
                levels.add(new Level(rows.stream()
                        .map(row -> lines(row.get(index).form(next).lines()))
                        .toList()));
            }
            return levels.get(number);
        }

        private int naturalWidth(int atLevel) {
            return level(atLevel).width;
        }

        /** Returns the number of terminal columns that the next shorter forms save; negative if there are none. */
        private int saving() {
            boolean isShortest =
                    rows.stream().allMatch(row -> row.get(index).forms().size() <= level + 1);
            return isShortest ? -1 : width - naturalWidth(level + 1);
        }

        private void shorten() {
            level++;
            width = naturalWidth(level);
        }

        /** Whether several rows have the same value here. */
        private boolean isConstant() {
            return rows.size() > 2
                    && rows.stream()
                                    .skip(1)
                                    .map(row -> row.get(index).form(0))
                                    .distinct()
                                    .count()
                            == 1;
        }

        private boolean hasNoValue() {
            return rows.stream()
                    .skip(1)
                    .map(row -> row.get(index).form(Integer.MAX_VALUE))
                    .allMatch(text -> text.isEmpty() || text.equals(ValueFormatter.ABSENT));
        }

        private int minWidth(int floor) {
            return Math.min(width, Math.max(level(level).longestWord(), floor));
        }

        /** Returns the lines of the cell in this row. */
        private List<Line> cell(int row) {
            List<Line> cell = level(level).cells.get(row);
            return cell.stream().allMatch(line -> line.width() <= width)
                    ? cell
                    : lines(cell.stream().flatMap(line -> TextWrapper.wrap(line.text(), width).stream()));
        }
    }

    TableLayout(String indent, ToIntFunction<String> measure, List<Column> columns, List<List<Cell>> rows) {
        this.indent = indent;
        this.measure = measure;
        this.rows = rows;
        this.hasHeadings = !columns.isEmpty();
        this.all = IntStream.range(0, rows.get(0).size())
                .mapToObj(index -> new Placed(index, hasHeadings ? columns.get(index) : Column.text("")))
                .toList();
    }

    private List<Line> lines(Stream<String> texts) {
        return texts.map(TerminalEscaper::of)
                .map(text -> new Line(text, measure.applyAsInt(text)))
                .toList();
    }

    /** Fits the table to a width. Returns whether it fits. */
    boolean fit(int width) {
        if (fits(width)) {
            return true;
        }
        if (!hasHeadings) {
            // A word that is too long, such as a link, is written past the end of the line.
            Placed last = all.get(all.size() - 1);
            last.width = Math.max(MIN_TEXT, last.width + width - total());
            return true;
        }
        shorten(width);
        all.stream()
                .filter(Placed::hasNoValue)
                .filter(column -> !fits(width))
                .forEach(column -> column.isOmitted = true);
        Predicate<Placed> isText = column -> column.column.isText();
        for (Placed column : omittable()) {
            if (!canWrap(width, isText, MIN_COLUMN)) {
                omit(column);
            }
        }
        if (!canWrap(width, isText, MIN_COLUMN)) {
            return wrap(width, column -> true, 0);
        }
        restore(width, isText);
        return wrap(width, isText, MIN_COLUMN);
    }

    private void omit(Placed column) {
        column.isOmitted = true;
        omitted.add(column);
    }

    /** Shows columns again that fit because a wider one, of a lower rank, is omitted. */
    private void restore(int width, Predicate<Placed> isText) {
        for (int last = omitted.size() - 1; last >= 0; last--) {
            Placed column = omitted.get(last);
            column.isOmitted = false;
            if (canWrap(width, isText, MIN_COLUMN)) {
                omitted.remove(last);
            } else {
                column.isOmitted = true;
            }
        }
    }

    /** Returns the width of the table in its current form. */
    int total() {
        List<Placed> shown = shown();
        return indent.length()
                + shown.stream().mapToInt(column -> column.width).sum()
                + Table.GAP.length() * (shown.size() - 1);
    }

    private boolean fits(int width) {
        return total() <= width;
    }

    private List<Placed> shown() {
        return all.stream().filter(column -> !column.isOmitted).toList();
    }

    private List<Placed> omittable() {
        return shown().stream()
                .filter(column -> column.column.rank() > 0)
                .sorted(Comparator.comparing(
                                (Placed column) -> column.column.rank() > MAX_IMPORTANT && column.isConstant())
                        .thenComparing(column -> column.column.rank())
                        .reversed())
                .toList();
    }

    /** Uses shorter forms, first in the column where they save most, until the table fits. */
    private void shorten(int width) {
        while (!fits(width)) {
            Placed widest =
                    all.stream().max(Comparator.comparing(Placed::saving)).orElseThrow();
            if (widest.saving() < 0) {
                return;
            }
            widest.shorten();
        }
    }

    private boolean canWrap(int width, Predicate<Placed> isWrapped, int floor) {
        int spare = shown().stream()
                .filter(isWrapped)
                .mapToInt(column -> column.width - column.minWidth(floor))
                .sum();
        return total() - spare <= width;
    }

    /** Wraps the widest columns until the table fits. Returns whether it fits. */
    private boolean wrap(int width, Predicate<Placed> isWrapped, int floor) {
        if (!canWrap(width, isWrapped, floor)) {
            return false;
        }
        List<Placed> wrapped = shown().stream().filter(isWrapped).toList();
        wrapped.forEach(column -> column.min = column.minWidth(floor));
        while (!fits(width)) {
            wrapped.stream()
                    .filter(column -> column.width > column.min)
                    .max(Comparator.comparing(column -> column.width))
                    .orElseThrow()
                    .width--;
        }
        return true;
    }

    /** Returns the lines of the table, each terminated by a line feed. */
    String print(int width) {
        List<Placed> shown = shown();
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows.size(); row++) {
            int number = row;
            print(shown, shown.stream().map(column -> column.cell(number)).toList(), text);
        }
        if (!omitted.isEmpty()) {
            text.append('\n')
                    .append(TextWrapper.wrapLines(
                            "Not shown, because the terminal is too narrow: "
                                    + all.stream()
                                            .filter(omitted::contains)
                                            .map(column ->
                                                    column.column.heading().form(column.level))
                                            .collect(Collectors.joining(", ")),
                            width))
                    .append('\n');
        }
        return text.toString();
    }

    private void print(List<Placed> columns, List<List<Line>> cells, StringBuilder text) {
        int height = cells.stream().mapToInt(List::size).max().orElse(0);
        for (int number = 0; number < height; number++) {
            StringBuilder printed = new StringBuilder(indent);
            for (int index = 0; index < columns.size(); index++) {
                List<Line> cell = cells.get(index);
                Line line = number < cell.size() ? cell.get(number) : Line.EMPTY;
                printed.append(line.text());
                if (index < columns.size() - 1) {
                    printed.append(" ".repeat(Math.max(0, columns.get(index).width - line.width())))
                            .append(Table.GAP);
                }
            }
            text.append(printed.toString().stripTrailing()).append('\n');
        }
    }
}
