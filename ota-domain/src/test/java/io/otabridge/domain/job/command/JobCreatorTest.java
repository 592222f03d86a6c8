package io.otabridge.domain.job.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Reported;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobKind;
import io.otabridge.domain.job.JobSelection;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.product.DeviceGroupId;
import io.vavr.collection.HashMap;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A creation sends each job at most once, whatever happens to responses. */
class JobCreatorTest {

    private static final OperationContext ORIGIN = new OperationContext("shelf", Vendor.of("acme"), "CreateJob");
    private static final FirmwareId FIRMWARE = FirmwareId.of("f1");
    private static final ClientToken TOKEN = ClientToken.of("ota");
    private static final Duration DEADLINE = Duration.ofMillis(20);

    private final FakeVendor vendor = new FakeVendor();

    @Test
    void an_outcome_stays_unknown_if_every_look_up_after_a_lost_response_fails() {
        vendor.creations.add(Sent.LOST);
        vendor.failsLookUpsAfterCreation = true;

        OtaFailure failure = create(request(1)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(((OtaFailure.OutcomeUnknown) failure).clientToken()).contains("ota");
        assertThat(failure.advice()).contains("token ota").contains("second job");
        assertThat(vendor.lookUps).isGreaterThan(2);
        assertThat(vendor.jobs).hasSize(1);
    }

    @Test
    void a_creation_that_never_arrived_has_an_unknown_outcome_and_can_be_repeated_with_its_token() {
        vendor.creations.add(Sent.NEVER_ARRIVED);

        OtaFailure failure = create(request(1)).getLeft();
        JobCreation repeated = create(request(1)).get();

        assertThat(failure).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(repeated.alreadyExisted()).isFalse();
        assertThat(vendor.jobs).hasSize(1);
    }

    @Test
    void finds_the_job_of_a_lost_response_although_it_is_listed_late() {
        vendor.creations.add(Sent.LOST);
        vendor.hidesJobsForLookUps = 1;

        JobCreation created = create(request(1)).get();

        assertThat(created.jobs().map(UpgradeJob::id)).containsExactly(JobId.of("j1"));
        assertThat(created.alreadyExisted()).isFalse();
        assertThat(vendor.sent).isEqualTo(1);
    }

    @Test
    void a_job_whose_creation_was_answered_with_an_outage_is_looked_for_until_the_deadline() {
        vendor.creations.add(Sent.ANSWERED_WITH_OUTAGE);
        vendor.hidesJobsForLookUps = 1;

        JobCreation created = create(request(1)).get();

        assertThat(created.jobs().map(UpgradeJob::id)).containsExactly(JobId.of("j1"));
        assertThat(vendor.sent).isEqualTo(1);
    }

    @Test
    void an_outage_after_which_no_job_is_found_has_an_unknown_outcome_and_no_advice_to_retry_without_the_token() {
        vendor.creations.add(Sent.ANSWERED_WITH_OUTAGE);
        vendor.failsLookUpsAfterCreation = true;

        OtaFailure failure = create(request(1)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(((OtaFailure.OutcomeUnknown) failure).clientToken()).contains("ota");
        assertThat(failure.status()).contains(503);
        assertThat(failure.advice()).contains("token ota").doesNotContain("Try again");
        assertThat(vendor.lookUps).isGreaterThan(2);
    }

    @Test
    void an_outage_before_anything_of_the_creation_was_sent_stays_an_outage() {
        vendor.creations.add(Sent.NOT_CONNECTED);
        OtaFailure notConnected = create(request(1)).getLeft();
        vendor.creations.add(Sent.FAILED_UPLOAD);
        OtaFailure failedUpload = create(request(1)).getLeft();

        assertThat(notConnected).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(failedUpload).isInstanceOf(OtaFailure.Unavailable.class);
    }

    @Test
    void a_job_that_cannot_be_read_keeps_its_id_and_is_reported_with_a_warning() {
        vendor.failsReads = true;

        JobCreation created = create(request(1)).get();

        UpgradeJob job = created.jobs().single();
        assertThat(job.id()).isEqualTo(JobId.of("j1"));
        assertThat(job.token()).contains(TOKEN);
        assertThat(job.firmware()).containsExactly(FIRMWARE);
        assertThat(job.state()).isEqualTo(new Reported<>(JobState.UNKNOWN, ""));
        assertThat(created.warnings().head()).contains("j1").contains("could not be read");
        assertThat(created.alreadyExisted()).isFalse();
    }

    @Test
    void devices_in_another_order_are_the_same_parts() {
        create(request(5)).get();
        List<List<DeviceId>> parts = vendor.devices.grouped(2).toList();

        vendor.jobs = List.empty();
        vendor.devices = List.empty();
        create(JobRequest.upgrade(FIRMWARE, JobTargets.devices(devices(5).reverse()))
                        .token(TOKEN)
                        .build())
                .get();

        assertThat(vendor.devices.grouped(2).toList()).isEqualTo(parts);
    }

    @Test
    void rejects_to_continue_with_the_devices_of_a_product_that_may_have_changed() {
        vendor.creations.add(Sent.ARRIVED);
        vendor.creations.add(Sent.REJECTED);
        OtaFailure first = createForAll(5).getLeft();
        OtaFailure repeated = createForAll(5).getLeft();

        assertThat(first.advice()).contains("1 of 3 jobs exist: j1").doesNotContain("same token");
        assertThat(repeated).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(repeated.summary()).contains("1 of 3 jobs").contains("j1");
        assertThat(repeated.advice()).containsIgnoringCase("name the devices").contains("nothing was created");
        assertThat(vendor.sent).isEqualTo(2);
    }

    @Test
    void rejects_the_token_of_a_job_with_another_number_of_devices_if_each_device_has_a_task() {
        create(request(1)).get();
        assertThat(create(request(2)).get().alreadyExisted()).isTrue();
        vendor.makesTaskForEachDevice = true;

        OtaFailure failure = create(request(2)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("1 instead of 2 devices");
        assertThat(vendor.sent).isEqualTo(1);
    }

    @Test
    void rejects_the_token_of_a_job_with_more_devices_although_the_vendor_leaves_out_devices() {
        create(request(2)).get();

        assertThat(create(request(1)).getLeft().summary()).contains("2 instead of 1 devices");
    }

    @Test
    void rejects_the_token_of_a_job_of_another_kind() {
        vendor.change(vendor.add("ota", FIRMWARE), job -> job.kind(Reported.of(JobKind.VERIFICATION)));

        assertThat(create(request(1)).getLeft().summary()).contains("which is a verification");

        vendor.jobs = List.empty();
        vendor.change(vendor.add("ota", FIRMWARE), job -> job.kind(new Reported<>(JobKind.UNKNOWN, "NEW")));
        assertThat(create(request(1)).get().alreadyExisted()).isTrue();
    }

    @Test
    void rejects_the_token_of_a_job_with_another_selection_or_group() {
        vendor.change(vendor.add("ota", FIRMWARE), job -> job.selection(Reported.of(JobSelection.ALL)));
        OtaFailure selection = create(request(1)).getLeft();
        vendor.jobs = List.empty();
        vendor.change(vendor.add("ota", FIRMWARE), job -> job.group(DeviceGroupId.of("g1")));
        OtaFailure group = create(JobRequest.upgrade(FIRMWARE, JobTargets.group(DeviceGroupId.of("g2")))
                        .token(TOKEN)
                        .build())
                .getLeft();

        assertThat(selection).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(selection.summary()).contains("another selection of devices");
        assertThat(group.summary()).contains("another selection of devices");
        assertThat(vendor.sent).isZero();
    }

    @Test
    void a_part_whose_devices_all_have_the_version_does_not_stop_the_others() {
        vendor.creations.add(Sent.NOT_NEEDED);

        JobCreation created = create(request(5)).get();
        vendor.creations.add(Sent.NOT_NEEDED);
        JobCreation repeated = create(request(5)).get();

        assertThat(created.jobs().map(job -> job.token().get().value())).containsExactly("ota_2of3", "ota_3of3");
        assertThat(created.warnings().head()).contains("ota_1of3").contains("No device can be upgraded");
        assertThat(repeated.alreadyExisted()).isTrue();
        assertThat(vendor.jobs).hasSize(2);
    }

    @Test
    void a_job_that_no_device_needs_is_rejected() {
        vendor.creations.addAll(java.util.List.of(Sent.NOT_NEEDED, Sent.NOT_NEEDED, Sent.NOT_NEEDED));

        OtaFailure failure = create(request(5)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(vendor.sent).isEqualTo(3);
    }

    @Test
    void a_lost_response_of_one_of_several_jobs_names_the_others_and_a_repeated_call_creates_the_rest() {
        vendor.creations.add(Sent.ARRIVED);
        vendor.creations.add(Sent.LOST);
        vendor.failsLookUpsAfterCreation = true;

        OtaFailure failure = create(request(5)).getLeft();
        vendor.failsLookUpsAfterCreation = false;
        JobCreation repeated = create(request(5)).get();

        assertThat(((OtaFailure.OutcomeUnknown) failure).clientToken()).contains("ota");
        assertThat(failure.advice()).contains("1 of 3 jobs exist: j1");
        assertThat(repeated.jobs().map(job -> job.token().get().value()))
                .containsExactly("ota_1of3", "ota_2of3", "ota_3of3");
        assertThat(repeated.alreadyExisted()).isFalse();
        assertThat(vendor.jobs).hasSize(3);
    }

    @Test
    void a_rejected_part_names_the_jobs_that_exist() {
        vendor.creations.add(Sent.ARRIVED);
        vendor.creations.add(Sent.REJECTED);

        OtaFailure failure = create(request(5)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.advice()).contains("1 of 3 jobs exist: j1");
        assertThat(vendor.sent).isEqualTo(2);
    }

    @Test
    void an_interrupted_creation_names_its_token() {
        vendor.creations.add(Sent.INTERRUPTED);

        OtaFailure failure = create(request(1)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Cancelled.class);
        assertThat(failure.advice()).contains("token ota");
    }

    @Test
    void an_interrupt_while_a_lost_job_is_looked_for_keeps_the_unknown_outcome() {
        vendor.creations.add(Sent.LOST);
        vendor.failsLookUpsAfterCreation = true;
        vendor.interruptsLookUps = true;

        OtaFailure failure = create(request(1), Duration.ofDays(1)).getLeft();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).isInstanceOf(OtaFailure.OutcomeUnknown.class);
    }

    @Test
    void rejects_the_token_of_a_job_with_another_package() {
        vendor.add("ota", FirmwareId.of("f2"));

        OtaFailure failure = create(request(1)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("j1").contains("token ota").contains("another firmware package");
        assertThat(vendor.sent).isZero();
    }

    @Test
    void rejects_the_token_of_a_request_with_fewer_or_more_devices() {
        vendor.add("ota", FIRMWARE);
        OtaFailure fewerBefore = create(request(5)).getLeft();
        vendor.jobs = List.empty();
        vendor.add("ota_4of4", FIRMWARE);
        OtaFailure moreBefore = create(request(5)).getLeft();
        OtaFailure severalBefore = create(request(1)).getLeft();

        for (OtaFailure failure : List.of(fewerBefore, moreBefore, severalBefore)) {
            assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
            assertThat(failure.summary()).contains("another number of devices");
        }
        assertThat(vendor.sent).isZero();
    }

    @Test
    void rejects_a_token_that_several_jobs_have() {
        vendor.add("ota", FIRMWARE);
        vendor.add("ota", FIRMWARE);

        OtaFailure failure = create(request(1)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("j1 and j2");
        assertThat(vendor.sent).isZero();
    }

    @Test
    void rejects_a_token_that_ends_like_a_part_because_its_job_would_be_taken_for_one() {
        OtaFailure failure = create(request(1, ClientToken.of("ota_1of3"))).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("ota_1of3");
        assertThat(vendor.lookUps + vendor.sent).isZero();
        assertThat(create(request(5, ClientToken.of("a".repeat(ClientToken.MAX_LENGTH))))
                        .get()
                        .jobs())
                .hasSize(3);
    }

    @Test
    void the_job_of_a_token_with_a_number_is_no_part_of_a_larger_job() {
        create(request(2, ClientToken.of("wave_1"))).get();

        JobCreation created = create(request(5, ClientToken.of("wave"))).get();

        assertThat(created.alreadyExisted()).isFalse();
        assertThat(created.jobs().map(UpgradeJob::id)).containsExactly(JobId.of("j2"), JobId.of("j3"), JobId.of("j4"));
    }

    @Test
    void a_repeated_call_for_all_devices_finds_its_job_although_the_product_has_other_devices_now() {
        vendor.makesTaskForEachDevice = true;
        createForAll(1).get();

        JobCreation more = createForAll(2).get();
        JobCreation another = createForAll(5).get();

        for (JobCreation repeated : List.of(more, another)) {
            assertThat(repeated.alreadyExisted()).isTrue();
            assertThat(repeated.jobs().map(UpgradeJob::id)).containsExactly(JobId.of("j1"));
        }
        assertThat(more.warnings().single())
                .contains("1 of 2 devices have no task")
                .contains("were added later");
        assertThat(vendor.sent).isEqualTo(1);
    }

    @Test
    void a_repeated_call_for_fewer_devices_of_the_product_finds_all_its_jobs() {
        vendor.makesTaskForEachDevice = true;
        createForAll(5).get();

        JobCreation repeated = createForAll(1).get();

        assertThat(repeated.alreadyExisted()).isTrue();
        assertThat(repeated.jobs()).hasSize(3);
        assertThat(repeated.warnings()).isEmpty();
        assertThat(vendor.sent).isEqualTo(3);
    }

    @Test
    void rejects_the_token_of_a_job_with_another_percentage_or_other_source_versions() {
        vendor.change(vendor.add("ota", FIRMWARE), job -> job.percent(new BigDecimal("5.00")));
        OtaFailure percent = create(percentage("50").build()).getLeft();
        JobCreation same = create(percentage("5").build()).get();
        vendor.jobs = List.empty();
        vendor.change(vendor.add("ota", FIRMWARE), job -> job.percent(new BigDecimal("0.13")));
        JobCreation rounded = create(percentage("0.125").build()).get();
        vendor.jobs = List.empty();
        vendor.change(vendor.add("ota", FIRMWARE), job -> job.sourceVersions(List.of(FirmwareVersion.of("1"))));
        OtaFailure versions = create(
                        percentage("5").sourceVersion(FirmwareVersion.of("2")).build())
                .getLeft();
        JobCreation anyVersion = create(percentage("5").build()).get();

        assertThat(percent.summary()).contains("5 instead of 50 percent");
        assertThat(same.alreadyExisted()).isTrue();
        assertThat(rounded.alreadyExisted()).isTrue();
        assertThat(versions.summary()).contains("other source versions");
        assertThat(anyVersion.warnings().head()).contains("only for devices with version 1");
        assertThat(vendor.sent).isZero();
    }

    @Test
    void rejects_the_token_of_a_job_whose_devices_are_others_according_to_the_vendor() {
        create(request(2)).get();
        vendor.difference = Option.some(Message.of("device d7"));

        OtaFailure failure = create(request(2)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("j1").contains("a request with device d7");
        assertThat(failure.advice()).contains("nothing was created");
        assertThat(vendor.sent).isEqualTo(1);
    }

    @Test
    void devices_without_a_task_in_a_job_that_existed_are_not_called_left_out_by_the_vendor() {
        create(request(1)).get();

        JobCreation repeated = create(request(2)).get();

        assertThat(repeated.alreadyExisted()).isTrue();
        assertThat(repeated.warnings().single())
                .startsWith("1 of 2 devices have no task in this job, which existed")
                .doesNotContain("the vendor created no task");
    }

    @Test
    void a_refusal_because_the_vendor_is_busy_is_no_unknown_outcome() {
        vendor.creations.add(Sent.REFUSED_AS_BUSY);

        OtaFailure failure = create(request(1), Duration.ofDays(1)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(vendor.sent).isEqualTo(1);
    }

    @Test
    void warns_if_the_vendor_does_not_return_the_token_of_a_new_job() {
        vendor.returnsTokens = false;

        assertThat(create(request(1)).get().warnings().single()).contains("client token of job j1");
    }

    @Test
    void without_tokens_an_unknown_outcome_has_no_token_and_the_advice_to_list_the_jobs() {
        vendor.storesTokens = false;
        vendor.creations.add(Sent.NEVER_ARRIVED);

        OtaFailure failure = create(request(1)).getLeft();

        assertThat(((OtaFailure.OutcomeUnknown) failure).clientToken()).isEmpty();
        assertThat(failure.advice()).contains("list the jobs of firmware f1").doesNotContain("this token");
    }

    @Test
    void without_tokens_the_devices_of_missing_jobs_are_named_instead_of_a_repeated_call() {
        vendor.storesTokens = false;
        vendor.creations.add(Sent.ARRIVED);
        vendor.creations.add(Sent.REJECTED);

        assertThat(create(request(5)).getLeft().advice())
                .contains("1 of 3 jobs exist: j1; name the devices")
                .doesNotContain("token");
    }

    @Test
    void a_failure_names_the_existing_jobs_of_later_parts_too() {
        vendor.add("ota_3of3", FIRMWARE);
        vendor.creations.add(Sent.REJECTED);

        assertThat(create(request(5)).getLeft().advice()).contains("1 of 3 jobs exist: j1");
    }

    @Test
    void does_not_take_the_job_of_a_longer_token_for_its_own() {
        vendor.add("ota1", FIRMWARE);
        vendor.add("ota_1", FirmwareId.of("f2"));
        vendor.creations.add(Sent.LOST);

        JobCreation created = create(request(1)).get();

        assertThat(created.jobs().map(UpgradeJob::id)).containsExactly(JobId.of("j3"));
    }

    @Test
    void does_not_take_the_part_of_another_request_for_the_job_of_a_lost_response() {
        vendor.creations.add(Sent.LOST_AFTER_ANOTHER_PART);

        assertThat(create(request(1)).get().jobs().map(UpgradeJob::id)).containsExactly(JobId.of("j2"));
    }

    @Test
    void finds_the_job_of_another_caller_whose_creation_made_the_vendor_reject_this_one() {
        vendor.creations.add(Sent.REJECTED_AS_DUPLICATE);

        JobCreation created = create(request(1)).get();

        assertThat(created.jobs()).hasSize(1);
        assertThat(vendor.sent).isEqualTo(1);
    }

    @Test
    void a_failure_without_a_request_is_returned_without_a_look_up() {
        vendor.creations.add(Sent.NOT_SENT);

        assertThat(create(request(1)).getLeft()).isInstanceOf(OtaFailure.RateLimited.class);
        assertThat(vendor.lookUps).isEqualTo(1);
    }

    @Test
    void a_failed_look_up_before_the_creation_creates_nothing() {
        vendor.failsLookUps = true;

        assertThat(create(request(1)).getLeft()).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(vendor.sent).isZero();
    }

    @Test
    void a_repeated_call_creates_nothing_and_says_so() {
        create(request(5)).get();

        JobCreation repeated = create(request(5)).get();

        assertThat(repeated.alreadyExisted()).isTrue();
        assertThat(repeated.jobs()).hasSize(3);
        assertThat(vendor.sent).isEqualTo(3);
    }

    @Test
    void divides_devices_among_jobs() {
        create(request(5)).get();

        assertThat(vendor.jobs.map(job -> job.counts().get().total())).containsExactly(2L, 2L, 1L);
        assertThat(vendor.devices).containsExactlyElementsOf(devices(5));
    }

    @Test
    void without_tokens_each_part_is_looked_up_by_its_devices() {
        vendor.storesTokens = false;
        vendor.creations.add(Sent.LOST);
        create(request(5)).get();

        JobCreation repeated = create(request(5)).get();

        assertThat(repeated.alreadyExisted()).isTrue();
        assertThat(repeated.jobs().map(UpgradeJob::id)).containsExactly(JobId.of("j1"), JobId.of("j2"), JobId.of("j3"));
        assertThat(vendor.sent).isEqualTo(3);
    }

    @Test
    void a_dry_run_creates_nothing_and_returns_what_exists() {
        assertThat(create(request(5), true).get().jobs()).isEmpty();
        create(request(5)).get();

        JobCreation predicted = create(request(5), true).get();

        assertThat(predicted.alreadyExisted()).isTrue();
        assertThat(predicted.jobs()).hasSize(3);
        assertThat(predicted.tasks()).isEmpty();
        assertThat(vendor.sent).isEqualTo(3);
    }

    @Test
    void warns_of_devices_without_a_task_but_not_while_tasks_are_prepared() {
        vendor.leavesOut = 1;
        JobCreation created = create(request(2)).get();
        vendor.jobs = List.empty();
        vendor.state = JobState.PREPARING;
        JobCreation preparing = create(request(2)).get();

        assertThat(created.tasks()).contains(1L);
        assertThat(created.warnings()).anyMatch(warning -> warning.contains("no task for 1 of 2 devices"));
        assertThat(preparing.tasks()).isEmpty();
        assertThat(preparing.warnings()).isEmpty();
    }

    @Test
    void a_failed_count_of_tasks_is_a_warning() {
        vendor.hasCounts = false;

        JobCreation created = create(request(1)).get();

        assertThat(created.tasks()).isEmpty();
        assertThat(created.warnings().head()).contains("not known").contains("The vendor is down");
    }

    private Either<OtaFailure, JobCreation> create(JobRequest request) {
        return create(request, DEADLINE);
    }

    private Either<OtaFailure, JobCreation> create(JobRequest request, Duration deadline) {
        return create(request, deadline, false);
    }

    private Either<OtaFailure, JobCreation> create(JobRequest request, boolean isDryRun) {
        return create(request, DEADLINE, isDryRun);
    }

    private Either<OtaFailure, JobCreation> create(JobRequest request, Duration deadline, boolean isDryRun) {
        return new JobCreator(ORIGIN, deadline, 2)
                .create(
                        request,
                        new JobCreator.Selection(Option.some(vendor.count(request)), List.empty()),
                        isDryRun,
                        vendor);
    }

    private Either<OtaFailure, JobCreation> createForAll(int devices) {
        return new JobCreator(ORIGIN, DEADLINE, 2)
                .create(
                        request(devices),
                        new JobCreator.Selection(Option.some((long) devices), List.empty(), true),
                        false,
                        vendor);
    }

    private static JobRequest.Builder percentage(String percent) {
        return JobRequest.upgrade(FIRMWARE, JobTargets.percentage(new BigDecimal(percent)))
                .token(TOKEN);
    }

    private static JobRequest request(int devices) {
        return request(devices, TOKEN);
    }

    private static JobRequest request(int devices, ClientToken token) {
        return JobRequest.upgrade(FIRMWARE, JobTargets.devices(devices(devices)))
                .token(token)
                .build();
    }

    private static List<DeviceId> devices(int count) {
        return List.range(0, count).map(i -> DeviceId.of("d" + i));
    }

    private static FailureDetails details(String summary) {
        return FailureDetails.of(ORIGIN, summary, "Try again");
    }

    /** What happens to a creation. */
    private enum Sent {
        ARRIVED,
        LOST,
        LOST_AFTER_ANOTHER_PART,
        NEVER_ARRIVED,
        REJECTED,
        REJECTED_AS_DUPLICATE,
        NOT_NEEDED,
        ANSWERED_WITH_OUTAGE,
        REFUSED_AS_BUSY,
        NOT_CONNECTED,
        FAILED_UPLOAD,
        INTERRUPTED,
        NOT_SENT
    }

    /** A vendor that finds jobs by the beginning of a token, or by the first device. */
    private static final class FakeVendor implements JobCreator.VendorSteps {

        final Deque<Sent> creations = new ArrayDeque<>();
        List<UpgradeJob> jobs = List.empty();
        List<DeviceId> devices = List.empty();
        JobState state = JobState.RUNNING;
        int sent;
        int lookUps;
        int leavesOut;
        int hidesJobsForLookUps;
        boolean storesTokens = true;
        boolean hasCounts = true;
        boolean failsLookUps;
        boolean failsLookUpsAfterCreation;
        boolean interruptsLookUps;
        boolean failsReads;
        boolean makesTaskForEachDevice;
        boolean returnsTokens = true;
        Option<Message> difference = Option.none();

        UpgradeJob add(String token, FirmwareId firmware) {
            UpgradeJob.Builder job = UpgradeJob.builder(JobId.of("j" + (jobs.size() + 1)), Reported.of(state))
                    .firmware(List.of(firmware));
            if (storesTokens && returnsTokens) {
                job.token(ClientToken.of(token));
            }
            jobs = jobs.append(job.build());
            return jobs.last();
        }

        void change(UpgradeJob job, UnaryOperator<UpgradeJob.Builder> change) {
            UpgradeJob.Builder same = UpgradeJob.builder(job.id(), job.state()).firmware(job.firmware());
            job.token().forEach(same::token);
            jobs = jobs.replace(job, change.apply(same).build());
        }

        long count(JobRequest request) {
            return request.targets() instanceof JobTargets.Devices devices
                    ? devices.ids().size()
                    : 1;
        }

        @Override
        public boolean makesTaskForEachDevice() {
            return makesTaskForEachDevice;
        }

        @Override
        public Either<OtaFailure, Option<Message>> difference(JobRequest part, UpgradeJob job) {
            return Either.right(difference);
        }

        @Override
        public boolean isRefusal(OtaFailure failure) {
            return failure.vendorCode().contains("SystemBusy");
        }

        @Override
        public boolean isNotNeeded(OtaFailure failure) {
            return failure.vendorCode().contains("NoDeviceCanUpgrade");
        }

        @Override
        public boolean storesTokens() {
            return storesTokens;
        }

        @Override
        public Either<OtaFailure, List<UpgradeJob>> find(JobRequest request) {
            lookUps++;
            if (sent > 0 && interruptsLookUps) {
                Thread.currentThread().interrupt();
            }
            if (failsLookUps || (sent > 0 && failsLookUpsAfterCreation)) {
                return Either.left(new OtaFailure.Unavailable(details("The vendor is down")));
            }
            if (sent > 0 && hidesJobsForLookUps > 0) {
                hidesJobsForLookUps--;
                return Either.right(List.empty());
            }
            if (storesTokens) {
                return Either.right(jobs.filter(
                        job -> job.token().exists(token -> request.token().includes(token))));
            }
            DeviceId first = ((JobTargets.Devices) request.targets()).ids().head();
            int place = devices.indexOf(first);
            return Either.right(place < 0 ? List.empty() : List.of(jobs.get(place / 2)));
        }

        @Override
        public Either<OtaFailure, JobId> create(JobRequest request) {
            Sent next = creations.isEmpty() ? Sent.ARRIVED : creations.remove();
            if (next == Sent.NOT_SENT) {
                return Either.left(new OtaFailure.RateLimited(details("No permit")));
            }
            sent++;
            if (next == Sent.REJECTED) {
                return Either.left(new OtaFailure.Rejected(details("The vendor refused the job")));
            }
            if (next == Sent.NOT_NEEDED) {
                return Either.left(new OtaFailure.Rejected(details("No device can be upgraded")
                        .withVendorError(Option.some("NoDeviceCanUpgrade"), Option.none(), Option.none())));
            }
            if (next == Sent.REFUSED_AS_BUSY) {
                return Either.left(new OtaFailure.Unavailable(details("The vendor is busy")
                        .withStatus(200)
                        .withVendorError(Option.some("SystemBusy"), Option.none(), Option.none())));
            }
            if (next == Sent.NOT_CONNECTED) {
                return Either.left(new OtaFailure.Unavailable(details("No connection")));
            }
            if (next == Sent.FAILED_UPLOAD) {
                OperationContext upload = new OperationContext("shelf", Vendor.of("acme"), "Upload");
                return Either.left(
                        new OtaFailure.Unavailable(FailureDetails.of(upload, "The vendor is down", "Try again")
                                .withStatus(503)));
            }
            if (next == Sent.NEVER_ARRIVED) {
                return Either.left(new OtaFailure.OutcomeUnknown(details("No response"), Option.none()));
            }
            if (next == Sent.INTERRUPTED) {
                return Either.left(new OtaFailure.Cancelled(details("Interrupted")));
            }
            if (next == Sent.LOST_AFTER_ANOTHER_PART) {
                add(request.token().part(1, 2).value(), request.firmware());
            }
            UpgradeJob job = add(request.token().value(), request.firmware());
            long tasks = count(request) - leavesOut;
            if (hasCounts) {
                job = job.withCounts(new TaskCounts(HashMap.of(TaskState.QUEUED, tasks)));
                jobs = jobs.init().append(job);
            }
            devices = devices.appendAll(((JobTargets.Devices) request.targets()).ids());
            return switch (next) {
                case LOST, LOST_AFTER_ANOTHER_PART ->
                    Either.left(new OtaFailure.OutcomeUnknown(details("No response"), Option.none()));
                case ANSWERED_WITH_OUTAGE ->
                    Either.left(new OtaFailure.Unavailable(
                            details("The vendor is down").withStatus(503)));
                case REJECTED_AS_DUPLICATE ->
                    Either.left(new OtaFailure.Rejected(details("A job is in progress")
                            .withVendorError(Option.some("InProgressJobExisted"), Option.none(), Option.none())));
                default -> Either.right(job.id());
            };
        }

        @Override
        public Either<OtaFailure, UpgradeJob> read(JobId id) {
            return failsReads
                    ? Either.left(new OtaFailure.NotFound(details("There is no such job")))
                    : Either.right(jobs.find(job -> job.id().equals(id)).get());
        }

        @Override
        public Either<OtaFailure, Option<Long>> countTasks(List<UpgradeJob> counted) {
            return Either.left(new OtaFailure.Unavailable(
                    FailureDetails.of(ORIGIN, Message.of("The vendor is down"), Message.of("Try again"))));
        }
    }
}
