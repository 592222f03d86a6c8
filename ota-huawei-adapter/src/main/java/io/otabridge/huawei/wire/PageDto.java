package io.otabridge.huawei.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vavr.control.Option;
import org.jspecify.annotations.Nullable;

/**
 * The page information of a list on the wire.
 *
 * @param count the number of records in the list
 * @param marker the id of the last record of the page
 */
public record PageDto(
        @JsonProperty("count") @Nullable Long count,
        @JsonProperty("marker") @Nullable String marker) {

    /** The maximum page size. */
    public static final int SIZE = 50;

    /** The number of records in the list; absent if it is missing or negative. */
    public static Option<Long> announcedTotal(@Nullable PageDto page) {
        return Option.of(page).flatMap(info -> Option.of(info.count())).filter(count -> count >= 0);
    }
}
