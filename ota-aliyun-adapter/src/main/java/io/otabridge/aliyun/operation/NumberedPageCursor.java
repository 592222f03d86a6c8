package io.otabridge.aliyun.operation;

import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.page.PageToken;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * A position in a list with numbered pages. The platform's counters may contradict each other and the entries, so no single
 * counter ends the list.
 *
 * @param number the page, from 1
 * @param before how many entries the pages before held; absent if the caller began with this page
 * @param afterEmpty whether the page before was empty
 */
public record NumberedPageCursor(int number, Option<Long> before, boolean afterEmpty) {

    public static final StringConstraint RULE = StringConstraint.matching(
            "page of firmware",
            "[1-9][0-9]{0,5}(:[0-9]{1,18}(:e)?)?",
            "a number from 1 to 999999, as the page before gave it");

    /** The first page. */
    public static final NumberedPageCursor FIRST = new NumberedPageCursor(1, Option.some(0L), false);

    /** Reads what {@link #toToken} wrote; the text must obey the rule. */
    public static NumberedPageCursor parse(String text) {
        String[] parts = text.split(":", -1);
        return new NumberedPageCursor(
                Integer.parseInt(parts[0]),
                Option.when(parts.length > 1, () -> Long.valueOf(parts[1])),
                parts.length > 2);
    }

    PageToken toToken() {
        return new PageToken(number + before.map(count -> ":" + count).getOrElse("") + (afterEmpty ? ":e" : ""));
    }

    /** How many entries the pages held up to this one. */
    long received(int entries) {
        return before.getOrElse(0L) + entries;
    }

    /**
     * The next page; absent after the last.
     *
     * @param entries how many entries this page holds
     * @param pageSize how many a full page holds
     * @param pageCount how many pages there are, as the platform counts them
     * @param total how many entries there are, as the platform counts them
     * @return {@code Left} if two empty pages follow each other although the page count says that more follow, and no total
     *     can tell how many entries are missing
     */
    Either<String, Option<NumberedPageCursor>> next(
            int entries, int pageSize, Option<Integer> pageCount, Option<Long> total) {
        boolean morePages = pageCount.exists(count -> number < count);
        Option<Long> counted = total.filter(count -> before.isDefined());
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
                () -> new NumberedPageCursor(number + 1, before.map(count -> count + entries), entries == 0)));
    }
}
