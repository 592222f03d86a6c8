package io.otabridge.domain.page;

import io.otabridge.domain.OtaException;
import io.otabridge.domain.OtaFailure;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A list that a backend returns page by page, for example {@code backend.firmware().list(FirmwareFilter.all())}.
 *
 * <p><b>Requests.</b> Creating it sends nothing. Each call of {@link #toList}, {@link #forEach} or {@link #stream} starts a
 * new pagination at the first page, so a later call sees later changes. A page is requested when its first item is needed; a
 * consumer that stops early pays for no further page. The deadline of the backend applies to each page.
 *
 * <p><b>Failures.</b> A pagination is complete or it fails: a failed page is never the end of a shorter list. {@link #toList}
 * and {@link #forEach} return the failure, {@link #stream} throws it as an {@link OtaException}.
 *
 * <p><b>Threads and memory.</b> Instances are immutable and safe for use by multiple threads; a stream is for one thread.
 * {@link #forEach} and {@link #stream} hold one page, and the ids that detect repeated items (at most 10,000), however long
 * the list is. {@link #toList} holds the whole list.
 *
 * @param <T> an item of the list
 */
public final class Pages<T> {

    private final Function<PageToken, Either<OtaFailure, Page<T>>> fetch;
    private final Supplier<? extends Iterator<Either<OtaFailure, T>>> pagination;

    private Pages(
            Function<PageToken, Either<OtaFailure, Page<T>>> fetch,
            Supplier<? extends Iterator<Either<OtaFailure, T>>> pagination) {
        this.fetch = fetch;
        this.pagination = pagination;
    }

    /**
     * For adapters: creates a list without further checks. See {@link CompleteListPaginator} for a list with totals.
     *
     * @param fetch returns the page that begins at a token, or {@link OtaFailure.Rejected} for a token of another list;
     *     safe for use by multiple threads. Its pages must come to an end
     */
    public static <T> Pages<T> of(Function<PageToken, Either<OtaFailure, Page<T>>> fetch) {
        return of(fetch, () -> new PageIterator<>(fetch));
    }

    /**
     * For adapters: creates a list with its own pagination, which can check more than one page at a time.
     *
     * @param fetch returns the page that begins at a token; as above
     * @param pagination returns a new iterator over all items, which requests nothing before its first use. A failure
     *     is its last element. Safe for use by multiple threads
     */
    public static <T> Pages<T> of(
            Function<PageToken, Either<OtaFailure, Page<T>>> fetch,
            Supplier<? extends Iterator<Either<OtaFailure, T>>> pagination) {
        return new Pages<>(fetch, pagination);
    }

    /**
     * Returns all items, in the vendor's order.
     *
     * @return the complete list, or the failure; never a part of the list
     */
    public Either<OtaFailure, List<T>> toList() {
        java.util.List<T> items = new ArrayList<>();
        return forEach(items::add).map(count -> List.ofAll(items));
    }

    /**
     * Passes each item to the consumer, in the vendor's order, on the calling thread. What the consumer throws reaches the
     * caller unchanged, and no further page is requested. Check the result: only it reports a failure.
     *
     * @return the number of items; or the failure that ended the pagination. The consumer has received all items before it
     */
    public Either<OtaFailure, Long> forEach(Consumer<? super T> consumer) {
        Objects.requireNonNull(consumer, "consumer");
        Iterator<Either<OtaFailure, T>> results = iterator();
        long count = 0;
        while (results.hasNext()) {
            Either<OtaFailure, T> result = results.next();
            if (result.isLeft()) {
                return Either.left(result.getLeft());
            }
            consumer.accept(result.get());
            count++;
        }
        return Either.right(count);
    }

    /**
     * Returns one page, for callers that display pages or continue in another process: a token can be stored as text. A
     * single page cannot show whether items moved between pages while the list changed; the other methods check that.
     *
     * @param from {@link PageToken#FIRST}, or {@link Page#next} of the previous page of the same list
     * @return the page; {@link OtaFailure.Rejected} for the token of another list or backend, at the latest by the
     *     vendor; {@link OtaFailure.UnreadableResponse} for the last page of a list that is shorter than the vendor's
     *     total; otherwise the failure
     */
    public Either<OtaFailure, Page<T>> page(PageToken from) {
        return fetch.apply(Objects.requireNonNull(from, "from"));
    }

    /**
     * Returns all items as a lazy, sequential stream for a single use, in the vendor's order. Its size is not known in
     * advance, so {@code count()} requests every page. The stream need not be closed.
     *
     * <p>Its terminal operation throws {@link OtaException} when a page fails, after the items before it. After a
     * failure, an iterator of the stream throws again on every call.
     */
    public Stream<T> stream() {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        new ThrowingIterator<>(iterator()), Spliterator.ORDERED | Spliterator.NONNULL),
                false);
    }

    /**
     * Returns the items that match; pages may then be empty. The backend still sends all items.
     *
     * @param predicate safe for use by multiple threads
     */
    public Pages<T> filter(Predicate<? super T> predicate) {
        return new Pages<>(
                from -> fetch.apply(from).map(page -> new Page<>(page.items().filter(predicate), page.next())),
                () -> PageIterator.stream(this)
                        .filter(result -> result.forAll(predicate))
                        .iterator());
    }

    /** For adapters: returns a new pagination, which requests nothing before its first use; a failure is its last element. */
    public Iterator<Either<OtaFailure, T>> iterator() {
        return pagination.get();
    }

    /**
     * Throws the failure again on every call, so that a caller that catches the exception and continues does not
     * mistake it for the end of the list.
     */
    private static final class ThrowingIterator<T> implements Iterator<T> {

        private final Iterator<Either<OtaFailure, T>> results;
        private Option<OtaFailure> failure = Option.none();

        ThrowingIterator(Iterator<Either<OtaFailure, T>> results) {
            this.results = results;
        }

        @Override
        public boolean hasNext() {
            return failure.isDefined() || results.hasNext();
        }

        @Override
        public T next() {
            if (failure.isEmpty()) {
                Either<OtaFailure, T> result = results.next();
                if (result.isRight()) {
                    return result.get();
                }
                failure = result.swap().toOption();
            }
            throw new OtaException(failure.get());
        }
    }
}
