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
 * A position in a list of IoTDA, which comes newest first. A marker, unlike an offset, has no end at 550 records, and a change
 * of the list moves nothing. Records that are added meanwhile come before the first page, so the first count holds.
 *
 * @param received how many records the pages before held
 * @param count the count of the first page; absent before it and where it was not sent
 * @param afterEmpty whether the page before was empty
 * @param marker only records after this one; empty for the first page
 */
public record MarkerCursor(long received, Option<Long> count, boolean afterEmpty, String marker) {

    static final MarkerCursor FIRST = new MarkerCursor(0, Option.none(), false, "");

    private static final Pattern TOKEN = Pattern.compile("([0-9]{1,18}):([0-9]{0,18})(e?):(.*)", Pattern.DOTALL);

    /** Where a token leads; absent for one that no list made. */
    public static Option<MarkerCursor> at(PageToken from) {
        return from.equals(PageToken.FIRST) ? Option.some(FIRST) : parse(from.value());
    }

    /** Reads what {@link #toString} wrote; absent for any other text. */
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

    /** The marker as it is sent. */
    @Nullable String sent() {
        return marker.isEmpty() ? null : marker;
    }

    /** The text for a token. */
    @Override
    public String toString() {
        return received + ":" + count.map(String::valueOf).getOrElse("") + (afterEmpty ? "e" : "") + ":" + marker;
    }

    /**
     * The page at this position. It leads on by its marker, because a gateway may hold pages below the limit and a count may be
     * wrong. A list ends with a page that has no new marker, or is not full while the count is that of the records received, or
     * is the second empty one. Markers only fall: one that does not is no way on.
     *
     * @param page what the page says of its list
     * @return {@code Left} if a page leads nowhere although more records follow and no count says how many
     */
    <T> Either<String, VendorPage<T>> page(@Nullable PageDto page, List<T> records) {
        long now = received + records.size();
        Option<Long> first = count.orElse(PageDto.announced(page));
        Option<Long> total =
                first.map(before -> Math.min(before, PageDto.announced(page).getOrElse(before)));
        boolean isFull = records.size() >= PageDto.SIZE;
        boolean isWhole = !isFull && (first.contains(now) || total.contains(now));
        Option<String> given = Option.of(page)
                .flatMap(told -> FieldReader.text(told.marker()))
                .filter(onward -> !isWhole && !onward.equals(marker));
        Option<MarkerCursor> next = given.filter(onward -> marker.isEmpty() || onward.compareTo(marker) < 0)
                .filter(onward -> records.nonEmpty() || !afterEmpty)
                .map(onward -> new MarkerCursor(now, first, records.isEmpty(), onward));
        boolean isCounted = total.exists(announced -> now < announced);
        boolean isLost = next.isEmpty() && (isFull || (given.isDefined() && !isCounted));
        return isLost
                ? Either.left("page.marker of " + (isFull ? "a full" : records.isEmpty() ? "an empty" : "this")
                        + " page does not lead to the next page")
                : Either.right(new VendorPage<>(
                        records, next.map(position -> new PageToken(position.toString())), now, total));
    }
}
