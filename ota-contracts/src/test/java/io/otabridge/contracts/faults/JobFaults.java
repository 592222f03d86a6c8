package io.otabridge.contracts.faults;

import io.otabridge.contracts.faults.PlantedFault.Access;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceFilter;
import io.otabridge.domain.device.DeviceQueryPort;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.JobFilter;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobListener;
import io.otabridge.domain.job.JobQueryPort;
import io.otabridge.domain.job.JobWatch;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.job.command.JobCommandPort;
import io.otabridge.domain.job.command.JobCreation;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.TaskChanges;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.RequestEstimate;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Backends with the faults of {@link PlantedFault} in devices, jobs and tasks. */
class JobFaults extends Backend.Forwarding {

    private final Backend correct;

    private JobFaults(Backend correct) {
        super(correct);
        this.correct = correct;
    }

    // Methods to override

    Either<OtaFailure, JobCreation> create(JobRequest request) {
        return correct.jobCommands().create(request);
    }

    Either<OtaFailure, TaskChanges> cancel(JobId job, TaskFilter tasks) {
        return correct.jobCommands().cancel(job, tasks);
    }

    Either<OtaFailure, List<UpgradeJob>> findByToken(ClientToken token) {
        return correct.jobs().findByToken(token);
    }

    Either<OtaFailure, TaskCounts> counts(JobId job) {
        return correct.jobs().counts(job);
    }

    Pages<UpgradeTask> tasks(JobId job, TaskFilter filter) {
        return correct.jobs().tasks(job, filter);
    }

    Either<OtaFailure, Device> find(DeviceRef device) {
        return correct.devices().find(device);
    }

    Pages<Device> list(DeviceFilter filter) {
        return correct.devices().list(filter);
    }

    Either<OtaFailure, UpgradeJob> watch(JobId job, JobListener listener) {
        return correct.jobs()
                .watch(job, JobWatch.standard().every(Duration.ofMillis(1), Duration.ofMillis(1)), listener);
    }

    JobCommandPort dryRun() {
        return correct.jobCommands().dryRun();
    }

    // Faults

    /** A creation without a look at existing jobs. */
    static Backend creatingAgain(Backend correct, Access access) {
        return new JobFaults(correct) {
            @Override
            Either<OtaFailure, JobCreation> create(JobRequest request) {
                return super.create(withToken(request, ClientToken.random()));
            }
        };
    }

    private static JobRequest withToken(JobRequest request, ClientToken token) {
        return new JobRequest(
                request.firmware(),
                request.kind(),
                request.targets(),
                token,
                request.sourceVersions(),
                request.start(),
                request.end(),
                request.ratePerMinute(),
                request.retry(),
                request.timeout(),
                request.needsConfirmation(),
                request.replacesPending(),
                request.throughGateways(),
                request.tags());
    }

    static Backend forgettingTokens(Backend correct, Access access) {
        return new JobFaults(correct) {
            @Override
            Either<OtaFailure, JobCreation> create(JobRequest request) {
                return super.create(request)
                        .mapLeft(failure -> failure instanceof OtaFailure.OutcomeUnknown
                                ? new OtaFailure.OutcomeUnknown(failure.details(), Option.none())
                                : failure);
            }
        };
    }

    /** A job with the token is the result, whatever its package. */
    static Backend adoptingEveryJob(Backend correct, Access access) {
        return new JobFaults(correct) {
            @Override
            Either<OtaFailure, JobCreation> create(JobRequest request) {
                List<UpgradeJob> existing =
                        correct.jobs().findByToken(request.token()).get();
                return existing.isEmpty()
                        ? super.create(request)
                        : Either.right(new JobCreation(existing, true, Option.none(), Option.none(), List.empty()));
            }
        };
    }

    static Backend findingByStartOfToken(Backend correct, Access access) {
        return new JobFaults(correct) {
            @Override
            Either<OtaFailure, List<UpgradeJob>> findByToken(ClientToken token) {
                return correct.jobs()
                        .list(JobFilter.all())
                        .toList()
                        .map(jobs ->
                                jobs.filter(job -> job.token().get().value().startsWith(token.value())));
            }
        };
    }

    static Backend creatingInDryRuns(Backend correct, Access access) {
        return new JobFaults(correct) {
            @Override
            JobCommandPort dryRun() {
                return correct.jobCommands();
            }
        };
    }

    static BiFunction<Backend, Access, Backend> cancelling(
            UnaryOperator<TaskFilter> wrongFilter, UnaryOperator<TaskChanges> wrongResult) {
        return (correct, access) -> new JobFaults(correct) {
            @Override
            Either<OtaFailure, TaskChanges> cancel(JobId job, TaskFilter tasks) {
                return super.cancel(job, wrongFilter.apply(tasks)).map(wrongResult);
            }
        };
    }

    static TaskChanges withoutDevicesInProgress(TaskChanges changes) {
        return new TaskChanges(changes.accepted(), changes.refused(), List.empty(), 0, List.empty());
    }

    static TaskChanges withoutRefusals(TaskChanges changes) {
        return new TaskChanges(
                changes.accepted(), List.empty(), changes.inProgress(), changes.inProgressCount(), List.empty());
    }

    static TaskChanges acceptingTwo(TaskChanges changes) {
        return accepting(changes, Option.some(2L));
    }

