package io.otabridge.hawkbit;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.matching.MatchResult;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.otabridge.contracts.job.DeviceContract;
import io.otabridge.contracts.job.JobContract;
import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.contracts.wire.HttpFailureStubs;
import io.otabridge.contracts.wire.LostResponse;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Reported;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.device.InstalledVersion;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.TaskFailure;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.job.command.JobCreation;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.otabridge.domain.job.command.TaskChanges;
import io.otabridge.domain.product.DeviceGroupId;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the contracts of devices and jobs against a real server, behind a proxy that can inject failures. */
class HawkbitContractTest implements JobContract {

    private static final int MAX_BYTES = 100_000;

    /** The longest id. The fewest of them fit into one job. */
    private static final int ID_LENGTH = 64;

    private static final int LISTED = 60;

    @RegisterExtension
    static final WireMockExtension PROXY = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort().extensions(new LostResponse()))
            .build();

    private static HawkbitServerProcess server;

    private Fleet fleet;
    private Backend backend;

    @BeforeAll
    static void start() throws IOException {
        server = HawkbitServerProcess.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        fleet = new Fleet(server);
        PROXY.stubFor(any(anyUrl())
                .atPriority(10)
                .willReturn(aResponse().proxiedFrom(server.endpoint().toString())));
        Map<String, Object> settings = Map.of(
                "endpoint",
                PROXY.baseUrl(),
                "user",
                HawkbitServerProcess.USER,
                "password",
                HawkbitServerProcess.PASSWORD,
                "retries",
                1,
                "circuit-breaker",
                "off",
                "max-response-bytes",
                MAX_BYTES);
        backend = new HawkbitBackend.Provider()
                .open("prod", SettingsReader.of("backends.prod", settings), BackendContext.system())
                .get();
    }

    @Override
    public Backend backend() {
        return backend;
    }

    @Override
    public int requestsSent() {
        return PROXY.getAllServeEvents().size();
    }

    @Override
    public java.util.List<String> secrets() {
        return java.util.List.of(HawkbitServerProcess.PASSWORD);
    }

    // Failures

    @Override
    public void givenFailure(FailureScenario scenario) {
        fail(scenario, any(anyUrl()));
    }

    @Override
    public void givenFailureOnChanges(FailureScenario scenario) {
        fail(
                scenario,
                any(anyUrl())
                        .andMatching(
                                request -> MatchResult.of(!request.getMethod().equals(RequestMethod.GET))));
    }

    private static void fail(FailureScenario scenario, MappingBuilder requests) {
        if (!HttpFailureStubs.stub(PROXY.getRuntimeInfo().getWireMock(), requests, scenario, "{\"id\":1}", MAX_BYTES)) {
            PROXY.stubFor(requests.atPriority(1)
                    .willReturn(
                            switch (scenario) {
                                case CREDENTIALS_REJECTED ->
                                    aResponse().withStatus(401).withBody("{\"error\":\"Unauthorized\"}");
                                case PERMISSION_DENIED -> error(403, "insufficientpermission");
                                case REQUEST_REJECTED -> error(400, "rest.param.rsqlInvalidField");
                                case WRONG_ADDRESS ->
                                    aResponse().withStatus(404).withBody("<html>Nothing here</html>");
                                case THROTTLED -> aResponse().withStatus(429);
                                case VENDOR_OUTAGE -> aResponse().withStatus(503);
                                case WRONG_TYPE -> okJson("{\"id\":{},\"content\":{}}");
                                case REQUIRED_MEMBER_MISSING -> okJson("{\"note\":\"neither id nor content\"}");
                                default -> throw new IllegalArgumentException(scenario.name());
                            }));
        }
    }

    /** Contains the password, as messages of servers may. */
    private static com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder error(int status, String code) {
        return aResponse()
                .withStatus(status)
                .withBody("{\"errorCode\":\"hawkbit.server.error." + code + "\",\"message\":\"not with "
                        + HawkbitServerProcess.PASSWORD + "\"}");
    }

    // Devices

    @Override
    public ProductId deviceProduct() {
        return ProductId.of(Fleet.PRODUCT);
    }

    @Override
    public DeviceRef addDevice(String id, InstalledVersion... versions) {
        String padded = id + "-".repeat(ID_LENGTH - id.length());
        fleet.add(List.of(padded));
        if (versions.length > 0) {
            fleet.install(padded, List.of(versions));
        }
        return DeviceRef.of(deviceProduct(), DeviceId.of(padded));
    }

    @Override
    public List<DeviceRef> givenDevices() {
        List<String> ids = List.range(0, LISTED).map("device-%02d"::formatted);
        fleet.add(ids);
        return ids.map(id -> DeviceRef.of(deviceProduct(), DeviceId.of(id)));
    }

    /** The server has no status of a connection. */
    @Override
    public boolean givenDeviceStatus(DeviceRef device, String raw) {
        return false;
    }

    /** The server rejects names with markup. */
    @Override
    public boolean givenDeviceName(DeviceRef device, String name) {
        return false;
    }

    @Override
    public void givenIncompleteDeviceLists(int listings) {
        PROXY.stubFor(get(urlPathEqualTo("/rest/v1/targets"))
                .atPriority(1)
                .withQueryParam("offset", matching("[1-9].*"))
                .inScenario("short")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo(listings == 1 ? "whole" : Scenario.STARTED)
                .willReturn(okJson("{\"content\":[],\"total\":" + LISTED + ",\"size\":0}")));
    }

    @Override
    public List<DeviceRef> invalidDeviceRefs() {
        return List.of(
                DeviceRef.of(deviceProduct(), DeviceId.of("a*")),
                DeviceRef.of(deviceProduct(), DeviceId.of("a".repeat(ID_LENGTH + 1))),
                DeviceRef.of(ProductId.of("a;b"), DeviceId.of("a")));
    }

    @Override
    public List<String> deviceSecrets() {
        return List.ofAll(server.get("/rest/v1/targets?limit=500").path("content"))
                .map(target -> target.path("securityToken").asText());
    }

    // Jobs

    @Override
    public FirmwareId addFirmware(String version, boolean isVerified) {
        return FirmwareId.of(fleet.set(List.of(DeviceContract.version(version))));
    }

    @Override
    public FirmwareId noFirmware() {
        return FirmwareId.of("999999");
    }

    @Override
    public JobId noJob() {
        return JobId.of("999999");
    }

    @Override
    public long jobsAtVendor() {
        return fleet.jobs();
    }

    @Override
    public void loseNextJobResponse() {
        LostResponse.toNext(
                PROXY.getRuntimeInfo().getWireMock(), post(urlPathEqualTo("/rest/v1/rollouts")), server.endpoint());
    }

    @Override
    public void dropNextJobCreation() {
        PROXY.stubFor(post(urlPathEqualTo("/rest/v1/rollouts"))
                .atPriority(1)
                .inScenario("drop")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("dropped")
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    }

    @Override
    public Option<Integer> maxDevicesOfJob() {
        return Option.some(Filters.maxListed(List.of(DeviceId.of("a".repeat(ID_LENGTH)))));
    }

    @Override
    public List<JobRequest> invalidJobs(FirmwareId firmware, DeviceId device) {
        return List.of(
                JobRequest.upgrade(firmware, JobTargets.devices(List.of(device, DeviceId.of("a,b"))))
                        .build(),
                JobRequest.upgrade(FirmwareId.of("a"), JobTargets.devices(List.of(device)))
                        .build());
    }

    /** The server creates the tasks of a job within a few seconds. */
    @Override
    public Either<OtaFailure, JobCreation> create(JobRequest request) {
        Either<OtaFailure, JobCreation> created = JobContract.super.create(request);
        fleet.awaitServer();
        return created;
    }

    @Override
    public void letDevicesBegin() {
        fleet.work(false);
    }

    @Override
    public void letDevicesFinish() {
        fleet.work(true);
    }

    @Override
    public void failDevice(DeviceId device) {
        fleet.setFailing(device.value(), true);
    }

    @Override
    public void repairDevice(DeviceId device) {
        fleet.setFailing(device.value(), false);
    }

    /** States come from the real server only. */
    @Override
    public boolean givenJobState(JobId job, String raw) {
        return false;
    }

    @Override
    public boolean givenTaskState(JobId job, DeviceId device, String raw) {
        return false;
    }

    @Override
    public boolean givenJobTexts(JobId job, String name, String message) {
        return false;
    }

    @Override
    public boolean givenFailedTask(JobId job, DeviceId device, String message) {
        return false;
    }

    /** The server cannot be stopped before it handles a request. */
    @Override
    public boolean beforeNextCancellation(Runnable action) {
        return false;
    }

    @Override
    public DeviceGroupId addDeviceGroup(List<DeviceId> members) {
        throw new UnsupportedOperationException("the adapter creates no jobs for groups");
    }

    /** The server counts every unfinished task as running. */
    @Override
    public boolean countsChangeWhenDevicesBegin() {
        return false;
    }

    @Test
    void a_task_is_cancelling_until_the_device_confirms() {
        List<DeviceId> devices = addDevices(2);
        JobId job = createJob(devices).id();
        letDevicesBegin();
        cancel(job);
        fleet.receiveCancellation(devices.head().value());

        List<UpgradeTask> asked =
                backend().jobs().tasks(job, TaskFilter.all()).toList().get();
        TaskChanges repeated = cancel(job);
        devices.forEach(device -> fleet.replyToCancellation(device.value(), "closed", "success"));

        assertThat(asked.map(UpgradeTask::state)).containsOnly(new Reported<>(TaskState.CANCELLING, "canceling"));
        assertThat(repeated.accepted()).contains(0L);
        assertThat(repeated.inProgress()).containsExactlyInAnyOrderElementsOf(devices);
        assertThat(backend().jobs().counts(job).get().of(TaskState.CANCELLED)).isEqualTo(2);
    }

    @Test
    void a_device_that_refuses_a_cancellation_goes_on() {
        List<DeviceId> devices = addDevices(1);
        JobId job = createJob(devices).id();
        letDevicesBegin();
        cancel(job);
        fleet.replyToCancellation(devices.head().value(), "rejected", "none");

        UpgradeTask task =
                backend().jobs().tasks(job, TaskFilter.all()).toList().get().head();
        letDevicesFinish();

        assertThat(task.state()).isEqualTo(new Reported<>(TaskState.RUNNING, "cancel_rejected"));
        assertThat(backend().jobs().counts(job).get().of(TaskState.SUCCEEDED)).isEqualTo(1);
    }

    private TaskChanges cancel(JobId job) {
        return DeviceContract.successOf(backend().jobCommands().cancel(job, TaskFilter.all()));
    }

    @Test
    void a_failed_action_fails_although_the_server_calls_it_finished() {
        List<DeviceId> devices = addDevices(1);
        failDevice(devices.head());
        JobId job = createJob(devices).id();
        letDevicesFinish();

        UpgradeTask task =
                backend().jobs().tasks(job, TaskFilter.all()).toList().get().head();

        assertThat(server.get("/rest/v1/targets/" + task.device() + "/actions/"
                                + task.id().get())
                        .path("status")
                        .asText())
                .isEqualTo("finished");
        assertThat(task.state()).isEqualTo(new Reported<>(TaskState.FAILED, "error"));
        assertThat(task.failure().flatMap(TaskFailure::message)).contains("flash is broken");
    }

    @Test
    void a_newer_job_replaces_the_unfinished_task_of_a_device() {
        List<DeviceId> devices = addDevices(1);
        JobId older = createJob(devices).id();

        JobCreation newer = create(JobRequest.upgrade(addFirmware("3.0.0", true), JobTargets.devices(devices))
                        .build())
                .get();
        letDevicesFinish();

        assertThat(newer.warnings()).anyMatch(warning -> warning.contains("replace"));
        assertThat(backend().jobs().find(older).get().state().value()).isEqualTo(JobState.CANCELLED);
        assertThat(backend().jobs().counts(newer.jobs().head().id()).get().of(TaskState.SUCCEEDED))
                .isEqualTo(1);
    }
}
