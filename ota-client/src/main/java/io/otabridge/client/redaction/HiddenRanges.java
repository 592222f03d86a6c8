package io.otabridge.client.redaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The parts of a text that are not shown. Parts that overlap are one. For one thread. */
final class HiddenRanges {

    /** In place of a secret. */
    static final String SECRET = "***";

    /** In place of a link's query. */
    static final String QUERY = "?…";

    /** In place of what is left out without a mark. */
    static final String NOTHING = "";

    private record Part(int start, int end, String mark) {}

    private final List<Part> parts = new ArrayList<>();

    /** Hides a part of the source; a part without characters hides nothing. */
    void hide(int start, int end, String mark) {
        if (start < end) {
            parts.add(new Part(start, end, mark));
        }
    }

    /** The source with a mark in place of each part. */
    String apply(String source) {
        if (parts.isEmpty()) {
            return source;
        }
        parts.sort(Comparator.comparingInt(Part::start).thenComparing(Part::end, Comparator.reverseOrder()));
        StringBuilder shown = new StringBuilder();
        int shownTo = 0;
        Part current = parts.get(0);
        for (Part next : parts) {
            if (next.start < current.end) {
                current = joined(current, next);
            } else {
                shown.append(source, shownTo, current.start).append(current.mark);
                shownTo = current.end;
                current = next;
            }
        }
        shown.append(source, shownTo, current.start).append(current.mark);
        return shown.append(source, current.end, source.length()).toString();
    }

    private static Part joined(Part first, Part second) {
        boolean isLonger = second.end > first.end;
        String mark = isLonger && first.mark.isEmpty() ? second.mark : first.mark;
        return new Part(first.start, Math.max(first.end, second.end), mark);
    }
}
