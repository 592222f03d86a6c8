package io.otabridge.aliyun.operation;

import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.page.PageToken;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * A position in a list with numbered pages. The platform's counters may contradict each other and the entries, so no
 * single counter ends the list.
 *
 * @param number the page number, from 1
 * @param receivedBefore the number of entries on the previous pages; absent if the caller started with this page
 * @param afterEmpty whether the previous page was empty
 */
public record NumberedPageCursor(int number, Option<Long> receivedBefore, boolean afterEmpty) {

    public static final StringConstraint RULE = StringConstraint.matching(
            "page token",
            "[1-9][0-9]{0,5}(:[0-9]{1,18}(:e)?)?",
            "a page number from 1 to 999999, as in the token of the previous page");

    /** The first page. */
    public static final NumberedPageCursor FIRST = new NumberedPageCursor(1, Option.some(0L), false);

    /** Parses the result of {@link #toToken}. The text must match {@link #RULE}. */
    public static NumberedPageCursor parse(String text) {
        String[] parts = text.split(":", -1);
        return new NumberedPageCursor(
                Integer.parseInt(parts[0]),
                Option.when(parts.length > 1, () -> Long.valueOf(parts[1])),
                parts.length > 2);
    }

    PageToken toToken() {
        return new PageToken(
                number + receivedBefore.map(count -> ":" + count).getOrElse("") + (afterEmpty ? ":e" : ""));
    }

    /** The number of entries up to and including this page. */
    long received(int entries) {
        return receivedBefore.getOrElse(0L) + entries;
    }

    /**
     * Returns the next page; absent after the last page.
     *
     * @param entries the number of entries on this page
     * @param pageSize the number of entries on a full page
     * @param pageCount the number of pages according to the platform
     * @param total the number of entries according to the platform
     * @return {@code Left} if two consecutive pages are empty, the page count announces more pages, and no total tells
     *     how many entries are missing
     */
    Either<String, Option<NumberedPageCursor>> next(
            int entries, int pageSize, Option<Integer> pageCount, Option<Long> total) {
        boolean morePages = pageCount.exists(count -> number < count);
        Option<Long> counted = total.filter(count -> receivedBefore.isDefined());
        if (entries == 0 && afterEmpty) {
            return morePages && total.isEmpty()
                    ? Either.left("pages " + (number - 1) + " and " + number + " of " + pageCount.get() + " are empty")
                    : Either.right(Option.none());
        }
        boolean moreEntries = counted.exists(count -> received(entries) < count);
        boolean isContradicted =
                entries > 0 && !pageCount.contains(number) && !counted.exists(count -> received(entries) == count);
        boolean mayHaveMore = entries >= Math.max(1, pageSize) && total.isEmpty();
        return Either.right(Option.when(
                morePages || moreEntries || isContradicted || mayHaveMore,
                () -> new NumberedPageCursor(number + 1, receivedBefore.map(count -> count + entries), entries == 0)));
    }
}
