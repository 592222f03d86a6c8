package io.otabridge.aliyun.job;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.otabridge.aliyun.TuyaProvider;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.RetryPolicy;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.command.JobCreation;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.otabridge.domain.job.command.JobUpdate;
import io.otabridge.domain.job.command.TaskChanges;
import io.otabridge.domain.product.DeviceGroupId;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jobs of a platform that stores no token of the caller. */
class TuyaJobTest {

    private static final FirmwareId FIRMWARE = FirmwareId.of("167");
    private static final JobId JOB = JobId.of("183");
    private static final ClientToken TOKEN = ClientToken.of("roll_7");

    @RegisterExtension
    static final WireMockExtension SERVER = JobServer.start();

    private final Map<String, Object> settings = new HashMap<>(Map.of(
            "endpoint",
            SERVER.baseUrl(),
            "retries",
            0,
            "timeout",
            "2s",
            "credentials",
            Map.of("access-key", "LTAITESTKEY0001", "secret-key", "TestSecret/0123456789+abc=")));

    private final Backend backend = new TuyaProvider()
            .open("legacy", SettingsReader.of("backends.legacy", settings), BackendContext.system())
            .get();

    @BeforeEach
    void givenVerifiedPackage() {
        respond(
                "QueryOTAFirmware",
                "{\"success\":true,\"firmwareInfo\":{\"firmwareId\":\"167\",\"destVersion\":\"2\",\"productKey\":\"p1\",\"status\":1}}");
        respond("ListOTAJobByDevice", "{\"success\":true,\"total\":0,\"data\":{}}");
        respond("CreateOTAStaticUpgradeJob", "{\"success\":true,\"data\":{\"jobId\":\"183\"}}");
        respond("QueryOTAJob", "{\"success\":true,\"data\":" + job("IN_PROGRESS") + "}");
        respond("ListOTATaskByJob", tasks("d1", "d2"));
    }

    private static void respond(String action, String body) {
        SERVER.stubFor(any(anyUrl()).withQueryParam("Action", equalTo(action)).willReturn(okJson(body)));
    }

    private static String job(String status) {
        return "{\"jobId\":\"183\",\"firmwareId\":\"167\",\"productKey\":\"p1\",\"jobStatus\":\"" + status
                + "\",\"jobType\":\"UPGRADE_FIRMWARE\",\"targetSelection\":\"SPECIFIC\"}";
    }

    private static String jobs(String job) {
        return "{\"success\":true,\"total\":1,\"pageCount\":1,\"data\":{\"simpleOTAJobInfo\":[" + job + "]}}";
    }

    private static String tasks(String... devices) {
        return List.of(devices)
                .map(device -> "{\"jobId\":\"183\",\"deviceName\":\"" + device
                        + "\",\"taskId\":\"1\",\"taskStatus\":\"QUEUED\",\"progress\":\"50\"}")
                .mkString(
                        "{\"success\":true,\"pageCount\":1,\"total\":" + devices.length
                                + ",\"data\":{\"simpleOTATaskInfo\":[",
                        ",",
                        "]}}");
    }

    private static List<Map<String, String>> calls(String action) {
        return List.ofAll(SERVER.getAllServeEvents())
                .map(event -> event.getRequest().getQueryParams())
                .filter(query -> query.get("Action").firstValue().equals(action))
                .map(query -> {
                    Map<String, String> values = new HashMap<>();
                    query.forEach((name, value) -> values.put(name, value.firstValue()));
                    return values;
                });
    }

    private static JobRequest.Builder listed(String... devices) {
        return JobRequest.upgrade(FIRMWARE, JobTargets.devices(List.of(devices).map(DeviceId::of)));
    }

    private Either<OtaFailure, JobCreation> create(JobRequest.Builder request) {
        return backend.jobCommands().create(request.token(TOKEN).build());
    }

    @Test
    void creates_a_job_without_tags() {
        assertThat(create(listed("d1", "d2")).get().alreadyExisted()).isFalse();

        assertThat(calls("CreateOTAStaticUpgradeJob").single())
                .containsEntry("TargetDeviceName.2", "d2")
                .doesNotContainKeys("Tag.1.Key", "OverwriteMode", "IotInstanceId");
    }

    @Test
    void creates_a_job_for_a_group_without_a_type_of_the_group() {
        create(JobRequest.upgrade(FIRMWARE, JobTargets.group(DeviceGroupId.of("g"))))
                .get();

        assertThat(calls("CreateOTAStaticUpgradeJob").single())
                .containsEntry("GroupId", "g")
                .doesNotContainKey("GroupType");
    }

