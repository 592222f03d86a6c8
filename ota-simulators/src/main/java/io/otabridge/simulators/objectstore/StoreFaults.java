package io.otabridge.simulators.objectstore;

import io.otabridge.simulators.server.ReceivedRequest;
import io.vavr.control.Option;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.function.Predicate;

/** Faults on demand. */
final class StoreFaults {

    private final Queue<Refusal> refusals = new ArrayDeque<>();
    private volatile boolean ignoresRanges;

    private record Refusal(Predicate<ReceivedRequest> kind, StoreError error) {}

    /** Rejects the next request of this kind. */
    synchronized void refuseNext(Predicate<ReceivedRequest> kind, StoreError error) {
        refusals.add(new Refusal(kind, error));
    }

    /** Returns why a request is to be rejected; none if it is to be handled. */
    synchronized Option<StoreError> next(ReceivedRequest call) {
        for (Iterator<Refusal> each = refusals.iterator(); each.hasNext(); ) {
            Refusal refusal = each.next();
            if (refusal.kind().test(call)) {
                each.remove();
                return Option.some(refusal.error());
            }
        }
        return Option.none();
    }

    void ignoreRanges(boolean ignored) {
        ignoresRanges = ignored;
    }

    boolean ignoresRanges() {
        return ignoresRanges;
    }
}
