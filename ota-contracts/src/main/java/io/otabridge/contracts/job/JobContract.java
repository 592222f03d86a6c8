package io.otabridge.contracts.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.otabridge.contracts.PortOperation;
import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Reported;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.FailureReason;
import io.otabridge.domain.job.JobFilter;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobOutcome;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.JobWatch;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.TaskFailure;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.job.command.JobCommandPort;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.otabridge.domain.job.command.JobUpdate;
import io.otabridge.domain.job.command.TaskChanges;
import io.otabridge.domain.page.PageToken;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link io.otabridge.domain.job.JobQueryPort}, and of the commands of {@link JobCommandPort} for
 * existing jobs. The test class of an adapter implements this interface and its hooks, and inherits the tests.
 */
public interface JobContract extends JobCreationContract {

    /** Lets the devices begin their upgrades, so that the tasks that are not waiting for a confirmation are running. */
    void letDevicesBegin();

    /** Whether the vendor counts running tasks and waiting tasks separately. */
    default boolean countsChangeWhenDevicesBegin() {
        return true;
    }

    /** Lets the upgrades of a device fail in the installation from now on. */
    void failDevice(DeviceId device);

    /** Lets the upgrades of a device succeed again. */
    void repairDevice(DeviceId device);

    /** Makes the vendor report this state for a job. Returns false if the vendor has no text for a state. */
    boolean givenJobState(JobId job, String raw);

    /** Makes the vendor report this state for a task. Returns false if the vendor has no text for a state. */
    boolean givenTaskState(JobId job, DeviceId device, String raw);

    /** Makes the vendor report this name and this message of a job. Returns false if it has no such texts. */
    boolean givenJobTexts(JobId job, String name, String message);

    /** Makes the vendor report that a task failed with this message. Returns false if it has no such text. */
    boolean givenFailedTask(JobId job, DeviceId device, String message);

    /**
     * Runs this action once, after the vendor received the next cancellation and before it handles it. Returns false if
     * this is not possible.
     */
    boolean beforeNextCancellation(Runnable action);

    /** Whether the vendor reports how many tasks a cancellation of a job changed. */
    default boolean countsCancelledTasks() {
        return true;
    }

    /** Returns an id that no job has. */
    JobId noJob();

    private TaskState stateOf(JobId job, DeviceId device) {
        return tasks(job, TaskFilter.ofDevices(device)).head().state().value();
    }

    private List<UpgradeTask> tasks(JobId job, TaskFilter filter) {
        return backend().jobs().tasks(job, filter).toList().get();
    }

    private List<DeviceId> devices(JobId job, TaskFilter filter) {
        return tasks(job, filter).map(UpgradeTask::device).sortBy(DeviceId::value);
    }

    private TaskCounts counts(JobId job) {
        return backend().jobs().counts(job).get();
    }

    private JobCommandPort commands() {
        return backend().jobCommands();
    }

    private boolean canCancel(JobId job) {
        return isSupported(Capability.CANCEL_JOB, () -> commands().cancel(job, TaskFilter.all()));
    }

    private boolean canRetry(JobId job) {
        return isSupported(Capability.RETRY_TASKS, () -> commands().retry(job, TaskFilter.all()));
    }

