package io.otabridge.aliyun.job;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static io.otabridge.aliyun.job.JobServer.DONE;
import static io.otabridge.aliyun.job.JobServer.error;
import static io.otabridge.aliyun.job.JobServer.task;
import static io.otabridge.aliyun.job.JobServer.tasks;
import static io.otabridge.aliyun.job.JobServer.tasksIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.aliyun.AliyunFixture;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.command.JobCommandPort;
import io.otabridge.domain.job.command.JobUpdate;
import io.otabridge.domain.job.command.TaskChanges;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cancellations, retries, confirmations and updates on the wire. */
class AliyunTaskCommandsTest {

    private static final JobId JOB = JobId.of("j1");
    private static final String STATIC = ",\"SelectionType\":\"STATIC\",\"TargetSelection\":\"SPECIFIC\"";
    private static final String DYNAMIC = ",\"SelectionType\":\"DYNAMIC\",\"TargetSelection\":\"ALL\"";

    @RegisterExtension
    static final WireMockExtension SERVER = JobServer.start();

    private final JobServer vendor = new JobServer(SERVER);
    private final Backend backend = AliyunFixture.open(AliyunFixture.settings(SERVER.baseUrl()));
    private final JobCommandPort commands = backend.jobCommands();

    @BeforeEach
    void givenJob() {
        vendor.hasJob("IN_PROGRESS", STATIC);
        vendor.respond("ListOTATaskByJob", tasks(0));
        for (String action : List.of(
                "CancelOTATaskByJob",
                "CancelOTATaskByDevice",
                "CancelOTAStrategyByJob",
                "ConfirmOTATask",
                "ReupgradeOTATask",
                "UpdateOTAJob")) {
            vendor.respond(action, DONE);
        }
    }

    @AfterEach
    void close() {
        backend.close();
    }

    private static List<String> devices(List<TaskChanges.Refused> refused) {
        return refused.map(one -> one.device().value());
    }

    @Test
    void cancels_a_whole_scheduled_job_with_all_five_flags() {
        vendor.hasJob("PLANNED", STATIC);

        TaskChanges changes = commands.cancel(JOB, TaskFilter.all()).get();

        assertThat(changes.inProgressCount()).isZero();
        assertThat(changes.refused()).isEmpty();
        assertThat(vendor.order()).containsExactly("QueryOTAJob", "ListOTATaskByJob", "CancelOTATaskByJob");
        assertThat(vendor.parameters("CancelOTATaskByJob"))
                .isEqualTo(Map.of(
                        "JobId", "j1",
                        "CancelScheduledTask", "true",
                        "CancelUnconfirmedTask", "true",
                        "CancelQueuedTask", "true",
                        "CancelNotifiedTask", "true",
                        "CancelInProgressTask", "true"));
    }

