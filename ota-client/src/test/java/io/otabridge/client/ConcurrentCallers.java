package io.otabridge.client;

import io.vavr.collection.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Threads that execute the same task concurrently. */
public final class ConcurrentCallers<T> {

    private record Member<T>(Thread thread, CompletableFuture<T> result) {}

    private final List<Member<T>> members;

    private ConcurrentCallers(List<Member<T>> members) {
        this.members = members;
    }

    public static <T> ConcurrentCallers<T> of(int size, Supplier<T> task) {
        return new ConcurrentCallers<>(List.fill(size, () -> started(task)));
    }

    private static <T> Member<T> started(Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(task.get());
            } catch (Throwable mistake) {
                result.completeExceptionally(mistake);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return new Member<>(thread, result);
    }

    /** Returns when this number of threads is in a timed wait, as a thread is that waits for the result of another. */
    public ConcurrentCallers<T> whenWaiting(int count) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (members.count(member -> member.thread().getState() == Thread.State.TIMED_WAITING) < count) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("too few threads are waiting");
            }
            Thread.yield();
        }
        return this;
    }

    public void interrupt() {
        members.forEach(member -> member.thread().interrupt());
    }

    public List<T> results() {
        return members.map(
                member -> member.result().orTimeout(1, TimeUnit.MINUTES).join());
    }
}
