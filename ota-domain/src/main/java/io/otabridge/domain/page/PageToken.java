package io.otabridge.domain.page;

/**
 * The start of a page. A token is valid for the list and backend that returned it, as long as the vendor keeps its
 * order. Its format is specific to the adapter. It can be stored as text and used by another process. Immutable.
 *
 * @param value the text of the token; empty for the first page
 */
public record PageToken(String value) {

    /** The first page of every list. */
    public static final PageToken FIRST = new PageToken("");

    /** Restores a token from its text. */
    public static PageToken of(String value) {
        return new PageToken(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