    @Override
    default List<PortOperation> moreOperations() {
        List<PortOperation> operations = JobCreationContract.super.moreOperations();
        if (!backend().capabilities().has(Capability.CREATE_JOB)) {
            return operations;
        }
        DeviceRef device = addDevice("busy", DeviceContract.version("1.0.0"));
        FirmwareId firmware = addFirmware("2.2.0", true);
        JobId job = create(upgrade(firmware, List.of(device.id()))
                        .token(ClientToken.of("existing"))
                        .build())
                .get()
                .jobs()
                .head()
                .id();
        JobFilter ofFirmware = JobFilter.all().firmware(firmware);
        return operations
                .appendAll(List.of(
                                PortOperation.read(
                                        "jobs().find", backend -> backend.jobs().find(job)),
                                PortOperation.read(
                                        "jobs().counts",
                                        backend -> backend.jobs().counts(job)),
                                PortOperation.read(
                                        "jobs().list",
                                        backend ->
                                                backend.jobs().list(ofFirmware).page(PageToken.FIRST)),
                                PortOperation.read(
                                        "jobs().tasks",
                                        backend -> backend.jobs()
                                                .tasks(job, TaskFilter.all())
                                                .toList()),
                                PortOperation.read(
                                        "jobs().estimate",
                                        backend -> backend.jobs().estimate(job, TaskFilter.all())))
                        .appendAll(declared(
                                Capability.FIND_JOB_BY_TOKEN,
                                PortOperation.read(
                                        "jobs().findByToken",
                                        backend -> backend.jobs().findByToken(TOKEN, firmware))))
                        .appendAll(declared(
                                Capability.LIST_UNFINISHED_TASKS,
                                PortOperation.read(
                                        "jobs().unfinishedTasks",
                                        backend -> backend.jobs().unfinishedTasks(device)))))
                .appendAll(
                        changes(Capability.CANCEL_JOB, "cancel", commands -> commands.cancel(job, TaskFilter.all())));
    }

    private List<PortOperation> declared(Capability capability, PortOperation operation) {
        return backend().capabilities().has(capability) ? List.of(operation) : List.empty();
    }

    private List<PortOperation> changes(
            Capability capability, String name, Function<JobCommandPort, Either<OtaFailure, ?>> call) {
        return backend().capabilities().has(capability)
                ? PortOperation.changeAndDryRun(
                        "jobCommands()." + name,
                        PortOperation.Effect.CHANGE,
                        backend -> backend.jobCommands(),
                        JobCommandPort::dryRun,
                        call)
                : List.empty();
    }

    @Test
    default void a_job_that_does_not_exist_is_not_found() {
        JobId unknown = noJob();
        if (canCreateJobs()) {
            List<Either<OtaFailure, ?>> results = List.of(
                    backend().jobs().find(unknown),
                    backend().jobs().counts(unknown),
                    backend().jobs().tasks(unknown, TaskFilter.all()).toList());
            for (Either<OtaFailure, ?> result : results) {
                assertThat(result.getLeft()).isInstanceOf(OtaFailure.NotFound.class);
                expectOriginAndAdvice(result.getLeft());
            }
        }
        if (canCancel(unknown)) {
            assertThat(commands().cancel(unknown, TaskFilter.all()).getLeft()).isInstanceOf(OtaFailure.NotFound.class);
        }
        if (canRetry(unknown)) {
            assertThat(commands().retry(unknown, TaskFilter.all()).getLeft()).isInstanceOf(OtaFailure.NotFound.class);
        }
    }

    @Test
    default void an_outage_is_not_an_empty_list_of_tasks_or_jobs() {
        assumeTrue(supportsScenario(FailureScenario.VENDOR_OUTAGE), "this vendor has no outages");
        List<DeviceId> devices = addDevices(1);
        if (canCreateJobs()) {
            UpgradeJob job = createJob(devices);
            givenFailure(FailureScenario.VENDOR_OUTAGE);

            expectListFailure(backend().jobs().tasks(job.id(), TaskFilter.all()), FailureScenario.VENDOR_OUTAGE);
            expectListFailure(
                    backend()
                            .jobs()
                            .list(JobFilter.all().firmware(job.firmware().head())),
                    FailureScenario.VENDOR_OUTAGE);
        }
    }

