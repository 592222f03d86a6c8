package io.otabridge.domain.page;

import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * For adapters, and for applications that process failures as values: one pagination. If a page fails, the last element
 * is a {@code Left}; otherwise the list is complete. A page is requested when its first item is needed, and one page is
 * held in memory. For one thread and a single use.
 *
 * @param <T> an item of the list
 */
public final class PageIterator<T> implements Iterator<Either<OtaFailure, T>> {

    private final Function<PageToken, Either<OtaFailure, Page<T>>> fetch;
    private Iterator<T> items = Collections.emptyIterator();
    private Option<PageToken> next = Option.some(PageToken.FIRST);
    private Option<OtaFailure> failure = Option.none();

    /**
     * Creates an iterator.
     *
     * @param fetch returns the page that begins at a token; its pages must come to an end
     */
    PageIterator(Function<PageToken, Either<OtaFailure, Page<T>>> fetch) {
        this.fetch = fetch;
    }

    /** Returns a new pagination as a sequential stream for a single use. */
    public static <T> Stream<Either<OtaFailure, T>> stream(Pages<T> pages) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(pages.iterator(), Spliterator.ORDERED | Spliterator.NONNULL),
                false);
    }

    @Override
    public boolean hasNext() {
        while (!items.hasNext() && failure.isEmpty() && next.isDefined()) {
            request(next.get());
        }
        return items.hasNext() || failure.isDefined();
    }

    @Override
    public Either<OtaFailure, T> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more items");
        }
        if (items.hasNext()) {
            return Either.right(items.next());
        }
        OtaFailure last = failure.get();
        failure = Option.none();
        next = Option.none();
        return Either.left(last);
    }

    private void request(PageToken token) {
        fetch.apply(token)
                .peek(page -> {
                    items = page.items().iterator();
                    next = page.next();
                })
                .peekLeft(failed -> failure = Option.some(failed));
    }
}
