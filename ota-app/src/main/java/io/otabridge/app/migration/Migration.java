package io.otabridge.app.migration;

import io.otabridge.app.copy.LocalFailures;
import io.otabridge.app.copy.ProductIds;
import io.otabridge.app.copy.Spool;
import io.otabridge.app.file.PrivateFiles;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareId;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Copies the packages of a backend to another one. {@link io.otabridge.app.OtaBridge#migration} returns one.
 *
 * <pre>{@code
 * Migration migration = ota.migration(MigrationRequest.of("old", "new", Path.of("state")));
 * MigrationPlan plan = migration.plan().getOrElseThrow(OtaException::new);
 * MigrationReport report = migration.run(plan, MigrationListener.NONE).getOrElseThrow(OtaException::new);
 * }</pre>
 *
 * <p>Packages are copied oldest first. Each is downloaded and verified, published on the target, read back, and compared by
 * digest. Every step is recorded in a journal before the next one begins, so a run that was killed at any point can be
 * repeated: nothing is created twice, and nothing is lost. Packages that a run has verified are not copied again, unless
 * they were deleted on the target. A package that fails does not stop the others, but a
 * failure of the whole account does: access denied, an open circuit breaker, or the target's limit of packages.
 *
 * <p>The ids of products come from {@code products:} in the configuration. Products themselves, devices, groups, upgrade
 * jobs and the verification state of packages are not migrated. Missing modules are created with alias and description.
 *
 * <p>Only one process at a time can run the migration of a pair of backends with the same state directory. Instances are
 * immutable and safe for use by multiple threads.
 */
public final class Migration {

    static final String OPERATION = "migrate";

    private final Backend from;
    private final Backend to;
    private final ProductIds products;
    private final MigrationRequest request;

    private Migration(Backend from, Backend to, ProductIds products, MigrationRequest request) {
        this.from = from;
        this.to = to;
        this.products = products;
        this.request = request;
    }

    /**
     * Returns a migration between two open backends.
     *
     * @param products the ids of products on both backends
     */
    public static Migration of(Backend from, Backend to, ProductIds products, MigrationRequest request) {
        return new Migration(from, to, products, request);
    }

    /** Returns the file of the journal. It exists when a run has begun. */
    public Path journal() {
        return MigrationJournal.file(request.stateDirectory(), from.name(), to.name());
    }

    /**
     * Computes what a run will do. It lists both backends, reads the details of each package that is not verified yet, and
     * checks with a dry run whether the target accepts it. Nothing is changed.
     *
     * @return the plan; {@link OtaFailure.Unsupported} if a backend lacks an operation that a migration needs; the first
     *     failure of a backend; {@link OtaFailure.Rejected} if the journal cannot be read
     * @throws IllegalArgumentException if the product of the request has no name in the configuration, or no id on the
     *     source
     */
    public Either<OtaFailure, MigrationPlan> plan() {
        MigrationPlanner planner = new MigrationPlanner(from, to, products, request);
        return readJournal().flatMap(planner::plan);
    }

    /**
     * Executes a plan. Blocks until every package is finished. An interrupt stops it: packages in transfer become {@link
     * OtaFailure.Cancelled}, the others are not started, and the interrupt flag stays set.
     *
     * @return a result for each package; {@link OtaFailure.Rejected} if the plan has an obstacle, belongs to other
     *     backends, another process runs this migration, or the journal cannot be written
     */
    public Either<OtaFailure, MigrationReport> run(MigrationPlan plan, MigrationListener listener) {
        if (!plan.from().equals(from.name()) || !plan.to().equals(to.name())) {
            return Either.left(rejected(
                    Message.of("The plan is for {0} and {1}", plan.from(), plan.to()),
                    "Make a plan for these backends"));
        }
        if (plan.obstacle().isDefined()) {
            return Either.left(rejected(
                    Message.of(
                            "The plan cannot be executed: {0}", plan.obstacle().get()),
                    "Change the request, and make another plan"));
        }
        return withJournal((journal, entries) -> {
            Spool spool = spool();
            spool.retain(
                    from,
                    plan.packages(MigrationPlan.Action.COPY)
                            .map(planned -> planned.source().id()));
            return new MigrationRun(from, to, request, plan, journal, entries, spool, listener).run();
        });
    }

    /**
     * Reads every package that the journal lists as created on the target, and compares it by digest with what was copied.
     * A deep request also downloads all files from the target.
     *
     * @return a result for each package; {@link OtaFailure.Rejected} if there is no journal; otherwise the failure, as for
     *     {@link #run}
     */
    public Either<OtaFailure, MigrationReport> verify(MigrationListener listener) {
        if (Files.notExists(journal())) {
            return Either.left(rejected(
                    Message.of(
                            "There is no journal of a migration from {0} to {1}: {2}",
                            from.name(), to.name(), journal()),
                    "Name the directory of its state, or run the migration first"));
        }
        return withJournal((journal, entries) ->
                new MigrationRun(from, to, request, verification(entries), journal, entries, spool(), listener).run());
    }

    /** Returns the plan to verify what the journal lists as created. */
    private MigrationPlan verification(LinkedHashMap<FirmwareId, MigrationJournal.Entry> entries) {
        return new MigrationPlan(
                from.name(),
                to.name(),
                List.empty(),
                entries.values()
                        .map(MigrationJournal.Entry::planned)
                        .filter(one -> one.copy().isDefined())
                        .map(one -> one.onTarget(one.source(), MigrationPlan.Action.VERIFY))
                        .toList(),
                List.empty(),
                Option.none(),
                request.isDeep(),
                MigrationPlan.MinimumTime.UNKNOWN);
    }

    private Spool spool() {
        Path directory = request.spoolDirectory()
                .map(chosen -> MigrationJournal.directory(chosen, from.name(), to.name()))
                .getOrElse(() -> MigrationJournal.directory(request.stateDirectory(), from.name(), to.name()))
                .resolve("spool");
        return new Spool(directory, request.spoolLimit(), request.concurrency());
    }

    /** An action that needs the journal. */
    private interface JournalAction {
        MigrationReport run(MigrationJournal journal, LinkedHashMap<FirmwareId, MigrationJournal.Entry> entries)
                throws IOException;
    }

    private Either<OtaFailure, MigrationReport> withJournal(JournalAction action) {
        try {
            PrivateFiles.createDirectories(
                    MigrationJournal.directory(request.stateDirectory(), from.name(), to.name()));
            Option<MigrationJournal> opened = MigrationJournal.open(journal());
            if (opened.isEmpty()) {
                return Either.left(rejected(
                        Message.of(
                                "Another run of the migration from {0} to {1} is using {2}",
                                from.name(), to.name(), journal()),
                        "Wait until it has ended"));
            }
            try (MigrationJournal journal = opened.get()) {
                return Either.right(action.run(journal, MigrationJournal.read(journal())));
            }
        } catch (IOException failed) {
            return Either.left(notUsable(failed));
        } catch (UncheckedIOException failed) {
            return Either.left(notUsable(Objects.requireNonNull(failed.getCause())));
        }
    }

    private Either<OtaFailure, LinkedHashMap<FirmwareId, MigrationJournal.Entry>> readJournal() {
        try {
            return Either.right(MigrationJournal.read(journal()));
        } catch (IOException unreadable) {
            return Either.left(notUsable(unreadable));
        }
    }

    private OtaFailure notUsable(IOException failed) {
        return rejected(
                Message.of("The journal {0} cannot be used: {1}", journal(), LocalFailures.describe(failed)),
                "Correct the problem and repeat the migration; it continues where it ended");
    }

    static OperationContext origin(Backend backend) {
        return new OperationContext(backend.name(), backend.vendor(), OPERATION);
    }

    private OtaFailure rejected(Message summary, String advice) {
        return new OtaFailure.Rejected(FailureDetails.of(Migration.origin(to), summary, Message.of(advice)));
    }
}
