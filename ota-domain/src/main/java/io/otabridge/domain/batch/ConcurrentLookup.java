package io.otabridge.domain.batch;

import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Looks up many ids with bounded concurrency, on its own daemon threads. For one thread and a single use.
 *
 * @param <I> the type of an id
 * @param <T> the type of a found object
 */
public final class ConcurrentLookup<I, T> implements Iterator<LookupResult<I, T>> {

    /** The default number of concurrent calls. */
    public static final int DEFAULT_CONCURRENCY = 8;

    private static final int MAX_CONCURRENCY = 64;
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final Iterable<? extends I> ids;
    private final int maxPending;
    private final Function<? super I, Either<OtaFailure, T>> find;
    private final ThreadPoolExecutor threads;
    private final BlockingQueue<Supplier<Option<LookupResult<I, T>>>> completed = new LinkedBlockingQueue<>();
    private final Set<I> seen = new HashSet<>();
    private final Set<I> pending = new LinkedHashSet<>();
    private @Nullable Iterator<? extends I> remainingIds;
    private Option<LookupResult<I, T>> next = Option.none();
    private boolean isInterrupted;
    private Option<OtaFailure> cancelled = Option.none();

    private ConcurrentLookup(
            Iterable<? extends I> ids, int concurrency, Function<? super I, Either<OtaFailure, T>> find) {
        this.ids = ids;
        this.maxPending = 2 * concurrency;
        this.find = find;
        this.threads = new ThreadPoolExecutor(
                concurrency,
                concurrency,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                ConcurrentLookup::thread,
                // Another thread may close the stream while this one submits.
                new ThreadPoolExecutor.DiscardPolicy());
        // Ends the threads of a stream that is never closed.
        this.threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Returns a stream of results in order of completion, one for each distinct id. The stream is sequential, for a
     * single use, and starts when its first element is requested. At most {@code 2 * concurrency} calls are started and
     * not consumed, so memory is bounded except for the ids.
     *
     * <p>Closing the stream sends no further calls and interrupts the running ones. An interrupt of the reading thread
     * also ends the running calls, and the interrupt flag stays set. The remaining ids are then looked up on that
     * thread, one by one, until a result is {@link OtaFailure.Cancelled}, which is the first one if the call notices
     * the interrupt. The same failure is returned for all further ids without calls. An exception of {@code find} is
     * thrown to the reading thread and ends the stream.
     *
     * @param concurrency the number of concurrent calls
     * @param find looks up one id; called on several threads
     * @throws IllegalArgumentException if {@code concurrency} is not from 1 to 64
     */
    public static <I, T> Stream<LookupResult<I, T>> stream(
            Iterable<? extends I> ids, int concurrency, Function<? super I, Either<OtaFailure, T>> find) {
        if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
            throw new IllegalArgumentException(
                    "concurrency must be 1 to " + MAX_CONCURRENCY + " but is " + concurrency);
        }
        ConcurrentLookup<I, T> lookup = new ConcurrentLookup<>(ids, concurrency, find);
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(lookup, Spliterator.NONNULL | Spliterator.DISTINCT), false)
                .onClose(lookup::stop);
    }

    @Override
    public boolean hasNext() {
        if (next.isEmpty() && !threads.isShutdown()) {
            next = awaitNext();
        }
        if (next.isEmpty() && isInterrupted) {
            next = completedResult().orElse(() -> nextRemaining().map(this::lookUpAfterInterrupt));
        }
        return next.isDefined();
    }

    @Override
    public LookupResult<I, T> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more results");
        }
        LookupResult<I, T> result = next.get();
        next = Option.none();
        return result;
    }

    /** Waits for the next result. Without a pending call, or after an interrupt, returns absence and stops. */
    private Option<LookupResult<I, T>> awaitNext() {
        Option<LookupResult<I, T>> result = Option.none();
        try {
            submitCalls();
            if (!pending.isEmpty() || Thread.currentThread().isInterrupted()) {
                result = completed.take().get().peek(taken -> pending.remove(taken.id()));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            isInterrupted = true;
        } finally {
            if (result.isEmpty()) {
                stop();
            }
        }
        return result;
    }

    private void submitCalls() {
        while (pending.size() < maxPending && !Thread.currentThread().isInterrupted()) {
            Option<I> id = nextId();
            if (id.isEmpty()) {
                return;
            }
            pending.add(id.get());
            threads.execute(() -> runCall(id.get()));
        }
    }

    /** Passes the result or the exception to the reading thread. */
    private void runCall(I id) {
        try {
            LookupResult<I, T> result = lookUp(id);
            completed.add(() -> Option.some(result));
        } catch (Throwable thrown) {
            completed.add(() -> {
                throw rethrow(thrown);
            });
        }
    }

    private LookupResult<I, T> lookUp(I id) {
        return new LookupResult<>(id, find.apply(id));
    }

    /** Returns a result that completed before the interrupt and was not consumed. */
    private Option<LookupResult<I, T>> completedResult() {
        while (true) {
            @Nullable Supplier<Option<LookupResult<I, T>>> outcome = completed.poll();
            if (outcome == null) {
                return Option.none();
            }
            Option<LookupResult<I, T>> result = outcome.get().filter(found -> pending.remove(found.id()));
            if (result.isDefined()) {
                return result;
            }
        }
    }

    private LookupResult<I, T> lookUpAfterInterrupt(I id) {
        if (cancelled.isDefined()) {
            return new LookupResult<>(id, Either.left(cancelled.get()));
        }
        LookupResult<I, T> result = lookUp(id);
        cancelled = result.result().swap().toOption().filter(OtaFailure.Cancelled.class::isInstance);
        return result;
    }

    /** Returns an id whose call was interrupted, or one that was not requested yet. */
    private Option<I> nextRemaining() {
        Option<I> id = Option.ofOptional(pending.stream().findFirst());
        return id.peek(pending::remove).orElse(this::nextId);
    }

    /** Returns an id that was not requested yet. */
    private Option<I> nextId() {
        if (remainingIds == null) {
            remainingIds = ids.iterator();
        }
        while (remainingIds.hasNext()) {
            I id = remainingIds.next();
            if (seen.add(id)) {
                return Option.some(id);
            }
        }
        return Option.none();
    }

    /** Stops all calls, and wakes the reading thread if another thread closes the stream. */
    private void stop() {
        threads.shutdownNow();
        completed.add(Option::none);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "ota-find-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    private static RuntimeException rethrow(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown);
    }
}
