package io.otabridge.huawei.operation;

import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.page.CompleteListPaginator;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.VendorPage;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lists of IoTDA that follow each other, because one request returns one type or one status only. A page token consists
 * of the key of a list and a position in it. Immutable and safe for many threads.
 *
 * @param <T> an entry
 */
public final class ListSequence<T> {

    private final OperationContext origin;
    private final String entries;
    private final Function<T, ?> id;
    private final BiFunction<String, MarkerCursor, Either<OtaFailure, VendorPage<T>>> fetch;
    private final Option<Consumer<String>> skipped;

    private ListSequence(
            OperationContext origin,
            String entries,
            Function<T, ?> id,
            BiFunction<String, MarkerCursor, Either<OtaFailure, VendorPage<T>>> fetch,
            Option<Consumer<String>> skipped) {
        this.origin = origin;
        this.entries = entries;
        this.id = id;
        this.fetch = fetch;
        this.skipped = skipped;
    }

    /**
     * Creates a sequence.
     *
     * @param origin the backend and its list operation
     * @param entries the plural noun for entries in messages
     * @param id returns the unique id of an entry
     * @param fetch returns a page of the list with this key
     */
    public static <T> ListSequence<T> of(
            OperationContext origin,
            String entries,
            Function<T, ?> id,
            BiFunction<String, MarkerCursor, Either<OtaFailure, VendorPage<T>>> fetch) {
        return new ListSequence<>(origin, entries, id, fetch, Option.none());
    }

    /**
     * Returns a sequence that skips types that the platform does not support, if it supports another one. Older
     * platforms reject these types with one of two codes (field reports).
     *
     * @param note is called for each skipped type
     */
    public ListSequence<T> skippingUnknownTypes(Consumer<String> note) {
        return new ListSequence<>(origin, entries, id, fetch, Option.some(note));
    }

    /** Whether this is how a platform rejects a type that it does not support. */
    public static boolean isUnknownType(OtaFailure failure) {
        return failure instanceof OtaFailure.Rejected
                && failure.vendorCode().exists(HuaweiErrors.UNKNOWN_TYPE::contains);
    }

    /** Returns the entries of all lists. */
    public Pages<T> pages(List<String> keys) {
        return pages(current -> Either.right(keys));
    }

    /**
     * Returns the entries of all lists.
     *
     * @param keys returns the keys of the lists, or the failure to determine them. It is called at the start of a
     *     pagination and for each single page, with the key of the list that the page belongs to; absent for the first
     */
    public Pages<T> pages(Function<Option<String>, Either<OtaFailure, List<String>>> keys) {
        return Pages.of(
                from -> keys.apply(Position.parse(from.value()).map(Position::key))
                        .flatMap(known -> page(known, from)),
                () -> lazily(() -> keys.apply(Option.none()).fold(ListSequence::failed, this::iterator)));
    }

    /** Returns a pagination that fails. */
    public static <T> Iterator<Either<OtaFailure, T>> failed(OtaFailure failure) {
        return Collections.singleton(Either.<OtaFailure, T>left(failure)).iterator();
    }

    /** Returns an iterator that is created at its first use. */
    public static <T> Iterator<T> lazily(Supplier<Iterator<T>> create) {
        return new Iterator<>() {
            private @Nullable Iterator<T> created;

            private Iterator<T> created() {
                Iterator<T> now = created == null ? create.get() : created;
                created = now;
                return now;
            }

            @Override
            public boolean hasNext() {
                return created().hasNext();
            }

            @Override
            public T next() {
                return created().next();
            }
        };
    }

    private Iterator<Either<OtaFailure, T>> iterator(List<String> keys) {
        if (keys.isEmpty()) {
            return Collections.emptyIterator();
        }
        Set<String> supported = new HashSet<>();
        return CompleteListPaginator.iterator(
                origin,
                entries,
                keys.map(key -> new Position(key, MarkerCursor.FIRST).toToken()),
                id,
                from -> position(keys, from).flatMap(position -> {
                    Either<OtaFailure, VendorPage<T>> page = fetch(position);
                    page.forEach(listed -> supported.add(position.key()));
                    // A type that returned a page is supported, so a later rejection is a failure.
                    boolean maySkip = !supported.contains(position.key())
                            && (!supported.isEmpty() || position.next(keys).isDefined());
                    if (!maySkip || !isUnknownType(position, page)) {
                        return page;
                    }
                    skip(position);
                    return Either.right(new VendorPage<>(List.empty(), Option.none(), 0, Option.none()));
                }));
    }

    private Either<OtaFailure, Page<T>> page(List<String> keys, PageToken from) {
        return keys.isEmpty() && from.equals(PageToken.FIRST)
                ? Either.right(Page.last(List.empty()))
                : position(keys, from)
                        .flatMap(position ->
                                page(keys, position, !position.equals(new Position(keys.head(), MarkerCursor.FIRST))));
    }

    /** Skips a type that the platform does not support, and returns the first page of the next type. */
    private Either<OtaFailure, Page<T>> page(List<String> keys, Position position, boolean isAnySupported) {
        Either<OtaFailure, VendorPage<T>> page = fetch(position);
        Option<Position> next = position.next(keys);
        if (isUnknownType(position, page) && (isAnySupported || next.isDefined())) {
            skip(position);
            return next.map(following -> page(keys, following, isAnySupported))
                    .getOrElse(Either.right(Page.last(List.empty())));
        }
        return page.flatMap(found -> CompleteListPaginator.toPage(origin, entries, found))
                .map(found -> new Page<>(found.items(), found.next().orElse(() -> next.map(Position::toToken))));
    }

    private Either<OtaFailure, Position> position(List<String> keys, PageToken from) {
        return (from.equals(PageToken.FIRST)
                        ? keys.headOption().map(key -> new Position(key, MarkerCursor.FIRST))
                        : Position.parse(from.value()).filter(position -> keys.contains(position.key())))
                .toEither(() -> HuaweiOperations.invalidToken(origin, from));
    }

    private Either<OtaFailure, VendorPage<T>> fetch(Position position) {
        return fetch.apply(position.key(), position.cursor())
                .map(page -> new VendorPage<>(
                        page.entries(),
                        page.next().map(token -> new PageToken(position.key() + ":" + token)),
                        page.received(),
                        page.total()));
    }

    private boolean isUnknownType(Position position, Either<OtaFailure, ?> page) {
        return skipped.isDefined()
                && position.cursor().equals(MarkerCursor.FIRST)
                && page.isLeft()
                && isUnknownType(page.getLeft());
    }

    private void skip(Position position) {
        skipped.forEach(note -> note.accept(position.key()));
    }

    /** A position in one of the lists. */
    private record Position(String key, MarkerCursor cursor) {

        static Option<Position> parse(String token) {
            int colon = token.indexOf(':');
            return MarkerCursor.parse(token.substring(colon + 1))
                    .filter(cursor -> colon > 0)
                    .map(cursor -> new Position(token.substring(0, colon), cursor));
        }

        /** The first page of the next list; absent after the last list. */
        Option<Position> next(List<String> keys) {
            return keys.dropUntil(key::equals).drop(1).headOption().map(next -> new Position(next, MarkerCursor.FIRST));
        }

        PageToken toToken() {
            return new PageToken(key + ":" + cursor);
        }
    }
}
