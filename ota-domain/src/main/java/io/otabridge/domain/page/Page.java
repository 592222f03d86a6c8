package io.otabridge.domain.page;

import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * One page of a list, in the vendor's order. Immutable.
 *
 * @param <T> an item of the list
 * @param items the items; may be empty, even if another page follows
 * @param next the token of the next page; absent on the last page
 */
public record Page<T>(List<T> items, Option<PageToken> next) {

    /** Returns the last or only page of a list. */
    public static <T> Page<T> last(List<T> items) {
        return new Page<>(items, Option.none());
    }

    /** Returns a page that is followed by another one. */
    public static <T> Page<T> before(PageToken next, List<T> items) {
        return new Page<>(items, Option.some(next));
    }
}
