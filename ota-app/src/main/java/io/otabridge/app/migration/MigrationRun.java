package io.otabridge.app.migration;

import io.otabridge.app.copy.ModuleCopy;
import io.otabridge.app.copy.PackageFiles;
import io.otabridge.app.copy.Spool;
import io.otabridge.app.migration.MigrationJournal.Entry;
import io.otabridge.app.migration.MigrationPlan.Action;
import io.otabridge.app.migration.MigrationPlan.Planned;
import io.otabridge.app.migration.MigrationReport.Outcome;
import io.otabridge.app.migration.MigrationReport.Result;
import io.otabridge.domain.CreateResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareFilter;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
    private final LinkedHashMap<FirmwareId, Entry> entries;
    private final AtomicReference<Option<String>> lastRejection = new AtomicReference<>(Option.none());
    private volatile boolean isStopped;

    MigrationRun(
            Backend from,
            Backend to,
            MigrationRequest request,
            MigrationPlan plan,
            MigrationJournal journal,
            LinkedHashMap<FirmwareId, Entry> entries,
            Spool spool,
            MigrationListener listener) {
        this.from = from;
        this.to = to;
        this.request = request;
        this.plan = plan;
        this.journal = journal;
        this.entries = entries;
        this.spool = spool;
        this.listener = listener;
        this.sourceFiles = new PackageFiles(from, Migration.OPERATION, spool);
        this.check = new CopyCheck(to, request.isDeep(), spool, listener);
    }

    /** @throws UncheckedIOException if the journal or the spool cannot be used */
    MigrationReport run() {
        for (Planned planned : plan.packages()) {
            recordPlan(planned);
        }
        plan.modules().forEach(this::create);
        return MigrationReport.of(plan, copyAll());
    }

    /** Records packages that are new to the journal. */
    private void recordPlan(Planned planned) {
        if (planned.action() == Action.NONE) {
            appendVerified(planned);
        }
        boolean isCopiedAnew = !entries.get(planned.source().id())
                .exists(entry -> entry.planned().copy().equals(planned.copy()));
        if (planned.action() == Action.COPY && isCopiedAnew) {
            append(planned, MigrationState.PLANNED);
        }
    }

    private void appendVerified(Planned compared) {
        if (!entries.get(compared.source().id()).exists(entry -> entry.isVerified(compared))) {
            append(compared, MigrationState.VERIFIED);
        }
    }

    private void append(Planned planned, MigrationState state) {
        try {
            journal.append(new Entry(
                    Instant.now(), state, state == MigrationState.PLANNED ? planned.withFiles(List.empty()) : planned));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        listener.step(planned.source(), state);
    }

    private void create(NewModule module) {
        Either<OtaFailure, CreateResult<OtaModule>> created =
                to.moduleCommands().create(module);
        created.peek(result -> listener.created(result.value()))
                .peekLeft(failure -> failedModules.put(module.toRef(), failure));
    }

    private List<Result> copyAll() {
        ExecutorService workers = Executors.newFixedThreadPool(request.concurrency(), MigrationRun::worker);
        java.util.List<Future<Result>> running = new ArrayList<>();
        java.util.List<Result> refused = new ArrayList<>();
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
        return List.ofAll(refused)
                .appendAll(running.stream()
                        .filter(Future::isDone)
                        .map(MigrationRun::result)
                        .toList());
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

    private void start(ExecutorService workers, java.util.List<Future<Result>> running, java.util.List<Result> refused)
            throws InterruptedException {
        Map<List<Object>, CompletableFuture<Boolean>> lastOfTarget = new HashMap<>();
        for (Planned planned : plan.packages()) {
            if (isStopped) {
                return;
            }
            if (planned.action() == Action.NONE) {
                continue;
            }
            Option<OtaFailure> ofModule = planned.target()
                    .flatMap(target -> ModuleCopy.moduleOf(target.coordinates()))
                    .flatMap(module -> Option.of(failedModules.get(module)));
            boolean hasFiles = planned.action() == Action.COPY || request.isDeep();
            Option<Spool.Reservation> space =
                    ofModule.isDefined() ? Option.none() : spool.reserve(hasFiles ? planned.files() : List.empty());
            if (space.isEmpty()) {
                Result failure = Result.failed(
                        planned,
                        ofModule.getOrElse(() -> spool.tooSmall(
                                Migration.origin(from), planned.source().id())));
                refused.add(failure);
                listener.finished(failure);
                continue;
            }
            CompletableFuture<Boolean> done = new CompletableFuture<>();
            Option<CompletableFuture<Boolean>> before = Option.of(lastOfTarget.put(target(planned), done));
            running.add(workers.submit(() -> work(planned, space.get(), before, done)));
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
                    ? checked(planned, Outcome.EXISTED, space)
                    : copy(planned, space, before);
            if (result.failure().exists(this::affectsAll)) {
                isStopped = true;
            }
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
                .map(entry -> entry.planned().files())
                .getOrElse(List.empty());
        Either<OtaFailure, List<Artifact>> downloaded = sourceFiles.download(
                source.id(), planned.files(), recorded, space::maxBytes, listener.transfer(source, false));
        if (downloaded.isLeft()) {
            return abandoned(planned, downloaded.getLeft());
        }
        Planned ready = planned.withFiles(downloaded.get().map(Artifact::toFile));
        if (!ready.files().equals(recorded)) {
            append(ready, MigrationState.COPIED);
        }
        if (!isTurn(before)) {
            return Result.failed(planned, cancelled());
        }
        if (isStopped) {
            return notStarted(planned);
        }
        Either<OtaFailure, PublishResult> published = to.firmwareCommands()
                .publish(planned.target().get(), downloaded.get(), listener.transfer(source, true));
        if (published.isLeft()) {
            return abandoned(planned, published.getLeft());
        }
        lastRejection.set(Option.none());
        PublishResult result = published.get();
        Planned created = ready.copied(result.firmware().get().id(), result.warnings());
        append(created, MigrationState.CREATED);
        delete(source.id());
        return checked(created, result.alreadyExisted() ? Outcome.EXISTED : Outcome.COPIED, space);
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

    private Result checked(Planned copy, Outcome outcome, Spool.Reservation space) {
        Result result = check.check(copy, outcome, space::maxBytes);
        if (result.isVerified()) {
            appendVerified(copy.compared(result.comparison(), result.verification()));
        }
        return result;
    }

    /** Returns whether the packages that follow would fail for the same reason. */
    private boolean affectsAll(OtaFailure failure) {
        return failure instanceof OtaFailure.AccessDenied
                || failure instanceof OtaFailure.CircuitOpen
                || isPackageLimitReached(failure);
    }

    /**
     * Returns whether the target rejects packages because it has as many as it stores. Not every vendor documents the code
     * of this failure, so the packages are counted. If the documented limit does not apply, two rejections in a row must
     * have the same code.
     */
    private boolean isPackageLimitReached(OtaFailure failure) {
        Option<String> code = failure instanceof OtaFailure.Rejected ? failure.vendorCode() : Option.none();
        boolean isRepeated = lastRejection.getAndSet(code).equals(code);
        return code.isDefined()
                && failure.backend().equals(to.name())
                && (isRepeated || !request.ignoresPackageLimit())
                && to.capabilities()
                        .packageLimit()
                        .exists(limit -> to.firmware()
                                .list(FirmwareFilter.all())
                                .toList()
                                .exists(existing -> existing.size() >= limit.packages()));
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
        return Result.failed(planned, failure);
    }

    private OtaFailure cancelled() {
        return new OtaFailure.Cancelled(FailureDetails.of(
                Migration.origin(to),
                Message.of("The migration was interrupted"),
                Message.of("Repeat it; it continues where it ended")));
    }

    private static Result result(Future<Result> done) {
        try {
            return done.get();
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

    private static Result notStarted(Planned planned) {
        return Result.of(planned, Outcome.NOT_STARTED);
    }
}
