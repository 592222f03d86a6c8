package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.matching.MatchResult;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.otabridge.contracts.job.JobContract;
import io.otabridge.contracts.wire.LostResponse;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.device.InstalledVersion;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.RetryPolicy;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.otabridge.domain.product.DeviceGroupId;
import io.otabridge.simulators.aliyun.store.AliyunDeviceGroup;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.fleet.Behavior;
import io.otabridge.simulators.fleet.DeviceStatus;
import io.otabridge.simulators.fleet.FleetDevice;
import io.vavr.collection.List;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Hooks of the contracts for devices and jobs, with simulated devices. */
interface JobContractHooks extends ProxiedSimulator, JobContract {

    String LAMPS = "a1CntrLamps";

    /** The actions that create jobs. */
    String JOB_CREATIONS = "CreateOTA(Verify|Static|Dynamic).*";

    /** Returns the number of jobs that the simulator has initially. */
    int initialJobs();

    /** Matches requests of these actions. */
    MappingBuilder actions(String pattern);

    @Override
    default ProductId deviceProduct() {
        simulator().addProduct(LAMPS);
        return ProductId.of(LAMPS);
    }

    /** Returns a device of the simulator. */
    default FleetDevice deviceAtVendor(DeviceId id) {
        return simulator().fleet().find(LAMPS, id.value()).get();
    }

    /** A device reports its versions after it connected, which makes it part of a continuous job. */
    @Override
    default DeviceRef addDevice(String id, InstalledVersion... versions) {
        Map<String, String> installed = new HashMap<>();
        for (InstalledVersion version : versions) {
            String module = version.target() instanceof FirmwareTarget.Module named
                    ? named.name().value()
                    : "default";
            installed.put(module, version.version().value());
        }
        FleetDevice added = new FleetDevice(deviceProduct().value(), id, DeviceStatus.ONLINE, installed);
        simulator().fleet().add(added);
        simulator().fleet().queryVersions(added);
        return DeviceRef.of(deviceProduct(), DeviceId.of(id));
    }

    /** The newest device is the first. */
    @Override
    default List<DeviceRef> givenDevices() {
        return List.range(0, 105).map(i -> addDevice("lamp-" + i)).reverse();
    }

    private void givenDevice(DeviceRef device, String status, String nickname) {
        String body = """
                {"Success":true,"Total":1,"PageCount":1,"Data":{"DeviceInfo":[
                {"ProductKey":"%s","DeviceName":"%s","DeviceStatus":"%s","Nickname":%s}]}}""".formatted(LAMPS, device.id(), status, nickname);
        stub("QueryDevice", body);
    }

    private void stub(String action, String body) {
        proxy().stubFor(actions(action)
                .atPriority(1)
                .willReturn(okJson(spelling().apply(body))));
    }

    @Override
    default boolean givenDeviceStatus(DeviceRef device, String raw) {
        givenDevice(device, raw, "\"\"");
        return true;
    }

    @Override
    default boolean givenDeviceName(DeviceRef device, String name) {
        givenDevice(device, "ONLINE", json(name));
        return true;
    }

    private static String json(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(unit -> json.append("\\u%04x".formatted(unit)));
        return json.append('"').toString();
    }

    /** The second page and all after it are empty. */
    @Override
    default void givenIncompleteDeviceLists(int listings) {
        String body = "{\"Success\":true,\"Total\":105,\"PageCount\":3,\"Data\":{}}";
        for (String page : new String[] {"2", "3", "4"}) {
            proxy().stubFor(actions("QueryDevice")
                    .atPriority(1)
                    .andMatching(request ->
                            MatchResult.of(request.queryParameter("CurrentPage").containsValue(page)))
                    .inScenario("short")
                    .whenScenarioStateIs(Scenario.STARTED)
                    .willSetStateTo(listings == 1 && page.equals("3") ? "whole" : Scenario.STARTED)
                    .willReturn(okJson(spelling().apply(body))));
        }
    }

    @Override
    default List<DeviceRef> invalidDeviceRefs() {
        return List.of(DeviceRef.of(DeviceId.of("lamp-1")), DeviceRef.of(ProductId.of(LAMPS), DeviceId.of("lamp,1")));
    }

    /** The secrets in the responses of the platform so far. */
    @Override
    default List<String> deviceSecrets() {
        Pattern secret = Pattern.compile("\"deviceSecret\"\\s*:\\s*\"([^\"]+)\"", Pattern.CASE_INSENSITIVE);
        List<String> secrets = List.ofAll(proxy().getAllServeEvents())
                .flatMap(event -> List.ofAll(secret.matcher(event.getResponse().getBodyAsString())
                        .results()
                        .map(result -> result.group(1))
                        .toList()))
                .distinct();
        assertThat(secrets).hasSizeGreaterThanOrEqualTo(105);
        return secrets;
    }

    @Override
    default DeviceGroupId addDeviceGroup(List<DeviceId> members) {
        simulator().addDeviceGroup(new AliyunDeviceGroup("gLamps", "Lamps", "", "2026-01-01T08:00:00.000Z"));
        members.forEach(id -> simulator().addToDeviceGroup("gLamps", deviceAtVendor(id)));
        return DeviceGroupId.of("gLamps");
    }

