package io.otabridge.simulators.aliyun;

import static io.otabridge.simulators.aliyun.SimulatedJobs.FIRMWARE;
import static io.otabridge.simulators.aliyun.SimulatedJobs.NOW;
import static io.otabridge.simulators.aliyun.SimulatedJobs.PRODUCT;
import static io.otabridge.simulators.aliyun.SimulatedJobs.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.simulators.aliyun.store.AliyunDeviceGroup;
import io.otabridge.simulators.fleet.Behavior;
import io.otabridge.simulators.fleet.FleetDevice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How jobs and tasks change as time passes, and by commands. */
class AliyunJobRunTest {

    private final SimulatedJobs jobs = SimulatedJobs.start();

    @AfterEach
    void stop() {
        jobs.close();
    }

    private static String millis(long minutes) {
        return String.valueOf(NOW.plus(Duration.ofMinutes(minutes)).toEpochMilli());
    }

    private String code(String action, String... parameters) throws Exception {
        return jobs.call(action, parameters).path("Code").asText().replaceFirst(".*\\.", "");
    }

    @Test
    void a_task_succeeds_only_when_the_device_reports_the_new_version() throws Exception {
        FleetDevice device = jobs.device("dev1");
        String job = jobs.jobForAll();
        assertThat(jobs.tasks(job)).isEqualTo(Map.of("dev1", "NOTIFIED"));

        jobs.advance(Duration.ofSeconds(6));
        assertThat(jobs.tasks(job)).isEqualTo(Map.of("dev1", "IN_PROGRESS"));
        jobs.finish();

        JsonNode task = jobs.taskList(job).get(0);
        assertThat(task.get("TaskStatus").asText()).isEqualTo("SUCCEEDED");
        assertThat(task.get("Progress").asText()).isEqualTo("100.00");
        assertThat(task.get("SrcVersion").asText()).isEqualTo("1.0.0");
        assertThat(task.get("DestVersion").asText()).isEqualTo(VERSION);
        assertThat(task.has("Timeout")).isFalse();
        assertThat(jobs.status(job)).isEqualTo("COMPLETED");
        assertThat(device.versions()).containsEntry("default", VERSION);
    }

    @ParameterizedTest
    @CsvSource({
        "REPORTS_OLD_VERSION, report version is not conform",
        "DOWNLOAD_FAILS, -2: the download timed out",
        "DAMAGED, -3: the integrity check failed",
        "INSTALLATION_FAILS, -4: the installation failed",
        "BATTERY_LOW, -1: the battery is low"
    })
    void a_failed_task_contains_what_the_device_reported(Behavior behavior, String description) throws Exception {
        jobs.device("good");
        jobs.device("dev1", behavior);
        String job = jobs.jobForAll();

        jobs.finish();

        assertThat(jobs.tasks(job)).isEqualTo(Map.of("dev1", "FAILED " + description, "good", "SUCCEEDED"));
        assertThat(jobs.status(job)).isEqualTo("COMPLETED");
    }

    @Test
    void an_offline_device_is_notified_when_it_connects() throws Exception {
        FleetDevice device = jobs.device("dev1");
        jobs.simulator.fleet().disconnect(device);
        String job = jobs.jobForAll();
        jobs.finish();
        assertThat(jobs.tasks(job)).isEqualTo(Map.of("dev1", "QUEUED"));

        jobs.simulator.fleet().connect(device);
        jobs.finish();

        assertThat(jobs.tasks(job)).isEqualTo(Map.of("dev1", "SUCCEEDED"));
    }

    @Test
    void a_job_that_is_not_pushed_waits_until_its_devices_connect_and_request_it() throws Exception {
        FleetDevice device = jobs.device("dev1");
        String job = jobs.jobForAll("NeedPush", "false");
        jobs.finish();
        assertThat(jobs.tasks(job)).isEqualTo(Map.of("dev1", "QUEUED"));

        jobs.simulator.fleet().disconnect(device);
        jobs.simulator.fleet().connect(device);
        jobs.finish();

        assertThat(jobs.tasks(job)).isEqualTo(Map.of("dev1", "SUCCEEDED"));
    }

