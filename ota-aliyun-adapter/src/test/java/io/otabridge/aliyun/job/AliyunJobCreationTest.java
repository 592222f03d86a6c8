package io.otabridge.aliyun.job;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static io.otabridge.aliyun.job.JobServer.error;
import static io.otabridge.aliyun.job.JobServer.job;
import static io.otabridge.aliyun.job.JobServer.task;
import static io.otabridge.aliyun.job.JobServer.tasks;
import static io.otabridge.aliyun.job.JobServer.tasksIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.otabridge.aliyun.AliyunFixture;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.RetryPolicy;
import io.otabridge.domain.job.command.JobCreation;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.otabridge.domain.product.DeviceGroupId;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Creations of jobs on the wire: their parameters, the rules, and how often each request is sent. */
class AliyunJobCreationTest {

    private static final FirmwareId FIRMWARE = FirmwareId.of("f1");
    private static final ClientToken TOKEN = ClientToken.of("roll_7");
    private static final FirmwareVersion OLD = FirmwareVersion.of("1.0.0");
    /** The clock of backends in tests. */
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    private static final String TAGGED = ",\"Tags\":{\"OtaTagDTO\":[{\"Key\":\"ota.token\",\"Value\":\"roll_7\"}]}";
    private static final String CREATED = "{\"Success\":true,\"Data\":{\"JobId\":\"j1\"}}";

    @RegisterExtension
    static final WireMockExtension SERVER = JobServer.start();

    @RegisterExtension
    static final WireMockExtension STORE = JobServer.start();

    private final JobServer vendor = new JobServer(SERVER);
    private final Map<String, Object> settings = AliyunFixture.settings(SERVER.baseUrl());

    @BeforeEach
    void givenVerifiedPackage() {
        vendor.hasFirmware(1);
        vendor.listsJobs();
        vendor.hasJob("IN_PROGRESS", TAGGED);
        vendor.respond("ListOTATaskByJob", tasksIn("QUEUED", 2));
        for (String action : List.of("CreateOTAStaticUpgradeJob", "CreateOTADynamicUpgradeJob", "CreateOTAVerifyJob")) {
            vendor.respond(action, CREATED);
        }
    }

    private Either<OtaFailure, JobCreation> create(JobRequest.Builder request) {
        try (Backend backend = AliyunFixture.open(settings)) {
            return backend.jobCommands().create(request.token(TOKEN).build());
        }
    }

    private static List<DeviceId> devices(int count) {
        return List.rangeClosed(1, count).map(number -> DeviceId.of("d" + number));
    }

    private static JobRequest.Builder listed(int count) {
        return JobRequest.upgrade(FIRMWARE, JobTargets.devices(devices(count)));
    }

    private static JobRequest.Builder all() {
        return JobRequest.upgrade(FIRMWARE, JobTargets.all());
    }

    private static JobRequest.Builder continuous() {
        return JobRequest.upgrade(FIRMWARE, JobTargets.continuous());
    }

    private static JobRequest.Builder verification(int count) {
        return JobRequest.verification(FIRMWARE, devices(count));
    }

    @Test
    void creates_a_job_for_named_devices_with_the_token_as_a_tag() {
        JobCreation creation = create(listed(2)).get();

        assertThat(creation.alreadyExisted()).isFalse();
        assertThat(creation.jobs().map(one -> one.id().value())).containsExactly("j1");
        assertThat(creation.requestedDevices()).contains(2L);
        assertThat(creation.tasks()).contains(2L);
        assertThat(creation.warnings()).isEmpty();
        assertThat(vendor.order())
                .containsExactly(
                        "QueryOTAFirmware",
                        "ListOTAJobByFirmware",
                        "CreateOTAStaticUpgradeJob",
                        "QueryOTAJob",
                        "ListOTATaskByJob");
        assertThat(vendor.parameters("CreateOTAStaticUpgradeJob"))
                .isEqualTo(Map.of(
                        "FirmwareId",
                        "f1",
                        "ProductKey",
                        "p1",
                        "TargetSelection",
                        "SPECIFIC",
                        "TargetDeviceName.1",
                        "d1",
                        "TargetDeviceName.2",
                        "d2",
                        "Tag.1.Key",
                        "ota.token",
                        "Tag.1.Value",
                        "roll_7"));
    }

