package io.otabridge.simulators.huawei.store;

import io.vavr.control.Option;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Stores records of one type in the order of their creation. Records are found by id, and listed page by page with
 * markers. Each record is indexed matching the key of every list that contains it, so that the cost of a page depends
 * only on its size. A marker is a record id of IoTDA: 24 ascending hexadecimal digits that end in the number of the
 * record. Synchronizes on itself; callers may do the same to combine several steps.
 *
 * @param <H> the key of a list
 * @param <T> the records, such as {@link HuaweiPackage}
 */
public final class HuaweiStore<H, T> {

    /** The marker of the first page, which starts with the newest record. */
    public static final String NEWEST = "f".repeat(24);

    /** The prefix of the documented example, whose last digits are a counter. */
    private static final String MARKER_START = "5c90fa7d3c4e4405";

    private static final int DIGITS = 8;

    private final Function<T, String> idOf;
    private final Function<T, Set<H>> keysOf;
    private final NavigableMap<Long, T> records = new TreeMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final Map<Long, Set<H>> keys = new HashMap<>();
    private final Map<H, NavigableMap<Long, T>> byKey = new HashMap<>();
    private final Deque<Generated<H, T>> generated = new ArrayDeque<>();
    private final TreeSet<Long> removedGenerated = new TreeSet<>();
    private long lastNumber;

    /**
     * Indexes records by the lists that contain them.
     *
     * @param keysOf returns the keys of all lists that contain a record
     */
    public HuaweiStore(Function<T, String> idOf, Function<T, Set<H>> keysOf) {
        this.idOf = idOf;
        this.keysOf = keysOf;
    }

    /**
     * Adds a record, or replaces the one with the same id, which keeps its position. A record that changed must be put
     * again, so that it is listed under its new keys.
     */
    public synchronized void put(T record) {
        String id = idOf.apply(record);
        long number = Option.of(numbers.get(id)).getOrElse(() -> ++lastNumber);
        remove(id);
        numbers.put(id, number);
        records.put(number, record);
        keys.put(number, keysOf.apply(record));
        keys.get(number)
                .forEach(key ->
                        byKey.computeIfAbsent(key, absent -> new TreeMap<>()).put(number, record));
    }

    /**
     * Adds generated records.
     *
     * @param factory creates the records that start with this number
     */
    public synchronized void add(LongFunction<Generated<H, T>> factory) {
        Generated<H, T> range = factory.apply(lastNumber + 1);
        lastNumber = range.numbers().last();
        generated.push(range);
    }

    /** Removes a record. Returns whether it existed. */
    public synchronized boolean remove(String id) {
        Option<Long> number = Option.of(numbers.remove(id));
        number.forEach(known -> {
            records.remove(known);
            Option.of(keys.remove(known))
                    .getOrElse(Set.of())
                    .forEach(key -> stored(key).remove(known));
        });
        return number.isDefined() || numberOfGenerated(id).exists(removedGenerated::add);
    }

    public synchronized Option<T> find(String id) {
        return Option.of(numbers.get(id))
                .map(records::get)
                .orElse(() -> numberOfGenerated(id).map(this::generatedRecord));
    }

    /** Returns all stored records, newest first. */
    public synchronized List<T> all() {
        return List.copyOf(records.descendingMap().values());
    }

    /** Returns the marker of a stored record: lists after it start with the next older one. */
    public synchronized Option<String> markerOf(String id) {
        return Option.of(numbers.get(id)).map(HuaweiStore::marker);
    }

    /** Returns the number of records with a key. */
    public synchronized long count(H key) {
        long generatedCount = generated.stream()
                .map(range -> range.matching(key))
                .mapToLong(matching -> matching.size()
                        - removedGenerated
                                .subSet(matching.first(), matching.last() + 1)
                                .size())
                .sum();
        return stored(key).size() + generatedCount;
    }

    /** Returns the records with a key that are older than the marker, newest first, starting at the offset. */
    public synchronized Page<T> page(H key, String marker, int offset, int limit) {
        List<Map.Entry<Long, T>> found =
                newestFirst(key, numberAt(marker)).skip(offset).limit(limit).toList();
        Option<String> last = Option.when(
                !found.isEmpty(), () -> marker(found.get(found.size() - 1).getKey()));
        return new Page<>(found.stream().map(Map.Entry::getValue).toList(), count(key), last);
    }

    /** Merges stored and generated records. Stored records lie before, between and after the generated ones. */
    private Stream<Map.Entry<Long, T>> newestFirst(H key, long before) {
        Stream<Map.Entry<Long, T>> found = Stream.empty();
        long end = before;
        for (Generated<H, T> range : generated) {
            long last = range.numbers().last();
            if (last + 1 < end) {
                found = Stream.concat(found, stored(key, last + 1, end));
            }
            found = Stream.concat(found, generatedEntries(range, key, end));
            end = Math.min(end, range.numbers().first());
        }
        return Stream.concat(found, stored(key, 0, end));
    }

    private Stream<Map.Entry<Long, T>> stored(H key, long from, long before) {
        // The size of a submap takes linear time, so the stream is created without a size.
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        stored(key)
                                .subMap(from, true, before, false)
                                .descendingMap()
                                .entrySet()
                                .iterator(),
                        Spliterator.ORDERED),
                false);
    }

    private Stream<Map.Entry<Long, T>> generatedEntries(Generated<H, T> range, H key, long before) {
        Numbers matching = range.matching(key);
        long last = Math.min(matching.last(), before - 1);
        return LongStream.rangeClosed(0, last - matching.first())
                .map(fromEnd -> last - fromEnd)
                .filter(number -> !removedGenerated.contains(number))
                .mapToObj(number -> Map.entry(number, range.at(number)));
    }

    private NavigableMap<Long, T> stored(H key) {
        return byKey.getOrDefault(key, new TreeMap<>());
    }

    private Option<Long> numberOfGenerated(String id) {
        return Option.ofOptional(generated.stream()
                        .flatMap(range -> range.numberOf(id).toJavaStream())
                        .findFirst())
                .filter(number -> !removedGenerated.contains(number));
    }

    private T generatedRecord(long number) {
        return generated.stream()
                .filter(range -> range.numbers().include(number))
                .findFirst()
                .orElseThrow()
                .at(number);
    }

    private static String marker(long number) {
        return MARKER_START + HexFormat.of().toHexDigits(number, DIGITS);
    }

    /** Returns the number of the record at a marker. */
    private static long numberAt(String marker) {
        int comparison = marker.substring(0, MARKER_START.length()).compareTo(MARKER_START);
        return comparison == 0
                ? HexFormat.fromHexDigitsToLong(marker, MARKER_START.length(), marker.length())
                : comparison < 0 ? 0 : 1L << (4 * DIGITS);
    }

    /** A range of consecutive numbers. */
    public record Numbers(long first, long last) {

        public static final Numbers NONE = new Numbers(0, -1);

        public boolean include(long number) {
            return first <= number && number <= last;
        }

        public long size() {
            return last - first + 1;
        }
    }

    /** Generated records with consecutive numbers. They are created when they are read and not stored. */
    public interface Generated<H, T> {

        Numbers numbers();

        /** Returns the record with this number. Returns equal records for equal numbers. */
        T at(long number);

        /** Returns the number of the record with this id. */
        Option<Long> numberOf(String id);

        /** Returns the numbers of the records with this key. */
        Numbers matching(H key);
    }

    /**
     * A page of records.
     *
     * @param count the total number of records
     * @param marker the marker of the last record on this page; none if the page is empty
     */
    public record Page<T>(List<T> records, long count, Option<String> marker) {}
}