    @Test
    void a_planned_job_starts_and_ends_at_its_times() throws Exception {
        FleetDevice offline = jobs.device("offline");
        jobs.device("online");
        jobs.simulator.fleet().disconnect(offline);
        String job = jobs.jobForAll("ScheduleTime", millis(10), "ScheduleFinishTime", millis(100));
        jobs.advance(Duration.ofMinutes(9));
        assertThat(jobs.status(job)).isEqualTo("PLANNED");
        assertThat(jobs.tasks(job)).containsEntry("online", "QUEUED");

        jobs.advance(Duration.ofMinutes(2));
        assertThat(jobs.status(job)).isEqualTo("IN_PROGRESS");
        assertThat(jobs.tasks(job)).isEqualTo(Map.of("offline", "QUEUED", "online", "SUCCEEDED"));
        jobs.advance(Duration.ofMinutes(90));

        assertThat(jobs.tasks(job)).containsEntry("offline", "CANCELED upgrade task is canceled");
        JsonNode data = jobs.call("QueryOTAJob", "JobId", job).get("Data");
        assertThat(data.get("JobStatus").asText()).isEqualTo("COMPLETED");
        assertThat(data.get("UtcStartTime").asText()).isEqualTo("2026-01-02T03:14:05.000Z");
        assertThat(data.get("UtcEndTime").asText()).isEqualTo("2026-01-02T04:44:05.000Z");
    }

    @Test
    void no_more_devices_are_notified_in_a_minute_than_the_rate_allows() throws Exception {
        for (int number = 1; number <= 25; number++) {
            jobs.device("device" + number, Behavior.SILENT);
        }
        String job = jobs.jobForAll("MaximumPerMinute", "10");

        assertThat(count(job, "NOTIFIED")).isEqualTo(10);
        jobs.advance(Duration.ofSeconds(59));
        assertThat(count(job, "NOTIFIED")).isEqualTo(10);
        jobs.advance(Duration.ofSeconds(1));
        assertThat(count(job, "NOTIFIED")).isEqualTo(20);
        jobs.advance(Duration.ofMinutes(1));
        assertThat(count(job, "NOTIFIED")).isEqualTo(25);
    }

    private int count(String job, String status) throws Exception {
        return jobs.call("ListOTATaskByJob", "JobId", job, "TaskStatus", status, "PageSize", "1")
                .get("Total")
                .asInt();
    }

    @Test
    void the_timeout_begins_with_the_first_progress_and_is_not_retried() throws Exception {
        jobs.device("dead", Behavior.DIES);
        jobs.device("quiet", Behavior.SILENT);
        String job = jobs.jobForAll("TimeoutInMinutes", "60", "RetryInterval", "0", "RetryCount", "5");

        jobs.advance(Duration.ofMinutes(60));
        assertThat(jobs.tasks(job)).isEqualTo(Map.of("dead", "IN_PROGRESS", "quiet", "NOTIFIED"));
        assertThat(jobs.taskList(job).get(0).get("Timeout").asText()).isEqualTo("60");
        jobs.finish();

        assertThat(jobs.tasks(job)).isEqualTo(Map.of("dead", "FAILED upgrade timeout", "quiet", "NOTIFIED"));
        assertThat(jobs.status(job)).isEqualTo("IN_PROGRESS");
    }

    @Test
    void a_failed_task_is_retried_after_the_interval_as_often_as_requested() throws Exception {
        jobs.device("dev1", Behavior.BUSY);
        FleetDevice second = jobs.device("dev2", Behavior.BUSY);
        String job = jobs.jobForAll("RetryInterval", "30", "RetryCount", "2");
        jobs.advance(Duration.ofMinutes(29));
        assertThat(jobs.tasks(job).values()).allMatch(status -> status.startsWith("FAILED"));
        assertThat(jobs.status(job)).isEqualTo("IN_PROGRESS");

        second.behave(Behavior.SUCCESS);
        jobs.advance(Duration.ofMinutes(1).plusSeconds(5));
        assertThat(jobs.tasks(job)).containsEntry("dev2", "IN_PROGRESS");
        jobs.advance(Duration.ofMinutes(29));
        assertThat(jobs.status(job)).isEqualTo("IN_PROGRESS");
        jobs.finish();

        assertThat(jobs.tasks(job)).isEqualTo(Map.of("dev1", "FAILED -1: the device is in use", "dev2", "SUCCEEDED"));
        assertThat(jobs.status(job)).isEqualTo("COMPLETED");
        assertThat(jobs.simulator.fleet().time().now())
                .isBetween(NOW.plus(Duration.ofMinutes(60)), NOW.plus(Duration.ofMinutes(61)));
    }

