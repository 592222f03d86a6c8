package io.otabridge.huawei;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.otabridge.huawei.HuaweiJobResponses.BASE;
import static io.otabridge.huawei.HuaweiJobResponses.FIRMWARE;
import static io.otabridge.huawei.HuaweiJobResponses.ID;
import static io.otabridge.huawei.HuaweiJobResponses.TASK;
import static io.otabridge.huawei.HuaweiJobResponses.TASKS;
import static io.otabridge.huawei.HuaweiJobResponses.details;
import static io.otabridge.huawei.HuaweiJobResponses.error;
import static io.otabridge.huawei.HuaweiJobResponses.givenFirmware;
import static io.otabridge.huawei.HuaweiJobResponses.job;
import static io.otabridge.huawei.HuaweiJobResponses.jobs;
import static io.otabridge.huawei.HuaweiJobResponses.progress;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Reported;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.FailureReason;
import io.otabridge.domain.job.JobFilter;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobOutcome;
import io.otabridge.domain.job.JobQueryPort;
import io.otabridge.domain.job.JobSelection;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.RetryPolicy;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.RequestEstimate;
import io.otabridge.domain.product.DeviceGroupId;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs and tasks as the vendor sends them, and the requests for them. */
class HuaweiJobQueryTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    @Test
    void reads_all_fields_of_a_job() {
        givenJob(job(ID, "ota_1", "PartialSuccess", """
                "task_mode": "GATEWAY", "need_confirm": false, "task_ext_info": {"wave": 2, "site": "north"},
                "targets": ["d1", "d2"], "targets_filter": {"group_ids": ["g1"]},
                "task_policy": {"schedule_time": "20260116T080000Z", "retry_count": 5, "retry_interval": 60},
                "status_desc": "",
                """ + progress(0, 0, 3, 1, 2)));

        UpgradeJob found = jobQuery().find(ID).get();

        assertThat(found.state()).isEqualTo(new Reported<>(JobState.FINISHED, "PartialSuccess"));
        assertThat(found.outcome()).contains(JobOutcome.SOME_SUCCEEDED);
        assertThat(found.firmware()).containsExactly(FIRMWARE);
        assertThat(found.target()).isEqualTo(FirmwareTarget.wholeDevice());
        assertThat(found.name()).contains("ota_1");
        assertThat(found.token()).contains(ClientToken.of("ota_1"));
        assertThat(found.selection()).contains(new Reported<>(JobSelection.DEVICES, "targets"));
        assertThat(found.retry()).contains(new RetryPolicy(5, Duration.ofHours(1)));
        assertThat(found.scheduledStart().get().text()).isEqualTo("20260116T080000Z");
        assertThat(found.needsConfirmation()).contains(false);
        assertThat(found.tags()).isEqualTo(LinkedHashMap.of("wave", "2", "site", "north"));
        assertThat(found.counts().get().of(TaskState.SUCCEEDED)).isEqualTo(3);
        assertThat(found.counts().get().total()).isEqualTo(6);
        assertThat(found.message()).isEmpty();
        SERVER.verify(1, getRequestedFor(urlPathEqualTo(TASK)).withQueryParam("limit", equalTo("1")));
    }

    @Test
    void reads_a_job_without_optional_fields() {
        givenJob("{\"task_id\": \"" + ID + "\", \"task_type\": \"moduleUpgrade\", \"status\": \"Processing\"}");

        UpgradeJob found = jobQuery().find(ID).get();

        assertThat(found.target()).isEqualTo(FirmwareTarget.unknown("moduleUpgrade"));
        assertThat(found.firmware()).isEmpty();
        assertThat(found.counts()).isEmpty();
        assertThat(found.outcome()).isEmpty();
        assertThat(jobQuery().counts(ID).getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"package_id\": \"p1\"}                          | p1",
                "{\"package_ids\": [\"p1\"]}                       | p1",
                "{\"package_ids\": [\"p1\", \"p2\"]}               | p1,p2",
                "{\"package_ids\": [\"p1\"], \"package_id\": \"p1\"} | p1",
                "{\"package_ids\": \"p1\"}                         | ''",
                "{\"package_ids\": null, \"package_id\": \"\"}       | ''",
                "\"p1\"                                            | ''",
                "null                                              | ''"
            })
    void reads_the_package_in_the_form_of_any_platform(String document, String expected) {
        givenJob(job(ID, "n", "Success", "").replaceFirst("\\{\"package_id\": \"[^}]*}", document));

        assertThat(jobQuery().find(ID).get().firmware().mkString(",")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"20260115T081531Z, SCHEDULED", "20260115T081530Z, WAITING", "tomorrow, WAITING"})
    void tells_a_scheduled_job_from_a_waiting_one_by_its_start(String start, JobState expected) {
        givenJob(job(ID, "n", "Waitting", "\"task_policy\": {\"schedule_time\": \"" + start + "\"},"));

        assertThat(jobQuery().find(ID).get().state()).isEqualTo(new Reported<>(expected, "Waitting"));
    }

    @Test
    void counts_waiting_tasks_of_an_unconfirmed_job_as_awaiting_confirmation() {
        givenJob(job(ID, "n", "Waitting", "\"need_confirm\": true," + progress(7, 0, 0, 0, 0)));

        assertThat(jobQuery().counts(ID).get().of(TaskState.AWAITING_CONFIRMATION))
                .isEqualTo(7);
    }

    @Test
    void leaves_the_outcome_open_if_tasks_are_in_no_counter() {
        givenJob(job(ID, "n", "PartialSuccess", "\"task_progress\": {\"total\": 3, \"success\": 2},"));

        UpgradeJob found = jobQuery().find(ID).get();

        assertThat(found.counts().get().of(TaskState.UNKNOWN)).isEqualTo(1);
        assertThat(found.outcome()).isEmpty();
    }

    @Test
    void reports_why_a_job_without_tasks_failed() {
        givenJob(job(ID, "n", "Fail", "\"status_desc\": \"no secret_key=abcdefgh\"," + progress(0, 0, 0, 0, 0)));

        UpgradeJob found = jobQuery().find(ID).get();

        assertThat(found.state().value()).isEqualTo(JobState.FAILED);
        assertThat(found.message().get()).startsWith("no secret_key=").doesNotContain("abcdefgh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Upgrade 1", "升级任务", "a-b"})
    void takes_a_name_that_is_no_token_as_a_name_only(String name) {
        givenJob(job(ID, name, "Success", ""));

        UpgradeJob found = jobQuery().find(ID).get();

        assertThat(found.name()).contains(name);
        assertThat(found.token()).isEmpty();
    }

    @Test
    void reads_the_group_of_a_job() {
        givenJob(job(ID, "n", "Success", "\"targets\": [], \"targets_filter\": {\"group_ids\": [\"g1\"]},"));

        UpgradeJob found = jobQuery().find(ID).get();

        assertThat(found.selection().get().value()).isEqualTo(JobSelection.GROUP);
        assertThat(found.group()).contains(DeviceGroupId.of("g1"));
    }

    @Test
    void does_not_find_batch_tasks_that_are_no_upgrades() {
        givenJob(job(ID, "n", "Success", "").replace("firmwareUpgrade", "createDevices"));

        assertThat(jobQuery().find(ID).getLeft()).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(jobQuery().tasks(ID, TaskFilter.all()).toList().getLeft()).isInstanceOf(OtaFailure.NotFound.class);
    }

    @Test
    void does_not_find_an_unknown_job() {
        SERVER.stubFor(get(anyUrl()).willReturn(jsonResponse(error("IOTDA.014216"), 404)));

        assertThat(jobQuery().find(ID).getLeft()).isInstanceOf(OtaFailure.NotFound.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5C8BA99030344005C02316AD", "xyz", "5c8ba99030344005c02316ad0", "a/b"})
    void sends_no_request_for_an_id_that_the_vendor_does_not_allow(String id) {
        assertThat(jobQuery().find(JobId.of(id)).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(jobQuery().tasks(JobId.of(id), TaskFilter.all()).toList().getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);
        SERVER.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void lists_the_jobs_of_all_types() {
        givenList(
                "firmwareUpgrade",
                jobs(job(JobId.of("a3"), "n3", "Success", ""), job(JobId.of("a2"), "n2", "Fail", "")));
        givenList("softwareUpgrade", jobs(ofType("softwareUpgrade", "b1")));
        givenList("moduleUpgrade", jobs(ofType("moduleUpgrade", "c1")));

        assertThat(jobQuery()
                        .list(JobFilter.all())
                        .toList()
                        .get()
                        .map(job -> job.id().value()))
                .containsExactly("a3", "a2", "b1", "c1");
    }

    @Test
    void lists_the_jobs_of_an_older_platform_without_module_jobs() {
        givenList("firmwareUpgrade", jobs(job(ID, "n", "Success", "")));
        givenList("softwareUpgrade", jobs());
        SERVER.stubFor(get(urlPathEqualTo(TASKS))
                .withQueryParam("task_type", equalTo("moduleUpgrade"))
                .willReturn(jsonResponse(error("IOTDA.000006"), 400)));

        assertThat(jobQuery().list(JobFilter.all()).toList().get()).hasSize(1);
        Page<UpgradeJob> first =
                jobQuery().list(JobFilter.all()).page(PageToken.FIRST).get();
        Page<UpgradeJob> second =
                jobQuery().list(JobFilter.all()).page(first.next().get()).get();
        assertThat(jobQuery()
                        .list(JobFilter.all())
                        .page(second.next().get())
                        .get()
                        .items())
                .isEmpty();
    }

    @Test
    void lets_the_vendor_filter_by_status() {
        SERVER.stubFor(get(urlPathEqualTo(TASKS)).willReturn(okJson(jobs())));
        givenFirmware(SERVER, "softwarePackage", "");

        assertThat(jobQuery()
                        .list(JobFilter.all().firmware(FIRMWARE).states(JobState.RUNNING))
                        .toList()
                        .get())
                .isEmpty();

        SERVER.verify(1, getRequestedFor(urlPathEqualTo(TASKS)));
        SERVER.verify(getRequestedFor(urlPathEqualTo(TASKS))
                .withQueryParam("task_type", equalTo("softwareUpgrade"))
                .withQueryParam("status", equalTo("Processing")));
    }

    @Test
    void lists_the_jobs_of_a_deleted_package() {
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/ota-upgrades/packages/" + FIRMWARE))
                .willReturn(jsonResponse(error("IOTDA.019301"), 404)));
        SERVER.stubFor(get(urlPathEqualTo(TASKS)).willReturn(okJson(jobs())));
        givenList(
                "firmwareUpgrade",
                jobs(
                        job(JobId.of("a2"), "n", "Success", ""),
                        job(JobId.of("a1"), "n", "Success", "").replace(FIRMWARE.value(), "other")));

        assertThat(jobQuery()
                        .list(JobFilter.all().firmware(FIRMWARE))
                        .toList()
                        .get()
                        .map(job -> job.id().value()))
                .containsExactly("a2");
    }

    @Test
    void lists_the_jobs_of_a_product_by_its_packages() {
        SERVER.stubFor(get(urlPathEqualTo(TASKS)).willReturn(okJson(jobs())));
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/ota-upgrades/packages"))
                .willReturn(okJson("{\"packages\": [], \"page\": {\"count\": 0}}")));
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/ota-upgrades/packages"))
                .withQueryParam("package_type", equalTo("firmwarePackage"))
                .willReturn(okJson("{\"packages\": [{\"package_id\": \"" + FIRMWARE
                        + "\", \"product_id\": \"p1\", \"version\": \"1\"}], \"page\": {\"count\": 1}}")));
        givenList(
                "firmwareUpgrade",
                jobs(
                        job(JobId.of("a2"), "n", "Success", "").replace(FIRMWARE.value(), "other"),
                        job(JobId.of("a1"), "n", "Success", "")));

        JobFilter filter = JobFilter.all().product(ProductId.of("p1"));
        assertThat(jobQuery().list(filter).toList().get().map(job -> job.id().value()))
                .containsExactly("a1");
        assertThat(jobQuery().list(filter).page(PageToken.FIRST).get().items()).hasSize(1);
    }

    @Test
    void has_no_list_of_the_jobs_of_a_device() {
        OtaFailure failure = jobQuery()
                .list(JobFilter.all().device(DeviceRef.of(DeviceId.of("d1"))))
                .toList()
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unsupported.class);
        assertThat(jobQuery().unfinishedTasks(DeviceRef.of(DeviceId.of("d1"))).getLeft())
                .isInstanceOf(OtaFailure.Unsupported.class);
        SERVER.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void requests_fewer_jobs_if_a_page_is_too_large() {
        String large = job(ID, "n", "Success", "\"targets\": [" + "\"d\",".repeat(60_000) + "\"d\"],");
        SERVER.stubFor(get(urlPathEqualTo(TASKS)).willReturn(okJson(jobs())));
        SERVER.stubFor(get(urlPathEqualTo(TASKS))
                .withQueryParam("task_type", equalTo("firmwareUpgrade"))
                .withQueryParam("limit", equalTo("50"))
                .willReturn(okJson(jobs(large, large, large, large))));
        SERVER.stubFor(get(urlPathEqualTo(TASKS))
                .withQueryParam("task_type", equalTo("firmwareUpgrade"))
                .withQueryParam("limit", equalTo("5"))
                .willReturn(okJson(jobs(job(ID, "n", "Success", "")))));

        assertThat(jobQuery().list(JobFilter.all()).toList().get()).hasSize(1);
    }

    @Test
    void rejects_a_job_of_another_type_than_requested() {
        SERVER.stubFor(get(urlPathEqualTo(TASKS)).willReturn(okJson(jobs(job(ID, "n", "Success", "")))));

        assertThat(jobQuery().list(JobFilter.all()).toList().getLeft())
                .isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void finds_the_jobs_of_a_token_in_the_order_of_their_parts() {
        givenFirmware(SERVER, "firmwarePackage", "");
        givenList(
                "firmwareUpgrade",
                jobs(
                        job(JobId.of("a5"), "ota_1_10of10", "Success", ""),
                        job(JobId.of("a4"), "ota_1_2of2", "Success", ""),
                        job(JobId.of("a3"), "ota_1_1of2", "Success", ""),
                        job(JobId.of("a2"), "ota_12", "Success", ""),
                        job(JobId.of("a1"), "ota 1", "Success", "")));

        assertThat(jobQuery()
                        .findByToken(ClientToken.of("ota_1"), FIRMWARE)
                        .get()
                        .map(job -> job.id().value()))
                .containsExactly("a3", "a4", "a5");
        SERVER.verify(1, getRequestedFor(urlPathEqualTo(TASKS)));
    }

    @Test
    void looks_for_a_token_in_all_types_without_a_package() {
        givenList("firmwareUpgrade", jobs());
        givenList("softwareUpgrade", jobs(ofType("softwareUpgrade", "b1")));
        SERVER.stubFor(get(urlPathEqualTo(TASKS))
                .withQueryParam("task_type", equalTo("moduleUpgrade"))
                .willReturn(jsonResponse(error("IOTDA.000029"), 404)));

        assertThat(jobQuery().findByToken(ClientToken.of("n")).get()).hasSize(1);
    }

    @Test
    void does_not_read_jobs_that_are_too_old_for_a_token() {
        String old = job(JobId.of("a1"), "other", "Success", "").replace("20260115T080000Z", "20250801T080000Z");
        SERVER.stubFor(get(urlPathEqualTo(TASKS)).willReturn(okJson(jobs())));
        SERVER.stubFor(get(urlPathEqualTo(TASKS))
                .withQueryParam("task_type", equalTo("firmwareUpgrade"))
                .withQueryParam("marker", absent())
                .willReturn(okJson(jobs(old).replace("\"count\": 1", "\"count\": 900"))));

        assertThat(jobQuery().findByToken(ClientToken.of("ota_1")).get()).isEmpty();
        SERVER.verify(3, getRequestedFor(urlPathEqualTo(TASKS)));
    }

    @Test
    void reports_the_failure_of_a_lookup_by_token() {
        SERVER.stubFor(get(urlPathEqualTo(TASKS)).willReturn(jsonResponse(error("IOTDA.021101"), 403)));

        assertThat(jobQuery().findByToken(ClientToken.of("ota_1")).getLeft())
                .isInstanceOf(OtaFailure.RateLimited.class);
    }

    @Test
    void lists_tasks_by_marker() {
        SERVER.stubFor(get(urlPathEqualTo(TASK))
                .withQueryParam("marker", absent())
                .willReturn(okJson(details(
                        job(ID, "n", "Processing", ""),
                        60,
                        "5c90000000000000000000b0",
                        HuaweiJobResponses.devices(1, 50).map(device -> device + " Success")))));
        SERVER.stubFor(get(urlPathEqualTo(TASK))
                .withQueryParam("marker", equalTo("5c90000000000000000000b0"))
                .willReturn(okJson(details(
                        job(ID, "n", "Processing", ""),
                        60,
                        "5c90000000000000000000a0",
                        HuaweiJobResponses.devices(51, 60).map(device -> device + " Waitting")))));

        List<UpgradeTask> tasks =
                jobQuery().tasks(ID, TaskFilter.all()).toList().get();

        assertThat(tasks).hasSize(60);
        assertThat(tasks.head())
                .isEqualTo(UpgradeTask.builder(ID, DeviceId.of("d1"), new Reported<>(TaskState.SUCCEEDED, "Success"))
                        .build());
        assertThat(tasks.last().state()).isEqualTo(new Reported<>(TaskState.QUEUED, "Waitting"));
    }

    @Test
    void reports_why_a_task_failed_and_redacts_the_text() {
        givenDetails(details(
                job(ID, "n", "Fail", ""),
                2,
                """
                {"target": "d1", "status": "Fail", "output": "",
                 "error": {"error_code": "IOTDA.014016", "error_msg": "offline, token=abcdefgh"}}""",
                "{\"target\": \"d2\", \"status\": \"Fail\", \"output\": \"task conflict\"}"));

        List<UpgradeTask> tasks =
                jobQuery().tasks(ID, TaskFilter.all()).toList().get();

        assertThat(tasks.head().failure().get().reason()).isEqualTo(FailureReason.DEVICE_OFFLINE);
        assertThat(tasks.head().failure().get().vendorCode()).contains("IOTDA.014016");
        assertThat(tasks.head().failure().get().message().get())
                .startsWith("offline, token=")
                .doesNotContain("abcdefgh");
        assertThat(tasks.last().failure().get().reason()).isEqualTo(FailureReason.CONFLICT);
        assertThat(tasks.last().message()).contains("task conflict");
    }

    @Test
    void reports_no_failure_of_a_task_that_succeeded() {
        givenDetails(details(job(ID, "n", "Success", ""), 1, """
                {"target": "d1", "status": "Success", "output": "success",
                 "error": {"error_code": "IOTDA.000002", "error_msg": "The request is unauthorized."}}"""));

        UpgradeTask task = jobQuery().tasks(ID, TaskFilter.all()).toList().get().head();

        assertThat(task.failure()).isEmpty();
        assertThat(task.message()).contains("success");
    }

    @Test
    void keeps_an_unknown_status_of_a_task() {
        givenDetails(details(job(ID, "n", "Processing", ""), 1, "d1 Pausing"));

        assertThat(jobQuery().tasks(ID, TaskFilter.all()).toList().get().head().state())
                .isEqualTo(new Reported<>(TaskState.UNKNOWN, "Pausing"));
    }

    @Test
    void lists_the_tasks_of_each_status_that_a_filter_needs() {
        givenJob(job(ID, "n", "Stopped", progress(0, 0, 0, 1, 1)));
        givenTasks("Fail", "d1 Fail");
        givenTasks("Stopped", "d2 Stopped");

        assertThat(jobQuery()
                        .tasks(ID, TaskFilter.inState(TaskState.FAILED, TaskState.CANCELLED))
                        .toList()
                        .get()
                        .map(task -> task.device().value()))
                .containsExactly("d1", "d2");
        assertThat(jobQuery()
                        .tasks(ID, TaskFilter.inState(TaskState.NOTIFIED))
                        .toList()
                        .get())
                .as("the vendor does not report it")
                .isEmpty();
        SERVER.verify(1, getRequestedFor(urlPathEqualTo(TASK)).withQueryParam("limit", equalTo("1")));
        SERVER.verify(2, getRequestedFor(urlPathEqualTo(TASK)).withQueryParam("limit", equalTo("50")));
    }

    @ParameterizedTest
    @CsvSource({"FAILED, Rejected", "RUNNING, DeviceInProgress"})
    void lists_tasks_with_a_status_that_the_vendor_does_not_count(TaskState state, String status) {
        givenDetails(details(
                job(ID, "n", "Processing", progress(0, 1, 0, 1, 0).replace("\"total\": 2", "\"total\": 3")),
                3,
                "d1 " + status,
                "d2 Processing",
                "d3 Fail"));

        assertThat(jobQuery().tasks(ID, TaskFilter.inState(state)).toList().get())
                .hasSize(2);
        assertThat(jobQuery().estimate(ID, TaskFilter.inState(state)).get().requests())
                .isEqualTo(2);
    }

    @Test
    void lists_all_tasks_of_a_job_that_is_returned_without_counters() {
        givenDetails(details(job(ID, "n", "Processing", ""), 2, "d1 Rejected", "d2 Success"));

        assertThat(jobQuery()
                        .tasks(ID, TaskFilter.inState(TaskState.FAILED))
                        .toList()
                        .get()
                        .map(UpgradeTask::device))
                .containsExactly(DeviceId.of("d1"));
    }

    @Test
    void goes_on_with_the_same_list_although_the_counters_change() {
        givenDetails(details(
                job(ID, "n", "Processing", progress(0, 0, 1, 1, 0)),
                60,
                "5c90000000000000000000a0",
                Stream.of("d51 Fail", "d52 Success")));

        assertThat(jobQuery()
                        .tasks(ID, TaskFilter.inState(TaskState.FAILED))
                        .page(new PageToken("all:58:60:5c90000000000000000000b0"))
                        .get()
                        .items()
                        .map(UpgradeTask::device))
                .containsExactly(DeviceId.of("d51"));
        SERVER.verify(1, getRequestedFor(anyUrl()));
    }

    @Test
    void lists_the_task_of_one_device_with_one_request() {
        givenDetails(details(job(ID, "n", "Processing", ""), 1, "d7 Processing"));

        assertThat(jobQuery()
                        .tasks(ID, TaskFilter.ofDevices(DeviceId.of("d7")).withStates(TaskState.RUNNING))
                        .toList()
                        .get())
                .hasSize(1);
        SERVER.verify(1, getRequestedFor(anyUrl()));
        SERVER.verify(getRequestedFor(urlPathEqualTo(TASK)).withQueryParam("target", equalTo("d7")));
    }

    @Test
    void lists_the_tasks_of_many_devices_of_a_small_job_at_once() {
        givenDetails(
                details(job(ID, "n", "Success", progress(0, 0, 3, 0, 0)), 3, "d1 Success", "d2 Success", "d3 Success"));

        assertThat(jobQuery()
                        .tasks(ID, TaskFilter.ofDevices(DeviceId.of("d1"), DeviceId.of("d3"), DeviceId.of("d9")))
                        .toList()
                        .get())
                .hasSize(2);
        SERVER.verify(1, getRequestedFor(urlPathEqualTo(TASK)).withQueryParam("limit", equalTo("50")));
    }

    @Test
    void estimates_the_requests_from_the_counters() {
        givenJob(job(ID, "n", "Processing", progress(20_000, 151, 9_800, 0, 49)));

        assertThat(jobQuery().estimate(ID, TaskFilter.all()).get())
                .isEqualTo(new RequestEstimate(30_000, 600, Duration.ofSeconds(3)));
        assertThat(jobQuery()
                        .estimate(ID, TaskFilter.inState(TaskState.RUNNING, TaskState.CANCELLED, TaskState.FAILED))
                        .get())
                .isEqualTo(new RequestEstimate(200, 7, Duration.ofMillis(35)));
        assertThat(jobQuery()
                        .estimate(ID, TaskFilter.ofDevices(DeviceId.of("d1"), DeviceId.of("d2")))
                        .get())
                .isEqualTo(new RequestEstimate(2, 3, Duration.ofMillis(15)));
    }

    @Test
    void rejects_a_token_of_another_list() {
        assertThat(jobQuery()
                        .tasks(ID, TaskFilter.inState(TaskState.FAILED))
                        .page(new PageToken("Stopped:50::5c90000000000000000000b0"))
                        .getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);
        SERVER.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void does_not_keep_the_devices_of_a_large_job() {
        String targets = IntStream.range(0, 30_000)
                .mapToObj(number -> "\"5ba24f5ebbe8f56f5a14f605_SN" + number + "\"")
                .collect(Collectors.joining(","));
        givenJob(job(ID, "n", "Processing", "\"targets\": [" + targets + "],"));

        assertThat(jobQuery().find(ID).get().selection().get().value()).isEqualTo(JobSelection.DEVICES);
    }

    private static String ofType(String type, String id) {
        return job(JobId.of(id), "n", "Success", "").replace("firmwareUpgrade", type);
    }

    private static void givenJob(String job) {
        givenDetails("{\"batchtask\": " + job + ", \"task_details\": [], \"page\": {\"count\": 0}}");
    }

    private static void givenDetails(String details) {
        SERVER.stubFor(get(urlPathEqualTo(TASK)).willReturn(okJson(details)));
    }

    private static void givenTasks(String status, String... tasks) {
        SERVER.stubFor(get(urlPathEqualTo(TASK))
                .withQueryParam("task_detail_status", equalTo(status))
                .willReturn(okJson(details(job(ID, "n", "Stopped", ""), tasks.length, tasks))));
    }

    private static void givenList(String type, String page) {
        SERVER.stubFor(get(urlPathEqualTo(TASKS))
                .withQueryParam("task_type", equalTo(type))
                .willReturn(okJson(page)));
    }

    private static JobQueryPort jobQuery() {
        return HuaweiFixture.open(HuaweiFixture.settings(SERVER.baseUrl())).jobs();
    }
}
