package io.otabridge.huawei.operation;

import io.otabridge.client.Operation;
import io.otabridge.client.OperationClient;
import io.otabridge.domain.page.CompleteListPaginator;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.VendorPage;
import java.util.function.Function;

/** Lists of IoTDA whose pages begin after a marker. */
public final class MarkerPages {

    private MarkerPages() {}

    /**
     * Returns a list without a filter.
     *
     * @param entries the plural noun for entries in messages
     * @param id returns the unique id of an entry
     */
    public static <T> Pages<T> of(
            OperationClient client,
            Operation<MarkerCursor, VendorPage<T>> operation,
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
            Function<MarkerCursor, Q> input) {
        return CompleteListPaginator.byMarker(
                client.contextOf(operation),
                entries,
                id,
                from -> MarkerCursor.of(from)
                        .toEither(() -> HuaweiOperations.invalidToken(client.contextOf(operation), from))
                        .flatMap(cursor -> client.read(operation, input.apply(cursor))));
    }
}
