package io.otabridge.huawei;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
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
import io.otabridge.domain.product.DeviceGroupId;
import io.otabridge.simulators.fleet.Behavior;
import io.otabridge.simulators.fleet.DeviceStatus;
import io.otabridge.simulators.fleet.FleetDevice;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.otabridge.simulators.huawei.device.HuaweiDevice;
import io.otabridge.simulators.huawei.store.HuaweiDeviceGroup;
import io.otabridge.simulators.huawei.store.HuaweiPackage;
import io.otabridge.simulators.huawei.store.HuaweiProduct;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Hooks of the contracts for devices and jobs, with simulated devices. */
interface JobContractHooks extends JobContract {

    String LAMPS = "p-lamps";

    HuaweiSimulator simulator();

    WireMockExtension proxy();

    /** Returns the number of jobs that the simulator has initially. */
    int initialJobs();

    @Override
    default ProductId deviceProduct() {
        if (simulator().products().stream()
                .noneMatch(product -> product.productId().equals(LAMPS))) {
            simulator().addProduct(new HuaweiProduct(LAMPS, simulator().appId(), "Lamps", "Lamp", null, null));
        }
        return ProductId.of(LAMPS);
    }

    @Override
    default DeviceRef addDevice(String id, InstalledVersion... versions) {
        Map<String, String> installed = new HashMap<>();
        for (InstalledVersion version : versions) {
            String key = version.target() instanceof FirmwareTarget.Module named
                    ? named.name().value()
                    : HuaweiDevice.FIRMWARE;
            installed.put(key, version.version().value());
        }
        FleetDevice added = new FleetDevice(deviceProduct().value(), id, DeviceStatus.ONLINE, installed);
        simulator().addDevice(HuaweiDevice.of(added, id));
        return DeviceRef.of(deviceProduct(), DeviceId.of(id));
    }

    /** The newest device is the first. */
    @Override
    default List<DeviceRef> givenDevices() {
        return List.range(0, 60).map(i -> addDevice("lamp-" + i)).reverse();
    }

    private void givenDevice(DeviceRef device, String status, String name) {
        proxy().stubFor(get(urlPathMatching(".*/devices")).atPriority(1).willReturn(okJson("""
                                {"devices":[{"device_id":"%s","product_id":"%s","status":"%s","device_name":%s}],
                                "page":{"count":1,"marker":"5c90fa7d3c4e4405e8525079"}}""".formatted(
                        device.id(), LAMPS, status, name))));
    }

