package io.otabridge.domain.page;

/**
 * Where a page of a list begins. It is good for the list and backend it comes from, and for as long as the vendor keeps
 * its order; nobody but the adapter reads it. It can be kept as text and used by another process.
 *
 * @param value the adapter's own words; empty for the first page
 */
public record PageToken(String value) {

    /** Where every list begins. */
    public static final PageToken FIRST = new PageToken("");

    /** A token that was kept as text. */
    public static PageToken of(String value) {
        return new PageToken(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