    @Test
    default void a_cancellation_names_the_devices_that_were_upgrading() {
        List<DeviceId> devices = addDevices(2);
        if (canCreateJobs() && canCancel(noJob())) {
            JobId job = createJob(devices).id();
            letDevicesBegin();

            TaskChanges changes = DeviceContract.successOf(commands().cancel(job, TaskFilter.all()));

            assertThat(changes.inProgress().sortBy(DeviceId::value)).containsExactlyElementsOf(devices);
            assertThat(changes.inProgressCount()).isEqualTo(2);
            letDevicesFinish();
            assertThat(backend().jobs().find(job).get().state().is(JobState.CANCELLED, JobState.FINISHED))
                    .isTrue();
        }
    }

    @Test
    default void a_cancellation_after_the_end_changes_nothing() {
        List<DeviceId> devices = addDevices(2);
        if (canCreateJobs() && canCancel(noJob())) {
            JobId job = createJob(devices).id();
            letDevicesFinish();

            expectNothingChanged(commands().cancel(job, TaskFilter.all()));
            assertThat(counts(job).of(TaskState.SUCCEEDED)).isEqualTo(2);
            assertThat(backend().jobs().find(job).get().state().value()).isEqualTo(JobState.FINISHED);
        }
    }

    @Test
    default void a_second_cancellation_changes_nothing() {
        List<DeviceId> devices = addDevices(2);
        if (canCreateJobs() && canCancel(noJob())) {
            JobId job = createJob(devices).id();
            DeviceContract.successOf(commands().cancel(job, TaskFilter.all()));
            letDevicesFinish();

            expectNothingChanged(commands().cancel(job, TaskFilter.all()));
            assertThat(backend().jobs().find(job).get().state().value()).isEqualTo(JobState.CANCELLED);
            assertThat(counts(job).of(TaskState.CANCELLED)).isEqualTo(2);
        }
    }

    /** The vendor knows that there was nothing to change. */
    private static void expectNothingChanged(Either<OtaFailure, TaskChanges> result) {
        TaskChanges changes = DeviceContract.successOf(result);
        assertThat(changes.accepted()).contains(0L);
        assertThat(changes.refused()).isEmpty();
        assertThat(changes.inProgress()).isEmpty();
        assertThat(changes.inProgressCount()).isZero();
    }

    @Test
    default void a_cancellation_that_arrives_after_the_end_does_not_count_the_devices_that_finished() {
        List<DeviceId> devices = addDevices(2);
        if (canCreateJobs() && canCancel(noJob())) {
            JobId job = createJob(devices).id();
            letDevicesBegin();
            if (beforeNextCancellation(this::letDevicesFinish)) {
                expectNoneAccepted(commands().cancel(job, TaskFilter.all()));

                assertThat(counts(job).of(TaskState.SUCCEEDED)).isEqualTo(2);
                assertThat(backend().jobs().find(job).get().state().value()).isEqualTo(JobState.FINISHED);
            }
        }
    }

    @Test
    default void a_cancellation_of_devices_that_finish_meanwhile_refuses_them() {
        List<DeviceId> devices = addDevices(2);
        if (canCreateJobs() && canCancel(noJob())) {
            JobId job = createJob(devices).id();
            letDevicesBegin();
            if (beforeNextCancellation(this::letDevicesFinish)) {
                Either<OtaFailure, TaskChanges> late = commands().cancel(job, TaskFilter.ofDevices(devices));

                expectNoneAccepted(late);
                late.forEach(changes -> {
                    assertThat(changes.refused().map(TaskChanges.Refused::device))
                            .containsExactlyInAnyOrderElementsOf(devices);
                    changes.refused().forEach(refused -> expectOriginAndAdvice(refused.failure()));
                });
                assertThat(counts(job).of(TaskState.SUCCEEDED)).isEqualTo(2);
            }
        }
    }

    /** The vendor may reject the cancellation of what has ended, or not report how many tasks it changed. */
    private void expectNoneAccepted(Either<OtaFailure, TaskChanges> late) {
        if (late.isLeft()) {
            assertThat(late.getLeft()).isInstanceOf(OtaFailure.Rejected.class);
            expectOriginAndAdvice(late.getLeft());
        } else {
            assertThat(late.get().accepted().getOrElse(0L)).isZero();
        }
    }

