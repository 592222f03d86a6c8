package io.otabridge.huawei;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
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
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.RetryPolicy;
import io.otabridge.domain.job.command.JobCreation;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.otabridge.domain.product.DeviceGroupId;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The creation of jobs: what is sent, what is not, and how a job is found whose response was lost. */
class HuaweiJobCommandTest {

    private static final ClientToken TOKEN = ClientToken.of("ota_1");
    private static final JobTargets TWO = JobTargets.devices(List.of(DeviceId.of("d1"), DeviceId.of("d2")));

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final Map<String, Object> settings = HuaweiFixture.settings(SERVER.baseUrl());

    @BeforeEach
    void givenFirmwareAndNoJobs() {
        givenFirmware(SERVER, "firmwarePackage", "");
        givenJobs(jobs());
        SERVER.stubFor(get(urlPathEqualTo(TASK))
                .willReturn(okJson(details(job(ID, "ota_1", "Processing", progress(0, 2, 0, 0, 0)), 0))));
        SERVER.stubFor(post(urlEqualTo(TASKS)).willReturn(jsonResponse(job(ID, "ota_1", "Initializing", ""), 201)));
    }

    @Test
    void creates_a_job_for_devices_as_older_platforms_require() {
        JobCreation created = create(request(TWO).build()).get();

        assertThat(created.alreadyExisted()).isFalse();
        assertThat(created.jobs().map(job -> job.id())).containsExactly(ID);
        assertThat(created.requestedDevices()).contains(2L);
        assertThat(created.tasks()).contains(2L);
        assertThat(created.warnings()).isEmpty();
        verifySent("""
                {"app_id": "61f7e74d036aca5be29e1ed4", "task_name": "ota_1", "task_type": "firmwareUpgrade",
                 "targets": ["d1", "d2"], "document": {"package_id": "32822e5744a45ede319d2c50"}}""");
    }

    @Test
    void sends_all_options() {
        create(request(JobTargets.group(DeviceGroupId.of("g1")))
                        .start(HuaweiFixture.NOW.plus(Duration.ofDays(7)))
                        .retry(new RetryPolicy(5, Duration.ofMinutes(1440)))
                        .needsConfirmation(true)
                        .throughGateways(true)
                        .tag("wave", "2")
                        .build())
                .get();

        verifySent("""
                {"app_id": "61f7e74d036aca5be29e1ed4", "task_name": "ota_1", "task_type": "firmwareUpgrade",
                 "task_mode": "GATEWAY", "need_confirm": true, "task_ext_info": {"wave": "2"},
                 "targets_filter": {"group_ids": ["g1"]}, "document": {"package_id": "32822e5744a45ede319d2c50"},
                 "task_policy": {"schedule_time": "20260122T081530Z", "retry_count": 5, "retry_interval": 1440}}""");
    }

    @Test
    void names_the_package_of_a_module_as_newer_platforms_require() {
        givenFirmware(SERVER, "modulePackage", "\"module_name\": \"MCU\",");

        create(request(TWO).build()).get();

        verifySent("""
                {"app_id": "61f7e74d036aca5be29e1ed4", "task_name": "ota_1", "task_type": "moduleUpgrade",
                 "targets": ["d1", "d2"], "document": {"package_ids": ["32822e5744a45ede319d2c50"]}}""");
    }

    @Test
    void names_the_package_as_configured() {
        settings.put("job-document", "package-ids");
        givenFirmware(SERVER, "softwarePackage", "");

        create(request(TWO).build()).get();

        verifySent("""
                {"app_id": "61f7e74d036aca5be29e1ed4", "task_name": "ota_1", "task_type": "softwareUpgrade",
                 "targets": ["d1", "d2"], "document": {"package_ids": ["32822e5744a45ede319d2c50"]}}""");
    }

    @ParameterizedTest
    @CsvSource({"firmwarePackage, job-document: package-ids", "modulePackage, older platforms have no jobs for modules"
    })
    void explains_a_rejection_that_may_be_caused_by_the_form_of_the_document(String type, String advice) {
        givenFirmware(SERVER, type, "\"module_name\": \"MCU\",");
        SERVER.stubFor(post(anyUrl()).willReturn(jsonResponse(error("IOTDA.000006"), 400)));

        assertThat(create(request(TWO).build()).getLeft().advice()).contains(advice);
        SERVER.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void does_not_create_a_job_for_a_package_that_does_not_exist() {
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/ota-upgrades/packages/" + FIRMWARE))
                .willReturn(jsonResponse(error("IOTDA.019301"), 404)));

        assertThat(create(request(TWO).build()).getLeft()).isInstanceOf(OtaFailure.NotFound.class);
        verifyNothingCreated();
    }