    @Test
    void sends_every_option_of_a_job() {
        JobRequest.Builder request = all().sourceVersion(OLD)
                .sourceVersion(FirmwareVersion.of("1.1.0"))
                .start(NOW.plus(Duration.ofMinutes(10)))
                .end(NOW.plus(Duration.ofHours(10)))
                .ratePerMinute(50)
                .retry(new RetryPolicy(2, Duration.ofMinutes(10)))
                .timeout(Duration.ofMinutes(30))
                .needsConfirmation(true)
                .replacesPending(true)
                .tag("ring", "一 & two");
        vendor.hasJob("PLANNED", TAGGED);

        JobCreation creation = create(request).get();

        assertThat(creation.tasks()).isEmpty();
        assertThat(vendor.parameters("CreateOTAStaticUpgradeJob"))
                .containsOnly(
                        Map.entry("FirmwareId", "f1"),
                        Map.entry("ProductKey", "p1"),
                        Map.entry("TargetSelection", "ALL"),
                        Map.entry("SrcVersion.1", "1.0.0"),
                        Map.entry("SrcVersion.2", "1.1.0"),
                        Map.entry("ScheduleTime", "1767323645678"),
                        Map.entry("ScheduleFinishTime", "1767359045678"),
                        Map.entry("MaximumPerMinute", "50"),
                        Map.entry("RetryCount", "2"),
                        Map.entry("RetryInterval", "10"),
                        Map.entry("TimeoutInMinutes", "30"),
                        Map.entry("NeedConfirm", "true"),
                        Map.entry("OverwriteMode", "2"),
                        Map.entry("Tag.1.Key", "ring"),
                        Map.entry("Tag.1.Value", "一 & two"),
                        Map.entry("Tag.2.Key", "ota.token"),
                        Map.entry("Tag.2.Value", "roll_7"));
    }

    @ParameterizedTest
    @CsvSource({"50.00, 50", "0.125, 0.125", "100, 100", "5E+1, 50"})
    void sends_a_percentage_as_plain_text(String percent, String text) {
        vendor.respond("QueryDevice", "{\"Success\":true,\"Total\":3,\"Data\":{}}");

        JobCreation creation = create(JobRequest.upgrade(FIRMWARE, JobTargets.percentage(new BigDecimal(percent))))
                .get();

        assertThat(vendor.parameters("CreateOTAStaticUpgradeJob"))
                .containsEntry("TargetSelection", "GRAY")
                .containsEntry("GrayPercent", text);
        assertThat(creation.requestedDevices()).contains(text.equals("100") ? 3L : 1L);
    }

    @Test
    void creates_a_job_for_a_group() {
        create(JobRequest.upgrade(FIRMWARE, JobTargets.group(DeviceGroupId.of("g1"))))
                .get();

        assertThat(vendor.parameters("CreateOTAStaticUpgradeJob"))
                .containsEntry("TargetSelection", "GROUP")
                .containsEntry("GroupId", "g1")
                .containsEntry("GroupType", "LINK_PLATFORM");
    }

    @Test
    void creates_a_continuous_job_for_source_versions_or_a_dynamic_group() {
        create(continuous().sourceVersion(OLD)).get();
        assertThat(vendor.parameters("CreateOTADynamicUpgradeJob"))
                .containsEntry("DynamicMode", "1")
                .containsEntry("SrcVersion.1", "1.0.0")
                .doesNotContainKeys("TargetSelection", "GroupId");

        SERVER.resetRequests();
        create(JobRequest.upgrade(
                        FIRMWARE,
                        JobTargets.continuous().ofGroup(DeviceGroupId.of("g1")).laterOnly()))
                .get();
        assertThat(vendor.parameters("CreateOTADynamicUpgradeJob"))
                .containsEntry("DynamicMode", "2")
                .containsEntry("GroupId", "g1")
                .containsEntry("GroupType", "LINK_PLATFORM_DYNAMIC");
    }

