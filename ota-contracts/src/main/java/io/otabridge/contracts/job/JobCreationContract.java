package io.otabridge.contracts.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.contracts.PortOperation;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.JobFilter;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobKind;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.job.command.JobCommandPort;
import io.otabridge.domain.job.command.JobCreation;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.otabridge.domain.product.DeviceGroupId;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contract of {@link JobCommandPort#create} and of the queries that find a job again: a job is never created twice.
 * The test class of an adapter implements this interface and its hooks, and inherits the tests.
 */
public interface JobCreationContract extends DeviceContract {

    /** The token of the jobs of this contract. */
    ClientToken TOKEN = ClientToken.of("contract_token");

    /**
     * Adds a package for the whole device to the product of {@link #deviceProduct}, with a file that devices can
     * download.
     *
     * @param isVerified whether the package is verified, so that upgrades may use it
     */
    FirmwareId addFirmware(String version, boolean isVerified);

    /** Returns an id that no package has. */
    FirmwareId noFirmware();

    /** Returns the number of jobs at the vendor. */
    long jobsAtVendor();

    /** Makes the vendor create the next job and then close the connection without a response. */
    void loseNextJobResponse();

    /** Closes the connection of the next creation of a job before the vendor receives it. */
    void dropNextJobCreation();

    /** Returns how many devices a job of the backend under test accepts; absent if they are too many for a test. */
    Option<Integer> maxDevicesOfJob();

    /** Returns requests that are valid in the domain but violate the vendor's rules; empty if it has none. */
    List<JobRequest> invalidJobs(FirmwareId firmware, DeviceId device);

    /**
     * Returns requests that violate only rules for new jobs, such as a start in the past. A repeated creation may
     * violate them, so a backend may look for the job first. Empty if the vendor has no such rules.
     */
    default List<JobRequest> invalidNewJobs(FirmwareId firmware, DeviceId device) {
        return List.empty();
    }

    /** Returns how many requests to create a job were sent, including those that the vendor rejected. */
    default long jobCreationsSent() {
        return jobsAtVendor();
    }

    /** Lets the devices work until no device has anything to do. */
    void letDevicesFinish();

    /** Adds a group of these devices. Called only if the backend creates jobs for groups. */
    DeviceGroupId addDeviceGroup(List<DeviceId> members);

    /** Returns whether a job with another package is found by its token before a creation. */
    default boolean findsTokensOfOtherPackages() {
        return backend().capabilities().has(Capability.FIND_JOB_BY_TOKEN);
    }

    /** A kind of job to create. */
    enum Order {
        /** An upgrade of listed devices. */
        LISTED_DEVICES(Capability.CREATE_JOB),
        /** A verification. */
        VERIFICATION(Capability.VERIFY_FIRMWARE),
        /** An upgrade of the devices of a group. */
        GROUP(Capability.JOB_FOR_GROUP),
        /** An upgrade of all devices. */
        ALL(Capability.JOB_FOR_ALL),
        /** An upgrade of half of the devices. */
        PERCENTAGE(Capability.JOB_FOR_PERCENTAGE),
        /** A continuous job. */
        CONTINUOUS(Capability.CONTINUOUS_JOB);

        private final Capability capability;

        Order(Capability capability) {
            this.capability = capability;
        }

        JobRequest request(FirmwareId firmware, List<DeviceId> devices, Option<DeviceGroupId> group) {
            JobRequest.Builder request = switch (this) {
                case LISTED_DEVICES -> JobRequest.upgrade(firmware, JobTargets.devices(devices));
                case VERIFICATION -> JobRequest.verification(firmware, devices);
                case GROUP ->
                    JobRequest.upgrade(firmware, JobTargets.group(group.getOrElse(() -> DeviceGroupId.of("any"))));
                case ALL -> JobRequest.upgrade(firmware, JobTargets.all());
                case PERCENTAGE -> JobRequest.upgrade(firmware, JobTargets.percentage(BigDecimal.valueOf(50)));
                case CONTINUOUS ->
                    JobRequest.upgrade(firmware, JobTargets.continuous()).sourceVersion(FirmwareVersion.of("1.0.0"));
            };
            return request.token(TOKEN).build();
        }
    }

    /** Adds devices with version 1.0.0. */
    default List<DeviceId> addDevices(int count) {
        return List.rangeClosed(1, count)
                .map(number -> addDevice("lamp-" + number, DeviceContract.version("1.0.0"))
                        .id());
    }

    /** Adds a package with version 2.0.0 that upgrades may use. */
    default FirmwareId addFirmware() {
        return addFirmware("2.0.0", true);
    }

    /** Returns a request for listed devices. */
    default JobRequest.Builder upgrade(FirmwareId firmware, List<DeviceId> devices) {
        return JobRequest.upgrade(firmware, JobTargets.devices(devices)).token(TOKEN);
    }

    /** Creates a job. */
    default Either<OtaFailure, JobCreation> create(JobRequest request) {
        return backend().jobCommands().create(request);
    }

    /** Creates a job for new devices. */
    default UpgradeJob createJob(List<DeviceId> devices) {
        return DeviceContract.successOf(create(upgrade(addFirmware(), devices).build()))
                .jobs()
                .head();
    }

    /** Returns whether the backend creates jobs. If it does not, checks that a creation is unsupported. */
    default boolean canCreateJobs() {
        return isSupported(
                Capability.CREATE_JOB,
                () -> create(upgrade(noFirmware(), List.of(DeviceId.of("any"))).build()));
    }

    @Override
    default List<PortOperation> moreOperations() {
        List<PortOperation> operations = DeviceContract.super.moreOperations();
        if (!backend().capabilities().has(Capability.CREATE_JOB)) {
            return operations;
        }
        DeviceId device = addDevice("upgraded", DeviceContract.version("1.0.0")).id();
        JobRequest request = upgrade(addFirmware("2.1.0", true), List.of(device))
                .token(ClientToken.of("operation"))
                .build();
        List<PortOperation> creation = PortOperation.changeAndDryRun(
                "jobCommands().create",
                PortOperation.Effect.CREATION,
                // A job whose creation failed is looked for until the deadline.
                backend -> backend.within(Duration.ofSeconds(1)).jobCommands(),
                JobCommandPort::dryRun,
                commands -> commands.create(request));
        PortOperation read = new PortOperation(
                "jobCommands().create, before anything is sent",
                PortOperation.Effect.READ_BEFORE_CHANGE,
                creation.head().call());
        return operations.appendAll(creation).append(read);
    }

    @ParameterizedTest
    @EnumSource
    default void a_lost_response_never_creates_a_second_job(Order order) {
        List<DeviceId> devices = addDevices(2);
        Option<DeviceGroupId> group =
                Option.when(backend().capabilities().has(Capability.JOB_FOR_GROUP), () -> addDeviceGroup(devices));
        JobRequest request = order.request(addFirmware("2.0.0", order != Order.VERIFICATION), devices, group);
        if (!isSupported(order.capability, () -> create(request))) {
            return;
        }
        loseNextJobResponse();

        Either<OtaFailure, JobCreation> first = create(request);

        if (first.isLeft()) {
            expectUnknownOutcome(first.getLeft());
        }
        if (backend().capabilities().has(Capability.FIND_JOB_BY_TOKEN) || order == Order.LISTED_DEVICES) {
            JobCreation repeated = DeviceContract.successOf(create(request));
            assertThat(repeated.alreadyExisted()).isTrue();
            first.forEach(creation -> assertThat(creation.jobs().map(UpgradeJob::id))
                    .isEqualTo(repeated.jobs().map(UpgradeJob::id)));
        }
        assertThat(jobsAtVendor()).isEqualTo(1);
    }

    private void expectUnknownOutcome(OtaFailure failure) {
        assertThat(failure).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(((OtaFailure.OutcomeUnknown) failure).clientToken().isDefined())
                .isEqualTo(backend().capabilities().has(Capability.FIND_JOB_BY_TOKEN));
        assertThat(((OtaFailure.OutcomeUnknown) failure).clientToken()).allMatch(TOKEN.value()::equals);
        expectOriginAndAdvice(failure);
    }

    @Test
    default void a_creation_that_never_arrived_is_unknown_and_can_be_repeated() {
        JobRequest request = upgrade(addFirmware(), addDevices(2)).build();
        if (canCreateJobs()) {
            dropNextJobCreation();

            OtaFailure failure = backend()
                    .within(Duration.ofSeconds(1))
                    .jobCommands()
                    .create(request)
                    .getLeft();
            long before = jobsAtVendor();
            JobCreation repeated = DeviceContract.successOf(create(request));

            expectUnknownOutcome(failure);
            assertThat(before).isZero();
            assertThat(repeated.alreadyExisted()).isFalse();
            assertThat(jobsAtVendor()).isEqualTo(1);
        }
    }

    @Test
    default void rejects_another_package_under_the_same_token() {
        List<DeviceId> devices = addDevices(2);
        if (canCreateJobs() && findsTokensOfOtherPackages()) {
            JobId existing = createJob(devices).id();

            OtaFailure failure =
                    create(upgrade(addFirmware("3.0.0", true), devices).build()).getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
            assertThat(failure.summary()).contains(existing.value()).contains(TOKEN.value());
            expectOriginAndAdvice(failure);
            assertThat(jobsAtVendor()).isEqualTo(1);
        }
    }

    @Test
    default void a_job_for_an_unknown_package_is_not_created() {
        List<DeviceId> devices = addDevices(1);
        if (canCreateJobs()) {
            OtaFailure failure = create(upgrade(noFirmware(), devices).build()).getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
            expectOriginAndAdvice(failure);
            assertThat(jobsAtVendor()).isZero();
        }
    }

    @Test
    default void rejects_an_invalid_job_without_a_request() {
        DeviceId device = addDevices(1).head();
        FirmwareId firmware = addFirmware();
        if (canCreateJobs()) {
            int before = requestsSent();

            for (JobRequest invalid : invalidJobs(firmware, device)) {
                OtaFailure failure = create(invalid).getLeft();
                assertThat(failure).as(invalid.toString()).isInstanceOf(OtaFailure.Rejected.class);
                expectOriginAndAdvice(failure);
            }

            assertThat(requestsSent()).isEqualTo(before);
        }
    }

    @Test
    default void rejects_a_new_job_that_cannot_start_without_a_creation() {
        DeviceId device = addDevices(1).head();
        FirmwareId firmware = addFirmware();
        if (canCreateJobs()) {
            for (JobRequest invalid : invalidNewJobs(firmware, device)) {
                OtaFailure failure = create(invalid).getLeft();
                assertThat(failure).as(invalid.toString()).isInstanceOf(OtaFailure.Rejected.class);
                expectOriginAndAdvice(failure);
            }

            assertThat(jobCreationsSent()).isZero();
            assertThat(jobsAtVendor()).isZero();
        }
    }

    @Test
    default void a_repeated_creation_creates_nothing() {
        JobRequest request = upgrade(addFirmware(), addDevices(2)).build();
        if (canCreateJobs()) {
            JobCreation first = DeviceContract.successOf(create(request));

            JobCreation repeated = DeviceContract.successOf(create(request));

            assertThat(first.alreadyExisted()).isFalse();
            assertThat(repeated.alreadyExisted()).isTrue();
            assertThat(repeated.jobs().map(UpgradeJob::id))
                    .isEqualTo(first.jobs().map(UpgradeJob::id));
            assertThat(jobsAtVendor()).isEqualTo(1);
        }
    }

    @Test
    default void a_dry_run_creates_nothing() {
        JobRequest request = upgrade(addFirmware(), addDevices(2)).build();
        if (canCreateJobs()) {
            JobCreation predicted =
                    DeviceContract.successOf(backend().jobCommands().dryRun().create(request));

            assertThat(predicted.jobs()).isEmpty();
            assertThat(predicted.alreadyExisted()).isFalse();
            assertThat(predicted.requestedDevices()).contains(2L);
            assertThat(jobsAtVendor()).isZero();
        }
    }

    @Test
    default void a_created_job_is_found_by_id_and_in_lists() {
        List<DeviceId> devices = addDevices(2);
        if (canCreateJobs()) {
            FirmwareId firmware = addFirmware();
            JobCreation creation =
                    DeviceContract.successOf(create(upgrade(firmware, devices).build()));
            UpgradeJob created = creation.jobs().head();

            UpgradeJob found = backend().jobs().find(created.id()).get();

            assertThat(creation.requestedDevices()).contains(2L);
            assertThat(found.firmware()).containsExactly(firmware);
            assertThat(found.kind().value()).isEqualTo(JobKind.UPGRADE);
            assertThat(backend()
                            .jobs()
                            .list(JobFilter.all().firmware(firmware))
                            .toList()
                            .get()
                            .map(UpgradeJob::id))
                    .containsExactly(created.id());
            assertThat(backend().jobs().counts(created.id()).get().total()).isEqualTo(2);
        }
    }

    @Test
    default void a_job_is_found_by_its_token_and_by_no_other() {
        List<DeviceId> devices = addDevices(2);
        if (!isSupported(Capability.FIND_JOB_BY_TOKEN, () -> backend().jobs().findByToken(TOKEN))) {
            return;
        }
        UpgradeJob created = createJob(devices);
        FirmwareId firmware = created.firmware().head();

        assertThat(created.token()).contains(TOKEN);
        assertThat(backend().jobs().findByToken(TOKEN).get().map(UpgradeJob::id))
                .containsExactly(created.id());
        assertThat(backend().jobs().findByToken(TOKEN, firmware).get().map(UpgradeJob::id))
                .containsExactly(created.id());
        assertThat(backend()
                        .jobs()
                        .findByToken(TOKEN, addFirmware("4.0.0", true))
                        .get())
                .isEmpty();
        for (String other :
                List.of("contract", "contract_token_1", "contract_token_1of", "contract_token2", "Contract_token")) {
            assertThat(backend().jobs().findByToken(ClientToken.of(other)).get())
                    .as(other)
                    .isEmpty();
        }
    }

    @Test
    default void more_devices_than_one_job_accepts_become_several_jobs() {
        if (canCreateJobs() && maxDevicesOfJob().isDefined()) {
            List<DeviceId> devices = addDevices(maxDevicesOfJob().get() + 1);
            JobRequest request = upgrade(addFirmware(), devices).build();

            JobCreation created = DeviceContract.successOf(create(request));
            JobCreation repeated = DeviceContract.successOf(create(request));

            assertThat(created.jobs()).hasSize(2);
            assertThat(devicesOf(created)).containsExactlyInAnyOrderElementsOf(devices);
            assertThat(repeated.alreadyExisted()).isTrue();
            assertThat(repeated.jobs().map(UpgradeJob::id))
                    .isEqualTo(created.jobs().map(UpgradeJob::id));
            assertThat(jobsAtVendor()).isEqualTo(2);
        }
    }

    @Test
    default void a_lost_response_of_one_of_several_jobs_creates_none_of_them_twice() {
        if (canCreateJobs() && maxDevicesOfJob().isDefined()) {
            JobRequest request = upgrade(
                            addFirmware(), addDevices(maxDevicesOfJob().get() + 1))
                    .build();
            loseNextJobResponse();

            create(request);

            assertThat(DeviceContract.successOf(create(request)).jobs()).hasSize(2);
            assertThat(jobsAtVendor()).isEqualTo(2);
        }
    }

    private List<DeviceId> devicesOf(JobCreation creation) {
        return creation.jobs()
                .flatMap(job -> backend()
                        .jobs()
                        .tasks(job.id(), TaskFilter.all())
                        .toList()
                        .get()
                        .map(UpgradeTask::device));
    }

    @Test
    default void tags_with_unusual_characters_arrive_unchanged() {
        JobRequest request =
                upgrade(addFirmware(), addDevices(1)).tag("note", UNUSUAL_TEXT).build();
        if (isSupported(Capability.JOB_TAGS, () -> create(request))) {
            JobId created =
                    DeviceContract.successOf(create(request)).jobs().head().id();

            UpgradeJob found = backend().jobs().find(created).get();

            assertThat(found.tags().get("note")).contains(UNUSUAL_TEXT);
            assertThat(found.tags()).hasSize(1);
        }
    }

    @Test
    default void a_verification_is_a_job_of_its_kind_and_verifies_the_package() {
        FirmwareId firmware = addFirmware("2.0.0", false);
        JobRequest request =
                JobRequest.verification(firmware, addDevices(2)).token(TOKEN).build();
        if (isSupported(Capability.VERIFY_FIRMWARE, () -> create(request))) {
            JobId created =
                    DeviceContract.successOf(create(request)).jobs().head().id();
            letDevicesFinish();

            UpgradeJob found = backend().jobs().find(created).get();

            assertThat(found.kind().value()).isEqualTo(JobKind.VERIFICATION);
            assertThat(backend().firmware().find(firmware).get().verification()).isEqualTo(Verification.verified());
        }
    }
}
