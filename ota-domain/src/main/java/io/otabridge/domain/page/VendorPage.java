package io.otabridge.domain.page;

import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * One page as the vendor sent it, with what the vendor says about the length of the list. Adapters use it; callers see a
 * {@link Page}.
 *
 * @param entries all entries of the page, before a filter of the adapter's own
 * @param next where the next page of the same list begins; absent on the last
 * @param received how many entries the pages of this list held up to this one, repeated entries included
 * @param total how many entries the vendor announces for the list; absent if it announces no number
 */
public record VendorPage<T>(List<T> entries, Option<PageToken> next, long received, Option<Long> total) {

    /** Whether the list ends here although the vendor announced more entries. */
    boolean endsShort() {
        return next.isEmpty() && total.exists(announced -> received < announced);
    }
}