    @Test
    default void a_cancellation_of_some_devices_spares_the_others() {
        List<DeviceId> devices = addDevices(3);
        if (canCreateJobs() && canCancel(noJob())) {
            JobId job = createJob(devices).id();

            DeviceContract.successOf(commands().cancel(job, TaskFilter.ofDevices(devices.head())));
            letDevicesFinish();

            assertThat(stateOf(job, devices.head())).isEqualTo(TaskState.CANCELLED);
            assertThat(devices(job, TaskFilter.inState(TaskState.SUCCEEDED))).containsExactlyElementsOf(devices.tail());
        }
    }

    @Test
    default void a_cancellation_of_tasks_that_have_not_started_spares_running_ones() {
        List<DeviceId> devices = addDevices(2);
        if (canCreateJobs() && canCancel(noJob())) {
            JobId job = createJob(devices).id();
            letDevicesBegin();

            TaskChanges changes = DeviceContract.successOf(commands().cancel(job, TaskFilter.notStarted()));
            letDevicesFinish();

            assertThat(changes.accepted()).isEqualTo(Option.when(countsCancelledTasks(), 0L));
            assertThat(counts(job).of(TaskState.SUCCEEDED)).isEqualTo(2);
        }
    }

    @Test
    default void a_device_without_a_task_is_refused_by_name() {
        List<DeviceId> devices = addDevices(2);
        if (canCreateJobs() && canCancel(noJob())) {
            JobId job = createJob(List.of(devices.head())).id();

            TaskChanges changes = DeviceContract.successOf(commands().cancel(job, TaskFilter.ofDevices(devices)));

            assertThat(changes.refused().map(TaskChanges.Refused::device)).containsExactly(devices.last());
            expectOriginAndAdvice(changes.refused().head().failure());
            assertThat(stateOf(job, devices.head())).isEqualTo(TaskState.CANCELLED);
        }
    }

    @Test
    default void a_dry_run_of_a_cancellation_changes_nothing() {
        List<DeviceId> devices = addDevices(2);
        if (canCreateJobs() && canCancel(noJob())) {
            JobId job = createJob(devices).id();

            DeviceContract.successOf(commands().dryRun().cancel(job, TaskFilter.all()));
            letDevicesFinish();

            assertThat(counts(job).of(TaskState.SUCCEEDED)).isEqualTo(2);
        }
    }

    @Test
    default void a_failed_device_is_named_with_its_reason_and_can_be_retried() {
        List<DeviceId> devices = addDevices(3);
        if (canCreateJobs() && canRetry(noJob())) {
            failDevice(devices.head());
            JobId job = createJob(devices).id();
            letDevicesFinish();

            UpgradeTask failed =
                    tasks(job, TaskFilter.inState(TaskState.FAILED)).head();
            assertThat(failed.device()).isEqualTo(devices.head());
            assertThat(failed.failure().map(TaskFailure::reason)).contains(FailureReason.INSTALLATION);
            assertThat(backend().jobs().find(job).get().withCounts(counts(job)).outcome())
                    .contains(JobOutcome.SOME_SUCCEEDED);

            repairDevice(devices.head());
            TaskChanges retried = DeviceContract.successOf(commands().retry(job, TaskFilter.all()));
            letDevicesFinish();

            assertThat(retried.refused()).isEmpty();
            assertThat(retried.accepted().getOrElse(1L)).isEqualTo(1);
            assertThat(stateOf(job, devices.head())).isEqualTo(TaskState.SUCCEEDED);
            assertThat(backend().jobs().find(job).get().withCounts(counts(job)).outcome())
                    .contains(JobOutcome.ALL_SUCCEEDED);
        }
    }