    @Test
    void a_task_that_needs_confirmation_waits_for_it() throws Exception {
        jobs.device("dev1");
        jobs.device("dev2");
        String job = jobs.jobForAll("NeedConfirm", "true");
        jobs.finish();
        assertThat(jobs.tasks(job)).isEqualTo(Map.of("dev1", "CONFIRM", "dev2", "CONFIRM"));
        String task = jobs.taskId(job, "dev1");

        assertThat(code("ConfirmOTATask", "TaskId.1", task)).isEmpty();
        assertThat(jobs.tasks(job)).isEqualTo(Map.of("dev1", "NOTIFIED", "dev2", "CONFIRM"));
        jobs.finish();

        assertThat(jobs.tasks(job)).isEqualTo(Map.of("dev1", "SUCCEEDED", "dev2", "CONFIRM"));
        assertThat(code("ConfirmOTATask", "TaskId.1", task)).isEqualTo("IncorrectDeviceUpgradeJobStatus");
        assertThat(code("ConfirmOTATask", "TaskId.1", "unknown")).isEqualTo("InvalidOTATaskId");
        assertThat(code("ConfirmOTATask")).isEqualTo("NullTaskId");
    }

    @Test
    void a_device_has_one_unfinished_task_so_that_a_later_one_fails_at_once() throws Exception {
        jobs.device("dev1", Behavior.SILENT);
        jobs.device("dev2", Behavior.SILENT);
        String first = jobs.job("TargetSelection", "SPECIFIC", "TargetDeviceName.1", "dev1");

        String second = jobs.jobForAll();

        assertThat(jobs.tasks(first)).isEqualTo(Map.of("dev1", "NOTIFIED"));
        assertThat(jobs.tasks(second))
                .isEqualTo(Map.of("dev1", "FAILED device has an unfinished upgrade task", "dev2", "NOTIFIED"));
    }

    @Test
    void a_job_whose_tasks_all_conflict_ends_at_once() throws Exception {
        jobs.device("dev1", Behavior.SILENT);
        jobs.jobForAll();

        assertThat(jobs.status(jobs.jobForAll())).isEqualTo("COMPLETED");
    }

    @Test
    void overwriting_replaces_a_task_unless_it_is_in_progress() throws Exception {
        jobs.device("waits", Behavior.SILENT);
        jobs.device("works", Behavior.DIES);
        String first = jobs.jobForAll();
        jobs.advance(Duration.ofMinutes(1));
        assertThat(jobs.tasks(first)).isEqualTo(Map.of("waits", "NOTIFIED", "works", "IN_PROGRESS"));

        String second = jobs.jobForAll("OverwriteMode", "2");

        assertThat(jobs.tasks(first))
                .isEqualTo(Map.of("waits", "CANCELED upgrade task is canceled", "works", "IN_PROGRESS"));
        assertThat(jobs.tasks(second))
                .isEqualTo(Map.of("waits", "NOTIFIED", "works", "FAILED device has an unfinished upgrade task"));
    }

    @ParameterizedTest
    @CsvSource({"true, NOTIFIED", "false, FAILED device has an unfinished upgrade task"})
    void several_modules_are_upgraded_at_the_same_time_only_in_multi_module_mode(String isMulti, String status)
            throws Exception {
        jobs.simulator.addFirmware(jobs.firmware("7702", "MCU").build());
        FleetDevice device = jobs.device("dev1", "default", "MCU");
        device.behave(Behavior.SILENT);
        jobs.jobForAll("MultiModuleMode", isMulti);

        assertThat(jobs.tasks(jobs.jobForAll("FirmwareId", "7702", "MultiModuleMode", isMulti)))
                .isEqualTo(Map.of("dev1", status));
    }

