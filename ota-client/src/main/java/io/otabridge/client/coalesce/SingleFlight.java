package io.otabridge.client.coalesce;

import io.vavr.control.Option;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Coalesces concurrent work: callers with the same key share one execution and its result, and each waits up to its own deadline. Nothing is kept after the execution. Safe for many
 * threads.
 */
public final class SingleFlight<K, V> {

    private final Map<K, CompletableFuture<V>> inFlight = new ConcurrentHashMap<>();

    /**
     * The result of the work, executed on this thread unless another thread executes it already.
     *
     * @param deadline when this caller stops waiting for another thread, by {@link System#nanoTime}
     * @param isShared whether a result of another thread serves this caller too; if not, or if the work of the other thread
     *     ended in an exception, this caller starts over
     * @throws TimeoutException if the deadline passes while another thread executes the work
     * @throws InterruptedException if this thread is interrupted while it waits for another thread
     */
    public V run(K key, long deadline, Supplier<V> work, Predicate<V> isShared)
            throws InterruptedException, TimeoutException {
        while (true) {
            CompletableFuture<V> mine = new CompletableFuture<>();
            @Nullable CompletableFuture<V> others = inFlight.putIfAbsent(key, mine);
            if (others == null) {
                return execute(key, mine, work);
            }
            Option<V> result = await(others, deadline).filter(isShared);
            if (result.isDefined()) {
                return result.get();
            }
        }
    }

    /** The result of the work, executed on this thread; absent if another thread executes it already. */
    public Option<V> tryRun(K key, Supplier<V> work) {
        CompletableFuture<V> mine = new CompletableFuture<>();
        return inFlight.putIfAbsent(key, mine) == null ? Option.some(execute(key, mine, work)) : Option.none();
    }

    public boolean isRunning(K key) {
        return inFlight.containsKey(key);
    }

    /** The result of the work that another thread executes; absent if there is none, or if it ended in an exception. */
    public Option<V> join(K key, long deadline) throws InterruptedException, TimeoutException {
        @Nullable CompletableFuture<V> others = inFlight.get(key);
        return others == null ? Option.none() : await(others, deadline);
    }

    /** Absent if the work of the other thread ended in an exception. */
    private static <V> Option<V> await(CompletableFuture<V> others, long deadline)
            throws InterruptedException, TimeoutException {
        try {
            return Option.some(others.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (ExecutionException | CancellationException noResult) {
            return Option.none();
        }
    }

    /**
     * The future result of the work, which the executor executes unless that of another caller is being executed already. It
     * is cancelled if the work ends in an exception.
     */
    public Future<V> start(K key, Executor executor, Supplier<V> work) {
        CompletableFuture<V> mine = new CompletableFuture<>();
        @Nullable CompletableFuture<V> others = inFlight.putIfAbsent(key, mine);
        if (others != null) {
            return others;
        }
        boolean isStarted = false;
        try {
            executor.execute(() -> execute(key, mine, work));
            isStarted = true;
            return mine;
        } finally {
            if (!isStarted) {
                inFlight.remove(key, mine);
                mine.cancel(false);
            }
        }
    }

    /** Makes later callers start over, although older work is still being executed. */
    public void detachAll() {
        inFlight.clear();
    }

    private V execute(K key, CompletableFuture<V> mine, Supplier<V> work) {
        try {
            V result = work.get();
            inFlight.remove(key, mine);
            mine.complete(result);
            return result;
        } finally {
            // After an exception, the callers that wait start over.
            inFlight.remove(key, mine);
            mine.cancel(false);
        }
    }
}