    @Test
    void an_unfinished_job_with_the_same_devices_is_not_created_again() {
        respond("ListOTAJobByDevice", jobs(job("IN_PROGRESS")));

        assertThat(create(listed("d1", "d2")).get().alreadyExisted()).isTrue();
        assertThat(calls("CreateOTAStaticUpgradeJob")).isEmpty();
    }

    @Test
    void a_job_with_other_devices_or_one_that_has_ended_is_another_job() {
        respond("ListOTAJobByDevice", jobs(job("IN_PROGRESS")));
        assertThat(create(listed("d1", "d9")).get().alreadyExisted()).isFalse();

        respond("ListOTAJobByDevice", jobs(job("COMPLETED")));
        assertThat(create(listed("d1", "d2")).get().alreadyExisted()).isFalse();
        assertThat(calls("CreateOTAStaticUpgradeJob")).hasSize(2);
    }

    @Test
    void an_unfinished_job_for_some_of_the_devices_is_named_instead_of_a_second_creation() {
        respond("ListOTAJobByDevice", jobs(job("IN_PROGRESS")));

        OtaFailure failure = create(listed("d1", "d2", "d3")).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("Job 183");
        assertThat(calls("CreateOTAStaticUpgradeJob")).isEmpty();
    }

    @Test
    void a_job_that_has_just_finished_for_these_devices_is_named_instead_of_a_second_creation() {
        String ended = Instant.now().minusSeconds(60).toString();
        respond(
                "ListOTAJobByDevice",
                jobs(job("COMPLETED").replace("}", ",\"utcEndTime\":\"" + ended.substring(0, 19) + ".000Z\"}")));

        assertThat(create(listed("d1", "d2")).getLeft().summary()).contains("Job 183", "has just finished");
        assertThat(calls("CreateOTAStaticUpgradeJob")).isEmpty();
    }

    @Test
    void the_tasks_of_a_job_with_more_tasks_than_requested_devices_are_not_listed() {
        respond("ListOTAJobByDevice", jobs(job("IN_PROGRESS")));
        respond("ListOTATaskByJob", tasks("d1", "d2", "d3"));

        assertThat(create(listed("d1", "d2")).get().alreadyExisted()).isFalse();
        assertThat(calls("ListOTATaskByJob").map(query -> query.get("PageSize")))
                .containsOnly("1");
    }