    @Test
    void cancels_tasks_by_their_state() throws Exception {
        jobs.device("works", Behavior.DIES);
        jobs.device("waits", Behavior.SILENT);
        jobs.simulator.fleet().disconnect(jobs.device("offline"));
        String job = jobs.jobForAll();
        jobs.advance(Duration.ofMinutes(1));

        assertThat(code("CancelOTATaskByJob", "JobId", job)).isEqualTo("CancelOptionIsMandatory");
        assertThat(code("CancelOTATaskByJob", "JobId", job, "CancelScheduledTask", "true"))
                .isEqualTo("JobHasNoScheduleTime");
        assertThat(code("CancelOTATaskByJob", "JobId", job, "CancelQueuedTask", "true"))
                .isEmpty();
        assertThat(jobs.tasks(job))
                .isEqualTo(Map.of(
                        "offline", "CANCELED upgrade task is canceled", "waits", "NOTIFIED", "works", "IN_PROGRESS"));
        code("CancelOTATaskByJob", "JobId", job, "CancelNotifiedTask", "true", "CancelInProgressTask", "true");

        assertThat(count(job, "CANCELED")).isEqualTo(3);
        assertThat(jobs.status(job)).isEqualTo("CANCELED");
        assertThat(code("CancelOTATaskByJob", "JobId", job, "CancelQueuedTask", "true"))
                .isEqualTo("JobAlreadyCanceled");
    }

    @ParameterizedTest
    @CsvSource({"'', CANCELED", "false, CONFIRM", "true, CANCELED"})
    void unconfirmed_tasks_are_cancelled_with_queued_ones_unless_specified(String unconfirmed, String status)
            throws Exception {
        jobs.device("dev1");
        String job = jobs.jobForAll("NeedConfirm", "true");

        code("CancelOTATaskByJob", "JobId", job, "CancelQueuedTask", "true", "CancelUnconfirmedTask", unconfirmed);

        assertThat(count(job, status)).isEqualTo(1);
    }

    @Test
    void tasks_of_a_planned_job_are_cancelled_as_scheduled_ones_only() throws Exception {
        jobs.device("dev1");
        String job = jobs.jobForAll("ScheduleTime", millis(10));

        code("CancelOTATaskByJob", "JobId", job, "CancelQueuedTask", "true");
        assertThat(jobs.tasks(job)).isEqualTo(Map.of("dev1", "QUEUED"));
        code("CancelOTATaskByJob", "JobId", job, "CancelScheduledTask", "true");

        assertThat(jobs.status(job)).isEqualTo("CANCELED");
        jobs.finish();
        assertThat(jobs.status(job)).isEqualTo("CANCELED");
    }

    @Test
    void a_cancelled_device_in_progress_still_gets_the_version() throws Exception {
        FleetDevice device = jobs.device("dev1");
        String job = jobs.jobForAll();
        jobs.advance(Duration.ofSeconds(6));

        code("CancelOTATaskByJob", "JobId", job, "CancelInProgressTask", "true");
        jobs.finish();

        assertThat(jobs.tasks(job)).isEqualTo(Map.of("dev1", "CANCELED upgrade task is canceled"));
        assertThat(device.versions()).containsEntry("default", VERSION);
    }

    @Test
    void a_cancellation_also_ends_retries() throws Exception {
        jobs.device("dev1", Behavior.BUSY);
        String job = jobs.jobForAll("RetryInterval", "60", "RetryCount", "5");
        jobs.advance(Duration.ofMinutes(1));

        code("CancelOTATaskByJob", "JobId", job, "CancelQueuedTask", "true");

        assertThat(jobs.status(job)).isEqualTo("COMPLETED");
        jobs.finish();
        assertThat(jobs.tasks(job)).isEqualTo(Map.of("dev1", "FAILED -1: the device is in use"));
    }

