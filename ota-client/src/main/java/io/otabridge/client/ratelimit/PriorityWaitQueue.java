package io.otabridge.client.ratelimit;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.IntToLongFunction;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls in the order in which they have their turns: interactive ones as they came, then bulk as they came, but where both
 * wait one turn in {@value LimiterQueue#BULK_TURN} is bulk's. For use under the lane's lock.
 */
final class PriorityWaitQueue {

    private final ArrayDeque<QueuedCall> interactive = new ArrayDeque<>();
    private final ArrayDeque<QueuedCall> bulk = new ArrayDeque<>();

    /** Turns that went to interactive calls while bulk waited. */
    private int passedOver;

    void add(QueuedCall waiter) {
        of(waiter.priority).addLast(waiter);
        waiter.inLine = true;
    }

    /** Who is next; nobody if nobody waits. */
    @Nullable QueuedCall first() {
        return isBulkFirst(interactive.isEmpty(), bulk.isEmpty(), passedOver)
                ? bulk.peekFirst()
                : interactive.peekFirst();
    }

    int size() {
        return interactive.size() + bulk.size();
    }

    /** Whether calls of both priorities wait, so that one who comes may delay those of the other. */
    boolean isMixed() {
        return !interactive.isEmpty() && !bulk.isEmpty();
    }

    /** How many of those who wait would have their turns before one who came now. */
    int turnsBefore(Priority priority) {
        if (priority == Priority.INTERACTIVE) {
            int ahead = interactive.size();
            return ahead + Math.min(bulk.size(), (passedOver + ahead) / (LimiterQueue.BULK_TURN - 1));
        }
        int ahead = bulk.size();
        return ahead
                + Math.min(interactive.size(), Math.max(0, (ahead + 1) * (LimiterQueue.BULK_TURN - 1) - passedOver));
    }

    /** The first one takes its turn. */
    void serve(QueuedCall first) {
        passedOver = afterTurnOf(first.priority, passedOver, bulk.isEmpty());
        remove(first);
    }

    /** Takes out this one, if it is still in. */
    void remove(QueuedCall waiter) {
        if (!waiter.inLine) {
            return;
        }
        waiter.inLine = false;
        ArrayDeque<QueuedCall> line = of(waiter.priority);
        if (line.peekFirst() == waiter) {
            line.removeFirst();
        } else {
            line.remove(waiter);
        }
    }

    /**
     * Takes out everybody whose turn would come after the deadline.
     *
     * @param timeOfTurn when the turn of this number is, counted from 0 for the first
     * @param told who is taken out, and when the turn would have been
     */
    void removeLate(IntToLongFunction timeOfTurn, ObjLongConsumer<QueuedCall> told) {
        Iterator<QueuedCall> fromInteractive = interactive.iterator();
        Iterator<QueuedCall> fromBulk = bulk.iterator();
        int interactiveLeft = interactive.size();
        int bulkLeft = bulk.size();
        int passed = passedOver;
        int turn = 0;
        while (interactiveLeft + bulkLeft > 0) {
            boolean isBulk = isBulkFirst(interactiveLeft == 0, bulkLeft == 0, passed);
            Iterator<QueuedCall> line = isBulk ? fromBulk : fromInteractive;
            QueuedCall waiter = line.next();
            interactiveLeft -= isBulk ? 0 : 1;
            bulkLeft -= isBulk ? 1 : 0;
            long time = timeOfTurn.applyAsLong(turn);
            if (time - waiter.deadline > 0) {
                line.remove();
                waiter.inLine = false;
                told.accept(waiter, time);
            } else {
                passed = afterTurnOf(waiter.priority, passed, bulkLeft == 0);
                turn++;
            }
        }
    }

    private ArrayDeque<QueuedCall> of(Priority priority) {
        return priority == Priority.BULK ? bulk : interactive;
    }

    private static boolean isBulkFirst(boolean noInteractive, boolean noBulk, int passedOver) {
        return !noBulk && (noInteractive || passedOver >= LimiterQueue.BULK_TURN - 1);
    }

    private static int afterTurnOf(Priority priority, int passedOver, boolean noBulk) {
        return priority == Priority.BULK || noBulk ? 0 : passedOver + 1;
    }
}