    @Test
    void a_lost_job_for_named_devices_is_neither_called_safe_to_repeat_nor_looked_up_by_its_token() {
        SERVER.stubFor(any(anyUrl())
                .withQueryParam("Action", equalTo("CreateOTAStaticUpgradeJob"))
                .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        OtaFailure failure = create(listed("d1", "d2")).getLeft();

        assertThat(failure.advice()).startsWith("List the jobs of firmware 167").doesNotContain("roll_7");
    }

    @Test
    void a_job_that_was_created_but_not_read_is_returned_with_its_id() {
        SERVER.stubFor(any(anyUrl())
                .withQueryParam("Action", equalTo("QueryOTAJob"))
                .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        JobCreation created =
                create(JobRequest.upgrade(FIRMWARE, JobTargets.all())).get();

        assertThat(created.jobs().map(one -> one.id())).containsExactly(JOB);
        assertThat(created.jobs().head().state().value()).isEqualTo(JobState.UNKNOWN);
        assertThat(created.warnings().mkString()).contains("job 183 was created, but could not be read");
    }

    @Test
    void a_job_whose_response_was_lost_is_found_through_its_devices_and_sent_once() {
        SERVER.stubFor(any(anyUrl())
                .withQueryParam("Action", equalTo("CreateOTAStaticUpgradeJob"))
                .inScenario("lost")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("created")
                .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        SERVER.stubFor(any(anyUrl())
                .withQueryParam("Action", equalTo("ListOTAJobByDevice"))
                .inScenario("lost")
                .whenScenarioStateIs("created")
                .willReturn(okJson(jobs(job("IN_PROGRESS")))));

        // The platform leaves out d3, which has the version.
        JobCreation creation = create(listed("d1", "d2", "d3")).get();

        assertThat(creation.jobs().map(one -> one.id())).containsExactly(JOB);
        assertThat(creation.warnings().single()).contains("no task for 1 of 3 devices");
        assertThat(calls("CreateOTAStaticUpgradeJob")).hasSize(1);
    }

    @Test
    void a_job_of_before_is_not_the_one_whose_response_was_lost() {
        respond("ListOTAJobByDevice", jobs(job("COMPLETED")));
        SERVER.stubFor(any(anyUrl())
                .withQueryParam("Action", equalTo("CreateOTAStaticUpgradeJob"))
                .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        OtaFailure failure = create(listed("d1", "d2")).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(((OtaFailure.OutcomeUnknown) failure).clientToken()).isEmpty();
    }

    @Test
    void a_lost_job_for_all_devices_stays_unknown_with_advice() {
        SERVER.stubFor(any(anyUrl())
                .withQueryParam("Action", equalTo("CreateOTAStaticUpgradeJob"))
                .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        OtaFailure failure =
                create(JobRequest.upgrade(FIRMWARE, JobTargets.all())).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(failure.advice()).startsWith("List the jobs of firmware 167");
        assertThat(calls("ListOTAJobByDevice")).isEmpty();
    }

    @Test
    void a_job_for_all_devices_warns_that_it_cannot_be_found_again() {
        assertThat(create(JobRequest.upgrade(FIRMWARE, JobTargets.all()))
                        .get()
                        .warnings()
                        .head())
                .contains("cannot be found if its response is lost");
    }

    @Test
    void a_percentage_is_a_whole_number() {
        assertThat(create(JobRequest.upgrade(FIRMWARE, JobTargets.percentage(new BigDecimal("0.5"))))
                        .getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);
        assertThat(calls("QueryOTAFirmware")).isEmpty();
    }

    @Test
    void more_than_200_devices_become_several_jobs_without_an_upload() {
        respond("ListOTATaskByJob", tasks("d1"));

        create(JobRequest.upgrade(
                        FIRMWARE,
                        JobTargets.devices(List.rangeClosed(1, 201).map(number -> DeviceId.of("d" + number)))))
                .get();

        assertThat(calls("CreateOTAStaticUpgradeJob")).hasSize(2);
        assertThat(calls("GenerateDeviceNameListURL")).isEmpty();
    }

    /** What the API list of the platform lacks. */
    enum Missing {
        TOKEN_OF_JOBS(Capability.FIND_JOB_BY_TOKEN, backend -> backend.jobs().findByToken(TOKEN, FIRMWARE)),
        TAGS(Capability.JOB_TAGS, listed("d1").tag("a", "b")),
        START(Capability.JOB_START, listed("d1").start(Instant.MAX)),
        RATE(Capability.JOB_RATE, listed("d1").ratePerMinute(100)),
        REPLACE(Capability.REPLACE_TASKS, listed("d1").replacesPending(true)),
        CONTINUOUS(
                Capability.CONTINUOUS_JOB,
                JobRequest.upgrade(FIRMWARE, JobTargets.continuous()).sourceVersion(FirmwareVersion.of("1"))),
        GATEWAY(Capability.JOB_THROUGH_GATEWAYS, listed("d1").throughGateways(true)),
        RETRY(Capability.RETRY_TASKS, backend -> backend.jobCommands().retry(JOB, TaskFilter.all())),
        UPDATE(Capability.UPDATE_JOB, backend -> backend.jobCommands().update(JOB, JobUpdate.none()));

        private final Capability capability;
        private final Function<Backend, Either<OtaFailure, ?>> call;

        Missing(Capability capability, Function<Backend, Either<OtaFailure, ?>> call) {
            this.capability = capability;
            this.call = call;
        }

        Missing(Capability capability, JobRequest.Builder request) {
            this(capability, backend -> backend.jobCommands().create(request.build()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_the_platform_lacks_is_unsupported_before_a_request(Missing missing) {
        OtaFailure failure = missing.call.apply(backend).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unsupported.class);
        assertThat(((OtaFailure.Unsupported) failure).capability()).isEqualTo(missing.capability);
        assertThat(failure.advice()).endsWith("nothing was sent").isNotEqualTo("nothing was sent");
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    @Test
    void retries_and_timeout_are_sent() {
        create(listed("d1", "d2")
                        .retry(new RetryPolicy(1, Duration.ZERO))
                        .timeout(Duration.ofHours(1))
                        .needsConfirmation(true))
                .get();

        assertThat(calls("CreateOTAStaticUpgradeJob").single())
                .containsEntry("RetryCount", "1")
                .containsEntry("RetryInterval", "0")
                .containsEntry("TimeoutInMinutes", "60")
                .containsEntry("NeedConfirm", "true");
    }

    @Test
    void a_cancellation_of_running_tasks_sends_nothing_and_accepts_none() {
        TaskChanges changes = backend.jobCommands()
                .cancel(JOB, TaskFilter.inState(TaskState.RUNNING))
                .get();

        assertThat(changes.accepted()).contains(0L);
        assertThat(calls("CancelOTATaskByJob")).isEmpty();
    }

    @Test
    void an_id_that_is_no_number_is_rejected_before_a_request() {
        assertThat(backend.jobs().find(JobId.of("x1")).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }
}
