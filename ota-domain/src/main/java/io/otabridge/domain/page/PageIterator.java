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
 * For adapters and applications that need a failure as a value between the items: one pagination, whose last element is a
 * {@code Left} if a page fails. Without one it is complete. Requests a page when its first item is needed, and holds one page.
 * For one thread, used once.
 */
public final class PageIterator<T> implements Iterator<Either<OtaFailure, T>> {

    private final Function<PageToken, Either<OtaFailure, Page<T>>> fetch;
    private Iterator<T> items = Collections.emptyIterator();
    private Option<PageToken> next = Option.some(PageToken.FIRST);
    private Option<OtaFailure> failure = Option.none();

    /** @param fetch the page that begins at a token; its pages must come to an end */
    PageIterator(Function<PageToken, Either<OtaFailure, Page<T>>> fetch) {
        this.fetch = fetch;
    }

    /** A new pagination of the list, as a sequential stream for one use. */
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
            throw new NoSuchElementException("the list has ended");
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
