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

/** Walks a list page by page, fetching the next page only when somebody wants an item of it. For one thread. */
public final class PageWalk<T> implements Iterator<Either<OtaFailure, T>> {

    private final Function<PageToken, Either<OtaFailure, Page<T>>> fetch;
    private Iterator<T> items = Collections.emptyIterator();
    private Option<PageToken> next = Option.some(PageToken.FIRST);
    private Option<OtaFailure> failure = Option.none();

    private PageWalk(Function<PageToken, Either<OtaFailure, Page<T>>> fetch) {
        this.fetch = fetch;
    }

    /**
     * All items of a list, lazily. A page that fails is the last element, a left side; after it the stream ends, so a
     * stream without a left side is whole. One page is in memory at a time. The stream is sequential and used once.
     *
     * @param fetch the page that begins here; it must see to it that pages lead to an end
     */
    public static <T> Stream<Either<OtaFailure, T>> stream(Function<PageToken, Either<OtaFailure, Page<T>>> fetch) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(new PageWalk<>(fetch), Spliterator.ORDERED | Spliterator.NONNULL),
                false);
    }

    @Override
    public boolean hasNext() {
        while (!items.hasNext() && failure.isEmpty() && next.isDefined()) {
            turn(next.get());
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

    private void turn(PageToken token) {
        fetch.apply(token)
                .peek(page -> {
                    items = page.items().iterator();
                    next = page.next();
                })
                .peekLeft(failed -> failure = Option.some(failed));
    }
}
