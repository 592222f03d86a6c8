package io.otabridge.aliyun.job;

import static com.github.tomakehurst.wiremock.client.WireMock.okXml;
import static io.otabridge.aliyun.AliyunFixture.payload;
import static io.otabridge.aliyun.job.JobServer.error;
import static io.otabridge.aliyun.job.JobServer.job;
import static io.otabridge.aliyun.job.JobServer.page;
import static io.otabridge.aliyun.job.JobServer.task;
import static io.otabridge.aliyun.job.JobServer.tasks;
import static io.otabridge.aliyun.job.JobServer.tasksIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.aliyun.AliyunFixture;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Reported;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.FailureReason;
import io.otabridge.domain.job.JobFilter;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobKind;
import io.otabridge.domain.job.JobQueryPort;
import io.otabridge.domain.job.JobSelection;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.RetryPolicy;
import io.otabridge.domain.job.TaskFailure;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.TaskId;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeJob;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.RequestEstimate;
import io.otabridge.domain.product.DeviceGroupId;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries of jobs and tasks on the wire. */
class AliyunJobQueryTest {

    @RegisterExtension
    static final WireMockExtension SERVER = JobServer.start();

    private static final JobId JOB = JobId.of("j1");
    private static final JobId DOCUMENTED = JobId.of("HvKuBpuk3rdk6E92CP****0200");
    private static final FirmwareId FIRMWARE = FirmwareId.of("f1");
    private static final ProductId PRODUCT = ProductId.of("p1");
    private static final ClientToken TOKEN = ClientToken.of("roll_7");

    private final JobServer vendor = new JobServer(SERVER);
    private final Backend backend = AliyunFixture.open(AliyunFixture.settings(SERVER.baseUrl()));
    private final JobQueryPort jobs = backend.jobs();

    @AfterEach
    void close() {
        backend.close();
    }

    private static VendorTimestamp time(String text) {
        return VendorTimestamp.of(text, Instant.parse(text));
    }

    private static UpgradeJob.Builder documented(JobState state, String raw) {
        return UpgradeJob.builder(DOCUMENTED, new Reported<>(state, raw))
                .kind(new Reported<>(JobKind.UPGRADE, "UPGRADE_FIRMWARE"))
                .firmware(List.of(FirmwareId.of("UfuxnwygsuSkVE0VCN****0100")))
                .product(ProductId.of("a19mzPZ****"))
                .version(FirmwareVersion.of("1.0.1"))
                .name("firmware2")
                .message("batch upgrade")
                .sourceVersions(List.of(FirmwareVersion.of("1.0.0")))
                .ratePerMinute(1000)
                .retry(new RetryPolicy(1, Duration.ofHours(1)))
                .created(time("2019-12-28T02:43:10.000Z"))
                .modified(time("2019-12-28T02:43:10.000Z"));
    }

    @Test
    void reads_every_documented_field_of_a_job() {
        vendor.respond("QueryOTAJob", payload("QueryOTAJob.json"), "JobId", DOCUMENTED.value());

        assertThat(jobs.find(DOCUMENTED).get())
                .isEqualTo(documented(JobState.RUNNING, "IN_PROGRESS")
                        .selection(new Reported<>(JobSelection.DEVICES, "SPECIFIC"))
                        .timeout(Duration.ofMinutes(5))
                        .started(time("2019-12-28T02:43:10.000Z"))
                        .ended(time("2019-12-29T02:43:10.000Z"))
                        .build());
    }

    @Test
    void reads_a_scheduled_job_for_a_percentage() {
        vendor.respond("QueryOTAJob", payload("QueryOTAJob.scheduled-gray.json"));

        assertThat(jobs.find(DOCUMENTED).get())
                .isEqualTo(documented(JobState.SCHEDULED, "PLANNED")
                        .selection(new Reported<>(JobSelection.PERCENTAGE, "GRAY"))
                        .percent(new BigDecimal("50.00"))
                        .timeout(Duration.ofMinutes(5))
                        .needsConfirmation(false)
                        .scheduledStart(time("2019-12-29T02:43:10.000Z"))
                        .scheduledEnd(time("2019-12-30T02:43:10.000Z"))
                        .build());
    }

    @Test
    void reads_a_continuous_job_of_a_group_with_tags() {
        vendor.respond("QueryOTAJob", payload("QueryOTAJob.dynamic-with-tags.json"));

        assertThat(jobs.find(DOCUMENTED).get())
                .isEqualTo(documented(JobState.RUNNING, "IN_PROGRESS")
                        .selection(new Reported<>(JobSelection.CONTINUOUS, "ALL"))
                        .group(DeviceGroupId.of("CtjzCkNuOxUR***"))
                        .needsConfirmation(false)
                        .tags(LinkedHashMap.of("key1", "value1"))
                        .started(time("2019-12-28T02:43:10.000Z"))
                        .build());
    }