    @Test
    default void a_retry_of_a_job_without_failures_changes_nothing() {
        List<DeviceId> devices = addDevices(1);
        if (canCreateJobs() && canRetry(noJob())) {
            JobId job = createJob(devices).id();
            letDevicesFinish();

            expectNothingChanged(commands().retry(job, TaskFilter.all()));
            assertThat(counts(job).of(TaskState.SUCCEEDED)).isEqualTo(1);
        }
    }

    @Test
    default void tasks_wait_until_they_are_confirmed() {
        List<DeviceId> devices = addDevices(2);
        JobRequest request =
                upgrade(addFirmware(), devices).needsConfirmation(true).build();
        if (isSupported(Capability.CONFIRM_TASKS, () -> create(request))) {
            JobId job = DeviceContract.successOf(create(request)).jobs().head().id();
            letDevicesFinish();
            assertThat(counts(job).of(TaskState.AWAITING_CONFIRMATION)).isEqualTo(2);

            TaskChanges confirmed =
                    DeviceContract.successOf(commands().confirm(job, TaskFilter.ofDevices(devices.head())));
            letDevicesFinish();

            assertThat(confirmed.refused()).isEmpty();
            assertThat(stateOf(job, devices.head())).isEqualTo(TaskState.SUCCEEDED);
            // After the first confirmation Huawei reports both with the same text.
            assertThat(stateOf(job, devices.last())).isIn(TaskState.AWAITING_CONFIRMATION, TaskState.QUEUED);
        }
    }

    @Test
    default void tasks_are_listed_by_state_and_by_device() {
        List<DeviceId> devices = addDevices(3);
        if (canCreateJobs()) {
            failDevice(devices.get(1));
            JobId job = createJob(devices).id();
            letDevicesFinish();

            assertThat(devices(job, TaskFilter.all())).containsExactlyElementsOf(devices);
            assertThat(devices(job, TaskFilter.inState(TaskState.FAILED))).containsExactly(devices.get(1));
            assertThat(devices(job, TaskFilter.inState(TaskState.FAILED, TaskState.SUCCEEDED)))
                    .containsExactlyElementsOf(devices);
            assertThat(devices(job, TaskFilter.inState(TaskState.QUEUED, TaskState.RUNNING)))
                    .isEmpty();
            assertThat(devices(job, TaskFilter.ofDevices(devices.take(2)).withStates(TaskState.SUCCEEDED)))
                    .containsExactly(devices.head());
            assertThat(devices(job, TaskFilter.ofDevices(DeviceId.of("unknown-device"))))
                    .isEmpty();
        }
    }

    @Test
    default void counts_agree_with_the_tasks() {
        List<DeviceId> devices = addDevices(3);
        if (canCreateJobs()) {
            failDevice(devices.head());
            JobId job = createJob(devices).id();
            letDevicesBegin();
            assertThat(counts(job).total()).isEqualTo(3);
            letDevicesFinish();

            TaskCounts counts = counts(job);

            assertThat(counts.total()).isEqualTo(3);
            assertThat(counts.of(TaskState.FAILED)).isEqualTo(1);
            assertThat(counts.of(TaskState.SUCCEEDED)).isEqualTo(2);
            assertThat(counts.ended()).isEqualTo(3);
            assertThat(backend().jobs().estimate(job, TaskFilter.all()).get().items())
                    .isEqualTo(3);
        }
    }

    @Test
    default void an_unknown_state_of_a_task_keeps_the_text_of_the_vendor() {
        List<DeviceId> devices = addDevices(1);
        if (canCreateJobs()) {
            JobId job = createJob(devices).id();
            if (givenTaskState(job, devices.head(), "Dreaming")) {
                assertThat(tasks(job, TaskFilter.all()).map(UpgradeTask::state))
                        .containsOnly(new Reported<>(TaskState.UNKNOWN, "Dreaming"));
            }
        }
    }

