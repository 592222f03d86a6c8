package io.otabridge.cli.command.job;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.context.StandardInput;
import io.otabridge.cli.render.PrintsIds;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobQueryPort;
import io.otabridge.domain.job.UpgradeJob;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows jobs by their ids, or by the client token of their creation. */
@Command(
        name = "show",
        description = {
            "Shows one upgrade job, or several, with the number of tasks in each state.",
            "With --token, it shows the jobs that were created with this client token, for example after a lost response;"
                    + " none is no failure."
        })
public final class ShowJobCommand implements Callable<Integer>, PrintsIds {

    private final OtaCommand root;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private @Nullable Reference reference;

    /** Ids, or a token. */
    static final class Reference {

        @Parameters(
                paramLabel = "<id>",
                arity = "1..*",
                description = {"The vendor's id of the job.", StandardInput.MEANING})
        private JobId[] ids = {};

        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable Token token;
    }

    /** A token, and the package of the job. */
    static final class Token {

        @Option(
                names = "--token",
                paramLabel = "T",
                required = true,
                description = "The client token with which the job was created.")
        private @Nullable ClientToken token;

        @Option(
                names = "--firmware",
                paramLabel = "ID",
                description = "The package of the job. Without it, Alibaba needs a request for each package.")
        private @Nullable FirmwareId firmware;

        private Either<OtaFailure, List<UpgradeJob>> find(JobQueryPort jobs) {
            ClientToken wanted = Objects.requireNonNull(token, "token");
            return firmware == null ? jobs.findByToken(wanted) : jobs.findByToken(wanted, firmware);
        }
    }

    public ShowJobCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Reference given = Objects.requireNonNull(reference, "reference");
        JobRenderers renderers = new JobRenderers(root.environment().formatter());
        Token token = given.token;
        if (token != null) {
            return root.execute(
                    selected -> token.find(selected.backend().jobs())
                            .flatMap(jobs -> Either.sequenceRight(jobs.map(job -> withCounts(selected, job)))
                                    .map(List::ofAll)),
                    renderers.list());
        }
        List<JobId> ids = StandardInput.expand(List.of(given.ids), JobId::parse, root.environment());
        return ids.size() == 1
                ? root.execute(selected -> find(selected, ids.head()), renderers.one())
                : root.executeAll(
                        ids,
                        (selected, all) -> all.toJavaStream().map(id -> new LookupResult<>(id, find(selected, id))),
                        renderers.several());
    }

    private static Either<OtaFailure, UpgradeJob> find(SelectedBackend selected, JobId id) {
        return selected.backend().jobs().find(id).flatMap(job -> withCounts(selected, job));
    }

    private static Either<OtaFailure, UpgradeJob> withCounts(SelectedBackend selected, UpgradeJob job) {
        return job.counts().isDefined()
                ? Either.right(job)
                : selected.backend().jobs().counts(job.id()).map(job::withCounts);
    }
}
