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
 * Lists one backend on its own daemon thread until the list ends, fails, or is stopped. A backend that blocks its
 * thread beyond its deadline does not delay the others.
 */
final class InventoryTask implements Runnable {

    private static final String DEADLINE_ADVICE = "Request less at a time, or increase the deadline";

    private final Backend backend;
    private final FirmwareFilter filter;
    private final InventoryRequest query;
    private final Semaphore permits;
    private final AtomicBoolean hasPermit = new AtomicBoolean();
    private final ScheduledExecutorService deadlines;
    private final Thread thread = new Thread(this, "ota-inventory");
    private final java.util.List<FirmwareSummary> found = new ArrayList<>();
    private final CompletableFuture<BackendInventory> result = new CompletableFuture<>();

    private InventoryTask(
            Backend backend,
            FirmwareFilter filter,
            InventoryRequest query,
            Semaphore permits,
            ScheduledExecutorService deadlines) {
        this.backend = backend;
        this.filter = filter;
        this.query = query;
        this.permits = permits;
        this.deadlines = deadlines;
        thread.setDaemon(true);
    }

    /** Lists these backends. The results are in their order. */
    static List<BackendInventory> over(List<Backend> backends, ProductAliases products, InventoryRequest query) {
        List<FirmwareFilter> filters = backends.map(backend -> query.filterFor(backend, products));
        Semaphore permits = new Semaphore(query.parallel(), true);
        ScheduledExecutorService deadlines =
                Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "ota-inventory-deadline"));
        List<InventoryTask> tasks = backends.zipWith(
                filters, (backend, filter) -> new InventoryTask(backend, filter, query, permits, deadlines));
        try {
            tasks.forEach(task -> task.thread.start());
            return tasks.map(InventoryTask::await);
        } finally {
            tasks.forEach(task -> task.thread.interrupt());
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
            permits.acquire();
        } catch (InterruptedException stopped) {
            // The caller no longer waits for this task.
            return;
        }
        hasPermit.set(true);
        try {
            ScheduledFuture<?> deadline = deadlines.schedule(
                    () -> stop(new OtaFailure.DeadlineExceeded(details(
                                    Message.of(
                                            "Backend {0} did not finish within {1}",
                                            backend.name(), label(query.deadlineInMillis())),
                                    DEADLINE_ADVICE)
                            .withRetry(Option.none()))),
                    query.deadlineInMillis(),
                    TimeUnit.MILLISECONDS);
            list();
            deadline.cancel(false);
        } catch (Throwable thrown) {
            // Rethrown on the waiting thread.
            result.completeExceptionally(thrown);
            releasePermit();
        }
    }

    /** Releases the permit once, even if the thread is still blocked. */
    private void releasePermit() {
        if (hasPermit.getAndSet(false)) {
            permits.release();
        }
    }

    private void list() {
        Iterator<Either<OtaFailure, FirmwareSummary>> items =
                PageIterator.stream(backend.firmware().list(filter)).iterator();
        Option<OtaFailure> failure = Option.none();
        while (failure.isEmpty() && !result.isDone() && items.hasNext()) {
            failure = items.next().peek(this::add).swap().toOption();
        }
        finish(failure);
    }

    /** Adds a package and reports progress, unless the task has a result. */
    private void add(FirmwareSummary firmware) {
        synchronized (found) {
            if (!result.isDone()) {
                found.add(firmware);
                query.progress().accept(backend.name(), found.size());
            }
        }
    }

    private void finish(Option<OtaFailure> failure) {
        synchronized (found) {
            result.complete(new BackendInventory(
                    backend.name(), backend.vendor(), backend.capabilities(), List.ofAll(found), failure));
        }
        releasePermit();
    }

    private void stop(OtaFailure failure) {
        finish(Option.some(failure));
        thread.interrupt();
    }

    private FailureDetails details(Message summary, String advice) {
        OperationContext origin = new OperationContext(backend.name(), backend.vendor(), "inventory");
        return FailureDetails.of(origin, summary, Message.of(advice));
    }

    /** Waits for the result. An interrupt of the waiting thread stops the task. */
    private BackendInventory await() {
        try {
            return Thread.currentThread().isInterrupted() ? interrupted() : result.get();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return interrupted();
        } catch (ExecutionException thrown) {
            throw rethrow(thrown);
        }
    }

    private BackendInventory interrupted() {
        stop(new OtaFailure.Cancelled(details(
                Message.of(
                        "The list of backend {0} was cancelled, because the calling thread was interrupted",
                        backend.name()),
                "List again")));
        return result.join();
    }

    /** Rethrows the exception of an adapter unchanged. */
    static RuntimeException rethrow(ExecutionException thrown) {
        @Nullable Throwable cause = thrown.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException exception ? exception : new IllegalStateException(cause);
    }

    private static String label(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
