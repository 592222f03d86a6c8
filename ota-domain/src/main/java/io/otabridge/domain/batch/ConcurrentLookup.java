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

/** Asks for many things, several at a time, on threads of its own that end with it. For one thread, used once. */
public final class ConcurrentLookup<I, T> implements Iterator<BatchResult<I, T>> {

    /** How many are asked for at the same time if nobody says otherwise. */
    public static final int DEFAULT_CONCURRENCY = 8;

    private static final int MAX_CONCURRENCY = 64;
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final Iterable<? extends I> ids;
    private final int ahead;
    private final Function<? super I, Either<OtaFailure, T>> find;
    private final ThreadPoolExecutor threads;
    private final BlockingQueue<Supplier<Option<BatchResult<I, T>>>> done = new LinkedBlockingQueue<>();
    private final Set<I> seen = new HashSet<>();
    private final Set<I> unanswered = new LinkedHashSet<>();
    private @Nullable Iterator<? extends I> rest;
    private Option<BatchResult<I, T>> next = Option.none();
    private boolean isInterrupted;
    private Option<OtaFailure> interrupt = Option.none();

    private ConcurrentLookup(
            Iterable<? extends I> ids, int concurrency, Function<? super I, Either<OtaFailure, T>> find) {
        this.ids = ids;
        this.ahead = 2 * concurrency;
        this.find = find;
        this.threads = new ThreadPoolExecutor(
                concurrency,
                concurrency,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                ConcurrentLookup::thread,
                // Another thread may close the stream while this one asks.
                new ThreadPoolExecutor.DiscardPolicy());
        // A stream that nobody closes leaves no thread behind either.
        this.threads.allowCoreThreadTimeOut(true);
    }

    /**
     * The answers as they come, one for each id that is asked for, repeats left out. The stream is sequential, used once,
     * and begins when its first element is wanted. At most twice as many as are asked for at the same time are begun and not
     * taken yet, so that the memory it takes is bounded, but for the ids themselves.
     *
     * <p>Closing it ends it: nothing more is asked, and calls that are under way are interrupted. An interrupt of the thread
     * that takes the elements ends the calls too, and the flag stays set. What is left is then asked for on that thread, one
     * by one, until an answer is {@link OtaFailure.Cancelled}, as it is at once where a call notices the interrupt; it
     * serves as the answer for all the rest, without further calls. What {@code find} throws reaches the thread that takes
     * the elements, and ends the stream.
     *
     * @param concurrency how many are asked for at the same time
     * @param find asks for one; it is called on several threads
     * @throws IllegalArgumentException if {@code concurrency} is not from 1 to 64
     */
    public static <I, T> Stream<BatchResult<I, T>> stream(
            Iterable<? extends I> ids, int concurrency, Function<? super I, Either<OtaFailure, T>> find) {
        if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
            throw new IllegalArgumentException(
                    "from 1 to " + MAX_CONCURRENCY + " can be asked for at the same time, but not " + concurrency);
        }
        ConcurrentLookup<I, T> batch = new ConcurrentLookup<>(ids, concurrency, find);
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(batch, Spliterator.NONNULL | Spliterator.DISTINCT), false)
                .onClose(batch::stop);
    }

    @Override
    public boolean hasNext() {
        if (next.isEmpty() && !threads.isShutdown()) {
            next = awaited();
        }
        if (next.isEmpty() && isInterrupted) {
            next = ready().orElse(() -> left().map(this::answerAfterInterrupt));
        }
        return next.isDefined();
    }

    @Override
    public BatchResult<I, T> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("there is no further answer");
        }
        BatchResult<I, T> answer = next.get();
        next = Option.none();
        return answer;
    }

    /** The next answer; absent, and nothing more is asked, if there is none to wait for, or after an interrupt. */
    private Option<BatchResult<I, T>> awaited() {
        Option<BatchResult<I, T>> answer = Option.none();
        try {
            begin();
            if (!unanswered.isEmpty() || Thread.currentThread().isInterrupted()) {
                answer = done.take().get().peek(this::taken);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            isInterrupted = true;
        } finally {
            if (answer.isEmpty()) {
                stop();
            }
        }
        return answer;
    }

    private void begin() {
        while (unanswered.size() < ahead && !Thread.currentThread().isInterrupted()) {
            Option<I> another = another();
            if (another.isEmpty()) {
                return;
            }
            unanswered.add(another.get());
            threads.execute(() -> ask(another.get()));
        }
    }

    /** Whatever comes of it reaches the thread that takes the answers. */
    private void ask(I id) {
        try {
            BatchResult<I, T> answer = answer(id);
            done.add(() -> Option.some(answer));
        } catch (Throwable mistake) {
            done.add(() -> {
                throw thrownAgain(mistake);
            });
        }
    }

    private BatchResult<I, T> answer(I id) {
        return new BatchResult<>(id, find.apply(id));
    }

    private void taken(BatchResult<I, T> answer) {
        unanswered.remove(answer.id());
    }

    /** What was answered before the interrupt and has not been taken. */
    private Option<BatchResult<I, T>> ready() {
        while (true) {
            @Nullable Supplier<Option<BatchResult<I, T>>> outcome = done.poll();
            if (outcome == null) {
                return Option.none();
            }
            Option<BatchResult<I, T>> answer = outcome.get().filter(ready -> unanswered.remove(ready.id()));
            if (answer.isDefined()) {
                return answer;
            }
        }
    }

    private BatchResult<I, T> answerAfterInterrupt(I id) {
        if (interrupt.isDefined()) {
            return new BatchResult<>(id, Either.left(interrupt.get()));
        }
        BatchResult<I, T> answer = answer(id);
        interrupt = answer.found().swap().toOption().filter(OtaFailure.Cancelled.class::isInstance);
        return answer;
    }

    /** One without an answer, of which nothing is under way any more, or which has not been asked for. */
    private Option<I> left() {
        Option<I> id = Option.ofOptional(unanswered.stream().findFirst());
        return id.peek(unanswered::remove).orElse(this::another);
    }

    /** One that has not been asked for. */
    private Option<I> another() {
        if (rest == null) {
            rest = ids.iterator();
        }
        while (rest.hasNext()) {
            I id = rest.next();
            if (seen.add(id)) {
                return Option.some(id);
            }
        }
        return Option.none();
    }

    /** Wakes the thread that takes the answers too, should another one close the stream. */
    private void stop() {
        threads.shutdownNow();
        done.add(Option::none);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "ota-find-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    private static RuntimeException thrownAgain(Throwable mistake) {
        if (mistake instanceof Error error) {
            throw error;
        }
        return mistake instanceof RuntimeException exception ? exception : new IllegalStateException(mistake);
    }
}
