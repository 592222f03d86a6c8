package io.otabridge.domain.page;

import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * One page of a list, in the vendor's order.
 *
 * @param items what is on it; may be empty, also before the last page
 * @param next where the next page begins; absent on the last
 */
public record Page<T>(List<T> items, Option<PageToken> next) {

    /** The only page of a list, or its last. */
    public static <T> Page<T> last(List<T> items) {
        return new Page<>(items, Option.none());
    }

    /** A page that another one follows. */
    public static <T> Page<T> before(PageToken next, List<T> items) {
        return new Page<>(items, Option.some(next));
    }
}
