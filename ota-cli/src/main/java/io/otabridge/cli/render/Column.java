package io.otabridge.cli.render;

/**
 * A column of a table, and what happens to it on a terminal that is too narrow for the table.
 *
 * @param heading its heading
 * @param isText whether its cells are wrapped at spaces before a column is omitted
 * @param rank columns with a higher rank are omitted first, and of those above 2 the ones with the same value in all rows; a
 *     column of rank 0 is never omitted
 */
public record Column(Cell heading, boolean isText, int rank) {

    /** Returns a column that is never omitted. */
    public static Column required(String heading) {
        return new Column(Cell.of(heading), false, 0);
    }

    /** Returns a column of text, which is never omitted. */
    public static Column text(String heading) {
        return new Column(Cell.of(heading), true, 0);
    }

    /** Returns a column of text that can be omitted. */
    public static Column optionalText(int rank, String heading) {
        return new Column(Cell.of(heading), true, rank);
    }

    /** Returns this column if it has another heading, otherwise one that is never omitted. */
    Column requiredIf(String sorted) {
        return heading.form(0).equals(sorted) ? new Column(heading, isText, 0) : this;
    }

    /** Returns a column that can be omitted. */
    public static Column optional(int rank, String heading, String... shorter) {
        return new Column(Cell.of(heading, shorter), false, rank);
    }
}
