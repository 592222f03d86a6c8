package io.otabridge.huawei.operation;

import io.otabridge.client.json.FieldReader;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.VendorPage;
import io.otabridge.huawei.wire.PageDto;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A position in a list of IoTDA, which is ordered from newest to oldest. Unlike an offset, a marker is not limited to
 * 550 records and does not shift when the list changes. New records appear before the first page, so the first count
 * stays valid.
 *
 * @param received the number of records on the previous pages
 * @param count the count on the first page; absent on the first page and if it was not sent
 * @param afterEmpty whether the previous page was empty
 * @param marker the list continues after this record; empty for the first page
 */
public record MarkerCursor(long received, Option<Long> count, boolean afterEmpty, String marker) {

    /** The first page. */
    public static final MarkerCursor FIRST = new MarkerCursor(0, Option.none(), false, "");

    private static final Pattern TOKEN = Pattern.compile("([0-9]{1,18}):([0-9]{0,18})(e?):(.*)", Pattern.DOTALL);

    /** Returns the position of a token; absent if the token is invalid. */
    public static Option<MarkerCursor> of(PageToken from) {
        return from.equals(PageToken.FIRST) ? Option.some(FIRST) : parse(from.value());
    }

    /** Parses the result of {@link #toString}; absent for any other text. */
    static Option<MarkerCursor> parse(String text) {
        Matcher token = TOKEN.matcher(text);
        return Option.when(
                token.matches(),
                () -> new MarkerCursor(
                        Long.parseLong(token.group(1)),
                        FieldReader.text(token.group(2)).map(Long::valueOf),
                        !token.group(3).isEmpty(),
                        token.group(4)));
    }

    /** The {@code marker} parameter of the request. */
    public @Nullable String markerParameter() {
        return marker.isEmpty() ? null : marker;
    }

    /** The text of a page token. */
    @Override
    public String toString() {
        return received + ":" + count.map(String::valueOf).getOrElse("") + (afterEmpty ? "e" : "") + ":" + marker;
    }

    /**
     * Returns the page at this position. The marker leads to the next page, because a gateway may return short pages
     * and counts may be wrong. The list ends with a page that has no new marker, with a page that is not full if the
     * count equals the number of received records, or with the second empty page. Markers decrease: a marker that does
     * not is ignored.
     *
     * @param page the page information of the response
     * @return {@code Left} if more records follow, the page does not lead to them, and no count tells how many are
     *     missing
     */
    public <T> Either<String, VendorPage<T>> page(@Nullable PageDto page, List<T> records) {
        return page(page, records, PageDto.SIZE);
    }

    /** The same for a page of at most this many records. */
    public <T> Either<String, VendorPage<T>> page(@Nullable PageDto page, List<T> records, int size) {
        long receivedSoFar = received + records.size();
        Option<Long> first = count.orElse(PageDto.announcedTotal(page));
        Option<Long> total = first.map(
                before -> Math.min(before, PageDto.announcedTotal(page).getOrElse(before)));
        boolean isFull = records.size() >= size;
        boolean isComplete = !isFull && (first.contains(receivedSoFar) || total.contains(receivedSoFar));
        Option<String> newMarker = Option.of(page)
                .flatMap(info -> FieldReader.text(info.marker()))
                .filter(candidate -> !isComplete && !candidate.equals(marker));
        Option<MarkerCursor> next = newMarker
                .filter(candidate -> marker.isEmpty() || candidate.compareTo(marker) < 0)
                .filter(candidate -> records.nonEmpty() || !afterEmpty)
                .map(candidate -> new MarkerCursor(receivedSoFar, first, records.isEmpty(), candidate));
        boolean isShort = total.exists(announcedTotal -> receivedSoFar < announcedTotal);
        boolean isBroken = next.isEmpty() && (isFull || (newMarker.isDefined() && !isShort));
        return isBroken
                ? Either.left("page.marker of " + (isFull ? "a full" : records.isEmpty() ? "an empty" : "this")
                        + " page does not lead to the next page")
                : Either.right(new VendorPage<>(
                        records, next.map(position -> new PageToken(position.toString())), receivedSoFar, total));
    }
}
