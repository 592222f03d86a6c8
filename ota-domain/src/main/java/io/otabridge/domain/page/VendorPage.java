package io.otabridge.domain.page;

import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * For adapters: one page as the vendor sent it, with the announced length of the list. Callers see a {@link Page}.
 * Immutable.
 *
 * @param <T> an entry of the list
 * @param entries all entries of the page, before any filtering by the adapter
 * @param next the token of the next page of the same list; absent on the last page
 * @param received the number of entries on the pages of this list up to this one, including repeated entries
 * @param total the number of entries that the vendor announces for the list; absent if it announces none
 */
public record VendorPage<T>(List<T> entries, Option<PageToken> next, long received, Option<Long> total) {

    /** Returns whether the list ends with this page although the vendor announced more entries. */
    boolean endsShort() {
        return next.isEmpty() && total.exists(announced -> received < announced);
    }
}