    @Test
    void cancels_tasks_of_devices() throws Exception {
        jobs.device("dev1", Behavior.SILENT);
        jobs.device("dev2", Behavior.SILENT);
        String job = jobs.jobForAll();
        String[] device = {"FirmwareId", FIRMWARE, "ProductKey", PRODUCT, "DeviceName.1", "dev1"};

        assertThat(code("CancelOTATaskByDevice", "FirmwareId", FIRMWARE, "ProductKey", PRODUCT))
                .isEqualTo("NullTargetDeviceNames");
        assertThat(code(
                        "CancelOTATaskByDevice",
                        "FirmwareId",
                        FIRMWARE,
                        "ProductKey",
                        PRODUCT,
                        "DeviceName.1",
                        "dev1",
                        "JobId",
                        "other"))
                .isEqualTo("DeviceUpgradeRecordNotFound");
        assertThat(code("CancelOTATaskByDevice", device)).isEmpty();

        assertThat(jobs.tasks(job)).isEqualTo(Map.of("dev1", "CANCELED upgrade task is canceled", "dev2", "NOTIFIED"));
        assertThat(code("CancelOTATaskByDevice", device)).isEqualTo("DeviceUpgradeRecordNotFound");
    }

    @Test
    void failed_and_cancelled_tasks_can_be_upgraded_again() throws Exception {
        FleetDevice device = jobs.device("dev1", Behavior.DAMAGED);
        String job = jobs.jobForAll();
        jobs.finish();
        String task = jobs.taskId(job, "dev1");
        device.behave(Behavior.SUCCESS);

        assertThat(code("ReupgradeOTATask", "JobId", "unknown", "TaskId.1", task))
                .isEqualTo("InvalidOTAJobId");
        assertThat(code("ReupgradeOTATask", "JobId", job, "TaskId.1", task)).isEmpty();
        assertThat(jobs.status(job)).isEqualTo("IN_PROGRESS");
        assertThat(code("ReupgradeOTATask", "JobId", job, "TaskId.1", task))
                .isEqualTo("IncorrectDeviceUpgradeJobStatus");
        jobs.finish();

        assertThat(jobs.tasks(job)).isEqualTo(Map.of("dev1", "SUCCEEDED"));
        assertThat(jobs.status(job)).isEqualTo("COMPLETED");
    }

    @Test
    void lists_the_unfinished_tasks_of_a_device() throws Exception {
        jobs.device("dev1", Behavior.SILENT);
        String job = jobs.jobForAll();
        String[] device = {"ProductKey", PRODUCT, "DeviceName", "dev1"};

        JsonNode task = jobs.call("ListOTAUnfinishedTaskByDevice", device).at("/Data/SimpleOTATaskInfo/0");

        assertThat(task.get("JobId").asText()).isEqualTo(job);
        assertThat(task.get("ModuleName").asText()).isEqualTo("default");
        assertThat(task.has("TaskDesc")).isFalse();
        assertThat(unfinished("TaskStatusList.1", "QUEUED")).isEmpty();
        assertThat(unfinished("TaskStatusList.2", "NOTIFIED", "TaskStatusList.1", "QUEUED"))
                .hasSize(1);
        assertThat(unfinished("ModuleName", "MCU")).isEmpty();
        assertThat(code(
                        "ListOTAUnfinishedTaskByDevice",
                        "ProductKey",
                        PRODUCT,
                        "DeviceName",
                        "dev1",
                        "TaskStatus",
                        "FAILED"))
                .isEqualTo("InvalidTaskStatus");
    }

    private List<String> unfinished(String... filter) throws Exception {
        String[] all = new String[4 + filter.length];
        System.arraycopy(new String[] {"ProductKey", PRODUCT, "DeviceName", "dev1"}, 0, all, 0, 4);
        System.arraycopy(filter, 0, all, 4, filter.length);
        return jobs.call("ListOTAUnfinishedTaskByDevice", all).findValuesAsText("TaskId");
    }