    @Test
    default void an_unknown_state_of_a_job_keeps_the_text_of_the_vendor() {
        List<DeviceId> devices = addDevices(1);
        if (canCreateJobs()) {
            JobId job = createJob(devices).id();
            if (givenJobState(job, "Dreaming")) {
                UpgradeJob found = backend().jobs().find(job).get();

                assertThat(found.state()).isEqualTo(new Reported<>(JobState.UNKNOWN, "Dreaming"));
                assertThat(found.isFinal()).isFalse();
            }
        }
    }

    @Test
    default void texts_of_a_job_hold_no_secret_and_no_control_characters() {
        List<DeviceId> devices = addDevices(1);
        if (canCreateJobs()) {
            JobId job = createJob(devices).id();
            if (givenJobTexts(job, UNUSUAL_TEXT, hostile())) {
                UpgradeJob found = backend().jobs().find(job).get();

                assertThat(found.name()).contains(UNUSUAL_TEXT);
                expectHarmless(found.message());
            }
        }
    }

    @Test
    default void the_output_of_a_failed_device_holds_no_secret_and_no_control_characters() {
        List<DeviceId> devices = addDevices(1);
        if (canCreateJobs()) {
            JobId job = createJob(devices).id();
            if (givenFailedTask(job, devices.head(), hostile())) {
                UpgradeTask failed = tasks(job, TaskFilter.all()).head();

                expectHarmless(failed.message());
                expectHarmless(failed.failure().flatMap(TaskFailure::message));
            }
        }
    }

    private String hostile() {
        return UNUSUAL_TEXT + "\n\u001B[2J" + String.join(" ", secrets()) + " end " + "x".repeat(10_000);
    }

    private void expectHarmless(Option<String> text) {
        assertThat(text.get()).startsWith("Lamp \"7\" <b>").contains("灯");
        assertThat(text.get()).doesNotContainPattern("[\\p{Cc}\\p{Cf}]").hasSizeLessThan(1_000);
        secrets().forEach(secret -> assertThat(text.get()).doesNotContain(secret));
    }

    @Test
    default void a_device_has_its_unfinished_tasks_only() {
        List<DeviceId> devices = addDevices(1);
        DeviceRef device = DeviceRef.of(deviceProduct(), devices.head());
        if (isSupported(Capability.LIST_UNFINISHED_TASKS, () -> backend().jobs().unfinishedTasks(device))) {
            JobId job = createJob(devices).id();

            List<UpgradeTask> unfinished =
                    backend().jobs().unfinishedTasks(device).get();
            letDevicesFinish();

            assertThat(unfinished.map(UpgradeTask::job)).containsExactly(job);
            assertThat(backend().jobs().unfinishedTasks(device).get()).isEmpty();
        }
    }

    @Test
    default void jobs_are_listed_by_device() {
        List<DeviceId> devices = addDevices(2);
        if (canCreateJobs()) {
            UpgradeJob job = createJob(List.of(devices.head()));
            JobFilter filter = JobFilter.all().firmware(job.firmware().head()).product(deviceProduct());
            JobFilter first = filter.device(DeviceRef.of(deviceProduct(), devices.head()));
            JobFilter last = filter.device(DeviceRef.of(deviceProduct(), devices.last()));
            if (isSupported(
                    Capability.LIST_JOBS_OF_DEVICE,
                    () -> backend().jobs().list(first).toList())) {
                assertThat(backend().jobs().list(first).toList().get().map(UpgradeJob::id))
                        .containsExactly(job.id());
                assertThat(backend().jobs().list(last).toList().get()).isEmpty();
            }
        }
    }

    @Test
    default void jobs_are_listed_by_state() {
        List<DeviceId> devices = addDevices(1);
        if (canCreateJobs()) {
            UpgradeJob job = createJob(devices);
            letDevicesFinish();
            JobFilter filter = JobFilter.all().firmware(job.firmware().head());

            assertThat(backend()
                            .jobs()
                            .list(filter.states(JobState.FINISHED))
                            .toList()
                            .get()
                            .map(UpgradeJob::id))
                    .containsExactly(job.id());
            assertThat(backend()
                            .jobs()
                            .list(filter.states(JobState.RUNNING, JobState.CANCELLED))
                            .toList()
                            .get())
                    .isEmpty();
        }
    }

