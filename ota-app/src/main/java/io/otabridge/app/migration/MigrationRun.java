package io.otabridge.app.migration;

import io.otabridge.app.copy.ModuleCopy;
import io.otabridge.app.copy.PackageFiles;
import io.otabridge.app.copy.Spool;
import io.otabridge.app.migration.CopyCheck.Copy;
import io.otabridge.app.migration.MigrationJournal.Entry;
import io.otabridge.app.migration.MigrationPlan.Action;
import io.otabridge.app.migration.MigrationPlan.Planned;
import io.otabridge.app.migration.MigrationReport.Comparison;
import io.otabridge.app.migration.MigrationReport.Outcome;
import io.otabridge.app.migration.MigrationReport.Result;
import io.otabridge.domain.CreateResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.PublishResult;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Executes a plan. Packages are started in the order of the plan, when a worker and space in the spool are free. A package
 * is published after the one before it with the same product and target, so their order stays the same. For a single use.
 */
final class MigrationRun {

    private final Backend from;
    private final Backend to;
    private final MigrationRequest request;
    private final MigrationPlan plan;
    private final MigrationJournal journal;
    private final Spool spool;
    private final MigrationListener listener;
    private final PackageFiles sourceFiles;
    private final CopyCheck check;
    private final Map<ModuleRef, OtaFailure> failedModules = new HashMap<>();
    private LinkedHashMap<FirmwareId, Entry> entries = LinkedHashMap.empty();
    private volatile boolean isStopped;

    MigrationRun(
            Backend from,
            Backend to,
            MigrationRequest request,
            MigrationPlan plan,
            MigrationJournal journal,
            Spool spool,
            MigrationListener listener) {
        this.from = from;
        this.to = to;
        this.request = request;
        this.plan = plan;
        this.journal = journal;
        this.spool = spool;
        this.listener = listener;
        this.sourceFiles = new PackageFiles(from, Migration.OPERATION, spool);
        this.check = new CopyCheck(to, request.isDeep(), spool, listener);
    }

    /** @throws IOException if journal or spool cannot be used */
    MigrationReport run() throws IOException {
        entries = MigrationJournal.read(MigrationJournal.file(request.stateDirectory(), from.name(), to.name()));
        spool.retain(
                from, plan.packages(Action.COPY).map(planned -> planned.source().id()));
        for (Planned planned : plan.packages()) {
            recordPlan(planned);
        }
        plan.modules().forEach(this::create);
        List<Result> results = copyAll();
        return new MigrationReport(from.name(), to.name(), results, plan.excluded());
    }

    /** Records packages that are new to the journal. */
    private void recordPlan(Planned planned) throws IOException {
        Option<MigrationState> recorded = entries.get(planned.source().id())
                .filter(entry -> entry.copy().equals(planned.copy()))
                .map(Entry::state);
        if (planned.action() == Action.NONE && !recorded.contains(MigrationState.VERIFIED)) {
            journal.append(entry(planned.source(), MigrationState.VERIFIED, planned.copy(), planned.files()));
        }
        if (planned.action() == Action.COPY && recorded.isEmpty()) {
            journal.append(entry(planned.source(), MigrationState.PLANNED, Option.none(), List.empty()));
            listener.step(planned.source(), MigrationState.PLANNED);
        }
    }

    private static Entry entry(
            FirmwareSummary source, MigrationState state, Option<FirmwareId> copy, List<FirmwareFile> files) {
        return new Entry(Instant.now(), source, state, copy, files);
    }

    /** Returns the entry for a package that was compared. */
    static Entry verified(Result result) {
        return entry(result.source(), MigrationState.VERIFIED, result.copy(), result.files());
    }

    private void create(NewModule module) {
        Either<OtaFailure, CreateResult<OtaModule>> created =
                to.moduleCommands().create(module);
        created.peek(result -> listener.created(result.value()))
                .peekLeft(failure -> failedModules.put(module.toRef(), failure));
    }

