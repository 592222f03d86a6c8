package io.otabridge.app;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lists one backend on a thread of its own, until the list ends, fails, or is cut off from outside. */
final class InventoryWalk implements Runnable {

    private final Backend backend;
    private final FirmwareFilter filter;
    private final InventoryQuery query;
    private final ScheduledExecutorService deadlines;
    private final java.util.List<FirmwareSummary> found = new ArrayList<>();
    private final CompletableFuture<BackendInventory> result = new CompletableFuture<>();

    private InventoryWalk(
            Backend backend, FirmwareFilter filter, InventoryQuery query, ScheduledExecutorService deadlines) {
        this.backend = backend;
        this.filter = filter;
        this.query = query;
        this.deadlines = deadlines;
    }

    /** What these backends hold. */
    static Inventory over(List<Backend> backends, Products products, InventoryQuery query) {
        if (backends.isEmpty()) {
            return new Inventory(List.empty(), products);
        }
        List<FirmwareFilter> filters = backends.map(backend -> query.filterFor(backend, products));
        ExecutorService threads =
                Executors.newFixedThreadPool(Math.min(query.parallel(), backends.size()), daemons("ota-inventory"));
        ScheduledExecutorService deadlines =
                Executors.newSingleThreadScheduledExecutor(daemons("ota-inventory-deadline"));
        try {
            List<InventoryWalk> walks = backends.zipWith(
                    filters, (backend, filter) -> new InventoryWalk(backend, filter, query, deadlines));
            walks.forEach(threads::execute);
            return new Inventory(walks.map(InventoryWalk::await), products);
        } finally {
            threads.shutdownNow();
            deadlines.shutdownNow();
        }
    }

    @Override
    public void run() {
        try {
            ScheduledFuture<?> deadline = deadlines.schedule(
                    () -> cutOff("took longer than the " + words(query.deadline()) + " that an inventory gives it"),
                    query.deadline().toMillis(),
                    TimeUnit.MILLISECONDS);
            list();
            deadline.cancel(false);
        } catch (RuntimeException mistake) {
            // Reaches whoever waits, where it is thrown again.
            result.completeExceptionally(mistake);
        }
    }

    private void list() {
        Iterator<Either<OtaFailure, FirmwareSummary>> walk =
                backend.firmware().stream(filter).iterator();
        Option<OtaFailure> failure = Option.none();
        while (failure.isEmpty() && !result.isDone() && walk.hasNext()) {
            failure = walk.next().peek(this::keep).swap().toOption();
        }
        finish(failure);
    }

    private void keep(FirmwareSummary firmware) {
        int count;
        synchronized (found) {
            found.add(firmware);
            count = found.size();
        }
        query.progress().accept(backend.name(), count);
    }

    private void finish(Option<OtaFailure> failure) {
        synchronized (found) {
            result.complete(new BackendInventory(backend.name(), backend.vendor(), List.ofAll(found), failure));
        }
    }

    private void cutOff(String why) {
        Origin origin = new Origin(backend.name(), backend.vendor(), "inventory");
        finish(Option.some(new OtaFailure.Unavailable(FailureDetails.of(
                        origin, "Backend " + backend.name() + " " + why, "Ask for less of it, or give it more time")
                .withRetry(Option.none()))));
    }

    /** What it found; an interrupt of the waiting thread cuts it off. */
    private BackendInventory await() {
        try {
            return Thread.currentThread().isInterrupted() ? interrupted() : result.get();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return interrupted();
        } catch (ExecutionException mistake) {
            @Nullable Throwable cause = mistake.getCause();
            throw cause instanceof RuntimeException exception ? exception : new IllegalStateException(cause);
        }
    }

    private BackendInventory interrupted() {
        cutOff("was not waited for, because the thread that asked was interrupted");
        return result.join();
    }

    private static String words(Duration deadline) {
        return deadline.toMillis() % 1000 == 0 ? deadline.toSeconds() + " s" : deadline.toMillis() + " ms";
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
