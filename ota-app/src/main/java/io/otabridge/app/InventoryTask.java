package io.otabridge.app;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.page.PageIterator;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Lists one backend on a thread of its own, until the list ends, fails, or is cut off from outside. A backend that does not
 * give its thread back in time keeps nobody else waiting.
 */
final class InventoryTask implements Runnable {

    private static final String MORE_TIME = "Ask for less of it, or give it more time";

    private final Backend backend;
    private final FirmwareFilter filter;
    private final InventoryQuery query;
    private final Semaphore turns;
    private final AtomicBoolean hasTurn = new AtomicBoolean();
    private final ScheduledExecutorService deadlines;
    private final Thread thread = new Thread(this, "ota-inventory");
    private final java.util.List<FirmwareSummary> found = new ArrayList<>();
    private final CompletableFuture<BackendInventory> result = new CompletableFuture<>();

    private InventoryTask(
            Backend backend,
            FirmwareFilter filter,
            InventoryQuery query,
            Semaphore turns,
            ScheduledExecutorService deadlines) {
        this.backend = backend;
        this.filter = filter;
        this.query = query;
        this.turns = turns;
        this.deadlines = deadlines;
        thread.setDaemon(true);
    }

    /** What these backends hold, in their order. */
    static List<BackendInventory> over(List<Backend> backends, ProductAliases products, InventoryQuery query) {
        List<FirmwareFilter> filters = backends.map(backend -> query.filterFor(backend, products));
        Semaphore turns = new Semaphore(query.parallel(), true);
        ScheduledExecutorService deadlines =
                Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "ota-inventory-deadline"));
        List<InventoryTask> walks = backends.zipWith(
                filters, (backend, filter) -> new InventoryTask(backend, filter, query, turns, deadlines));
        try {
            walks.forEach(walk -> walk.thread.start());
            return walks.map(InventoryTask::await);
        } finally {
            walks.forEach(walk -> walk.thread.interrupt());
            deadlines.shutdownNow();
        }
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void run() {
        try {
            turns.acquire();
            hasTurn.set(true);
            ScheduledFuture<?> deadline = deadlines.schedule(
                    () -> cutOff(new OtaFailure.DeadlineExceeded(details(
                                    Message.of(
                                            "Backend {0} took longer than the {1} that it was given",
                                            backend.name(), words(query.deadlineInMillis())),
                                    MORE_TIME)
                            .withRetry(Option.none()))),
                    query.deadlineInMillis(),
                    TimeUnit.MILLISECONDS);
            list();
            deadline.cancel(false);
        } catch (InterruptedException over) {
            // Nobody waits for it any more.
        } catch (Throwable mistake) {
            // Reaches whoever waits, where it is thrown again.
            result.completeExceptionally(mistake);
            passTurnOn();
        }
    }

    /** Once, and whatever becomes of the thread: nobody waits for a backend that has had its time. */
    private void passTurnOn() {
        if (hasTurn.getAndSet(false)) {
            turns.release();
        }
    }

    private void list() {
        Iterator<Either<OtaFailure, FirmwareSummary>> walk =
                PageIterator.stream(backend.firmware().list(filter)).iterator();
        Option<OtaFailure> failure = Option.none();
        while (failure.isEmpty() && !result.isDone() && walk.hasNext()) {
            failure = walk.next().peek(this::keep).swap().toOption();
        }
        finish(failure);
    }

    /** Nothing is told once there is a result. */
    private void keep(FirmwareSummary firmware) {
        synchronized (found) {
            if (!result.isDone()) {
                found.add(firmware);
                query.progress().accept(backend.name(), found.size());
            }
        }
    }

    private void finish(Option<OtaFailure> failure) {
        synchronized (found) {
            result.complete(new BackendInventory(backend.name(), backend.vendor(), List.ofAll(found), failure));
        }
        passTurnOn();
    }

    private void cutOff(OtaFailure why) {
        finish(Option.some(why));
        thread.interrupt();
    }

    private FailureDetails details(Message summary, String advice) {
        OperationContext origin = new OperationContext(backend.name(), backend.vendor(), "inventory");
        return FailureDetails.of(origin, summary, Message.of(advice));
    }

    /** What it found; an interrupt of the waiting thread cuts it off. */
    private BackendInventory await() {
        try {
            return Thread.currentThread().isInterrupted() ? interrupted() : result.get();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return interrupted();
        } catch (ExecutionException mistake) {
            throw thrownAgain(mistake);
        }
    }

    private BackendInventory interrupted() {
        cutOff(new OtaFailure.Cancelled(details(
                Message.of(
                        "Backend {0} was not waited for, because the calling thread was interrupted", backend.name()),
                "List again")));
        return result.join();
    }

    /** A mistake of an adapter reaches the caller as it is. */
    static RuntimeException thrownAgain(ExecutionException mistake) {
        @Nullable Throwable cause = mistake.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException exception ? exception : new IllegalStateException(cause);
    }

    private static String words(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