    @Test
    void a_verification_ends_as_verified_only_if_every_device_succeeds() throws Exception {
        jobs.simulator.addFirmware(
                jobs.firmware(FIRMWARE, "default").status(0, 0).build());
        jobs.device("good");
        FleetDevice bad = jobs.device("bad1", Behavior.BATTERY_LOW);
        String[] devices = {"TargetDeviceName.1", "good", "TargetDeviceName.2", "bad1"};
        String job =
                jobs.create("CreateOTAVerifyJob", devices).at("/Data/JobId").asText();
        assertThat(verification()).isEqualTo("2 0");
        assertThat(jobs.call("QueryOTAJob", "JobId", job).at("/Data/JobType").asText())
                .isEqualTo("VERIFY_FIRMWARE");
        jobs.finish();
        assertThat(verification()).isEqualTo("3 50");

        bad.behave(Behavior.SUCCESS);
        jobs.create("CreateOTAVerifyJob", "TargetDeviceName.1", "bad1");
        jobs.finish();

        assertThat(verification()).isEqualTo("1 100");
    }

    private String verification() {
        return jobs.simulator
                .findFirmware(FIRMWARE)
                .map(firmware -> firmware.status() + " " + firmware.verifyProgress())
                .getOrElse("");
    }

    @Test
    void a_dynamic_job_upgrades_devices_that_match_later_until_both_cancellations() throws Exception {
        jobs.device("now1", Behavior.SILENT);
        FleetDevice later = jobs.deviceWith("later", "0.9.0");
        String job = jobs.create("CreateOTADynamicUpgradeJob", "SrcVersion.1", "1.0.0")
                .at("/Data/JobId")
                .asText();
        assertThat(jobs.tasks(job)).isEqualTo(Map.of("now1", "NOTIFIED"));

        report(later, "1.0.0");
        jobs.finish();
        assertThat(jobs.tasks(job)).containsEntry("later", "SUCCEEDED");
        assertThat(code("CancelOTAStrategyByJob", "JobId", job)).isEmpty();
        assertThat(jobs.status(job)).isEqualTo("CANCELED");
        assertThat(code("CancelOTAStrategyByJob", "JobId", job)).isEqualTo("JobAlreadyCanceled");

        assertThat(jobs.tasks(job)).containsEntry("now1", "NOTIFIED");
        code("CancelOTATaskByJob", "JobId", job, "CancelNotifiedTask", "true");
        FleetDevice tooLate = jobs.device("late2");
        jobs.simulator.fleet().queryVersions(tooLate);
        jobs.finish();

        assertThat(jobs.tasks(job))
                .containsEntry("now1", "CANCELED upgrade task is canceled")
                .doesNotContainKey("late2");
        assertThat(code("CancelOTAStrategyByJob", "JobId", jobs.jobForAll())).isEqualTo("NotDynamicJob");
    }

    private void report(FleetDevice device, String version) {
        FleetDevice reporting = jobs.deviceWith(device.id(), version);
        jobs.simulator.fleet().queryVersions(reporting);
    }

    @Test
    void a_dynamic_job_of_mode_2_ignores_the_devices_of_its_creation() throws Exception {
        jobs.device("now1");

        String job = jobs.create("CreateOTADynamicUpgradeJob", "SrcVersion.1", "1.0.0", "DynamicMode", "2")
                .at("/Data/JobId")
                .asText();

        assertThat(jobs.tasks(job)).isEmpty();
        assertThat(jobs.status(job)).isEqualTo("IN_PROGRESS");
    }

    @Test
    void a_dynamic_job_upgrades_the_members_of_its_group() throws Exception {
        jobs.simulator.addDeviceGroup(new AliyunDeviceGroup("group1", "first", "", "2022-06-01T03:00:00.000Z"));
        jobs.simulator.addToDeviceGroup("group1", jobs.device("member"));
        jobs.device("stranger");

        String job = jobs.create(
                        "CreateOTADynamicUpgradeJob", "GroupId", "group1", "GroupType", "LINK_PLATFORM_DYNAMIC")
                .at("/Data/JobId")
                .asText();

        assertThat(jobs.tasks(job)).containsOnlyKeys("member");
    }

