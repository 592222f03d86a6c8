package io.otabridge.client.redaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The ranges of a text to hide. Overlapping ranges are merged. Not thread-safe. */
final class HiddenRanges {

    /** Replaces a secret. */
    static final String SECRET = "***";

    /** Replaces the query of a link. */
    static final String QUERY = "?…";

    /** Replaces text that is removed without a mark. */
    static final String NOTHING = "";

    private record Range(int start, int end, String mark) {}

    private final List<Range> ranges = new ArrayList<>();

    /** Hides a range of the source. An empty range has no effect. */
    void hide(int start, int end, String mark) {
        if (start < end) {
            ranges.add(new Range(start, end, mark));
        }
    }

    /** Replaces each range of the source with its mark. */
    String apply(String source) {
        if (ranges.isEmpty()) {
            return source;
        }
        ranges.sort(Comparator.comparingInt(Range::start).thenComparing(Range::end, Comparator.reverseOrder()));
        StringBuilder shown = new StringBuilder();
        int shownTo = 0;
        Range current = ranges.get(0);
        for (Range next : ranges) {
            if (next.start < current.end) {
                current = merge(current, next);
            } else {
                shown.append(source, shownTo, current.start).append(current.mark);
                shownTo = current.end;
                current = next;
            }
        }
        shown.append(source, shownTo, current.start).append(current.mark);
        return shown.append(source, current.end, source.length()).toString();
    }

    private static Range merge(Range first, Range second) {
        boolean isLonger = second.end > first.end;
        String mark = isLonger && first.mark.isEmpty() ? second.mark : first.mark;
        return new Range(first.start, Math.max(first.end, second.end), mark);
    }
}
