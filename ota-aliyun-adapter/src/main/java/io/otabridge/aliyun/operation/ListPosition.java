package io.otabridge.aliyun.operation;

import io.otabridge.client.Operation;
import io.otabridge.client.OperationClient;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.VendorPage;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * A position in a list that may change while it is read: devices are registered, and tasks change their state. Such a
 * list is compared with the smallest total that the platform announced on its pages, so that growth is no failure.
 *
 * @param cursor the page
 * @param smallest the smallest total of the pages before; absent on the first page
 * @param nextToken the platform's own position, where it needs one
 */
public record ListPosition(NumberedPageCursor cursor, Option<Long> smallest, Option<String> nextToken) {

    private static final ListPosition FIRST = new ListPosition(NumberedPageCursor.FIRST, Option.none(), Option.none());

    private static final StringConstraint RULE = StringConstraint.matching(
            "page token",
            "[1-9][0-9]{0,5}(:[0-9]{1,18}(:e)?)?(@[0-9]{1,18})?(/[^\\p{Cc}]{1,4000})?",
            "a page number from 1 to 999999, as in the token of the previous page");

    /** Reads the position of a token; {@link OtaFailure.Rejected} for the token of another list. */
    public static Either<OtaFailure, ListPosition> at(
            OperationClient client, Operation<?, ?> operation, PageToken token) {
        return token.equals(PageToken.FIRST)
                ? Either.right(FIRST)
                : client.check(operation, RULE, Option.some(token.value())).map(text -> parse(text.get()));
    }

    private static ListPosition parse(String text) {
        int slash = text.indexOf('/');
        String position = slash < 0 ? text : text.substring(0, slash);
        int at = position.indexOf('@');
        return new ListPosition(
                NumberedPageCursor.parse(at < 0 ? position : position.substring(0, at)),
                Option.when(at >= 0, () -> Long.valueOf(position.substring(at + 1))),
                Option.when(slash >= 0, () -> text.substring(slash + 1)));
    }

    /**
     * Returns the page with the smallest total so far: a total that grew is hidden, and a total that fell is a change.
     *
     * @param newToken the platform's own position of the next page
     */
    public <T> VendorPage<T> withSmallestTotal(VendorPage<T> page, Option<String> newToken) {
        Option<Long> total = smallestWith(page);
        return new VendorPage<>(
                page.entries(), page.next().map(next -> token(next, total, newToken)), page.received(), total);
    }

    private Option<Long> smallestWith(VendorPage<?> page) {
        return page.total()
                .map(total -> smallest.filter(before -> before < total).getOrElse(total));
    }

    private static PageToken token(PageToken next, Option<Long> total, Option<String> newToken) {
        return PageToken.of(next.value()
                + total.map(count -> "@" + count).getOrElse("")
                + newToken.map(text -> "/" + text).getOrElse(""));
    }
}
