package io.otabridge.domain.page;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * For adapters: iterates over a list page by page and checks that it is complete. Entries are counted by id and
 * compared with the total that the vendor announces. A list that ends short, or that changed in a way that may hide
 * entries, is read again from its first page, and only new entries are returned. If it stays short, the last element is
 * {@link OtaFailure.UnreadableResponse}.
 *
 * <p>The last {@value #REMEMBERED} ids are remembered, so memory is bounded. A longer list is not read again: if it
 * ends short or changes, the last element is a failure. Each instance serves one pagination on one thread; the {@link
 * Pages} of this class create an instance for each pagination.
 *
 * @param <T> an entry of the list
 */
public final class CompleteListPaginator<T> {

    static final int REMEMBERED = 10_000;

    /** Ends the pagination of a platform that repeats a page forever. A change may repeat one page. */
    private static final int MAX_REPEATED_PAGES = 2;

    /** Ends the pagination of a list that changes during every reading. */
    private static final int MAX_READINGS = 100;

    private final OperationContext origin;
    private final String entries;
    private final boolean numbered;
    private final Function<T, ?> id;
    private final Function<PageToken, Either<OtaFailure, VendorPage<T>>> fetch;

    private List<PageToken> starts;
    private Option<OtaFailure> failure = Option.none();

    /** The ids seen, with the reading that saw each last. The oldest id is removed first. */
    private final Map<Object, Integer> seen = new LinkedHashMap<>();

    private int reading = 1;
    private boolean hasEvicted;

    // State of the current reading
    private long distinct;
    private int pages;
    private int largestPage;
    private int repeatedPages;
    private boolean isRepeating;
    private boolean endsEmpty;
    private boolean isNew;
    private boolean hasChanged;
    private Option<Long> total = Option.none();

    private CompleteListPaginator(
            OperationContext origin,
            String entries,
            boolean numbered,
            List<PageToken> starts,
            Function<T, ?> id,
            Function<PageToken, Either<OtaFailure, VendorPage<T>>> fetch) {
        this.origin = origin;
        this.entries = entries;
        this.numbered = numbered;
        this.starts = starts;
        this.id = id;
        this.fetch = fetch;
    }

    /**
     * Returns a list whose pages have numbers: a change moves entries from one page to another. Such a list is read
     * again if its total changed. If it has several pages and no total, it is read until a reading shows no new entry;
     * if it repeats a page forever, it ends with a failure.
     *
     * @param origin the backend and its list operation
     * @param entries the plural noun for entries in messages
     * @param id returns the unique id of an entry
     * @param fetch returns the page that begins at a token; safe for use by multiple threads
     */
    public static <T> Pages<T> byPageNumber(
            OperationContext origin,
            String entries,
            Function<T, ?> id,
            Function<PageToken, Either<OtaFailure, VendorPage<T>>> fetch) {
        return pages(origin, entries, true, id, fetch);
    }

    /**
     * Returns a list whose pages begin after a marker: a change moves no entry. The parameters are those of {@link
     * #byPageNumber}.
     */
    public static <T> Pages<T> byMarker(
            OperationContext origin,
            String entries,
            Function<T, ?> id,
            Function<PageToken, Either<OtaFailure, VendorPage<T>>> fetch) {
        return pages(origin, entries, false, id, fetch);
    }

    private static <T> Pages<T> pages(
            OperationContext origin,
            String entries,
            boolean numbered,
            Function<T, ?> id,
            Function<PageToken, Either<OtaFailure, VendorPage<T>>> fetch) {
        return Pages.of(
                from -> fetch.apply(from).flatMap(page -> toPage(origin, entries, page)),
                () -> iterator(origin, entries, numbered, List.of(PageToken.FIRST), id, fetch));
    }

    /**
     * Returns one pagination over several lists in sequence, whose pages begin after a marker. Each list is counted
     * separately. A list without a total that ends with an empty page is read until a reading shows no new entry.
     *
     * @param starts the first token of each list
     */
    public static <T> Iterator<Either<OtaFailure, T>> iterator(
            OperationContext origin,
            String entries,
            List<PageToken> starts,
            Function<T, ?> id,
            Function<PageToken, Either<OtaFailure, VendorPage<T>>> fetch) {
        return iterator(origin, entries, false, starts, id, fetch);
    }

    private static <T> Iterator<Either<OtaFailure, T>> iterator(
            OperationContext origin,
            String entries,
            boolean numbered,
            List<PageToken> starts,
            Function<T, ?> id,
            Function<PageToken, Either<OtaFailure, VendorPage<T>>> fetch) {
        CompleteListPaginator<T> list = new CompleteListPaginator<>(origin, entries, numbered, starts, id, fetch);
        return new PageIterator<>(list::page);
    }

    /**
     * Converts a page for callers; a failure if it is the last page and the list is shorter than the vendor announces.
     */
    public static <T> Either<OtaFailure, Page<T>> toPage(OperationContext origin, String entries, VendorPage<T> page) {
        return page.endsShort()
                ? Either.left(incomplete(
                        origin, entries, page.received(), page.total().get()))
                : Either.right(new Page<>(page.entries(), page.next()));
    }

    private static OtaFailure incomplete(OperationContext origin, String entries, long received, long announced) {
        return new OtaFailure.UnreadableResponse(FailureDetails.of(
                origin,
                Message.of(
                        "Backend {0} announced {1} {2} and sent {3}, so the list is incomplete",
                        origin.backend(), announced, entries, received),
                Message.of("List again; if the numbers remain different, report both to the vendor")));
    }

    private Either<OtaFailure, Page<T>> page(PageToken from) {
        return failure.<Either<OtaFailure, Page<T>>>map(Either::left)
                .getOrElse(() -> fetch.apply(from.equals(PageToken.FIRST) ? starts.head() : from)
                        .map(this::read));
    }

    private Page<T> read(VendorPage<T> page) {
        long before = distinct;
        List<T> fresh = page.entries().filter(this::isFirstSeen);
        repeatedPages = page.entries().nonEmpty() && distinct == before ? repeatedPages + 1 : 0;
        pages += page.entries().isEmpty() ? 0 : 1;
        endsEmpty = page.entries().isEmpty();
        largestPage = Math.max(largestPage, page.entries().size());
        hasChanged |= total.isDefined() && page.total().isDefined() && !total.equals(page.total());
        total = page.total().orElse(total);
        // A platform may repeat its last page after the end. The last page is smaller than the others.
        isRepeating = page.next().isDefined()
                && repeatedPages >= MAX_REPEATED_PAGES
                && page.entries().size() >= largestPage;
        Option<PageToken> next = page.next().filter(token -> repeatedPages < MAX_REPEATED_PAGES);
        return new Page<>(fresh, next.orElse(this::afterReading));
    }

    private boolean isFirstSeen(T entry) {
        @Nullable Integer before = seen.put(id.apply(entry), reading);
        if (seen.size() > REMEMBERED) {
            Iterator<Object> oldest = seen.keySet().iterator();
            oldest.next();
            oldest.remove();
            hasEvicted = true;
        }
        distinct += before != null && before == reading ? 0 : 1;
        isNew |= before == null;
        return before == null;
    }

    /** Returns the token after the last page of a list; absent after the last list. */
    private Option<PageToken> afterReading() {
        boolean isShort = total.exists(announced -> distinct < announced);
        boolean mayBeTruncated = numbered ? pages > 1 : pages > 0 && endsEmpty;
        boolean isUncounted = total.isEmpty() && mayBeTruncated && (reading == 1 || isNew) && !hasEvicted;
        boolean mayHaveMoved = numbered && hasChanged;
        if (!isShort && !isUncounted && !mayHaveMoved) {
            return total.isEmpty() && isRepeating ? fail(repeating()) : nextList();
        }
        boolean isLastReading = hasEvicted || reading >= MAX_READINGS;
        boolean isRepeated = reading > 1 && !isNew && !mayHaveMoved;
        if (isShort && (isLastReading || isRepeated)) {
            return fail(incomplete(origin, entries, distinct, total.get()));
        }
        return isLastReading ? fail(changing()) : readAgain();
    }

    private Option<PageToken> nextList() {
        starts = starts.tail();
        seen.clear();
        hasEvicted = false;
        startReading(1);
        return starts.headOption();
    }

    private Option<PageToken> readAgain() {
        startReading(reading + 1);
        return starts.headOption();
    }

    private void startReading(int number) {
        reading = number;
        distinct = 0;
        pages = 0;
        largestPage = 0;
        repeatedPages = 0;
        isRepeating = false;
        endsEmpty = false;
        isNew = false;
        hasChanged = false;
        total = Option.none();
    }

    /** Ends the pagination with a failure, after the entries of the last page. */
    private Option<PageToken> fail(OtaFailure last) {
        failure = Option.some(last);
        return Option.some(PageToken.FIRST);
    }

    private OtaFailure repeating() {
        return new OtaFailure.UnreadableResponse(FailureDetails.of(
                origin,
                Message.of(
                        "Backend {0} sent the same page of {1} repeatedly and announced no total, so the list may"
                                + " be incomplete",
                        origin.backend(), entries),
                Message.of("List again; if the page is repeated, report it to the vendor")));
    }

    private OtaFailure changing() {
        return new OtaFailure.Unavailable(FailureDetails.of(
                        origin,
                        Message.of(
                                "The {0} of backend {1} changed during every attempt to list them, so the list"
                                        + " may be incomplete",
                                entries, origin.backend()),
                        Message.of("List again when fewer changes are made, or list one product"))
                .withRetry(Option.none()));
    }
}