    @Test
    void reads_jobs_and_tasks_in_xml() {
        vendor.respond("QueryOTAJob", okXml(payload("QueryOTAJob.xml")));
        vendor.respond("ListOTATaskByJob", okXml(payload("ListOTATaskByJob.xml")));

        assertThat(jobs.find(DOCUMENTED).get().sourceVersions()).containsExactly(FirmwareVersion.of("1.0.0"));
        assertThat(jobs.tasks(JobId.of("7glPHmaDYLAYMD1HHutT02****"), TaskFilter.all())
                        .toList()
                        .get()
                        .map(task -> task.state().value()))
                .containsExactly(TaskState.FAILED, TaskState.SUCCEEDED);
    }

    @Test
    void a_job_with_only_id_and_state_is_a_job_and_one_without_a_state_is_not() {
        vendor.respond("QueryOTAJob", "{\"success\":true,\"data\":{\"jobId\":\"j1\",\"jobStatus\":\"COMPLETE\"}}");
        assertThat(jobs.find(JOB).get())
                .isEqualTo(UpgradeJob.builder(JOB, new Reported<>(JobState.FINISHED, "COMPLETE"))
                        .build());

        vendor.respond("QueryOTAJob", "{\"Success\":true,\"Data\":{\"JobId\":\"j1\"}}");
        assertThat(jobs.find(JOB).getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
        vendor.respond("QueryOTAJob", "{\"Success\":true,\"Data\":{\"JobId\":\"j2\",\"JobStatus\":\"PLANNED\"}}");
        assertThat(jobs.find(JOB).getLeft().summary()).contains("requested job j1, received job j2");
        vendor.respond("QueryOTAJob", "{\"Success\":true}");
        assertThat(jobs.find(JOB).getLeft().summary()).contains("member Data is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"OtaTagDTO\":[{\"Key\":\"ota.token\",\"Value\":\"roll_7\"},{\"Key\":\"a\",\"Value\":\"b\"}]}",
                "[{\"Key\":\"a\",\"Value\":\"b\"},{\"Key\":\"ota.token\",\"Value\":\"roll_7\"}]",
            })
    void the_token_of_a_job_is_no_tag(String tags) {
        vendor.hasJob("IN_PROGRESS", ",\"Tags\":" + tags);

        UpgradeJob found = jobs.find(JOB).get();

        assertThat(found.token()).contains(TOKEN);
        assertThat(found.tags()).isEqualTo(LinkedHashMap.of("a", "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"1.0\",\"1.1\"]", "{\"SrcVersion\":[\"1.0\",\"1.1\"]}"})
    void source_versions_may_have_any_form(String versions) {
        vendor.hasJob("IN_PROGRESS", ",\"SrcVersions\":" + versions);

        assertThat(jobs.find(JOB).get().sourceVersions().map(FirmwareVersion::value))
                .containsExactly("1.0", "1.1");
    }

    @Test
    void a_source_version_that_is_no_text_is_unreadable() {
        vendor.hasJob("IN_PROGRESS", ",\"SrcVersions\":[{\"a\":\"1\",\"b\":\"2\"}]");

        assertThat(jobs.find(JOB).getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void a_tag_that_is_no_token_is_ignored_as_token() {
        vendor.hasJob("IN_PROGRESS", ",\"Tags\":{\"OtaTagDTO\":{\"Key\":\"ota.token\",\"Value\":\"not a token\"}}");

        assertThat(jobs.find(JOB).get().token()).isEmpty();
    }

    @Test
    void texts_of_the_vendor_are_redacted() {
        vendor.hasJob("IN_PROGRESS", ",\"JobDesc\":\"see https://u:p@x.example/a?Signature=abcdef\"");

        assertThat(jobs.find(JOB).get().message().get()).contains("x.example").doesNotContain("abcdef", "u:p");
    }

    @Test
    void a_job_that_does_not_exist_is_not_found() {
        vendor.respond("QueryOTAJob", error("InvalidOTAJobId"));

        assertThat(jobs.find(JOB).getLeft()).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(jobs.find(JOB).getLeft().summary()).startsWith("Job j1 does not exist");
    }

    @Test
    void counts_tasks_with_a_page_of_one_entry_for_each_state() {
        vendor.respond("ListOTATaskByJob", tasks(0));
        vendor.respond("ListOTATaskByJob", tasks(7, task("d1", "FAILED")), "TaskStatus", "FAILED");
        vendor.respond("ListOTATaskByJob", tasks(12, task("d2", "SUCCEEDED")), "TaskStatus", "SUCCEEDED");

        var counts = jobs.counts(JOB).get();

        assertThat(counts.total()).isEqualTo(19);
        assertThat(counts.of(TaskState.FAILED)).isEqualTo(7);
        assertThat(vendor.requests()).isEqualTo(7);
        assertThat(vendor.calls("ListOTATaskByJob").map(JobServer::parameters).map(call -> call.get("PageSize")))
                .containsOnly("1");
    }

    @Test
    void a_count_without_a_total_is_unreadable() {
        vendor.respond("ListOTATaskByJob", "{\"Success\":true,\"Data\":{\"SimpleOTATaskInfo\":[]}}");

        assertThat(jobs.counts(JOB).getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void a_job_without_tasks_must_exist() {
        vendor.respond("ListOTATaskByJob", tasks(0));
        vendor.respond("QueryOTAJob", error("InvalidOTAJobId"));

        assertThat(jobs.counts(JOB).getLeft()).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(jobs.tasks(JOB, TaskFilter.all()).toList().getLeft()).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(jobs.tasks(JOB, TaskFilter.inState(TaskState.FAILED))
                        .toList()
                        .getLeft())
                .isInstanceOf(OtaFailure.NotFound.class);

        vendor.hasJob("IN_PROGRESS", "");
        assertThat(jobs.counts(JOB).get().total()).isZero();
        assertThat(jobs.tasks(JOB, TaskFilter.all()).toList().get()).isEmpty();
    }

    @Test
    void lists_the_jobs_of_a_package() {
        vendor.respond("ListOTAJobByFirmware", payload("ListOTAJobByFirmware.json"));
        FirmwareId documented = FirmwareId.of("UfuxnwygsuSkVE0VCN****0100");

        List<UpgradeJob> found =
                jobs.list(JobFilter.all().firmware(documented)).toList().get();

        assertThat(found.map(UpgradeJob::id)).containsExactly(DOCUMENTED);
        assertThat(found.head().started()).contains(time("2019-12-28T02:43:10.000Z"));
        assertThat(vendor.parameters("ListOTAJobByFirmware"))
                .isEqualTo(java.util.Map.of("FirmwareId", documented.value(), "CurrentPage", "1", "PageSize", "200"));
    }

    @Test
    void lists_the_jobs_of_a_product_package_by_package_and_only_those_that_match() {
        vendor.respond(
                "ListOTAFirmware",
                "{\"Success\":true,\"Total\":2,\"FirmwareInfo\":{\"SimpleFirmwareInfo\":["
                        + "{\"FirmwareId\":\"f1\",\"ProductKey\":\"p1\",\"DestVersion\":\"2\"},"
                        + "{\"FirmwareId\":\"f2\",\"ProductKey\":\"p1\",\"DestVersion\":\"1\"}]}}",
                "ProductKey",
                "p1");
        vendor.respond("ListOTAJobByFirmware", page("SimpleOTAJobInfo", 1, job("PLANNED", "")), "FirmwareId", "f1");
        vendor.respond(
                "ListOTAJobByFirmware",
                page(
                        "SimpleOTAJobInfo",
                        1,
                        "{\"JobId\":\"j2\",\"FirmwareId\":\"f2\",\"ProductKey\":\"p1\",\"JobStatus\":\"IN_PROGRESS\"}"),
                "FirmwareId",
                "f2");
        JobFilter ofProduct = JobFilter.all().product(PRODUCT);

        assertThat(jobs.list(ofProduct).toList().get().map(found -> found.id().value()))
                .containsExactly("j1", "j2");
        assertThat(jobs.list(ofProduct.states(JobState.RUNNING))
                        .toList()
                        .get()
                        .map(found -> found.id().value()))
                .containsExactly("j2");

        Page<UpgradeJob> first = jobs.list(ofProduct).page(PageToken.FIRST).get();
        Page<UpgradeJob> second = jobs.list(ofProduct).page(first.next().get()).get();
        assertThat(first.items().map(found -> found.id().value())).containsExactly("j1");
        assertThat(second.items().map(found -> found.id().value())).containsExactly("j2");
        assertThat(second.next()).isEmpty();
        for (String foreign : List.of("9:f1", "2:f9", "999999", "5:f1:x", ":", "2:f2@@")) {
            assertThat(jobs.list(ofProduct).page(PageToken.of(foreign)).getLeft())
                    .as(foreign)
                    .isInstanceOf(OtaFailure.Rejected.class);
        }
    }

    @Test
    void a_failed_package_ends_the_list_of_a_product_after_the_jobs_before_it() {
        vendor.respond(
                "ListOTAFirmware",
                "{\"Success\":true,\"Total\":2,\"FirmwareInfo\":{\"SimpleFirmwareInfo\":["
                        + "{\"FirmwareId\":\"f1\",\"DestVersion\":\"2\"},{\"FirmwareId\":\"f2\",\"DestVersion\":\"1\"}]}}");
        vendor.listsJobs(job("PLANNED", ""));
        vendor.respond("ListOTAJobByFirmware", error("ListOTAJobFailed"), "FirmwareId", "f2");
        java.util.List<UpgradeJob> seen = new java.util.ArrayList<>();

        assertThat(jobs.list(JobFilter.all()).forEach(seen::add).getLeft()).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(seen).hasSize(1);
        vendor.respond("ListOTAFirmware", error("ListOTAFirmwareFailed"));
        assertThat(jobs.list(JobFilter.all()).toList().getLeft()).isInstanceOf(OtaFailure.Unavailable.class);
    }

    @Test
    void lists_the_jobs_of_a_device_and_needs_its_product() {
        vendor.respond("ListOTAJobByDevice", page("SimpleOTAJobInfo", 1, job("IN_PROGRESS", "")));
        JobFilter ofFirmware = JobFilter.all().firmware(FIRMWARE);

        assertThat(jobs.list(ofFirmware.device(DeviceRef.of(DeviceId.of("d1"))))
                        .toList()
                        .getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);
        assertThat(vendor.requests()).isZero();
        assertThat(jobs.list(ofFirmware.device(DeviceRef.of(PRODUCT, DeviceId.of("d1"))))
                        .toList()
                        .get())
                .hasSize(1);
        assertThat(vendor.parameters("ListOTAJobByDevice"))
                .containsEntry("ProductKey", "p1")
                .containsEntry("DeviceName", "d1")
                .containsEntry("PageSize", "100");
    }

    @Test
    void a_list_of_another_package_is_unreadable() {
        vendor.listsJobs(job("IN_PROGRESS", ""));

        assertThat(jobs.list(JobFilter.all().firmware(FirmwareId.of("f2")))
                        .toList()
                        .getLeft()
                        .summary())
                .contains("requested jobs of firmware f2, received a job of firmware f1");
    }

    @Test
    void finds_the_parts_of_a_job_by_token_in_their_order() {
        String tags = ",\"Tags\":{\"OtaTagDTO\":[{\"Key\":\"ota.token\",\"Value\":\"%s\"}]}";
        vendor.listsJobs(
                job("IN_PROGRESS", tags.formatted("roll_7_10of10")).replace("j1", "j10"),
                job("IN_PROGRESS", tags.formatted("roll_7_2of10")).replace("j1", "j2"),
                job("IN_PROGRESS", tags.formatted("roll_70")).replace("j1", "j70"),
                job("IN_PROGRESS", tags.formatted("roll_7_2")).replace("j1", "j72"));
        for (String id : List.of("10", "2")) {
            vendor.respond(
                    "QueryOTAJob",
                    "{\"Success\":true,\"Data\":"
                            + job("COMPLETED", tags.formatted("roll_7_" + id + "of10"))
                                    .replace("j1", "j" + id) + "}",
                    "JobId",
                    "j" + id);
        }

        List<UpgradeJob> found = jobs.findByToken(TOKEN, FIRMWARE).get();

        assertThat(found.map(one -> one.id().value())).containsExactly("j2", "j10");
        assertThat(found.map(one -> one.state().value())).containsOnly(JobState.FINISHED);
    }

    @Test
    void jobs_of_90_days_that_are_listed_without_tags_are_read() {
        String tags = ",\"Tags\":{\"OtaTagDTO\":[{\"Key\":\"ota.token\",\"Value\":\"roll_7\"}]}";
        vendor.listsJobs(
                job("IN_PROGRESS", ",\"UtcCreate\":\"2025-10-05T00:00:00.000Z\""),
                job("COMPLETED", ",\"UtcCreate\":\"2025-10-03T00:00:00.000Z\"").replace("j1", "old"));
        vendor.hasJob("IN_PROGRESS", tags);

        List<UpgradeJob> found = jobs.findByToken(TOKEN, FIRMWARE).get();

        assertThat(found.map(one -> one.id().value())).containsExactly("j1");
        assertThat(vendor.order()).containsExactly("ListOTAJobByFirmware", "QueryOTAJob");
    }

    @Test
    void a_look_up_ends_with_the_first_job_that_cannot_be_read() {
        vendor.listsJobs(job("IN_PROGRESS", ""), job("IN_PROGRESS", "").replace("j1", "j2"));
        vendor.respond("QueryOTAJob", JobServer.error("IncorrectParameters"));

        assertThat(jobs.findByToken(TOKEN, FIRMWARE).isLeft()).isTrue();
        assertThat(vendor.order()).containsExactly("ListOTAJobByFirmware", "QueryOTAJob");
    }

    @Test
    void a_token_without_a_package_is_looked_up_in_the_jobs_of_every_package() {
        vendor.respond(
                "ListOTAFirmware",
                "{\"Success\":true,\"Total\":1,\"FirmwareInfo\":[{\"FirmwareId\":\"f1\",\"DestVersion\":\"2\"}]}");
        vendor.listsJobs();

        assertThat(jobs.findByToken(TOKEN).get()).isEmpty();
        assertThat(vendor.order()).containsExactly("ListOTAFirmware", "ListOTAJobByFirmware");
    }

    @Test
    void reads_every_documented_field_of_a_task() {
        vendor.respond("ListOTATaskByJob", payload("ListOTATaskByJob.with-timeout.json"));
        JobId job = JobId.of("7glPHmaDYLAYMD1HHutT02****");

        assertThat(jobs.tasks(job, TaskFilter.all()).toList().get())
                .containsExactly(
                        UpgradeTask.builder(job, DeviceId.of("testDevice1"), new Reported<>(TaskState.FAILED, "FAILED"))
                                .id(TaskId.of("y3tOmCDNgpR8F9jnVEzC01****"))
                                .product(ProductId.of("a1GUfrM****"))
                                .firmware(FirmwareId.of("q3j9OYBjUAZMv1hlMgdo03****"))
                                .sourceVersion(FirmwareVersion.of("1.0.0"))
                                .version(FirmwareVersion.of("1.0.1"))
                                .percent(new BigDecimal("0.00"))
                                .timeout(Duration.ofDays(1))
                                .message("report version is not conform")
                                .failure(new TaskFailure(
                                        FailureReason.WRONG_VERSION,
                                        Option.none(),
                                        Option.some("report version is not conform")))
                                .created(time("2019-11-04T03:38:15.000Z"))
                                .modified(time("2019-11-04T03:38:15.000Z"))
                                .build());
        assertThat(vendor.parameters("ListOTATaskByJob"))
                .isEqualTo(java.util.Map.of("JobId", job.value(), "CurrentPage", "1", "PageSize", "100"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Progress\":\"50\",\"Timeout\":\"30\"",
                "\"Progress\":50,\"Timeout\":30",
                "\"Progress\":\"50.0\",\"Timeout\":\"30.0\"",
            })
    void reads_progress_and_timeout_as_text_or_number(String fields) {
        vendor.respond("ListOTATaskByJob", tasks(1, task("d1", "IN_PROGRESS").replace("}", "," + fields + "}")));

        UpgradeTask found = jobs.tasks(JOB, TaskFilter.all()).toList().get().head();

        assertThat(found.percent().get()).isEqualByComparingTo("50");
        assertThat(found.timeout()).contains(Duration.ofMinutes(30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Progress\":\"-1\",\"Timeout\":null",
                "\"Progress\":\"101\",\"Timeout\":\"\"",
                "\"Progress\":{\"a\":1},\"Timeout\":\"soon\"",
                "\"Progress\":\"9e99999\",\"Timeout\":\"0\"",
            })
    void an_odd_progress_or_timeout_hides_no_task(String fields) {
        vendor.respond("ListOTATaskByJob", tasks(1, task("d1", "IN_PROGRESS").replace("}", "," + fields + "}")));

        UpgradeTask found = jobs.tasks(JOB, TaskFilter.all()).toList().get().head();

        assertThat(found.percent()).isEmpty();
        assertThat(found.timeout()).isEmpty();
    }

    @Test
    void a_version_that_is_not_valid_hides_no_task() {
        vendor.respond(
                "ListOTATaskByJob",
                tasks(1, task("d1", "FAILED").replace("}", ",\"SrcVersion\":\"" + "x".repeat(500) + "\"}")));

        assertThat(jobs.tasks(JOB, TaskFilter.all()).toList().get().single().sourceVersion())
                .isEmpty();
    }

    @Test
    void the_text_of_a_device_is_redacted() {
        vendor.respond(
                "ListOTATaskByJob",
                tasks(1, task("d1", "FAILED").replace("}", ",\"TaskDesc\":\"-2 GET https://x/a?Signature=abcdef\"}")));

        UpgradeTask found = jobs.tasks(JOB, TaskFilter.all()).toList().get().head();

        assertThat(found.failure().get().reason()).isEqualTo(FailureReason.DOWNLOAD);
        assertThat(found.toString()).doesNotContain("abcdef");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Success\":true,\"Total\":1,\"Data\":[%s]}",
                "{\"Success\":true,\"Total\":1,\"Data\":{\"SimpleOTATaskInfo\":%s}}",
                "{\"success\":true,\"total\":\"1\",\"data\":{\"simpleOtaTaskInfo\":[%s]}}",
            })
    void a_list_of_tasks_may_have_any_form(String form) {
        vendor.respond("ListOTATaskByJob", form.formatted(task("d1", "QUEUED")));

        assertThat(jobs.tasks(JOB, TaskFilter.all()).toList().get()).hasSize(1);
    }

    @Test
    void a_list_that_is_shorter_than_its_total_is_a_failure() {
        vendor.respond("ListOTATaskByJob", tasks(2, task("d1", "QUEUED")));

        OtaFailure failure = jobs.tasks(JOB, TaskFilter.all()).toList().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.summary()).contains("announced 2 tasks and sent 1");
    }

    @Test
    void tasks_of_named_devices_are_requested_by_50_names_and_filtered_by_state() {
        List<DeviceId> names = List.rangeClosed(1, 51).map(number -> DeviceId.of("d" + number));
        vendor.respond("ListOTATaskByJob", tasks(1, task("d51", "FAILED")), "DeviceNames.1", "d51");
        vendor.respond(
                "ListOTATaskByJob", tasks(2, task("d1", "FAILED"), task("d2", "QUEUED")), "DeviceNames.50", "d50");
        TaskFilter failed = TaskFilter.ofDevices(names).withStates(TaskState.FAILED);

        assertThat(jobs.tasks(JOB, failed)
                        .toList()
                        .get()
                        .map(found -> found.device().value()))
                .containsExactly("d1", "d51");
        assertThat(vendor.requests()).isEqualTo(2);
        assertThat(jobs.estimate(JOB, failed).get().requests()).isEqualTo(2);
        assertThat(jobs.tasks(JOB, failed).page(PageToken.of("2")).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
    }

    @Test
    void several_tasks_of_a_device_are_listed() {
        String second = task("d1", "QUEUED").replace("t-d1", "t-2");
        vendor.respond("ListOTATaskByJob", tasks(2, task("d1", "FAILED"), second));
        assertThat(jobs.tasks(JOB, TaskFilter.all()).toList().get()).hasSize(2);
    }

    @Test
    void an_estimate_uses_the_configured_quota() {
        vendor.respond("ListOTATaskByJob", tasks(10_000, task("d1", "FAILED")), "PageSize", "1");
        Map<String, Object> settings = AliyunFixture.settings(SERVER.baseUrl());
        settings.remove("pacing");
        settings.put("quota", Map.of("ListOTATaskByJob", "5"));

        try (Backend slow = AliyunFixture.open(settings)) {
            assertThat(slow.jobs().estimate(JOB, TaskFilter.all()).get())
                    .isEqualTo(new RequestEstimate(10_000, 100, Duration.ofSeconds(20)));
        }
    }

    @Test
    void a_task_of_a_device_that_was_not_requested_is_unreadable() {
        vendor.respond("ListOTATaskByJob", tasks(1, task("d2", "FAILED")));

        assertThat(jobs.tasks(JOB, TaskFilter.ofDevices(DeviceId.of("d1")))
                        .toList()
                        .getLeft())
                .isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void tasks_in_some_states_are_requested_state_by_state() {
        vendor.respond("ListOTATaskByJob", tasks(1, task("d1", "FAILED")), "TaskStatus", "FAILED");
        vendor.respond("ListOTATaskByJob", tasks(1, task("d2", "CANCELED")), "TaskStatus", "CANCELED");

        assertThat(jobs.tasks(JOB, TaskFilter.inState(TaskState.FAILED, TaskState.CANCELLED, TaskState.REMOVED))
                        .toList()
                        .get()
                        .map(found -> found.device().value()))
                .containsExactly("d1", "d2");
        assertThat(vendor.requests()).isEqualTo(2);
    }

    @Test
    void tasks_of_unknown_state_are_found_among_all_tasks() {
        vendor.respond("ListOTATaskByJob", tasks(2, task("d1", "FAILED"), task("d2", "FROZEN")));

        assertThat(jobs.tasks(JOB, TaskFilter.inState(TaskState.UNKNOWN))
                        .toList()
                        .get()
                        .map(found -> found.device().value()))
                .containsExactly("d2");
    }

    @Test
    void a_job_with_more_tasks_than_the_vendor_lists_is_read_by_state_and_large_states_by_device() {
        vendor.respond("ListOTATaskByJob", tasks(100_003, task("d1", "SUCCEEDED")));
        for (String state : List.of("CONFIRM", "QUEUED", "NOTIFIED", "IN_PROGRESS", "CANCELED")) {
            vendor.respond("ListOTATaskByJob", tasks(0), "TaskStatus", state);
        }
        vendor.respond("ListOTATaskByJob", tasks(1, task("d9", "FAILED")), "TaskStatus", "FAILED");
        vendor.respond("ListOTATaskByJob", tasks(100_002, task("d1", "SUCCEEDED")), "TaskStatus", "SUCCEEDED");
        vendor.hasJob("IN_PROGRESS", "");
        vendor.respond(
                "QueryDevice",
                "{\"Success\":true,\"Total\":3,\"PageCount\":1,\"Data\":{\"DeviceInfo\":[{\"DeviceName\":\"d1\"},"
                        + "{\"DeviceName\":\"d2\"},{\"DeviceName\":\"d9\"}]}}");
        vendor.respond(
                "ListOTATaskByJob",
                tasks(3, task("d1", "SUCCEEDED"), task("d2", "SUCCEEDED"), task("d9", "FAILED")),
                "DeviceNames.1",
                "d1",
                "DeviceNames.3",
                "d9");

        assertThat(jobs.tasks(JOB, TaskFilter.all())
                        .toList()
                        .get()
                        .map(found -> found.device().value()))
                .containsExactly("d9", "d1", "d2");

        vendor.respond("QueryDevice", "{\"Success\":true,\"Total\":2000000,\"Data\":{}}", "PageSize", "1");
        var estimate = jobs.estimate(JOB, TaskFilter.all()).get();
        assertThat(estimate.items()).isEqualTo(100_003);
        // 8 pages of tasks, the job, and two requests for each page of 50 devices
        assertThat(estimate.requests()).isEqualTo(8 + 1 + 2 * 40_000);
        assertThat(estimate.duration()).isEqualTo(Duration.ofSeconds(40 + 38_000 / 2));
    }

    @Test
    void a_single_page_of_a_job_with_too_many_tasks_leads_to_all_others() {
        vendor.respond("ListOTATaskByJob", tasks(100_001, task("d1", "SUCCEEDED")));
        for (String state : List.of("CONFIRM", "QUEUED", "NOTIFIED", "IN_PROGRESS", "SUCCEEDED", "CANCELED")) {
            vendor.respond("ListOTATaskByJob", tasks(0), "TaskStatus", state);
        }
        vendor.respond("ListOTATaskByJob", tasks(1, task("d9", "FAILED")), "TaskStatus", "FAILED");
        vendor.hasJob("IN_PROGRESS", "");
        vendor.respond(
                "QueryDevice", "{\"Success\":true,\"Total\":1,\"Data\":{\"DeviceInfo\":{\"DeviceName\":\"d7\"}}}");
        vendor.respond("ListOTATaskByJob", tasks(1, task("d7", "FROZEN")), "DeviceNames.1", "d7");

        Page<UpgradeTask> failed =
                jobs.tasks(JOB, TaskFilter.all()).page(PageToken.FIRST).get();
        Page<UpgradeTask> unknown =
                jobs.tasks(JOB, TaskFilter.all()).page(failed.next().get()).get();

        assertThat(failed.items().map(found -> found.device().value())).containsExactly("d9");
        assertThat(unknown.items().map(found -> found.device().value())).containsExactly("d7");
        assertThat(unknown.next()).isEmpty();
    }

    @Test
    void a_failed_page_of_devices_ends_the_tasks_of_a_large_state() {
        vendor.respond("ListOTATaskByJob", tasks(100_001, task("d1", "FAILED")));
        vendor.hasJob("IN_PROGRESS", "");
        vendor.respond("QueryDevice", error("SystemException"));

        assertThat(jobs.tasks(JOB, TaskFilter.inState(TaskState.FAILED))
                        .toList()
                        .getLeft())
                .isInstanceOf(OtaFailure.Unavailable.class);
    }

    @Test
    void a_list_that_grows_while_it_is_read_is_complete() {
        String[] first = List.rangeClosed(1, 100)
                .map(number -> task("d" + number, "QUEUED"))
                .toJavaArray(String[]::new);
        vendor.respond(
                "ListOTATaskByJob",
                page("SimpleOTATaskInfo", 101, first).replace("\"PageCount\":1", "\"PageCount\":2"),
                "CurrentPage",
                "1");
        vendor.respond(
                "ListOTATaskByJob",
                page("SimpleOTATaskInfo", 102, task("d100", "QUEUED"), task("d101", "QUEUED"))
                        .replace("\"PageCount\":1", "\"PageCount\":2"),
                "CurrentPage",
                "2");

        assertThat(jobs.tasks(JOB, TaskFilter.all()).toList().get()).hasSize(101);
        assertThat(vendor.requests()).isEqualTo(2);
    }

    /** Page 1 or 2 of a list with up to two pages, of the tasks with these numbers. */
    private void respondPage(int page, String state, long total, Seq<String> tasks, String... parameters) {
        List<String> all = List.of("CurrentPage", String.valueOf(page)).appendAll(List.of(parameters));
        vendor.respond(
                "ListOTATaskByJob",
                tasks(total, tasks.toJavaArray(String[]::new)).replace("\"PageCount\":1", "\"PageCount\":2"),
                (state.isEmpty() ? all : all.append("TaskStatus").append(state)).toJavaArray(String[]::new));
    }

    private static List<String> range(int from, int to, String state) {
        return List.rangeClosed(from, to).map(number -> task("d" + number, state));
    }

    private static List<String> names(int from, int to) {
        return List.rangeClosed(from, to).map(number -> "d" + number);
    }

    /** The first 50 of 150 tasks begin after the first page was read. */
    private void givenTasksThatLeaveTheQueue() {
        respondPage(1, "QUEUED", 150, range(1, 100, "QUEUED"));
        respondPage(2, "QUEUED", 100, List.empty());
        respondPage(1, "", 150, range(1, 50, "IN_PROGRESS").appendAll(range(51, 100, "QUEUED")));
        respondPage(2, "", 150, range(101, 150, "QUEUED"));
    }

    @Test
    void tasks_that_leave_a_state_while_it_is_read_hide_no_others() {
        givenTasksThatLeaveTheQueue();
        vendor.respond("ListOTATaskByJob", tasks(0), "TaskStatus", "NOTIFIED");

        TaskFilter waiting = TaskFilter.inState(TaskState.QUEUED, TaskState.NOTIFIED);

        assertThat(jobs.tasks(JOB, waiting)
                        .toList()
                        .get()
                        .map(found -> found.device().value()))
                .isEqualTo(names(51, 150));
        assertThat(vendor.requests()).isEqualTo(4);
        assertThat(jobs.estimate(JOB, waiting).get().requests()).isEqualTo(4);
    }

    @Test
    void a_page_of_a_state_leads_to_the_next_although_the_state_became_small() {
        givenTasksThatLeaveTheQueue();
        Pages<UpgradeTask> queued = jobs.tasks(JOB, TaskFilter.inState(TaskState.QUEUED));
        Page<UpgradeTask> first = queued.page(PageToken.FIRST).get();
        vendor.respond("ListOTATaskByJob", tasksIn("QUEUED", 1), "TaskStatus", "QUEUED");

        Page<UpgradeTask> second = queued.page(first.next().get()).get();

        assertThat(first.items().map(found -> found.device().value())).isEqualTo(names(51, 100));
        assertThat(second.items().map(found -> found.device().value())).isEqualTo(names(101, 150));
        assertThat(second.next()).isEmpty();
        assertThat(vendor.requests()).isEqualTo(3);
    }

    @Test
    void tasks_in_a_final_state_are_read_again_if_others_are_retried_meanwhile() {
        respondPage(1, "FAILED", 150, range(1, 100, "FAILED"));
        respondPage(2, "FAILED", 100, List.empty());
        Pages<UpgradeTask> failed = jobs.tasks(JOB, TaskFilter.inState(TaskState.FAILED));
        var found = failed.iterator();
        List<UpgradeTask> before = List.fill(100, () -> found.next().get());

        respondPage(1, "FAILED", 100, range(51, 150, "FAILED"));
        List<UpgradeTask> after = List.ofAll(() -> found).map(Either::get);

        assertThat(before.appendAll(after).map(task -> task.device().value())).isEqualTo(names(1, 150));
    }

    @Test
    void tasks_that_move_in_a_job_with_too_many_are_found_by_device() {
        vendor.respond("ListOTATaskByJob", tasks(100_001, task("d1", "QUEUED")));
        respondPage(1, "QUEUED", 150, range(1, 100, "QUEUED"));
        vendor.hasJob("IN_PROGRESS", "");
        vendor.respond(
                "QueryDevice", "{\"Success\":true,\"Total\":1,\"Data\":{\"DeviceInfo\":{\"DeviceName\":\"d150\"}}}");
        vendor.respond("ListOTATaskByJob", tasks(1, task("d150", "QUEUED")), "DeviceNames.1", "d150");
        TaskFilter queued = TaskFilter.inState(TaskState.QUEUED);

        assertThat(jobs.tasks(JOB, queued)
                        .toList()
                        .get()
                        .map(found -> found.device().value()))
                .containsExactly("d150");
        int sent = vendor.requests();
        assertThat(jobs.estimate(JOB, queued).get().requests()).isEqualTo(sent);
        assertThat(jobs.estimate(JOB, queued).get().items()).isEqualTo(150);
    }

    @Test
    void tasks_of_unknown_state_in_a_job_with_too_many_are_found_by_device() {
        vendor.respond("ListOTATaskByJob", tasks(100_001, task("d1", "SUCCEEDED")));
        vendor.hasJob("IN_PROGRESS", "");
        vendor.respond(
                "QueryDevice", "{\"Success\":true,\"Total\":1,\"Data\":{\"DeviceInfo\":{\"DeviceName\":\"d7\"}}}");
        vendor.respond("ListOTATaskByJob", tasks(1, task("d7", "FROZEN")), "DeviceNames.1", "d7");

        assertThat(jobs.tasks(JOB, TaskFilter.inState(TaskState.UNKNOWN))
                        .toList()
                        .get()
                        .map(found -> found.device().value()))
                .containsExactly("d7");
    }

    @Test
    void the_first_page_of_tasks_is_requested_once() {
        vendor.respond("ListOTATaskByJob", tasksIn("QUEUED", 3));

        assertThat(jobs.tasks(JOB, TaskFilter.all()).toList().get()).hasSize(3);
        assertThat(vendor.requests()).isEqualTo(1);
    }

    @Test
    void a_later_pagination_sees_later_changes() {
        vendor.respond("ListOTATaskByJob", tasksIn("QUEUED", 3));
        var list = jobs.tasks(JOB, TaskFilter.all());
        assertThat(list.toList().get()).hasSize(3);

        vendor.respond("ListOTATaskByJob", tasksIn("QUEUED", 4));
        assertThat(list.toList().get()).hasSize(4);
    }

    @Test
    void reads_unfinished_tasks_of_a_device_with_their_module() {
        vendor.respond("ListOTAUnfinishedTaskByDevice", payload("ListOTAUnfinishedTaskByDevice.json"));
        DeviceRef light = DeviceRef.of(ProductId.of("a1GUfrM****"), DeviceId.of("light"));

        UpgradeTask found = jobs.unfinishedTasks(light).get().single();

        assertThat(found.target()).contains(FirmwareTarget.module("WifiConfigModify"));
        assertThat(found.state().value()).isEqualTo(TaskState.AWAITING_CONFIRMATION);
        assertThat(jobs.unfinishedTasks(DeviceRef.of(light.id())).getLeft()).isInstanceOf(OtaFailure.Rejected.class);

        vendor.respond("ListOTAUnfinishedTaskByDevice", "{\"Success\":true}");
        assertThat(jobs.unfinishedTasks(light).get()).isEmpty();
    }
}
