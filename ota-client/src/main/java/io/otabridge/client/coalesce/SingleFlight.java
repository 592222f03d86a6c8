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
 * Coalesces concurrent work: callers with the same key share one execution and its result, and each waits up to its own
 * deadline. Results are not cached. Safe for many threads.
 */
public final class SingleFlight<K, V> {

    private final Map<K, CompletableFuture<V>> inFlight = new ConcurrentHashMap<>();

    /**
     * The result of the work, executed on this thread unless another thread is already executing it.
     *
     * @param deadline when this caller stops waiting for another thread, as {@link System#nanoTime}
     * @param isShared whether this caller accepts the result of another thread; if not, or if the work of the other
     *     thread threw an exception, this caller starts over
     * @throws TimeoutException if the deadline passes while another thread executes the work
     * @throws InterruptedException if this thread is interrupted while it waits for another thread
     */
    public V run(K key, long deadline, Supplier<V> work, Predicate<V> isShared)
            throws InterruptedException, TimeoutException {
        while (true) {
            CompletableFuture<V> mine = new CompletableFuture<>();
            @Nullable CompletableFuture<V> running = inFlight.putIfAbsent(key, mine);
            if (running == null) {
                return execute(key, mine, work);
            }
            Option<V> result = await(running, deadline).filter(isShared);
            if (result.isDefined()) {
                return result.get();
            }
        }
    }

    /** The result of the work, executed on this thread; absent if another thread is already executing it. */
    public Option<V> tryRun(K key, Supplier<V> work) {
        CompletableFuture<V> mine = new CompletableFuture<>();
        return inFlight.putIfAbsent(key, mine) == null ? Option.some(execute(key, mine, work)) : Option.none();
    }

    public boolean isRunning(K key) {
        return inFlight.containsKey(key);
    }

    /**
     * The result of the work that another thread is executing; absent if there is none, or if the work threw an
     * exception.
     */
    public Option<V> join(K key, long deadline) throws InterruptedException, TimeoutException {
        @Nullable CompletableFuture<V> running = inFlight.get(key);
        return running == null ? Option.none() : await(running, deadline);
    }

    /** Absent if the work of the other thread threw an exception. */
    private static <V> Option<V> await(CompletableFuture<V> running, long deadline)
            throws InterruptedException, TimeoutException {
        try {
            return Option.some(running.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (ExecutionException | CancellationException noResult) {
            return Option.none();
        }
    }

    /**
     * Starts the work on the executor, unless work with this key is already running.
     *
     * @return the result of the running work; cancelled if the work throws an exception
     */
    public Future<V> start(K key, Executor executor, Supplier<V> work) {
        CompletableFuture<V> mine = new CompletableFuture<>();
        @Nullable CompletableFuture<V> running = inFlight.putIfAbsent(key, mine);
        if (running != null) {
            return running;
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

    /** Makes later callers start over while older work is still running. */
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
            // After an exception, waiting callers start over.
            inFlight.remove(key, mine);
            mine.cancel(false);
        }
    }
}
