package io.otabridge.cli.command;

import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.terminal.InterruptActions;
import io.otabridge.cli.terminal.TransferProgress;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.TransferListener;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** Makes a change on several backends, or watches several jobs, at the same time. Each has a thread. */
public final class ConcurrentChanges {

    /** The result of one backend. */
    public record Result<T>(SelectedBackend selected, Either<OtaFailure, T> result) {}

    private static final int MAX_THREADS = 50;

    private ConcurrentChanges() {}

    /**
     * Makes the change on all backends, and prints the results once: at the end, or before it if the command is stopped
     * early by Ctrl-C or an exception. A change that is stopped is not among them.
     *
     * @param change the change of one backend; the progress of its transfers is shown on a terminal
     * @param printer prints the results, which are in the order of the backends, and returns the exit code
     * @param stopped reports a backend whose change is not finished when the process ends early; called after the
     *     printer, in the order of the backends
     */
    public static <T> int run(
            OtaCommand root,
            List<SelectedBackend> backends,
            BiFunction<SelectedBackend, TransferListener, Either<OtaFailure, T>> change,
            ToIntFunction<List<Result<T>>> printer,
            Consumer<SelectedBackend> stopped) {
        ChangeReport<Result<T>> report = new ChangeReport<>(
                finished -> printer.applyAsInt(backends.flatMap(
                        backend -> finished.filter(one -> one.selected().equals(backend)))),
                root.errors());
        InterruptActions.Registration registration = root.environment()
                .interrupts()
                .add(() -> {
                    root.environment().startLine();
                    report.stop()
                            .forEach(finished -> backends.filter(backend -> finished.forAll(
                                            one -> !one.selected().equals(backend)))
                                    .forEach(stopped));
                });
        try {
            boolean isComplete;
            try (TransferProgress progress = root.environment().transferProgress()) {
                isComplete = forEach(
                        backends,
                        one -> report.add(new Result<>(
                                one, change.apply(one, progress.of(one.backend().name())))));
            }
            int exitCode = report.print();
            return isComplete ? exitCode : ExitCode.INTERRUPTED;
        } finally {
            report.printEarly();
            registration.close();
        }
    }

    /**
     * Runs an action for all items, for at most {@value #MAX_THREADS} of them at the same time. Returns false if this
     * thread was interrupted before the end.
     */
    public static <T> boolean forEach(List<T> items, Consumer<T> action) {
        if (items.size() == 1) {
            action.accept(items.head());
            return true;
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(MAX_THREADS, items.size()), task -> {
            Thread thread = new Thread(task, "ota-concurrent");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Callable<Object>> actions = items.map(item -> Executors.callable(() -> action.accept(item)));
            for (Future<Object> finished : threads.invokeAll(actions.asJava())) {
                finished.get();
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException mistake
                    ? mistake
                    : new IllegalStateException(failed.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
