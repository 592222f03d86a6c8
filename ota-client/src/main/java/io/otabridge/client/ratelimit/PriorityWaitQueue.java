package io.otabridge.client.ratelimit;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.IntToLongFunction;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Queued calls in the order in which they get permits: interactive calls first, then bulk calls, each in order of arrival. While
 * both wait, one permit in {@value LimiterQueue#BULK_RATIO} goes to a bulk call. Not thread-safe: guarded by the lock of
 * {@link LimiterQueue}.
 */
final class PriorityWaitQueue {

    private final ArrayDeque<QueuedCall> interactive = new ArrayDeque<>();
    private final ArrayDeque<QueuedCall> bulk = new ArrayDeque<>();

    /** Permits granted to interactive calls in a row while bulk calls waited. */
    private int bulkPassedOver;

    void add(QueuedCall call) {
        queueOf(call.priority).addLast(call);
        call.isQueued = true;
    }

    /** The next call; null if the queue is empty. */
    @Nullable QueuedCall first() {
        return isBulkFirst(interactive.isEmpty(), bulk.isEmpty(), bulkPassedOver)
                ? bulk.peekFirst()
                : interactive.peekFirst();
    }

    int size() {
        return interactive.size() + bulk.size();
    }

    /** Whether calls of both priorities wait, so that a new call may delay calls of the other priority. */
    boolean isMixed() {
        return !interactive.isEmpty() && !bulk.isEmpty();
    }

    /** The number of queued calls that would get a permit before a new call of this priority. */
    int countAheadOf(Priority priority) {
        if (priority == Priority.INTERACTIVE) {
            int ahead = interactive.size();
            return ahead + Math.min(bulk.size(), (bulkPassedOver + ahead) / (LimiterQueue.BULK_RATIO - 1));
        }
        int ahead = bulk.size();
        return ahead
                + Math.min(
                        interactive.size(), Math.max(0, (ahead + 1) * (LimiterQueue.BULK_RATIO - 1) - bulkPassedOver));
    }

    /** Removes the first call because it takes a permit. */
    void serve(QueuedCall first) {
        bulkPassedOver = passedOverAfter(first.priority, bulkPassedOver, bulk.isEmpty());
        remove(first);
    }

    /** Removes a call if it is still queued. */
    void remove(QueuedCall call) {
        if (!call.isQueued) {
            return;
        }
        call.isQueued = false;
        ArrayDeque<QueuedCall> queue = queueOf(call.priority);
        if (queue.peekFirst() == call) {
            queue.removeFirst();
        } else {
            queue.remove(call);
        }
    }

    /**
     * Removes the calls whose permit would come after their deadline.
     *
     * @param permitTime the time of the permit at a position, counted from 0
     * @param onRemoved receives each removed call and the time of its permit
     */
    void removeLate(IntToLongFunction permitTime, ObjLongConsumer<QueuedCall> onRemoved) {
        Iterator<QueuedCall> interactiveCalls = interactive.iterator();
        Iterator<QueuedCall> bulkCalls = bulk.iterator();
        int interactiveLeft = interactive.size();
        int bulkLeft = bulk.size();
        int passedOver = bulkPassedOver;
        int position = 0;
        while (interactiveLeft + bulkLeft > 0) {
            boolean isBulk = isBulkFirst(interactiveLeft == 0, bulkLeft == 0, passedOver);
            Iterator<QueuedCall> calls = isBulk ? bulkCalls : interactiveCalls;
            QueuedCall call = calls.next();
            interactiveLeft -= isBulk ? 0 : 1;
            bulkLeft -= isBulk ? 1 : 0;
            long time = permitTime.applyAsLong(position);
            if (time - call.deadline > 0) {
                calls.remove();
                call.isQueued = false;
                onRemoved.accept(call, time);
            } else {
                passedOver = passedOverAfter(call.priority, passedOver, bulkLeft == 0);
                position++;
            }
        }
    }

    private ArrayDeque<QueuedCall> queueOf(Priority priority) {
        return priority == Priority.BULK ? bulk : interactive;
    }

    private static boolean isBulkFirst(boolean noInteractive, boolean noBulk, int passedOver) {
        return !noBulk && (noInteractive || passedOver >= LimiterQueue.BULK_RATIO - 1);
    }

    private static int passedOverAfter(Priority served, int passedOver, boolean noBulk) {
        return served == Priority.BULK || noBulk ? 0 : passedOver + 1;
    }
}