    @Test
    void verifies_a_package_on_test_devices() {
        vendor.hasFirmware(0);

        create(verification(2).timeout(Duration.ofMinutes(5))).get();

        assertThat(vendor.parameters("CreateOTAVerifyJob"))
                .containsOnlyKeys(
                        "FirmwareId",
                        "ProductKey",
                        "TargetDeviceName.1",
                        "TargetDeviceName.2",
                        "TimeoutInMinutes",
                        "Tag.1.Key",
                        "Tag.1.Value");
    }

    @Test
    void uploads_a_list_of_more_than_200_devices() {
        vendor.respond("GenerateDeviceNameListURL", listForm(STORE.baseUrl()));
        STORE.stubFor(any(anyUrl()).willReturn(ok()));
        vendor.respond("ListOTATaskByJob", tasksIn("QUEUED", 201));

        JobCreation creation = create(listed(201)).get();

        assertThat(creation.requestedDevices()).contains(201L);
        assertThat(vendor.parameters("CreateOTAStaticUpgradeJob"))
                .containsEntry("DnListFileUrl", "https://store.example/ota/1/a.csv")
                .doesNotContainKey("TargetDeviceName.1");
        String post = STORE.findAll(anyRequestedFor(anyUrl())).get(0).getBodyAsString();
        assertThat(post)
                .contains("name=\"key\"\r\n\r\nota/1/a.csv")
                .contains("name=\"OSSAccessKeyId\"\r\n\r\ncS8uRRy54RszTEST")
                .contains("\r\n\r\nd1\nd2\nd3\n")
                .contains("d200\nd201\n\r\n--");
    }

    private static String listForm(String host) {
        return "{\"Success\":true,\"Data\":{\"Key\":\"ota/1/a.csv\",\"Host\":\"" + host
                + "\",\"Policy\":\"UG9saWN5\",\"AccessKeyId\":\"cS8uRRy54RszTEST\",\"Signature\":\"c2lnbmF0dXJl\","
                + "\"FileUrl\":\"https://store.example/ota/1/a.csv\"}}";
    }

