package io.otabridge.aliyun.operation;

import io.otabridge.aliyun.wire.ListPageDto;
import io.otabridge.client.Operation;
import io.otabridge.client.OperationClient;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.page.CompleteListPaginator;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.VendorPage;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.Function;

/** Lists of the platform whose pages have numbers. */
public final class NumberedPages {

    private NumberedPages() {}

    /**
     * Returns a list without a filter.
     *
     * @param entries the plural noun for entries in messages
     * @param id returns the unique id of an entry
     */
    public static <T> Pages<T> of(
            OperationClient client,
            Operation<NumberedPageCursor, VendorPage<T>> operation,
            String entries,
            Function<T, ?> id) {
        return of(client, operation, entries, id, cursor -> cursor);
    }

    /**
     * Returns a list.
     *
     * @param entries the plural noun for entries in messages
     * @param id returns the unique id of an entry
     * @param input returns the input of the operation for a position
     */
    public static <Q, T> Pages<T> of(
            OperationClient client,
            Operation<Q, VendorPage<T>> operation,
            String entries,
            Function<T, ?> id,
            Function<NumberedPageCursor, Q> input) {
        return CompleteListPaginator.byPageNumber(
                client.contextOf(operation),
                entries,
                id,
                from -> cursorAt(client, operation, from)
                        .flatMap(cursor -> client.read(operation, input.apply(cursor))));
    }

    /**
     * Returns a page of entries with the position of the next one.
     *
     * @param pageSize the requested number of entries
     */
    public static <T> Either<String, VendorPage<T>> toPage(
            ListPageDto dto, NumberedPageCursor cursor, List<T> entries, int pageSize) {
        return cursor.next(
                        entries.size(),
                        Option.of(dto.pageSize()).getOrElse(pageSize),
                        Option.of(dto.pageCount()),
                        dto.announcedTotal())
                .map(next -> new VendorPage<>(
                        entries,
                        next.map(NumberedPageCursor::toToken),
                        cursor.received(entries.size()),
                        dto.announcedTotal()
                                .filter(count -> cursor.receivedBefore().isDefined())));
    }

    private static Either<OtaFailure, NumberedPageCursor> cursorAt(
            OperationClient client, Operation<?, ?> operation, PageToken from) {
        return from.equals(PageToken.FIRST)
                ? Either.right(NumberedPageCursor.FIRST)
                : client.check(operation, NumberedPageCursor.RULE, Option.some(from.value()))
                        .map(token -> NumberedPageCursor.parse(token.get()));
    }
}
