package io.otabridge.huawei;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.otabridge.http.Members;
import io.vavr.control.Either;
import io.vavr.control.Option;
import org.jspecify.annotations.Nullable;

/** Where the next page of a list begins; the count beside it can move and is not read. */
record PageDto(@JsonProperty("marker") @Nullable String marker) {

    /** How many records a page has at most. */
    static final int SIZE = 50;

    /**
     * The marker of the page after one with so many records; absent if that was the last. The end of a list is a page that
     * is not full. A full page leads on by its marker, which unlike an offset has no end at 550 records; markers only fall,
     * so one that does not would lead in a circle.
     *
     * @param from the marker that the page was asked with; empty for the first
     */
    static Either<String, Option<String>> after(@Nullable PageDto page, int records, String from) {
        if (records < SIZE) {
            return Either.right(Option.none());
        }
        Option<String> next = Option.of(page).flatMap(given -> Members.text(given.marker()));
        boolean onward = next.exists(marker -> from.isEmpty() || marker.compareTo(from) < 0);
        return onward ? Either.right(next) : Either.left("page.marker of a full page does not lead to the next page");
    }

    /** The marker in a token, as it is sent. */
    static @Nullable String sent(String marker) {
        return marker.isEmpty() ? null : marker;
    }
}
