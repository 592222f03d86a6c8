package io.otabridge.simulators.huawei;

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
 * Records of one kind in the order they were made, found by id or walked by marker. Every record is listed under several
 * headings, one for each question that it answers, so that a page costs no more than what is on it, however many records
 * there are. A marker is the record id of IoTDA: 24 hexadecimal digits that only grow; the last of them are the record's
 * number. Synchronized on itself, for callers with several steps to take.
 *
 * @param <H> what a list may be asked for
 * @param <T> {@link HuaweiModule} or {@link HuaweiPackage}
 */
final class HuaweiStore<H, T> {

    /** The record id of the published example ends in a counter; ours begin like it. */
    private static final String MARKER_START = "5c90fa7d3c4e4405";

    private static final int DIGITS = 8;

    private final Function<T, String> idOf;
    private final Function<T, Set<H>> headingsOf;
    private final NavigableMap<Long, T> records = new TreeMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final Map<H, NavigableMap<Long, T>> byHeading = new HashMap<>();
    private final Deque<Run<H, T>> runs = new ArrayDeque<>();
    private final TreeSet<Long> removedFromRuns = new TreeSet<>();
    private long lastNumber;

    /** @param headingsOf all headings under which a record is listed */
    HuaweiStore(Function<T, String> idOf, Function<T, Set<H>> headingsOf) {
        this.idOf = idOf;
        this.headingsOf = headingsOf;
    }

    /** Keeps a record; one with the same id is replaced and keeps its place. */
    synchronized void put(T record) {
        String id = idOf.apply(record);
        long number = Option.of(numbers.get(id)).getOrElse(() -> ++lastNumber);
        remove(id);
        numbers.put(id, number);
        records.put(number, record);
        headingsOf
                .apply(record)
                .forEach(heading -> byHeading
                        .computeIfAbsent(heading, unseen -> new TreeMap<>())
                        .put(number, record));
    }

    /**
     * Takes in a run of records without keeping them.
     *
     * @param made makes the run that begins with this number
     */
    synchronized void add(LongFunction<Run<H, T>> made) {
        Run<H, T> run = made.apply(lastNumber + 1);
        lastNumber = run.numbers().last();
        runs.push(run);
    }

    /** Whether there was one to remove. */
    synchronized boolean remove(String id) {
        Option<Long> number = Option.of(numbers.remove(id));
        number.forEach(known -> {
            headingsOf
                    .apply(records.remove(known))
                    .forEach(heading -> kept(heading).remove(known));
        });
        return number.isDefined() || inRuns(id).exists(removedFromRuns::add);
    }

    synchronized Option<T> find(String id) {
        return Option.of(numbers.get(id))
                .map(records::get)
                .orElse(() -> inRuns(id).map(this::inRun));
    }

    /** All that are kept, newest first. */
    synchronized List<T> all() {
        return List.copyOf(records.descendingMap().values());
    }

    /** How many are listed under a heading. */
    synchronized long count(H heading) {
        long made = runs.stream()
                .map(run -> run.under(heading))
                .mapToLong(range -> range.size()
                        - removedFromRuns
                                .subSet(range.first(), range.last() + 1)
                                .size())
                .sum();
        return kept(heading).size() + made;
    }

    /** Those under a heading that are older than the marker, after skipping some; newest first. */
    synchronized Page<T> page(H heading, String marker, int offset, int limit) {
        List<Map.Entry<Long, T>> found =
                newestFirst(heading, numberAt(marker)).skip(offset).limit(limit).toList();
        Option<String> last = Option.when(
                !found.isEmpty(), () -> marker(found.get(found.size() - 1).getKey()));
        return new Page<>(found.stream().map(Map.Entry::getValue).toList(), count(heading), last);
    }

    /** What is kept lies before, between and after the runs. */
    private Stream<Map.Entry<Long, T>> newestFirst(H heading, long before) {
        Stream<Map.Entry<Long, T>> found = Stream.empty();
        long end = before;
        for (Run<H, T> run : runs) {
            long last = run.numbers().last();
            if (last + 1 < end) {
                found = Stream.concat(found, kept(heading, last + 1, end));
            }
            found = Stream.concat(found, made(run, heading, end));
            end = Math.min(end, run.numbers().first());
        }
        return Stream.concat(found, kept(heading, 0, end));
    }

    private Stream<Map.Entry<Long, T>> kept(H heading, long from, long before) {
        // The JDK counts a part of a map by walking it, and a stream of its entries wants to know their count.
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        kept(heading)
                                .subMap(from, true, before, false)
                                .descendingMap()
                                .entrySet()
                                .iterator(),
                        Spliterator.ORDERED),
                false);
    }

    private Stream<Map.Entry<Long, T>> made(Run<H, T> run, H heading, long before) {
        Numbers range = run.under(heading);
        long last = Math.min(range.last(), before - 1);
        return LongStream.rangeClosed(0, last - range.first())
                .map(fromEnd -> last - fromEnd)
                .filter(number -> !removedFromRuns.contains(number))
                .mapToObj(number -> Map.entry(number, run.at(number)));
    }

    private NavigableMap<Long, T> kept(H heading) {
        return byHeading.getOrDefault(heading, new TreeMap<>());
    }

    private Option<Long> inRuns(String id) {
        return Option.ofOptional(runs.stream()
                        .flatMap(run -> run.numberOf(id).toJavaStream())
                        .findFirst())
                .filter(number -> !removedFromRuns.contains(number));
    }

    private T inRun(long number) {
        return runs.stream()
                .filter(run -> run.numbers().include(number))
                .findFirst()
                .orElseThrow()
                .at(number);
    }

    private static String marker(long number) {
        return MARKER_START + HexFormat.of().toHexDigits(number, DIGITS);
    }

    /** The number at which a marker stands, as far as our records go. */
    private static long numberAt(String marker) {
        int side = marker.substring(0, MARKER_START.length()).compareTo(MARKER_START);
        return side == 0
                ? HexFormat.fromHexDigitsToLong(marker, MARKER_START.length(), marker.length())
                : side < 0 ? 0 : 1L << (4 * DIGITS);
    }

    /** Consecutive numbers. */
    record Numbers(long first, long last) {

        static final Numbers NONE = new Numbers(0, -1);

        boolean include(long number) {
            return first <= number && number <= last;
        }

        long size() {
            return last - first + 1;
        }
    }

    /** Records with consecutive numbers that nobody keeps: each is made when somebody asks for it. */
    interface Run<H, T> {

        Numbers numbers();

        /** The record with this number, always the same. */
        T at(long number);

        /** The number of the record with this id. */
        Option<Long> numberOf(String id);

        /** The numbers of those listed under this heading. */
        Numbers under(H heading);
    }

    /**
     * One page.
     *
     * @param count how many are listed in all
     * @param marker of the last record on this page; none if it is empty
     */
    record Page<T>(List<T> records, long count, Option<String> marker) {}
}