    @Test
    void names_the_devices_that_were_upgrading_up_to_a_limit() {
        vendor.respond(
                "ListOTATaskByJob",
                tasksIn("IN_PROGRESS", 100).replace("\"PageCount\":1,\"Total\":100", "\"PageCount\":30,\"Total\":2999"),
                "TaskStatus",
                "IN_PROGRESS");

        TaskChanges changes = commands.cancel(JOB, TaskFilter.all()).get();

        assertThat(changes.inProgress()).hasSize(TaskChanges.MAX_LISTED);
        assertThat(changes.inProgressCount()).isEqualTo(2999);
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUED, false, true, false, false",
        "NOTIFIED, false, false, true, false",
        "AWAITING_CONFIRMATION, true, false, false, false",
        "RUNNING, false, false, false, true",
    })
    void cancels_tasks_by_state(TaskState state, String unconfirmed, String queued, String notified, String running) {
        commands.cancel(JOB, TaskFilter.inState(state)).get();

        assertThat(vendor.parameters("CancelOTATaskByJob"))
                .doesNotContainKey("CancelScheduledTask")
                .containsEntry("CancelUnconfirmedTask", unconfirmed)
                .containsEntry("CancelQueuedTask", queued)
                .containsEntry("CancelNotifiedTask", notified)
                .containsEntry("CancelInProgressTask", running);
    }

    @Test
    void a_cancellation_of_tasks_that_have_not_started_asks_for_no_running_ones() {
        commands.cancel(JOB, TaskFilter.notStarted()).get();

        assertThat(vendor.order()).containsExactly("QueryOTAJob", "CancelOTATaskByJob");
        assertThat(vendor.parameters("CancelOTATaskByJob")).containsEntry("CancelInProgressTask", "false");
    }

    @ParameterizedTest
    @CsvSource({"FAILED", "SUCCEEDED", "REMOVED", "AWAITING_RETRY", "CANCELLING", "CANCELLED"})
    void states_that_cannot_be_cancelled_are_not_sent(TaskState state) {
        assertThat(commands.cancel(JOB, TaskFilter.inState(state)).get()).isEqualTo(TaskChanges.NONE);
        assertThat(vendor.calls("CancelOTATaskByJob")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CANCELED", "COMPLETED", "COMPLETE"})
    void a_job_that_has_ended_is_not_cancelled(String state) {
        vendor.hasJob(state, STATIC);

        TaskChanges changes = commands.cancel(JOB, TaskFilter.all()).get();

        assertThat(changes.accepted()).contains(0L);
        assertThat(changes.warnings()).containsExactly("the job has ended already");
        assertThat(vendor.order()).containsExactly("QueryOTAJob");
    }

    @Test
    void a_job_that_was_cancelled_in_between_is_cancelled() {
        vendor.respond("CancelOTATaskByJob", error("JobAlreadyCanceled"));

        assertThat(commands.cancel(JOB, TaskFilter.all()).get().refused()).isEmpty();
    }

    @Test
    void a_job_that_goes_on_because_of_the_state_of_its_tasks_is_not_cancelled() {
        vendor.respond("CancelOTATaskByJob", error("IncorrectDeviceUpgradeJobStatus"));

        assertThat(commands.cancel(JOB, TaskFilter.all()).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
    }

    @Test
    void tasks_that_keep_their_state_after_a_wrong_one_in_their_group_are_refused() {
        vendor.respond(
                "ListOTATaskByJob", tasks(2, task("d1", "CONFIRM"), task("d2", "CONFIRM")), "TaskStatus", "CONFIRM");
        vendor.respond("ConfirmOTATask", error("IncorrectDeviceUpgradeJobStatus"));
        vendor.respond(
                "ListOTATaskByJob", tasks(2, task("d1", "QUEUED"), task("d2", "CONFIRM")), "DeviceNames.1", "d1");

        TaskChanges changes = commands.confirm(JOB, TaskFilter.all()).get();

        assertThat(changes.accepted()).contains(1L);
        assertThat(devices(changes.refused())).containsExactly("d2");
    }

    @Test
    void a_cancellation_whose_response_was_lost_is_sent_once_and_read_back() {
        vendor.respond("CancelOTATaskByJob", aResponse().withFault(Fault.EMPTY_RESPONSE));
        assertThat(commands.cancel(JOB, TaskFilter.all()).getLeft()).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(vendor.calls("CancelOTATaskByJob")).hasSize(1);

        SERVER.stubFor(any(anyUrl())
                .withHeader("x-acs-action", equalTo("CancelOTATaskByJob"))
                .inScenario("lost")
                .willSetStateTo("cancelled")
                .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        SERVER.stubFor(any(anyUrl())
                .withHeader("x-acs-action", equalTo("QueryOTAJob"))
                .inScenario("lost")
                .whenScenarioStateIs("cancelled")
                .willReturn(okJson("{\"Success\":true,\"Data\":" + JobServer.job("CANCELED", STATIC) + "}")));
        assertThat(commands.cancel(JOB, TaskFilter.all()).isRight()).isTrue();
    }

    @Test
    void a_continuous_job_needs_both_cancellations() {
        vendor.hasJob("IN_PROGRESS", DYNAMIC);

        commands.cancel(JOB, TaskFilter.all()).get();

        assertThat(vendor.order())
                .containsExactly("QueryOTAJob", "ListOTATaskByJob", "CancelOTAStrategyByJob", "CancelOTATaskByJob");
    }

    @Test
    void tasks_of_a_continuous_job_are_cancelled_after_the_job() {
        vendor.hasJob("CANCELED", DYNAMIC);

        commands.cancel(JOB, TaskFilter.all()).get();

        assertThat(vendor.order()).containsExactly("QueryOTAJob", "ListOTATaskByJob", "CancelOTATaskByJob");
    }

    @Test
    void a_continuous_job_whose_tasks_stay_says_that_the_cancellation_must_be_repeated() {
        vendor.hasJob("IN_PROGRESS", DYNAMIC);
        vendor.respond("CancelOTATaskByJob", error("InvalidOTATaskId"));

        OtaFailure failure = commands.cancel(JOB, TaskFilter.all()).getLeft();

        assertThat(failure.advice()).contains("repeat the cancellation");
    }

    @Test
    void a_continuous_job_goes_on_if_only_some_tasks_are_cancelled() {
        vendor.hasJob("IN_PROGRESS", DYNAMIC);

        TaskChanges changes =
                commands.cancel(JOB, TaskFilter.inState(TaskState.QUEUED)).get();

        assertThat(changes.warnings().single()).contains("goes on");
        assertThat(vendor.calls("CancelOTAStrategyByJob")).isEmpty();
    }

    @Test
    void cancels_named_devices_200_at_a_time_and_reports_each_that_was_refused() {
        List<DeviceId> names = List.rangeClosed(1, 250).map(number -> DeviceId.of("d" + number));
        for (int start = 1; start <= 250; start += 50) {
            vendor.respond(
                    "ListOTATaskByJob",
                    tasks(
                            50,
                            List.rangeClosed(start, start + 49)
                                    .map(number -> task("d" + number, number == 7 ? "IN_PROGRESS" : "QUEUED"))
                                    .toJavaArray(String[]::new)),
                    "DeviceNames.1",
                    "d" + start);
        }
        vendor.respond("CancelOTATaskByDevice", error("BatchCancelDeviceUpgradeFailed"), "DeviceName.1", "d201");

        TaskChanges changes = commands.cancel(JOB, TaskFilter.ofDevices(names)).get();

        assertThat(changes.accepted()).contains(200L);
        assertThat(changes.refused()).hasSize(50);
        assertThat(changes.refused().head().device().value()).isEqualTo("d201");
        assertThat(changes.inProgress().map(DeviceId::value)).containsExactly("d7");
        assertThat(vendor.calls("CancelOTATaskByDevice")).hasSize(2);
        assertThat(JobServer.parameters(vendor.calls("CancelOTATaskByDevice").head()))
                .containsEntry("FirmwareId", "f1")
                .containsEntry("ProductKey", "p1")
                .containsEntry("JobId", "j1");
    }

    @Test
    void a_named_device_without_a_task_or_with_an_ended_one_is_refused() {
        vendor.respond(
                "ListOTATaskByJob",
                tasks(3, task("d1", "QUEUED"), task("d2", "SUCCEEDED"), task("d3", "CANCELED")),
                "DeviceNames.1",
                "d1");

        TaskChanges changes = commands.cancel(
                        JOB,
                        TaskFilter.ofDevices(
                                DeviceId.of("d1"), DeviceId.of("d2"), DeviceId.of("d3"), DeviceId.of("d4")))
                .get();

        assertThat(changes.accepted()).contains(1L);
        assertThat(devices(changes.refused())).containsExactly("d2", "d4");
        assertThat(changes.refused().map(TaskChanges.Refused::failure).map(Object::getClass))
                .containsExactly(OtaFailure.Rejected.class, OtaFailure.NotFound.class);
        assertThat(vendor.parameters("CancelOTATaskByDevice"))
                .containsEntry("DeviceName.1", "d1")
                .doesNotContainKey("DeviceName.2");
    }

    @Test
    void retries_failed_and_cancelled_tasks_10_at_a_time() {
        vendor.respond("ListOTATaskByJob", tasksIn("FAILED", 12), "TaskStatus", "FAILED");
        vendor.respond("ListOTATaskByJob", tasks(1, task("x", "CANCELED")), "TaskStatus", "CANCELED");
        vendor.respond("ReupgradeOTATask", error("ReUpgradeFailedFirmwareNotVerified"), "TaskId.1", "t-d11");

        TaskChanges changes = commands.retry(JOB, TaskFilter.all()).get();

        assertThat(changes.accepted()).contains(10L);
        assertThat(devices(changes.refused())).containsExactly("d11", "d12", "x");
        assertThat(changes.refused().head().failure().advice()).contains("Verify the package");
        assertThat(vendor.calls("ReupgradeOTATask").map(JobServer::parameters).map(Map::size))
                .containsExactly(11, 4);
    }

    @Test
    void a_retry_is_sent_once_and_an_unknown_outcome_concerns_its_tasks_only() {
        vendor.respond("ListOTATaskByJob", tasksIn("FAILED", 11), "TaskStatus", "FAILED");
        vendor.respond("ReupgradeOTATask", aResponse().withFault(Fault.EMPTY_RESPONSE), "TaskId.1", "t-d1");

        TaskChanges changes = commands.retry(JOB, TaskFilter.all()).get();

        assertThat(changes.accepted()).contains(1L);
        assertThat(changes.refused()).hasSize(10);
        assertThat(changes.refused().head().failure()).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(vendor.calls("ReupgradeOTATask")).hasSize(2);
    }

    @Test
    void missing_permission_is_not_tried_for_every_group() {
        vendor.respond("ListOTATaskByJob", tasksIn("FAILED", 31), "TaskStatus", "FAILED");
        vendor.respond(
                "ReupgradeOTATask",
                "{\"Success\":false,\"Code\":\"iot.common.RamActionPermissionDeny\",\"ErrorMessage\":\"no\"}");

        TaskChanges changes = commands.retry(JOB, TaskFilter.all()).get();

        assertThat(changes.refused()).hasSize(31);
        assertThat(vendor.calls("ReupgradeOTATask")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ReupgradeOTATask", "ConfirmOTATask"})
    void tasks_of_a_job_that_was_cancelled_meanwhile_are_neither_retried_nor_confirmed(String action) {
        vendor.respond("ListOTATaskByJob", tasksIn("FAILED", 11), "TaskStatus", "FAILED");
        vendor.respond("ListOTATaskByJob", tasksIn("CONFIRM", 11), "TaskStatus", "CONFIRM");
        vendor.respond(action, error("JobAlreadyCanceled"));

        TaskChanges changes = (action.equals("ConfirmOTATask")
                        ? commands.confirm(JOB, TaskFilter.all())
                        : commands.retry(JOB, TaskFilter.all()))
                .get();

        assertThat(changes.accepted()).contains(0L);
        assertThat(changes.refused()).hasSize(11);
        assertThat(changes.refused().head().failure()).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(changes.refused().head().failure().advice()).contains("create a new job");
        assertThat(vendor.calls(action)).hasSize(1);
    }

    @Test
    void named_tasks_of_a_job_that_was_cancelled_meanwhile_are_cancelled() {
        vendor.respond("ListOTATaskByJob", tasks(1, task("d1", "QUEUED")), "DeviceNames.1", "d1");
        vendor.respond("CancelOTATaskByDevice", error("JobAlreadyCanceled"));

        assertThat(commands.cancel(JOB, TaskFilter.ofDevices(DeviceId.of("d1")))
                        .get()
                        .accepted())
                .contains(1L);
    }

    @Test
    void an_outage_is_not_tried_for_every_group() {
        vendor.respond("ListOTATaskByJob", tasksIn("FAILED", 100), "TaskStatus", "FAILED");
        vendor.respond("ReupgradeOTATask", aResponse().withFault(Fault.EMPTY_RESPONSE));

        TaskChanges changes = commands.retry(JOB, TaskFilter.all()).get();

        assertThat(changes.refused()).hasSize(100);
        assertThat(changes.refused().get(19).failure()).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(changes.refused().get(20).failure())
                .as("nothing was sent")
                .isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(vendor.calls("ReupgradeOTATask")).hasSize(2);
    }

    @Test
    void a_retry_of_named_devices_selects_their_failed_tasks() {
        vendor.respond(
                "ListOTATaskByJob",
                tasks(2, task("d1", "FAILED"), task("d2", "SUCCEEDED")),
                "DeviceNames.1",
                "d1",
                "DeviceNames.2",
                "d2");

        TaskChanges changes = commands.retry(JOB, TaskFilter.ofDevices(DeviceId.of("d1"), DeviceId.of("d2")))
                .get();

        assertThat(changes.accepted()).contains(1L);
        assertThat(devices(changes.refused())).as("tasks in other states").containsExactly("d2");
        assertThat(vendor.parameters("ReupgradeOTATask")).isEqualTo(Map.of("JobId", "j1", "TaskId.1", "t-d1"));
    }

    @Test
    void a_retry_of_a_named_device_in_another_state_does_not_call_it_absent() {
        vendor.respond("ListOTATaskByJob", tasks(1, task("d1", "SUCCEEDED")), "DeviceNames.1", "d1");

        TaskChanges changes = commands.retry(
                        JOB, TaskFilter.ofDevices(DeviceId.of("d1")).withStates(TaskState.SUCCEEDED))
                .get();

        assertThat(changes.refused().single().failure().summary()).contains("has state succeeded");
    }

    @Test
    void a_retry_of_other_states_sends_nothing() {
        assertThat(commands.retry(JOB, TaskFilter.inState(TaskState.SUCCEEDED))
                        .get()
                        .accepted())
                .contains(0L);
        assertThat(vendor.calls("ReupgradeOTATask")).isEmpty();
    }

    @Test
    void a_task_without_an_id_is_refused() {
        vendor.respond(
                "ListOTATaskByJob",
                tasks(1, "{\"DeviceName\":\"d1\",\"TaskStatus\":\"FAILED\"}"),
                "TaskStatus",
                "FAILED");

        TaskChanges changes = commands.retry(JOB, TaskFilter.all()).get();

        assertThat(devices(changes.refused())).containsExactly("d1");
        assertThat(vendor.calls("ReupgradeOTATask")).isEmpty();
    }

    @Test
    void confirms_waiting_tasks_10_at_a_time() {
        vendor.respond("ListOTATaskByJob", tasksIn("CONFIRM", 11), "TaskStatus", "CONFIRM");

        TaskChanges changes = commands.confirm(JOB, TaskFilter.all()).get();

        assertThat(changes.accepted()).contains(11L);
        assertThat(vendor.calls("ConfirmOTATask").map(JobServer::parameters).map(Map::size))
                .containsExactly(10, 1);
    }

    @Test
    void a_dry_run_looks_and_changes_nothing() {
        vendor.respond("ListOTATaskByJob", tasksIn("FAILED", 11), "TaskStatus", "FAILED");
        vendor.respond("ListOTATaskByJob", tasksIn("CONFIRM", 2), "TaskStatus", "CONFIRM");
        vendor.respond("ListOTATaskByJob", tasksIn("IN_PROGRESS", 2), "TaskStatus", "IN_PROGRESS");
        JobCommandPort dry = commands.dryRun();

        assertThat(dry.retry(JOB, TaskFilter.all()).get().accepted()).contains(11L);
        assertThat(dry.confirm(JOB, TaskFilter.all()).get().accepted()).contains(2L);
        assertThat(dry.cancel(JOB, TaskFilter.all()).get().inProgressCount()).isEqualTo(2);
        assertThat(dry.update(JOB, JobUpdate.none().ratePerMinute(77)).get().ratePerMinute())
                .contains(77);
        assertThat(vendor.order()).containsOnly("QueryOTAJob", "ListOTATaskByJob");
    }

    @Test
    void an_update_keeps_the_token_and_everything_that_the_vendor_would_erase() {
        vendor.hasJob(
                "IN_PROGRESS",
                DYNAMIC
                        + ",\"MaximumPerMinute\":1000,\"TimeoutInMinutes\":5,\"SrcVersions\":{\"SrcVersion\":[\"1.0.0\"]},"
                        + "\"Tags\":{\"OtaTagDTO\":[{\"Key\":\"ota.token\",\"Value\":\"roll_7\"},{\"Key\":\"a\",\"Value\":\"b\"}]}");

        commands.update(JOB, JobUpdate.none().timeout(Duration.ofMinutes(9))).get();

        assertThat(vendor.parameters("UpdateOTAJob"))
                .containsOnly(
                        Map.entry("JobId", "j1"),
                        Map.entry("MaximumPerMinute", "1000"),
                        Map.entry("TargetSelection", "ALL"),
                        Map.entry("UpgradeType", "DYNAMIC"),
                        Map.entry("TimeoutInMinutes", "9"),
                        Map.entry("SrcVersionList.1", "1.0.0"),
                        Map.entry("Tags.1.Key", "a"),
                        Map.entry("Tags.1.Value", "b"),
                        Map.entry("Tags.2.Key", "ota.token"),
                        Map.entry("Tags.2.Value", "roll_7"));
    }

    @Test
    void an_update_keeps_a_token_tag_that_holds_another_text() {
        vendor.hasJob(
                "IN_PROGRESS", STATIC + ",\"Tags\":{\"OtaTagDTO\":[{\"Key\":\"ota.token\",\"Value\":\"no token!\"}]}");

        commands.update(JOB, JobUpdate.none().ratePerMinute(50)).get();

        assertThat(vendor.parameters("UpdateOTAJob")).containsEntry("Tags.1.Value", "no token!");
    }

    @Test
    void an_update_of_a_job_with_a_tag_without_a_value_needs_its_tags() {
        vendor.hasJob("IN_PROGRESS", STATIC + ",\"Tags\":{\"OtaTagDTO\":[{\"Key\":\"ring\",\"Value\":\"\"}]}");

        assertThat(commands.update(JOB, JobUpdate.none().ratePerMinute(50)).getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);
        assertThat(vendor.calls("UpdateOTAJob")).isEmpty();
        assertThat(commands.update(JOB, JobUpdate.none().tags(LinkedHashMap.of("ring", "2")))
                        .isRight())
                .isTrue();
    }

    @Test
    void no_update_lets_a_continuous_job_upgrade_devices_with_any_version() {
        vendor.hasJob("IN_PROGRESS", DYNAMIC + ",\"SrcVersions\":{\"SrcVersion\":[\"1.0.0\"]}");
        assertThat(commands.update(JOB, JobUpdate.none().sourceVersions(List.empty()))
                        .getLeft()
                        .advice())
                .contains("Name the source versions");

        vendor.hasJob("IN_PROGRESS", DYNAMIC);
        assertThat(commands.update(JOB, JobUpdate.none().ratePerMinute(50)).getLeft())
                .as("the job was returned without them")
                .isInstanceOf(OtaFailure.Rejected.class);
        assertThat(vendor.calls("UpdateOTAJob")).isEmpty();

        vendor.hasJob("IN_PROGRESS", DYNAMIC + ",\"GroupId\":\"g1\"");
        assertThat(commands.update(JOB, JobUpdate.none().ratePerMinute(50)).isRight())
                .isTrue();
    }

    @Test
    void an_update_replaces_the_tags_of_a_static_job_and_is_read_back() {
        vendor.hasJob(
                "IN_PROGRESS", STATIC + ",\"Tags\":{\"OtaTagDTO\":[{\"Key\":\"ota.token\",\"Value\":\"roll_7\"}]}");

        UpgradeJob updated = commands.update(
                        JOB, JobUpdate.none().ratePerMinute(50).tags(LinkedHashMap.of("ring", "2")))
                .get();

        assertThat(vendor.parameters("UpdateOTAJob"))
                .containsEntry("UpgradeType", "STATIC")
                .containsEntry("TargetSelection", "SPECIFIC")
                .containsEntry("MaximumPerMinute", "50")
                .containsEntry("Tags.1.Key", "ring")
                .containsEntry("Tags.2.Value", "roll_7")
                .doesNotContainKeys("TimeoutInMinutes", "SrcVersionList.1");
        assertThat(updated.tags()).as("the read job").isEmpty();
        assertThat(vendor.order()).containsExactly("QueryOTAJob", "UpdateOTAJob", "QueryOTAJob");
    }

    @Test
    void an_update_without_a_change_is_not_sent() {
        vendor.hasJob("IN_PROGRESS", STATIC + ",\"MaximumPerMinute\":50");

        assertThat(commands.update(JOB, JobUpdate.none().ratePerMinute(50)).isRight())
                .isTrue();
        assertThat(vendor.calls("UpdateOTAJob")).isEmpty();
    }

    @Test
    void only_continuous_jobs_can_change_timeout_and_source_versions() {
        for (JobUpdate change : List.of(
                JobUpdate.none().timeout(Duration.ofMinutes(5)),
                JobUpdate.none().sourceVersions(List.of(FirmwareVersion.of("1"))),
                JobUpdate.none().ratePerMinute(5))) {
            assertThat(commands.update(JOB, change).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
        }
        assertThat(vendor.calls("UpdateOTAJob")).isEmpty();
    }

    @Test
    void jobs_cannot_be_deleted() {
        OtaFailure failure = commands.delete(JOB).getLeft();

        assertThat(((OtaFailure.Unsupported) failure).capability()).isEqualTo(Capability.DELETE_JOB);
        assertThat(vendor.requests()).isZero();
    }
}