    @Test
    void creates_no_job_if_the_list_of_devices_cannot_be_uploaded() {
        vendor.respond("GenerateDeviceNameListURL", listForm(STORE.baseUrl()));
        STORE.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(403)));

        assertThat(create(listed(201)).isLeft()).isTrue();
        vendor.respond("GenerateDeviceNameListURL", listForm("https://evil.example"));
        assertThat(create(listed(201)).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
        vendor.respond("GenerateDeviceNameListURL", "{\"Success\":true,\"Data\":{\"Signature\":\"c2lnbmF0dXJl\"}}");
        OtaFailure unreadable = create(listed(201)).getLeft();
        assertThat(unreadable).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(unreadable.advice()).contains("no job was created");
        assertThat(unreadable.toString()).doesNotContain("c2lnbmF0dXJl");

        assertThat(vendor.calls("CreateOTAStaticUpgradeJob")).isEmpty();
    }

    @Test
    void more_devices_than_configured_become_several_jobs_with_numbered_tokens() {
        settings.put("max-devices-per-job", "3");
        for (int part = 1; part <= 2; part++) {
            vendor.respond(
                    "CreateOTAStaticUpgradeJob",
                    "{\"Success\":true,\"Data\":{\"JobId\":\"j" + part + "\"}}",
                    "Tag.1.Value",
                    "roll_7_" + part + "of2");
            String tagged = TAGGED.replace("roll_7", "roll_7_" + part + "of2");
            vendor.respond(
                    "QueryOTAJob",
                    "{\"Success\":true,\"Data\":" + job("IN_PROGRESS", tagged).replace("j1", "j" + part) + "}",
                    "JobId",
                    "j" + part);
            vendor.respond(
                    "ListOTATaskByJob",
                    tasksIn("QUEUED", part == 1 ? 3 : 1).replace("j1", "j" + part),
                    "JobId",
                    "j" + part);
        }

        JobCreation creation = create(listed(5)).get();

        assertThat(creation.jobs().map(one -> one.id().value())).containsExactly("j1", "j2");
        assertThat(creation.tasks()).contains(4L);
        assertThat(creation.warnings().single()).contains("no task for 1 of 5 devices");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 'is not verified', 'Verify it on up to 10 test devices'",
        "3, 'the verification failed', 'Verify it on up to 10 test devices'",
        "2, 'the verification is running', 'Wait until the verification has succeeded'",
    })
    void a_package_that_is_not_verified_is_rejected_with_the_next_step(int status, String reason, String advice) {
        vendor.hasFirmware(status);

        OtaFailure failure = create(listed(1)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains(reason);
        assertThat(failure.advice()).contains(advice);
        assertThat(vendor.order()).containsExactly("QueryOTAFirmware", "ListOTAJobByFirmware");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void a_package_that_needs_no_verification_is_upgraded(int status) {
        vendor.hasFirmware(status);

        assertThat(create(listed(1)).isRight()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, is verified already", "2, is being verified"})
    void a_package_is_not_verified_twice(int status, String reason) {
        vendor.hasFirmware(status);

        assertThat(create(verification(1)).getLeft().summary()).contains(reason);
        assertThat(vendor.calls("CreateOTAVerifyJob")).isEmpty();
    }

    @Test
    void a_repeated_verification_is_found_although_the_package_is_being_verified() {
        vendor.hasFirmware(2);
        String verification = job("IN_PROGRESS", TAGGED).replace("UPGRADE_FIRMWARE", "VERIFY_FIRMWARE");
        vendor.listsJobs(verification);
        vendor.respond("QueryOTAJob", "{\"Success\":true,\"Data\":" + verification + "}");

        JobCreation creation = create(verification(2)).get();

        assertThat(creation.alreadyExisted()).isTrue();
        assertThat(vendor.calls("CreateOTAVerifyJob")).isEmpty();
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> invalid() {
        return Stream.of(
                of(listed(1).sourceVersion(OLD), "listed devices or a group"),
                of(
                        JobRequest.upgrade(FIRMWARE, JobTargets.group(DeviceGroupId.of("g")))
                                .sourceVersion(OLD),
                        "listed devices or a group"),
                of(
                        JobRequest.upgrade(FIRMWARE, new JobTargets.All(List.of(DeviceId.of("d1")))),
                        "selects all devices of the product"),
                of(many(all(), 11), "at most 10 source versions"),
                of(all().sourceVersion(FirmwareVersion.of("a".repeat(65))), "1 to 64"),
                of(JobRequest.upgrade(FIRMWARE, JobTargets.devices(List.of(DeviceId.of("a,b")))), "commas"),
                of(all().ratePerMinute(9), "10 to 10000 devices per minute"),
                of(all().ratePerMinute(10_001), "10 to 10000 devices per minute"),
                of(all().timeout(Duration.ofSeconds(59)), "1 to 1440 whole minutes"),
                of(all().timeout(Duration.ofSeconds(90)), "1 to 1440 whole minutes"),
                of(all().timeout(Duration.ofMinutes(1441)), "1 to 1440 whole minutes"),
                of(all().retry(new RetryPolicy(3, Duration.ZERO)), "1, 2 or 5 retries after 0, 10, 30, 60 or 1440"),
                of(all().retry(new RetryPolicy(1, Duration.ofMinutes(5))), "after 0, 10, 30, 60 or 1440 minutes"),
                of(
                        all().retry(new RetryPolicy(1, Duration.ofHours(1))).timeout(Duration.ofHours(1)),
                        "shorter interval"),
                of(all().start(NOW.plus(Duration.ofDays(8))), "5 minutes to 7 days ahead"),
                of(scheduled(Duration.ofMinutes(59)), "1 hour to 30 days after the start"),
                of(scheduled(Duration.ofDays(31)), "1 hour to 30 days after the start"),
                of(all().tag("ota.token", "x"), "holds the client token"),
                of(all().tag("with space", "x"), "letters, digits and full stops"),
                of(all().tag("a".repeat(31), "x"), "letters, digits and full stops"),
                of(all().tag("empty", ""), "values of 1 to 1024"),
                of(all().tag("long", "x".repeat(1025)), "values of 1 to 1024"),
                of(tags(5, 1024), "at most 4096 characters"),
                of(tags(10, 1), "at most 9 tags besides the client token"),
                of(verification(11), "at most 10 devices"),
                of(verification(1).ratePerMinute(50), "no start, rate, retries"),
                of(verification(1).replacesPending(true), "no start, rate, retries"),
                of(continuous(), "either source versions or a device group"),
                of(
                        JobRequest.upgrade(FIRMWARE, JobTargets.continuous().ofGroup(DeviceGroupId.of("g")))
                                .sourceVersion(OLD),
                        "either source versions or a device group"),
                of(continuous().sourceVersion(OLD).start(NOW.plus(Duration.ofHours(1))), "no start and no end"));
    }

    private static org.junit.jupiter.params.provider.Arguments of(JobRequest.Builder request, String text) {
        return org.junit.jupiter.params.provider.Arguments.of(text, request);
    }

    private static JobRequest.Builder many(JobRequest.Builder request, int versions) {
        return List.range(0, versions)
                .foldLeft(request, (before, number) -> before.sourceVersion(FirmwareVersion.of("1." + number)));
    }

    private static JobRequest.Builder tags(int count, int length) {
        return List.range(0, count).foldLeft(all(), (before, number) -> before.tag("t" + number, "x".repeat(length)));
    }

    private static JobRequest.Builder scheduled(Duration length) {
        Instant start = NOW.plus(Duration.ofHours(1));
        return all().start(start).end(start.plus(length));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    void what_the_vendor_does_not_allow_is_rejected_before_a_request(String allowed, JobRequest.Builder request) {
        OtaFailure failure = create(request).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary() + "; " + failure.advice()).contains(allowed);
        assertThat(vendor.requests()).isZero();
    }

    @Test
    void the_longest_and_largest_allowed_values_are_sent() {
        assertThat(create(tags(9, 20)
                                .timeout(Duration.ofDays(1))
                                .ratePerMinute(10_000)
                                .retry(new RetryPolicy(5, Duration.ofHours(1)))
                                .start(NOW.plus(Duration.ofDays(7)))
                                .end(NOW.plus(Duration.ofDays(37))))
                        .isRight())
                .isTrue();
        assertThat(create(many(all(), 10)).isRight()).isTrue();
        assertThat(create(verification(10)).getLeft().summary()).contains("verified already");
    }

    @Test
    void a_job_with_the_token_is_not_created_again() {
        vendor.listsJobs(job("COMPLETED", TAGGED));

        JobCreation creation = create(listed(2)).get();

        assertThat(creation.alreadyExisted()).isTrue();
        assertThat(creation.jobs().map(one -> one.id().value())).containsExactly("j1");
        assertThat(vendor.calls("CreateOTAStaticUpgradeJob")).isEmpty();
    }

    @Test
    void a_job_with_the_token_is_not_created_again_although_lists_contain_no_tags() {
        vendor.listsJobs(job("IN_PROGRESS", "").replace("j1", "j0"), job("IN_PROGRESS", ""));
        vendor.respond(
                "QueryOTAJob",
                "{\"Success\":true,\"Data\":" + job("IN_PROGRESS", "").replace("j1", "j0") + "}",
                "JobId",
                "j0");

        JobCreation creation = create(listed(2)).get();

        assertThat(creation.alreadyExisted()).isTrue();
        assertThat(creation.jobs().map(one -> one.id().value())).containsExactly("j1");
        assertThat(vendor.calls("CreateOTAStaticUpgradeJob")).isEmpty();
    }

    @Test
    void the_details_of_other_jobs_are_read_once_while_a_lost_job_is_looked_for() {
        settings.put("timeout", "2s");
        vendor.listsJobs(job("IN_PROGRESS", ""));
        vendor.hasJob("IN_PROGRESS", TAGGED.replace("roll_7", "roll_8"));
        vendor.respond("CreateOTAStaticUpgradeJob", aResponse().withFault(Fault.EMPTY_RESPONSE));

        assertThat(create(listed(2)).getLeft()).isInstanceOf(OtaFailure.OutcomeUnknown.class);

        assertThat(vendor.calls("ListOTAJobByFirmware").size()).isGreaterThan(1);
        assertThat(vendor.calls("QueryOTAJob")).hasSize(1);
    }

    @Test
    void the_token_of_a_job_with_other_devices_is_rejected() {
        vendor.listsJobs(job("IN_PROGRESS", TAGGED));
        vendor.respond("ListOTATaskByJob", tasks(2, task("d1", "QUEUED"), task("d9", "QUEUED")));
        OtaFailure other = create(listed(2)).getLeft();
        vendor.respond("ListOTATaskByJob", tasks(3, task("d1", "QUEUED"), task("d2", "QUEUED")));
        OtaFailure more = create(listed(2)).getLeft();

        for (OtaFailure failure : List.of(other, more)) {
            assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
            assertThat(failure.advice()).contains("nothing was created");
        }
        assertThat(other.summary()).contains("other devices, such as d9");
        assertThat(more.summary()).contains("3 instead of 2 devices");
        assertThat(vendor.calls("CreateOTAStaticUpgradeJob")).isEmpty();
    }

    @Test
    void a_job_with_fewer_tasks_than_devices_is_found_with_a_warning() {
        vendor.listsJobs(job("IN_PROGRESS", TAGGED));

        JobCreation creation = create(listed(3)).get();

        assertThat(creation.alreadyExisted()).isTrue();
        assertThat(creation.warnings().single()).startsWith("1 of 3 devices have no task in this job, which existed");
    }

    @Test
    void the_token_of_a_job_with_another_percentage_is_rejected() {
        vendor.listsJobs(job("IN_PROGRESS", TAGGED));
        vendor.hasJob("IN_PROGRESS", TAGGED + ",\"TargetSelection\":\"GRAY\",\"GrayPercent\":\"5.00\"");
        vendor.respond("QueryDevice", "{\"Success\":true,\"Total\":40,\"Data\":{}}");

        OtaFailure failure = create(JobRequest.upgrade(FIRMWARE, JobTargets.percentage(BigDecimal.valueOf(50))))
                .getLeft();
        JobCreation same = create(JobRequest.upgrade(FIRMWARE, JobTargets.percentage(BigDecimal.valueOf(5))))
                .get();

        assertThat(failure.summary()).contains("5 instead of 50 percent");
        assertThat(same.alreadyExisted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SystemBusy", "TooManyDeviceUpgrade"})
    void a_busy_platform_has_created_nothing(String code) {
        vendor.respond("CreateOTAStaticUpgradeJob", error(code));

        OtaFailure failure = create(listed(2)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(vendor.calls("ListOTAJobByFirmware")).hasSize(2);
    }

    @Test
    void a_start_that_is_too_soon_is_rejected_only_if_no_job_has_the_token() {
        JobRequest.Builder soon = all().start(NOW.plus(Duration.ofMinutes(4)));

        assertThat(create(soon).getLeft().advice()).contains("5 minutes to 7 days ahead");
        assertThat(vendor.calls("CreateOTAStaticUpgradeJob")).isEmpty();

        vendor.listsJobs(job("PLANNED", TAGGED));
        assertThat(create(soon).get().alreadyExisted()).isTrue();
    }

    @Test
    void a_dry_run_creates_nothing_and_uploads_nothing() {
        try (Backend backend = AliyunFixture.open(settings)) {
            JobCreation creation = backend.jobCommands()
                    .dryRun()
                    .create(listed(201).token(TOKEN).build())
                    .get();

            assertThat(creation.jobs()).isEmpty();
            assertThat(creation.requestedDevices()).contains(201L);
        }
        assertThat(vendor.order()).containsExactly("QueryOTAFirmware", "ListOTAJobByFirmware");
    }

    @Test
    void a_dry_run_for_all_devices_counts_them() {
        vendor.respond("QueryDevice", "{\"Success\":true,\"Total\":1234,\"Data\":{}}");
        try (Backend backend = AliyunFixture.open(settings)) {
            assertThat(backend.jobCommands()
                            .dryRun()
                            .create(all().token(TOKEN).build())
                            .get()
                            .requestedDevices())
                    .contains(1234L);
        }
        assertThat(vendor.parameters("QueryDevice")).containsEntry("PageSize", "1");
    }

    @Test
    void a_job_whose_response_was_lost_is_found_by_its_token_and_sent_once() {
        vendor.respond("CreateOTAStaticUpgradeJob", aResponse().withFault(Fault.EMPTY_RESPONSE));
        SERVER.stubFor(any(anyUrl())
                .withHeader("x-acs-action", equalTo("ListOTAJobByFirmware"))
                .inScenario("late")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("created")
                .willReturn(okJson(JobServer.page("SimpleOTAJobInfo", 0))));
        SERVER.stubFor(any(anyUrl())
                .withHeader("x-acs-action", equalTo("ListOTAJobByFirmware"))
                .inScenario("late")
                .whenScenarioStateIs("created")
                .willReturn(okJson(JobServer.page("SimpleOTAJobInfo", 1, job("IN_PROGRESS", TAGGED)))));

        JobCreation creation = create(listed(2)).get();

        assertThat(creation.jobs().map(one -> one.id().value())).containsExactly("j1");
        assertThat(creation.alreadyExisted()).isFalse();
        assertThat(vendor.calls("CreateOTAStaticUpgradeJob")).hasSize(1);
    }

    @Test
    void a_job_that_stays_lost_has_an_unknown_outcome_with_its_token() {
        settings.put("timeout", "1s");
        vendor.respond("CreateOTAStaticUpgradeJob", aResponse().withFault(Fault.EMPTY_RESPONSE));

        OtaFailure failure = create(listed(2)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(((OtaFailure.OutcomeUnknown) failure).clientToken()).contains("roll_7");
        assertThat(vendor.calls("CreateOTAStaticUpgradeJob")).hasSize(1);
        assertThat(vendor.calls("ListOTAJobByFirmware").size()).isGreaterThan(1);
    }

    @ParameterizedTest
    @CsvSource({
        "FirmwareNotVerified, Verify the package on test devices first",
        "InProgressDynamicJobExisted, Cancel the continuous job",
        "NoDeviceCanUpgrade, these have the version already",
        "TooManyDeviceUpgradeForScheduleTime, Choose another start time",
    })
    void a_rejection_of_the_vendor_has_the_next_step(String code, String advice) {
        vendor.respond("CreateOTAStaticUpgradeJob", error(code));

        OtaFailure failure = create(listed(2)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.advice()).contains(advice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iot.device.NotExistedDevice", "iot.group.NotExistedGroup"})
    void a_missing_device_or_group_is_not_taken_for_a_missing_package(String code) {
        vendor.respond(
                "CreateOTAStaticUpgradeJob",
                "{\"Success\":false,\"Code\":\"" + code + "\",\"ErrorMessage\":\"It does not exist\"}");

        OtaFailure failure = create(listed(2)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(failure.summary())
                .startsWith("Firmware f1, or a device or group of the new job, does not exist on backend ");
    }

    @Test
    void a_part_whose_devices_all_have_the_version_does_not_stop_the_other_parts() {
        settings.put("max-devices-per-job", "1");
        vendor.respond("CreateOTAStaticUpgradeJob", error("NoDeviceCanUpgrade"), "Tag.1.Value", "roll_7_1of2");

        JobCreation creation = create(listed(2)).get();

        assertThat(creation.jobs().map(job -> job.id().value())).containsExactly("j1");
        assertThat(creation.warnings().head()).contains("roll_7_1of2");
        assertThat(vendor.calls("CreateOTAStaticUpgradeJob")).hasSize(2);
    }

    @Test
    void a_package_without_a_product_is_no_basis_for_a_job() {
        vendor.respond(
                "QueryOTAFirmware",
                "{\"Success\":true,\"FirmwareInfo\":{\"FirmwareId\":\"f1\",\"DestVersion\":\"2.0.0\",\"Status\":1}}");

        assertThat(create(listed(2)).getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(vendor.calls("CreateOTAStaticUpgradeJob")).isEmpty();
    }
}