    @Test
    default void a_watch_reports_changes_until_the_job_ends() {
        List<DeviceId> devices = addDevices(2);
        if (canCreateJobs()) {
            failDevice(devices.head());
            JobId job = createJob(devices).id();
            java.util.List<UpgradeJob> changes = new ArrayList<>();
            AtomicInteger calls = new AtomicInteger();

            UpgradeJob ended = backend()
                    .jobs()
                    .watch(job, JobWatch.standard().every(Duration.ofMillis(1), Duration.ofMillis(10)), changed -> {
                        changes.add(changed);
                        if (calls.incrementAndGet() == 1 && countsChangeWhenDevicesBegin()) {
                            letDevicesBegin();
                        } else {
                            letDevicesFinish();
                        }
                    })
                    .get();

            assertThat(ended.state().value()).isEqualTo(JobState.FINISHED);
            assertThat(ended.outcome()).contains(JobOutcome.SOME_SUCCEEDED);
            assertThat(changes).allMatch(changed -> changed.counts().isDefined());
            assertThat(changes.get(changes.size() - 1)).isEqualTo(ended);
        }
    }

    @Test
    default void a_continuous_job_upgrades_devices_that_come_later_until_it_is_cancelled() {
        List<DeviceId> devices = addDevices(1);
        JobRequest request = JobRequest.upgrade(addFirmware(), JobTargets.continuous())
                .sourceVersion(FirmwareVersion.of("1.0.0"))
                .token(TOKEN)
                .build();
        if (isSupported(Capability.CONTINUOUS_JOB, () -> create(request))) {
            JobId job = DeviceContract.successOf(create(request)).jobs().head().id();
            letDevicesFinish();
            DeviceId later =
                    addDevice("lamp-later", DeviceContract.version("1.0.0")).id();
            letDevicesFinish();

            assertThat(devices(job, TaskFilter.inState(TaskState.SUCCEEDED)))
                    .containsExactlyInAnyOrder(devices.head(), later);
            assertThat(backend().jobs().find(job).get().isFinal()).isFalse();
            DeviceContract.successOf(commands().cancel(job, TaskFilter.all()));
            assertThat(backend().jobs().find(job).get().state().value()).isEqualTo(JobState.CANCELLED);
        }
    }

    @Test
    default void an_update_changes_the_rate_and_keeps_the_token() {
        List<DeviceId> devices = addDevices(1);
        if (canCreateJobs()
                && isSupported(Capability.UPDATE_JOB, () -> commands().update(noJob(), JobUpdate.none()))) {
            UpgradeJob job = createJob(devices);

            UpgradeJob updated = DeviceContract.successOf(
                    commands().update(job.id(), JobUpdate.none().ratePerMinute(50)));

            assertThat(updated.ratePerMinute()).contains(50);
            assertThat(backend().jobs().find(job.id()).get().ratePerMinute()).contains(50);
            assertThat(updated.token()).isEqualTo(job.token());
            assertThat(updated.tags()).isEqualTo(job.tags());
        }
    }

    @Test
    default void only_a_job_that_has_ended_can_be_deleted() {
        List<DeviceId> devices = addDevices(1);
        if (canCreateJobs()
                && isSupported(Capability.DELETE_JOB, () -> commands().delete(noJob()))) {
            JobId job = createJob(devices).id();

            assertThat(commands().delete(job).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
            letDevicesFinish();
            assertThat(commands().dryRun().delete(job)).isEqualTo(Either.right(DeleteResult.DELETED));
            assertThat(commands().delete(job)).isEqualTo(Either.right(DeleteResult.DELETED));
            assertThat(commands().delete(job)).isEqualTo(Either.right(DeleteResult.NOT_FOUND));
            assertThat(jobsAtVendor()).isZero();
        }
    }
}
