package io.otabridge.testkit.huawei;

import io.vavr.control.Option;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Records of one kind in the order they were made, found by id or walked by marker. A marker is the record id of IoTDA:
 * 24 hexadecimal digits that only grow.
 *
 * @param <T> {@link HuaweiModule} or {@link HuaweiPackage}
 */
final class HuaweiCatalogue<T> {

    /** The record id of the published example ends in a counter; ours begin like it. */
    private static final String MARKER_START = "5c90fa7d3c4e4405";

    private final Function<T, String> idOf;
    private final AtomicLong lastMarker = new AtomicLong();
    private final ConcurrentNavigableMap<String, T> byMarker = new ConcurrentSkipListMap<>();
    private final Map<String, String> markerById = new ConcurrentHashMap<>();

    HuaweiCatalogue(Function<T, String> idOf) {
        this.idOf = idOf;
    }

    /** Keeps a record; one with the same id is replaced and keeps its place. */
    void put(T record) {
        String marker = markerById.computeIfAbsent(
                idOf.apply(record), id -> MARKER_START + String.format("%08x", lastMarker.incrementAndGet()));
        byMarker.put(marker, record);
    }

    /** Whether there was one to remove. */
    boolean remove(String id) {
        return Option.of(markerById.remove(id)).map(byMarker::remove).isDefined();
    }

    Option<T> find(String id) {
        return Option.of(markerById.get(id)).flatMap(marker -> Option.of(byMarker.get(marker)));
    }

    /** All of them, newest first. */
    List<T> all() {
        return List.copyOf(byMarker.descendingMap().values());
    }

    /** Those that match, older than the marker, after skipping some; newest first. */
    Page<T> page(Predicate<T> matching, String marker, int offset, int limit) {
        List<Map.Entry<String, T>> found = matching(byMarker.headMap(marker, false), matching)
                .skip(offset)
                .limit(limit)
                .toList();
        long count = matching(byMarker, matching).count();
        Option<String> last =
                Option.when(!found.isEmpty(), () -> found.get(found.size() - 1).getKey());
        return new Page<>(found.stream().map(Map.Entry::getValue).toList(), count, last);
    }

    private static <T> Stream<Map.Entry<String, T>> matching(
            ConcurrentNavigableMap<String, T> records, Predicate<T> matching) {
        return records.descendingMap().entrySet().stream().filter(entry -> matching.test(entry.getValue()));
    }

    /**
     * One page.
     *
     * @param count how many match in all
     * @param marker of the last record on this page; none if it is empty
     */
    record Page<T>(List<T> records, long count, Option<String> marker) {}
}