    static TaskChanges withoutCount(TaskChanges changes) {
        return accepting(changes, Option.none());
    }

    private static TaskChanges accepting(TaskChanges changes, Option<Long> accepted) {
        return new TaskChanges(
                accepted, changes.refused(), changes.inProgress(), changes.inProgressCount(), changes.warnings());
    }

    static BiFunction<Backend, Access, Backend> listingTasks(
            UnaryOperator<TaskFilter> wrongFilter, UnaryOperator<UpgradeTask> wrongTask) {
        return (correct, access) -> new JobFaults(correct) {
            @Override
            Pages<UpgradeTask> tasks(JobId job, TaskFilter filter) {
                Pages<UpgradeTask> tasks = super.tasks(job, wrongFilter.apply(filter));
                return Pages.of(from ->
                        tasks.page(from).map(page -> new Page<>(page.items().map(wrongTask), page.next())));
            }
        };
    }

    static TaskFilter withoutDevices(TaskFilter filter) {
        return new TaskFilter(filter.states(), List.empty());
    }

    static UpgradeTask withoutFailure(UpgradeTask task) {
        return UpgradeTask.builder(task.job(), task.device(), task.state()).build();
    }

    static Backend countingOneTaskLess(Backend correct, Access access) {
        return new JobFaults(correct) {
            @Override
            Either<OtaFailure, TaskCounts> counts(JobId job) {
                return super.counts(job)
                        .map(counts -> new TaskCounts(counts.byState()
                                .put(TaskState.SUCCEEDED, Math.max(0, counts.of(TaskState.SUCCEEDED) - 1))));
            }
        };
    }

    static Backend endingWithTheFirstPoll(Backend correct, Access access) {
        return new JobFaults(correct) {
            @Override
            Either<OtaFailure, UpgradeJob> watch(JobId job, JobListener listener) {
                return correct.jobs().find(job).peek(listener::changed);
            }
        };
    }

    static Backend findingDevicesOfEveryProduct(Backend correct, Access access) {
        return new JobFaults(correct) {
            @Override
            Either<OtaFailure, Device> find(DeviceRef device) {
                return super.find(DeviceRef.of(device.id()));
            }
        };
    }

    static Backend withoutVersionsOfModules(Backend correct, Access access) {
        return new JobFaults(correct) {
            @Override
            Either<OtaFailure, Device> find(DeviceRef device) {
                return super.find(device)
                        .map(found -> Device.builder(found.id())
                                .versions(found.versions().get().take(1))
                                .build());
            }
        };
    }

    static Backend listingNoDevicesOfAllProducts(Backend correct, Access access) {
        return new JobFaults(correct) {
            @Override
            Pages<Device> list(DeviceFilter filter) {
                return super.list(filter).filter(device -> filter.product().isDefined());
            }
        };
    }

    // The backend

    @Override
    public Backend within(Duration deadline) {
        return this;
    }

    @Override
    public final DeviceQueryPort devices() {
        return new DeviceQueryPort() {
            @Override
            public Either<OtaFailure, Device> find(DeviceRef device) {
                return JobFaults.this.find(device);
            }

            @Override
            public Pages<Device> list(DeviceFilter filter) {
                return JobFaults.this.list(filter);
            }
        };
    }

    @Override
    public final JobQueryPort jobs() {
        return new JobQueryPort() {
            @Override
            public Either<OtaFailure, UpgradeJob> find(JobId id) {
                return correct.jobs().find(id);
            }

            @Override
            public Either<OtaFailure, List<UpgradeJob>> findByToken(ClientToken token, FirmwareId firmware) {
                return correct.jobs().findByToken(token, firmware);
            }

            @Override
            public Either<OtaFailure, List<UpgradeJob>> findByToken(ClientToken token) {
                return JobFaults.this.findByToken(token);
            }

            @Override
            public Pages<UpgradeJob> list(JobFilter filter) {
                return correct.jobs().list(filter);
            }

            @Override
            public Either<OtaFailure, TaskCounts> counts(JobId id) {
                return JobFaults.this.counts(id);
            }

            @Override
            public Pages<UpgradeTask> tasks(JobId job, TaskFilter filter) {
                return JobFaults.this.tasks(job, filter);
            }

            @Override
            public Either<OtaFailure, RequestEstimate> estimate(JobId job, TaskFilter filter) {
                return correct.jobs().estimate(job, filter);
            }

            @Override
            public Either<OtaFailure, UpgradeJob> watch(JobId id, JobWatch watch, JobListener listener) {
                return JobFaults.this.watch(id, listener);
            }

            @Override
            public OtaFailure unsupported(Capability missing) {
                return correct.jobs().unsupported(missing);
            }
        };
    }

    @Override
    public final JobCommandPort jobCommands() {
        return new JobCommandPort() {
            @Override
            public Either<OtaFailure, JobCreation> create(JobRequest request) {
                return JobFaults.this.create(request);
            }

            @Override
            public Either<OtaFailure, TaskChanges> cancel(JobId job, TaskFilter tasks) {
                return JobFaults.this.cancel(job, tasks);
            }

            @Override
            public JobCommandPort dryRun() {
                return JobFaults.this.dryRun();
            }

            @Override
            public OtaFailure unsupported(Capability missing) {
                return correct.jobCommands().unsupported(missing);
            }
        };
    }
}
