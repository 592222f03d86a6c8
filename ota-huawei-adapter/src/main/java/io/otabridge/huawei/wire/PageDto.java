package io.otabridge.huawei.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vavr.control.Option;
import org.jspecify.annotations.Nullable;

/**
 * What a page says of its list on the wire.
 *
 * @param count how many records the list has
 * @param marker the id of the last record of the page
 */
public record PageDto(
        @JsonProperty("count") @Nullable Long count,
        @JsonProperty("marker") @Nullable String marker) {

    /** How many records a page has at most. */
    public static final int SIZE = 50;

    /** How many records the list has by this page; a negative number says nothing. */
    public static Option<Long> announced(@Nullable PageDto page) {
        return Option.of(page).flatMap(given -> Option.of(given.count())).filter(count -> count >= 0);
    }
}
