package io.otabridge.cli.command.job;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.ChangeOptions;
import io.otabridge.cli.context.Prompt;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.option.FirmwareReference;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.job.JobKind;
import io.otabridge.domain.job.command.JobCreation;
import io.otabridge.domain.job.command.JobRequest;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.util.function.Function;

/** Shows a new job, asks for a confirmation, creates it, and prints the result. */
record NewJob(OtaCommand root, ChangeOptions options) {

    private static final Prompt PROMPT = new Prompt("Create", "creation", "No job was created");

    /**
     * Runs the command. Returns its exit code.
     *
     * @param request returns the request for the package
     */
    int run(FirmwareReference firmware, Function<Firmware, JobRequest> request) {
        return root.run(selected -> firmware.find(selected)
                .flatMap(found -> run(selected, found, request.apply(found)))
                .getOrElseGet(root.errors()::failure));
    }

    private Either<OtaFailure, Integer> run(SelectedBackend selected, Firmware firmware, JobRequest request) {
        return selected.jobCommands(true)
                .listDevices(request)
                .map(listed -> new JobPlan(firmware, listed, root.environment().formatter()))
                .flatMap(plan -> create(selected, plan).map(creation -> {
                    root.print(selected, creation, plan.renderers(options.isDryRun()));
                    creation.warnings().forEach(root.hints()::note);
                    return ExitCode.FOUND;
                }));
    }

    private Either<OtaFailure, JobCreation> create(SelectedBackend selected, JobPlan plan) {
        JobRequest request = plan.request();
        Either<OtaFailure, JobCreation> dryRun = options.isConfirmed() && !options.isDryRun() && !plan.needsCount()
                ? Either.right(plan.uncounted())
                : selected.jobCommands(true).create(request);
        if (options.isDryRun() || dryRun.isLeft() || dryRun.get().alreadyExisted()) {
            return dryRun;
        }
        if (options.isConfirmed() || root.environment().terminal().canAsk()) {
            root.environment().err().print(plan.text(selected.backend(), dryRun.get()));
            dryRun.get().warnings().forEach(root.hints()::note);
        }
        if (!options.isConfirmed()) {
            confirm(selected, plan, dryRun.get());
        }
        boolean isFoundByToken = selected.backend().capabilities().has(Capability.FIND_JOB_BY_TOKEN);
        root.hints()
                .note(
                        isFoundByToken
                                ? "the client token of this job is " + request.token()
                                        + ". After a lost response, repeat the command with --token " + request.token()
                                : "the vendor stores no client token: list the jobs of the package before you repeat"
                                        + " the command");
        return root.change(
                selected,
                "the creation of " + plan.kind() + " " + request.token(),
                isFoundByToken
                        ? List.of(
                                "job",
                                "show",
                                "--token",
                                request.token().value(),
                                "--firmware",
                                request.firmware().value())
                        : List.of(
                                "job", "list", "--firmware", request.firmware().value()),
                () -> selected.jobCommands(false).create(request));
    }

    private void confirm(SelectedBackend selected, JobPlan plan, JobCreation dryRun) {
        options.confirm(
                PROMPT,
                (plan.request().kind() == JobKind.VERIFICATION ? "this verification" : "this job") + " for "
                        + plan.devices(dryRun) + " on backend "
                        + selected.backend().name(),
                root.environment());
    }
}