    private List<Result> copyAll() {
        ExecutorService workers = Executors.newFixedThreadPool(request.concurrency(), MigrationRun::worker);
        Map<Planned, Future<Result>> running = new HashMap<>();
        Map<Planned, Result> refused = new HashMap<>();
        boolean isInterrupted = false;
        try {
            start(workers, running, refused);
            workers.shutdown();
            isInterrupted = !workers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupt) {
            isInterrupted = true;
        } finally {
            isStopped = true;
            workers.shutdownNow();
            isInterrupted |= awaitUninterruptibly(workers);
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        return plan.packages()
                .map(planned -> Option.of(refused.get(planned))
                        .getOrElse(() -> result(planned, Option.of(running.get(planned)))));
    }

    private static Thread worker(Runnable task) {
        Thread thread = new Thread(task, "ota-migrate");
        thread.setDaemon(true);
        return thread;
    }

    /** Waits until no worker uses the journal. Calls of an interrupted worker end at the latest at their deadline. */
    private static boolean awaitUninterruptibly(ExecutorService workers) {
        boolean isInterrupted = false;
        while (true) {
            try {
                if (workers.awaitTermination(1, TimeUnit.MINUTES)) {
                    return isInterrupted;
                }
            } catch (InterruptedException interrupt) {
                isInterrupted = true;
            }
        }
    }

    private void start(ExecutorService workers, Map<Planned, Future<Result>> running, Map<Planned, Result> refused)
            throws InterruptedException {
        Map<List<Object>, CompletableFuture<Boolean>> lastOfTarget = new HashMap<>();
        for (Planned planned : plan.packages()) {
            if (isStopped) {
                return;
            }
            if (planned.action() == Action.NONE) {
                refused.put(planned, existing(planned));
                continue;
            }
            Option<OtaFailure> ofModule = planned.target()
                    .flatMap(target -> ModuleCopy.moduleOf(target.coordinates()))
                    .flatMap(module -> Option.of(failedModules.get(module)));
            Option<Spool.Reservation> space = ofModule.isDefined() ? Option.none() : spool.reserve(planned.files());
            if (space.isEmpty()) {
                Result failure = failed(
                        planned,
                        ofModule.getOrElse(() -> spool.tooSmall(
                                Migration.origin(from), planned.source().id())));
                refused.put(planned, failure);
                listener.finished(failure);
                continue;
            }
            CompletableFuture<Boolean> done = new CompletableFuture<>();
            Option<CompletableFuture<Boolean>> before = Option.of(lastOfTarget.put(target(planned), done));
            running.put(planned, workers.submit(() -> work(planned, space.get(), before, done)));
        }
    }

    private static List<Object> target(Planned planned) {
        return List.of(planned.source().product(), planned.source().target());
    }

    private Result work(
            Planned planned,
            Spool.Reservation space,
            Option<CompletableFuture<Boolean>> before,
            CompletableFuture<Boolean> done) {
        try (space) {
            if (isStopped) {
                return notStarted(planned);
            }
            Result result = planned.action() == Action.VERIFY
                    ? checked(planned, planned.copy().get(), planned.files(), Outcome.COPIED, space)
                    : copy(planned, space, before);
            listener.finished(result);
            return result;
        } catch (RuntimeException | Error thrown) {
            isStopped = true;
            throw thrown;
        } finally {
            done.complete(true);
        }
    }

    private Result copy(Planned planned, Spool.Reservation space, Option<CompletableFuture<Boolean>> before) {
        FirmwareSummary source = planned.source();
        List<FirmwareFile> recorded = entries.get(source.id())
                .filter(entry -> entry.state() == MigrationState.COPIED)
                .map(Entry::files)
                .getOrElse(List.empty());
        Either<OtaFailure, List<Artifact>> downloaded = sourceFiles.download(
                source.id(), planned.files(), recorded, space::maxBytes, listener.transfer(source, false));
        if (downloaded.isLeft()) {
            return abandoned(planned, downloaded.getLeft());
        }
        List<FirmwareFile> files = downloaded.get().map(Artifact::toFile);
        if (!files.equals(recorded)) {
            step(source, MigrationState.COPIED, Option.none(), files);
        }
        if (!isTurn(before)) {
            return failed(planned, cancelled());
        }
        Either<OtaFailure, PublishResult> published = to.firmwareCommands()
                .publish(planned.target().get(), downloaded.get(), listener.transfer(source, true));
        if (published.isLeft()) {
            return abandoned(planned, published.getLeft());
        }
        Firmware created = published.get().firmware().get();
        step(source, MigrationState.CREATED, Option.some(created.id()), files);
        delete(source.id());
        return checked(
                planned,
                created.id(),
                files,
                published.get().alreadyExisted() ? Outcome.EXISTED : Outcome.COPIED,
                space);
    }

    private static boolean isTurn(Option<CompletableFuture<Boolean>> before) {
        try {
            return before.isEmpty() || before.get().get();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Result checked(
            Planned planned, FirmwareId copy, List<FirmwareFile> files, Outcome outcome, Spool.Reservation space) {
        Result result =
                check.check(new Copy(planned.source(), copy, files, outcome, planned.losses()), space::maxBytes);
        if (result.isVerified()) {
            append(verified(result));
        }
        return result;
    }

    private void step(FirmwareSummary source, MigrationState state, Option<FirmwareId> copy, List<FirmwareFile> files) {
        append(entry(source, state, copy, files));
    }

    private void append(Entry entry) {
        try {
            journal.append(entry);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        listener.step(entry.source(), entry.state());
    }

    private void delete(FirmwareId id) {
        try {
            spool.delete(from, id);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A failed package leaves no files behind. An interrupted one keeps them for the next run. */
    private Result abandoned(Planned planned, OtaFailure failure) {
        if (!(failure instanceof OtaFailure.Cancelled)) {
            delete(planned.source().id());
        }
        return failed(planned, failure);
    }

    private OtaFailure cancelled() {
        return new OtaFailure.Cancelled(FailureDetails.of(
                Migration.origin(to),
                Message.of("The migration was interrupted"),
                Message.of("Repeat it; it continues where it ended")));
    }

    private Result result(Planned planned, Option<Future<Result>> future) {
        if (future.isEmpty() || !future.get().isDone()) {
            return notStarted(planned);
        }
        try {
            return future.get().get();
        } catch (InterruptedException notWaiting) {
            throw new IllegalStateException(notWaiting);
        } catch (ExecutionException thrown) {
            throw rethrow(thrown.getCause());
        }
    }

    private static RuntimeException rethrow(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException exception ? exception : new IllegalStateException(cause);
    }

    private static Result existing(Planned planned) {
        return new Result(
                planned.source(),
                planned.copy(),
                Outcome.EXISTED,
                Comparison.DIGEST,
                planned.files(),
                Option.none(),
                Option.none(),
                planned.losses());
    }

    private static Result notStarted(Planned planned) {
        return unfinished(planned, Outcome.NOT_STARTED, Option.none());
    }

    private static Result failed(Planned planned, OtaFailure failure) {
        return unfinished(planned, Outcome.FAILED, Option.some(failure));
    }

    private static Result unfinished(Planned planned, Outcome outcome, Option<OtaFailure> failure) {
        return new Result(
                planned.source(),
                planned.copy(),
                outcome,
                Comparison.NONE,
                planned.files(),
                Option.none(),
                failure,
                planned.losses());
    }
}
