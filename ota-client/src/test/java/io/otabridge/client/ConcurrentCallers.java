package io.otabridge.client;

import io.vavr.collection.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Threads that do the same at once. */
public final class ConcurrentCallers<T> {

    private record Member<T>(Thread thread, CompletableFuture<T> answer) {}

    private final List<Member<T>> members;

    private ConcurrentCallers(List<Member<T>> members) {
        this.members = members;
    }

    public static <T> ConcurrentCallers<T> of(int size, Supplier<T> task) {
        return new ConcurrentCallers<>(List.fill(size, () -> started(task)));
    }

    private static <T> Member<T> started(Supplier<T> task) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                answer.complete(task.get());
            } catch (Throwable mistake) {
                answer.completeExceptionally(mistake);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return new Member<>(thread, answer);
    }

    /** Comes back when so many wait for a time, as those do that wait for what another thread does. */
    public ConcurrentCallers<T> whenWaiting(int count) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (members.count(member -> member.thread().getState() == Thread.State.TIMED_WAITING) < count) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not so many wait");
            }
            Thread.yield();
        }
        return this;
    }

    public void interrupt() {
        members.forEach(member -> member.thread().interrupt());
    }

    public List<T> answers() {
        return members.map(
                member -> member.answer().orTimeout(1, TimeUnit.MINUTES).join());
    }
}