    @Override
    default boolean givenDeviceStatus(DeviceRef device, String raw) {
        givenDevice(device, raw, "null");
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

    /** The second page is empty. */
    @Override
    default void givenIncompleteDeviceLists(int listings) {
        proxy().stubFor(get(urlPathMatching(".*/devices"))
                .withQueryParam("marker", matching(".+"))
                .atPriority(1)
                .inScenario("short")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo(listings == 1 ? "whole" : Scenario.STARTED)
                .willReturn(okJson("{\"devices\":[],\"page\":{\"count\":60}}")));
    }

    @Override
    default List<DeviceRef> invalidDeviceRefs() {
        return List.of(DeviceRef.of(DeviceId.of("lamp/1")), DeviceRef.of(DeviceId.of("灯")));
    }

    /** The secrets in the details of devices that the platform has sent. */
    @Override
    default List<String> deviceSecrets() {
        Pattern secret = Pattern.compile("\"secret\"\\s*:\\s*\"([^\"]+)\"");
        List<String> secrets = List.ofAll(proxy().getAllServeEvents())
                .flatMap(event -> List.ofAll(secret.matcher(event.getResponse().getBodyAsString())
                        .results()
                        .map(result -> result.group(1))
                        .toList()))
                .distinct();
        assertThat(secrets).isNotEmpty();
        return secrets;
    }

    @Override
    default DeviceGroupId addDeviceGroup(List<DeviceId> members) {
        simulator().addDeviceGroup(new HuaweiDeviceGroup("g-lamps", "Lamps", null, null));
        members.forEach(id ->
                simulator().addDevice(simulator().findDevice(id.value()).get().inGroups("g-lamps")));
        return DeviceGroupId.of("g-lamps");
    }

    /** Every package may be used; the platform verifies none. */
    @Override
    default FirmwareId addFirmware(String version, boolean isVerified) {
        byte[] bytes = version.getBytes(StandardCharsets.UTF_8);
        String id = "lamp-" + version.replace('.', '-');
        String bucket = simulator().objectStore().bucket();
        simulator().objectStore().put(bucket, id, bytes);
        simulator()
                .addPackage(HuaweiPackage.builder(id, deviceProduct().value(), version)
                        .obsLocation(new HuaweiPackage.ObsLocation(
                                simulator().region(),
                                bucket,
                                id,
                                null,
                                Artifact.of("lamp.bin", bytes).sha256().value()))
                        .build());
        return FirmwareId.of(id);
    }

    @Override
    default FirmwareId noFirmware() {
        return FirmwareId.of("0".repeat(32));
    }

    @Override
    default JobId noJob() {
        return JobId.of("0".repeat(24));
    }

    @Override
    default long jobsAtVendor() {
        return simulator().jobs().size() - initialJobs();
    }

    @Override
    default List<JobRequest> invalidNewJobs(FirmwareId firmware, DeviceId device) {
        return List.of(upgrade(firmware, List.of(device)).start(Instant.EPOCH).build());
    }

    @Override
    default long jobCreationsSent() {
        var creations = post(urlPathMatching(".*/batchtasks")).build().getRequest();
        return proxy().getAllServeEvents().stream()
                .filter(event -> creations.match(event.getRequest()).isExactMatch())
                .count();
    }

    @Override
    default void loseNextJobResponse() {
        LostResponse.toNext(
                proxy().getRuntimeInfo().getWireMock(),
                post(urlPathMatching(".*/batchtasks")),
                simulator().endpoint());
    }

    @Override
    default void dropNextJobCreation() {
        proxy().stubFor(post(urlPathMatching(".*/batchtasks"))
                .atPriority(1)
                .inScenario("dropped")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("done")
                .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
    }

    /** A job accepts 30,000 devices. */
    @Override
    default Option<Integer> maxDevicesOfJob() {
        return Option.none();
    }

    @Override
    default List<JobRequest> invalidJobs(FirmwareId firmware, DeviceId device) {
        return List.of(
                upgrade(firmware, List.of(device))
                        .retry(new RetryPolicy(6, Duration.ofMinutes(1)))
                        .build(),
                upgrade(firmware, List.of(device))
                        .retry(new RetryPolicy(1, Duration.ofSeconds(90)))
                        .build(),
                upgrade(firmware, List.of(device))
                        .start(Instant.now().plus(Duration.ofDays(8)))
                        .build(),
                upgrade(firmware, List.of(device)).tag("k", "v".repeat(512)).build(),
                upgrade(firmware, List.of(DeviceId.of("lamp/1"))).build());
    }

    @Override
    default void letDevicesBegin() {
        simulator().fleet().advance(Duration.ofSeconds(8));
    }

    @Override
    default void letDevicesFinish() {
        simulator().fleet().runUntilIdle();
    }

    private void behave(DeviceId id, Behavior behavior) {
        simulator().findDevice(id.value()).get().device().behave(behavior);
    }

    @Override
    default void failDevice(DeviceId id) {
        behave(id, Behavior.INSTALLATION_FAILS);
    }

    @Override
    default void repairDevice(DeviceId id) {
        behave(id, Behavior.SUCCESS);
    }

    private void givenJob(JobId job, String status, String texts, String details) {
        proxy().stubFor(get(urlPathMatching(".*/batchtasks/" + job))
                .atPriority(1)
                .willReturn(okJson("""
                                {"batchtask":{"task_id":"%s","task_type":"firmwareUpgrade","status":"%s"%s},
                                "task_details":[%s],"page":{"count":1,"marker":"5c90fa7d3c4e4405e8525079"}}""".formatted(job, status, texts, details))));
    }

    @Override
    default boolean givenJobState(JobId job, String raw) {
        givenJob(job, raw, "", "");
        return true;
    }

    @Override
    default boolean givenTaskState(JobId job, DeviceId device, String raw) {
        givenJob(job, "Processing", "", "{\"target\":\"%s\",\"status\":\"%s\"}".formatted(device, raw));
        return true;
    }

    @Override
    default boolean givenJobTexts(JobId job, String name, String message) {
        givenJob(job, "Fail", ",\"task_name\":%s,\"status_desc\":%s".formatted(json(name), json(message)), "");
        return true;
    }

    @Override
    default boolean givenFailedTask(JobId job, DeviceId device, String message) {
        givenJob(
                job,
                "Fail",
                "",
                "{\"target\":\"%s\",\"status\":\"Fail\",\"output\":%s}".formatted(device, json(message)));
        return true;
    }

    @Override
    default boolean beforeNextCancellation(Runnable action) {
        simulator().beforeNextTaskChange(action);
        return true;
    }
}