    @Override
    default FirmwareId addFirmware(String version, boolean isVerified) {
        byte[] bytes = version.getBytes(StandardCharsets.UTF_8);
        String id = String.valueOf(900_000 + simulator().firmware().size());
        String key = "ota/" + id + "/lamp.bin";
        simulator().objectStore().put(key, bytes);
        simulator()
                .addFirmware(AliyunFirmware.builder(id, deviceProduct().value(), version)
                        .moduleName("default")
                        .status(isVerified ? 1 : 0, 0)
                        .file(
                                simulator().objectStore().url(key),
                                bytes.length,
                                Artifact.of("lamp.bin", bytes).md5().value())
                        .build());
        return FirmwareId.of(id);
    }

    @Override
    default FirmwareId noFirmware() {
        return FirmwareId.of("404404404");
    }

    @Override
    default JobId noJob() {
        return JobId.of("404404404");
    }

    @Override
    default long jobsAtVendor() {
        return simulator().jobs().size() - initialJobs();
    }

    @Override
    default long jobCreationsSent() {
        var creations = actions(JOB_CREATIONS).build().getRequest();
        return proxy().getAllServeEvents().stream()
                .filter(event -> creations.match(event.getRequest()).isExactMatch())
                .count();
    }

    @Override
    default void loseNextJobResponse() {
        LostResponse.toNext(
                proxy().getRuntimeInfo().getWireMock(),
                actions(JOB_CREATIONS),
                simulator().endpoint());
    }

    @Override
    default void dropNextJobCreation() {
        proxy().stubFor(actions(JOB_CREATIONS)
                .atPriority(1)
                .inScenario("dropped")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("done")
                .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
    }

    /** The platform lists jobs by package, so a job of another package is not seen. */
    @Override
    default boolean findsTokensOfOtherPackages() {
        return false;
    }

    @Override
    default List<JobRequest> invalidJobs(FirmwareId firmware, DeviceId device) {
        return List.of(
                upgrade(firmware, List.of(device))
                        .retry(new RetryPolicy(3, Duration.ofMinutes(10)))
                        .build(),
                upgrade(firmware, List.of(device))
                        .retry(new RetryPolicy(1, Duration.ofMinutes(5)))
                        .build(),
                upgrade(firmware, List.of(device))
                        .timeout(Duration.ofSeconds(90))
                        .build(),
                upgrade(firmware, List.of(device)).timeout(Duration.ofDays(2)).build(),
                upgrade(firmware, List.of(DeviceId.of("lamp,1"))).build(),
                JobRequest.verification(firmware, List.range(0, 11).map(i -> DeviceId.of("lamp-" + i)))
                        .build());
    }

    /** Returns further requests that violate rules of Alibaba Cloud. */
    static List<JobRequest> invalidCloudJobs(FirmwareId firmware, DeviceId device) {
        JobTargets listed = JobTargets.devices(List.of(device));
        return List.of(
                JobRequest.upgrade(firmware, listed).ratePerMinute(9).build(),
                JobRequest.upgrade(firmware, listed).tag("a_b", "c").build(),
                JobRequest.upgrade(firmware, JobTargets.continuous()).build());
    }

    /** Returns a request that violates a rule of Tuya. */
    static JobRequest fractionOfPercentage(FirmwareId firmware) {
        return JobRequest.upgrade(firmware, JobTargets.percentage(new BigDecimal("0.5")))
                .build();
    }

    @Override
    default void letDevicesBegin() {
        simulator().fleet().advance(Duration.ofSeconds(8));
    }

    @Override
    default void letDevicesFinish() {
        simulator().fleet().runUntilIdle();
    }

    @Override
    default void failDevice(DeviceId id) {
        deviceAtVendor(id).behave(Behavior.INSTALLATION_FAILS);
    }

    @Override
    default void repairDevice(DeviceId id) {
        deviceAtVendor(id).behave(Behavior.SUCCESS);
    }

    private void givenJob(JobId job, String status, String texts) {
        stub(
                "QueryOTAJob",
                "{\"Success\":true,\"Data\":{\"JobId\":\"%s\",\"JobStatus\":\"%s\"%s}}".formatted(job, status, texts));
    }

    @Override
    default boolean givenJobState(JobId job, String raw) {
        givenJob(job, raw, "");
        return true;
    }

    @Override
    default boolean givenJobTexts(JobId job, String name, String message) {
        givenJob(job, "COMPLETED", ",\"Name\":%s,\"JobDesc\":%s".formatted(json(name), json(message)));
        return true;
    }

    private void givenTask(JobId job, DeviceId device, String status, String texts) {
        stub("ListOTATaskByJob", """
                {"Success":true,"Total":1,"PageCount":1,"PageSize":100,"CurrentPage":1,"Data":{"SimpleOTATaskInfo":[
                {"TaskId":"1","JobId":"%s","DeviceName":"%s","ProductKey":"%s","TaskStatus":"%s"%s}]}}""".formatted(job, device, LAMPS, status, texts));
    }

    @Override
    default boolean givenTaskState(JobId job, DeviceId device, String raw) {
        givenTask(job, device, raw, "");
        return true;
    }

    @Override
    default boolean givenFailedTask(JobId job, DeviceId device, String message) {
        givenTask(job, device, "FAILED", ",\"TaskDesc\":" + json(message));
        return true;
    }

    @Override
    default boolean beforeNextCancellation(Runnable action) {
        simulator().beforeNextTaskChange(action);
        return true;
    }

    @Override
    default boolean countsCancelledTasks() {
        return false;
    }
}