    static Stream<Arguments> unsupportedRequests() {
        return Stream.of(
                arguments("percentage", request(JobTargets.percentage(BigDecimal.TEN))),
                arguments("continuous", request(JobTargets.continuous())),
                arguments("rate", request(TWO).ratePerMinute(10)),
                arguments("timeout", request(TWO).timeout(Duration.ofHours(1))),
                arguments(
                        "end",
                        request(TWO)
                                .start(HuaweiFixture.NOW.plusSeconds(600))
                                .end(HuaweiFixture.NOW.plusSeconds(7200))),
                arguments("replacement", request(TWO).replacesPending(true)),
                arguments("verification", JobRequest.verification(FIRMWARE, List.of(DeviceId.of("d1")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsupportedRequests")
    void sends_nothing_for_what_the_vendor_lacks(String name, JobRequest.Builder request) {
        OtaFailure failure = create(request.build()).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unsupported.class);
        assertThat(failure.advice()).contains("Huawei Cloud IoTDA").endsWith("nothing was sent");
        SERVER.verify(0, anyRequestedFor(anyUrl()));
    }

    static Stream<Arguments> forbiddenRequests() {
        return Stream.of(
                arguments("1 to 5 retries", request(TWO).retry(new RetryPolicy(6, Duration.ZERO))),
                arguments("1 to 5 retries", request(TWO).retry(new RetryPolicy(1, Duration.ofMinutes(1441)))),
                arguments("whole minutes", request(TWO).retry(new RetryPolicy(1, Duration.ofSeconds(90)))),
                arguments(
                        "at most 7 days ahead",
                        request(TWO)
                                .start(HuaweiFixture.NOW
                                        .plus(Duration.ofDays(7))
                                        .plusSeconds(1))),
                arguments("512 characters", request(TWO).tag("text", "x".repeat(502))),
                arguments(
                        "letters, digits, underscores and hyphens",
                        request(JobTargets.devices(List.of(DeviceId.of("d1"), DeviceId.of("d.2"))))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forbiddenRequests")
    void sends_nothing_that_the_vendor_does_not_allow(String rule, JobRequest.Builder request) {
        OtaFailure failure = create(request.build()).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains(rule);
        SERVER.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void accepts_tags_of_512_characters() {
        assertThat(create(request(TWO).tag("text", "x".repeat(501)).build()).isRight())
                .isTrue();
    }

    @Test
    void does_not_create_a_job_that_starts_in_the_past() {
        OtaFailure failure =
                create(request(TWO).start(HuaweiFixture.NOW).build()).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("not in the future");
        verifyNothingCreated();
    }

    @Test
    void finds_a_job_again_after_its_start() {
        givenJobs(jobs(job(ID, "ota_1", "Processing", progress(0, 2, 0, 0, 0))));

        assertThat(create(request(TWO).start(HuaweiFixture.NOW.minusSeconds(60)).build())
                        .get()
                        .alreadyExisted())
                .isTrue();
        verifyNothingCreated();
    }

    @Test
    void finds_a_job_for_all_devices_after_its_start_although_they_need_several_jobs_now() {
        List<DeviceId> devices = List.range(0, 30_001).map(number -> DeviceId.of("d" + number));
        givenJobs(jobs(job(ID, "ota_1", "Processing", progress(0, 30_000, 0, 0, 0))));

        JobCreation found = create(request(new JobTargets.All(devices))
                        .start(HuaweiFixture.NOW.minusSeconds(60))
                        .build())
                .get();

        assertThat(found.alreadyExisted()).isTrue();
        verifyNothingCreated();
    }

    @Test
    void does_not_create_the_missing_one_of_several_jobs_after_their_start() {
        List<DeviceId> devices = List.range(0, 30_001).map(number -> DeviceId.of("d" + number));
        givenJobs(jobs(job(ID, "ota_1_1of2", "Processing", progress(0, 30_000, 0, 0, 0))));

        OtaFailure failure = create(request(JobTargets.devices(devices))
                        .start(HuaweiFixture.NOW.minusSeconds(60))
                        .build())
                .getLeft();

        assertThat(failure.summary()).contains("not in the future");
        verifyNothingCreated();
    }

    @Test
    void accepts_source_versions_only_if_they_are_those_of_the_package() {
        givenFirmware(SERVER, "firmwarePackage", "\"support_source_versions\": [\"1.0\", \"1.1\"],");

        OtaFailure failure = create(
                        request(TWO).sourceVersion(FirmwareVersion.of("1.0")).build())
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).endsWith("is for the versions 1.0, 1.1");
        assertThat(create(request(TWO)
                                .sourceVersion(FirmwareVersion.of("1.1"))
                                .sourceVersion(FirmwareVersion.of("1.0"))
                                .build())
                        .isRight())
                .isTrue();
    }

    @Test
    void does_not_notify_modules_through_gateways() {
        givenFirmware(SERVER, "modulePackage", "\"module_name\": \"MCU\",");

        assertThat(create(request(TWO).throughGateways(true).build()).getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);
        verifyNothingCreated();
    }

    @Test
    void lists_the_devices_of_the_product_for_a_job_for_all() {
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/devices"))
                .withQueryParam("product_id", equalTo("5ba24f5ebbe8f56f5a14f605"))
                .willReturn(okJson("{\"devices\": [{\"device_id\": \"d1\"}, {\"device_id\": \"d2\"}],"
                        + " \"page\": {\"count\": 2}}")));

        JobCreation created = create(request(JobTargets.all()).build()).get();

        assertThat(created.requestedDevices()).contains(2L);
        assertThat(created.warnings().head()).contains("the 2 devices that the product has now");
        verifySent("""
                {"app_id": "61f7e74d036aca5be29e1ed4", "task_name": "ota_1", "task_type": "firmwareUpgrade",
                 "targets": ["d1", "d2"], "document": {"package_id": "32822e5744a45ede319d2c50"}}""");
    }

    @Test
    void creates_a_job_for_the_devices_that_were_listed_before() {
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/devices"))
                .willReturn(okJson("{\"devices\": [{\"device_id\": \"d1\"}, {\"device_id\": \"d2\"}],"
                        + " \"page\": {\"count\": 2}}")));
        Backend backend = HuaweiFixture.open(settings);

        JobRequest listed = backend.jobCommands()
                .dryRun()
                .listDevices(request(JobTargets.all()).build())
                .get();
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/devices"))
                .willReturn(okJson("{\"devices\": [{\"device_id\": \"d3\"}], \"page\": {\"count\": 1}}")));

        assertThat(backend.jobCommands().create(listed).get().requestedDevices())
                .contains(2L);
        verifySent("""
                {"app_id": "61f7e74d036aca5be29e1ed4", "task_name": "ota_1", "task_type": "firmwareUpgrade",
                 "targets": ["d1", "d2"], "document": {"package_id": "32822e5744a45ede319d2c50"}}""");
    }

    @Test
    void a_repeated_job_for_all_devices_is_found_although_the_product_has_more_devices_now() {
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/devices"))
                .willReturn(okJson("{\"devices\": [{\"device_id\": \"d1\"}, {\"device_id\": \"d2\"},"
                        + " {\"device_id\": \"d3\"}], \"page\": {\"count\": 3}}")));
        givenJobs(jobs(job(ID, "ota_1", "Processing", progress(0, 2, 0, 0, 0))));

        JobCreation created = create(request(JobTargets.all()).build()).get();

        assertThat(created.alreadyExisted()).isTrue();
        assertThat(created.warnings())
                .singleElement()
                .asString()
                .contains("1 of 3 devices have no task in this job, which existed");
        verifyNothingCreated();
    }

    @Test
    void creates_no_job_for_all_devices_of_a_product_without_devices() {
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/devices"))
                .willReturn(okJson("{\"devices\": [], \"page\": {\"count\": 0}}")));

        assertThat(create(request(JobTargets.all()).build()).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
        verifyNothingCreated();
    }

    @Test
    void creates_several_jobs_for_more_than_30000_devices() {
        SERVER.stubFor(post(urlEqualTo(TASKS))
                .withRequestBody(equalToJson("{\"task_name\": \"ota_1_2of2\"}", true, true))
                .willReturn(jsonResponse(job(ID, "ota_1_2of2", "Initializing", ""), 201)));
        SERVER.stubFor(post(urlEqualTo(TASKS))
                .withRequestBody(equalToJson("{\"task_name\": \"ota_1_1of2\"}", true, true))
                .willReturn(jsonResponse(job(ID, "ota_1_1of2", "Initializing", ""), 201)));
        List<DeviceId> devices = List.range(0, 30_001).map(number -> DeviceId.of("d" + number));

        JobCreation created =
                create(request(JobTargets.devices(devices)).build()).get();

        assertThat(created.jobs()).hasSize(2);
        assertThat(created.requestedDevices()).contains(30_001L);
        SERVER.verify(2, postRequestedFor(anyUrl()));
    }

    static Stream<ResponseDefinitionBuilder> lostResponses() {
        return Stream.of(
                aResponse().withFault(Fault.EMPTY_RESPONSE),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                aResponse().withStatus(503),
                aResponse().withStatus(201).withBody("created"),
                jsonResponse(error("IOTDA.014217"), 400));
    }

    @ParameterizedTest
    @MethodSource("lostResponses")
    void finds_the_job_again_whose_response_was_lost(ResponseDefinitionBuilder response) {
        SERVER.stubFor(post(anyUrl()).willReturn(response));
        givenJobsFromTheSecondRequestOn(jobs(job(ID, "ota_1", "Processing", progress(0, 2, 0, 0, 0))));

        JobCreation created = create(request(TWO).build()).get();

        assertThat(created.jobs().head().id()).isEqualTo(ID);
        SERVER.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void leaves_the_outcome_open_if_no_job_is_found() {
        SERVER.stubFor(post(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        OtaFailure failure = HuaweiFixture.open(settings)
                .within(Duration.ofMillis(600))
                .jobCommands()
                .create(request(TWO).build())
                .getLeft();

        assertThat(failure)
                .isInstanceOfSatisfying(
                        OtaFailure.OutcomeUnknown.class,
                        unknown -> assertThat(unknown.clientToken()).contains("ota_1"));
        SERVER.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void takes_the_response_about_another_job_as_lost() {
        SERVER.stubFor(
                post(anyUrl()).willReturn(jsonResponse(job(JobId.of("ff"), "another", "Initializing", ""), 201)));
        givenJobsFromTheSecondRequestOn(jobs(job(ID, "ota_1", "Processing", "")));

        assertThat(create(request(TWO).build()).get().jobs().head().id()).isEqualTo(ID);
    }

    @Test
    void creates_nothing_if_the_job_exists() {
        givenJobs(jobs(job(ID, "ota_1", "Success", progress(0, 0, 2, 0, 0))));

        assertThat(create(request(TWO).build()).get().alreadyExisted()).isTrue();
        verifyNothingCreated();
    }

    @Test
    void rejects_the_token_of_a_job_with_another_number_of_devices() {
        givenJobs(jobs(job(ID, "ota_1", "Success", progress(0, 0, 1, 0, 0))));

        OtaFailure failure = create(request(TWO).build()).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("1 instead of 2 devices");
        verifyNothingCreated();
    }

    @Test
    void creates_nothing_in_a_dry_run() {
        Either<OtaFailure, JobCreation> dryRun = HuaweiFixture.open(settings)
                .jobCommands()
                .dryRun()
                .create(request(TWO).build());

        assertThat(dryRun.get().jobs()).isEmpty();
        assertThat(dryRun.get().requestedDevices()).contains(2L);
        verifyNothingCreated();
    }

    @Test
    void needs_a_known_package_type() {
        givenFirmware(SERVER, "gatewayPackage", "");

        assertThat(create(request(TWO).build()).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
        verifyNothingCreated();
    }

    private Either<OtaFailure, JobCreation> create(JobRequest request) {
        Backend backend = HuaweiFixture.open(settings);
        return backend.jobCommands().create(request);
    }

    private static JobRequest.Builder request(JobTargets targets) {
        return JobRequest.upgrade(FIRMWARE, targets).token(TOKEN);
    }

    private static void givenJobs(String page) {
        SERVER.stubFor(get(urlPathEqualTo(TASKS)).willReturn(okJson(page)));
    }

    private static void givenJobsFromTheSecondRequestOn(String page) {
        SERVER.stubFor(get(urlPathEqualTo(TASKS))
                .inScenario("jobs")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("created")
                .willReturn(okJson(jobs())));
        SERVER.stubFor(get(urlPathEqualTo(TASKS))
                .inScenario("jobs")
                .whenScenarioStateIs("created")
                .willReturn(okJson(page)));
    }

    private static void verifySent(String body) {
        SERVER.verify(
                1,
                postRequestedFor(urlEqualTo(TASKS))
                        .withHeader("Instance-Id", equalTo(HuaweiFixture.INSTANCE_ID))
                        .withRequestBody(equalToJson(body)));
    }

    private static void verifyNothingCreated() {
        SERVER.verify(0, postRequestedFor(anyUrl()));
    }
}
