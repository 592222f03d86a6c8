package io.otabridge.aliyun;

import io.otabridge.domain.TextRule;
import io.otabridge.domain.page.PageToken;
import io.vavr.control.Option;

/**
 * A place in a walk over numbered pages. What is deleted on the way moves the rest forward, over the edge of a page that was
 * read already; a falling total gives it away, and then the walk goes back as far as things may have moved. One that was
 * deleted while another was added cannot be seen.
 *
 * @param number the page, from 1
 * @param total how many things there were when the page before was read
 * @param returns how often the walk has gone back
 */
record NumberedPage(int number, Option<Long> total, int returns) {

    static final TextRule RULE = TextRule.matching(
            "page of firmware",
            "[1-9][0-9]{0,5}(:[0-9]{1,18}(:[0-9]{1,3})?)?",
            "a number from 1 to 999999, as the page before gave it");

    /** Enough for a busy account, and an end for a walk that would have none. */
    private static final int MOST_RETURNS = 100;

    /** Reads what {@link #toToken} wrote; the text must obey the rule. */
    static NumberedPage parse(String text) {
        String[] parts = text.split(":", -1);
        return new NumberedPage(
                Integer.parseInt(parts[0]),
                Option.when(parts.length > 1, () -> Long.valueOf(parts[1])),
                parts.length > 2 ? Integer.parseInt(parts[2]) : 0);
    }

    PageToken toToken() {
        return new PageToken(
                number + total.map(count -> ":" + count).getOrElse("") + (returns > 0 ? ":" + returns : ""));
    }

    /** Whether the walk has gone back so often that it may never end. */
    boolean isRestless() {
        return returns > MOST_RETURNS;
    }

    /**
     * Where the walk goes on; absent at its end, which is an empty page, or the last by the platform's own count where it
     * gives one.
     *
     * @param now how many things there are by this page
     */
    Option<NumberedPage> next(int pageSize, boolean isEmpty, Option<Integer> pageCount, Option<Long> now) {
        Option<Long> known = now.filter(count -> count >= 0);
        long gone = total.flatMap(before -> known.map(count -> before - count)).getOrElse(0L);
        if (gone > 0 && number > 1) {
            long pages = (gone - 1) / pageSize + 1;
            return Option.some(new NumberedPage((int) Math.max(1, number - pages), known, returns + 1));
        }
        boolean isLast = isEmpty || pageCount.exists(count -> number >= count);
        return Option.when(!isLast, () -> new NumberedPage(number + 1, known, returns));
    }
}
