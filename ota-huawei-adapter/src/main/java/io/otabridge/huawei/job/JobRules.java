package io.otabridge.huawei.job;

import io.otabridge.client.OperationClient;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.RetryPolicy;
import io.otabridge.domain.job.command.JobRequest;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;

/** The rules of the document "Create a Batch Task", which are checked before anything is created. */
record JobRules(OperationClient client, JobOperations operations, Clock clock) {

    private static final Duration MAX_AHEAD = Duration.ofDays(7);
    private static final int MAX_RETRIES = 5;
    private static final long MAX_INTERVAL_MINUTES = 1440;

    /** The rules that need no look-up. */
    Either<OtaFailure, JobRequest> check(JobRequest request) {
        return client.check(operations.createJob, new JobOperations.NewTask(request, ""))
                .flatMap(valid -> request.retry()
                        .filter(retry -> !isAllowed(retry))
                        .<Either<OtaFailure, JobRequest>>map(retry -> rejected(
                                Message.of(
                                        "Huawei allows 1 to 5 retries after 0 to 1440 whole minutes, not {0} after {1}",
                                        retry.count(), retry.interval()),
                                "Choose other values; nothing was created"))
                        .getOrElse(Either.right(request)))
                .flatMap(valid -> request.start()
                                .exists(start -> start.isAfter(clock.instant().plus(MAX_AHEAD)))
                        ? rejected(
                                Message.of(
                                        "Huawei starts jobs at most 7 days ahead, not at {0}",
                                        request.start().get()),
                                "Choose an earlier start; nothing was created")
                        : Either.right(request));
    }

    private static boolean isAllowed(RetryPolicy retry) {
        Duration interval = retry.interval();
        return retry.count() <= MAX_RETRIES
                && interval.toMinutes() <= MAX_INTERVAL_MINUTES
                && interval.equals(Duration.ofMinutes(interval.toMinutes()));
    }

    /** The rules that depend on the package. Returns the type of the task. */
    Either<OtaFailure, String> check(JobRequest request, Firmware firmware) {
        Option<String> type = TaskType.of(firmware.target());
        if (type.isEmpty()) {
            return rejected(
                    Message.of(
                            "Firmware {0} has no known package type, so the type of its job is unknown", firmware.id()),
                    "Create the job in the vendor's console; nothing was created");
        }
        List<FirmwareVersion> sources = firmware.sourceVersions();
        if (request.sourceVersions().nonEmpty()
                && !request.sourceVersions().toSet().equals(sources.toSet())) {
            return rejected(
                    Message.of(
                            "On Huawei source versions belong to the package, and firmware {0} is for {1}",
                            firmware.id(),
                            sources.isEmpty() ? "any version" : "the versions " + sources.mkString(", ")),
                    "Leave out the source versions, or publish a package with these; nothing was created");
        }
        if (request.throughGateways() && type.contains(TaskType.MODULE)) {
            return rejected(
                    Message.of("Huawei notifies devices through their gateway for firmware and software only, not for"
                            + " modules"),
                    "Leave out the gateway mode; nothing was created");
        }
        return Either.right(type.get());
    }

    /** A start in the past is allowed only if nothing is created, because all jobs of the request exist. */
    Either<OtaFailure, JobRequest> checkStart(JobRequest request, boolean isComplete) {
        boolean isPast = request.start().exists(start -> !start.isAfter(clock.instant()));
        return isPast && !isComplete
                ? rejected(
                        Message.of(
                                "The start of the job, {0}, is not in the future",
                                request.start().get()),
                        "Choose a later start, or none to start now; nothing was created")
                : Either.right(request);
    }

    <T> Either<OtaFailure, T> rejected(Message summary, String advice) {
        OperationContext origin = client.contextOf(operations.createJob);
        return Either.left(new OtaFailure.Rejected(FailureDetails.of(origin, summary, Message.of(advice))));
    }
}
