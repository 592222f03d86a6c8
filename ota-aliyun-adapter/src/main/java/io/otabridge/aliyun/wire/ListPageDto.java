package io.otabridge.aliyun.wire;

import io.vavr.control.Option;
import org.jspecify.annotations.Nullable;

/** The counters of a list with numbered pages on the wire. */
public interface ListPageDto {

    @Nullable Integer pageCount();

    @Nullable Integer pageSize();

    @Nullable Long total();

    /** The number of entries in the list; absent if it is missing or negative. */
    default Option<Long> announcedTotal() {
        return Option.of(total()).filter(count -> count >= 0);
    }
}