    @Test
    void a_device_takes_part_in_a_dynamic_job_at_most_ten_times() throws Exception {
        jobs.device("dev1", Behavior.REPORTS_OLD_VERSION);
        String job = jobs.create("CreateOTADynamicUpgradeJob", "SrcVersion.1", "1.0.0")
                .at("/Data/JobId")
                .asText();

        jobs.finish();

        assertThat(count(job, "FAILED")).isEqualTo(10);
    }

    @Test
    void an_update_replaces_rate_and_tags_and_deletes_missing_tags() throws Exception {
        jobs.device("dev1", Behavior.SILENT);
        String job = jobs.jobForAll("Tag.1.Key", "old", "Tag.1.Value", "x", "TimeoutInMinutes", "60");
        String[] update = {"JobId", job, "MaximumPerMinute", "20", "TargetSelection", "ALL", "UpgradeType", "STATIC"};

        assertThat(code("UpdateOTAJob", "JobId", job, "TargetSelection", "ALL", "UpgradeType", "STATIC"))
                .isEqualTo("MissingMaximumPerMinute");
        assertThat(code("UpdateOTAJob", with(update, "TimeoutInMinutes", "30"))).isEqualTo("InvalidTimeoutSetting");
        assertThat(code("UpdateOTAJob", with(update, "Tags.1.Key", "new", "Tags.1.Value", "y")))
                .isEmpty();
        JsonNode data = jobs.call("QueryOTAJob", "JobId", job).get("Data");
        assertThat(data.get("MaximumPerMinute").asInt()).isEqualTo(20);
        assertThat(data.get("TimeoutInMinutes").asInt()).isEqualTo(60);
        assertThat(data.get("Tags").toString()).contains("new").doesNotContain("old");

        code("UpdateOTAJob", update);
        assertThat(jobs.call("QueryOTAJob", "JobId", job).at("/Data").has("Tags"))
                .isFalse();
    }

    private static String[] with(String[] first, String... more) {
        String[] all = new String[first.length + more.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    @Test
    void lists_a_million_tasks_within_the_window_or_by_device() throws Exception {
        String job = jobs.simulator.generateJob(1_000_000);

        JsonNode last = page(job, "100", "1000");

        assertThat(last.get("Total").asInt()).isEqualTo(1_000_000);
        assertThat(last.at("/Data/SimpleOTATaskInfo/99/DeviceName").asText()).isEqualTo("device-0099999");
        assertThat(page(job, "100", "1001").get("Code").asText()).isEqualTo("iot.common.InvalidPageParams");
        assertThat(page(job, "101", "1").get("Code").asText()).isEqualTo("iot.common.InvalidPageParams");
        assertThat(count(job, "FAILED")).isEqualTo(100_000);
        assertThat(jobs.call(
                                "ListOTATaskByJob",
                                "JobId",
                                job,
                                "CurrentPage",
                                "9",
                                "DeviceNames.1",
                                "device-0999999",
                                "DeviceNames.2",
                                "unknown")
                        .findValuesAsText("DeviceName"))
                .containsExactly("device-0999999");
    }

    private JsonNode page(String job, String size, String page) throws Exception {
        return jobs.call("ListOTATaskByJob", "JobId", job, "PageSize", size, "CurrentPage", page);
    }

    @Test
    void initial_jobs_have_ended_run_and_failed_tasks_with_descriptions() throws Exception {
        List<String> initial = jobs.simulator.jobs();
        assertThat(initial).hasSize(3);

        assertThat(jobs.status(initial.get(0))).isEqualTo("IN_PROGRESS");
        assertThat(jobs.status(initial.get(1))).isEqualTo("COMPLETED");
        assertThat(jobs.tasks(initial.get(1)).values())
                .contains("SUCCEEDED", "FAILED report version is not conform", "FAILED upgrade timeout");
        assertThat(initial.get(2)).isEqualTo("HvKuBpuk3rdk6E92CP****0200");
    }
}
