package io.otabridge.simulators.aliyun;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.fleet.Behavior;
import io.otabridge.simulators.fleet.DeviceStatus;
import io.otabridge.simulators.fleet.FleetDevice;
import io.otabridge.simulators.fleet.FleetOptions;
import io.otabridge.simulators.server.Digests;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A simulator with a verified package for {@link #PRODUCT}, and the calls that tests make. */
final class SimulatedJobs implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final String PRODUCT = "a1JobsOfTest";
    static final String FIRMWARE = "7700";
    static final String VERSION = "2.0.0";

    private static final byte[] CONTENT = "the new firmware".getBytes(UTF_8);

    final AliyunSimulator simulator;
    private final boolean isTuya;

    private SimulatedJobs(AliyunSimulator simulator, boolean isTuya) {
        this.simulator = simulator;
        this.isTuya = isTuya;
        simulator.addProduct(PRODUCT);
        simulator.objectStore().put("ota/test.bin", CONTENT);
        simulator.addFirmware(firmware(FIRMWARE, "default").build());
    }

    static SimulatedJobs start() {
        return new SimulatedJobs(
                AliyunSimulator.start(0, Clock.fixed(NOW, ZoneOffset.UTC), FleetOptions.FOR_TESTS), false);
    }

    static SimulatedJobs startTuya() {
        return new SimulatedJobs(
                AliyunSimulator.startTuya(0, Clock.fixed(NOW, ZoneOffset.UTC), FleetOptions.FOR_TESTS), true);
    }

    /** Returns a builder for a verified package with a file. */
    AliyunFirmware.Builder firmware(String id, String module) {
        return AliyunFirmware.builder(id, PRODUCT, VERSION)
                .moduleName(module)
                .file(simulator.objectStore().url("ota/test.bin"), CONTENT.length, Digests.md5Hex(CONTENT));
    }

    /** Adds an online device with version 1.0.0 of these modules. */
    FleetDevice device(String name, String... modules) {
        Map<String, String> versions = new TreeMap<>();
        for (String module : modules.length == 0 ? new String[] {"default"} : modules) {
            versions.put(module, "1.0.0");
        }
        return add(new FleetDevice(PRODUCT, name, DeviceStatus.ONLINE, versions));
    }

    /** Adds an online device with this version. */
    FleetDevice deviceWith(String name, String version) {
        return add(new FleetDevice(PRODUCT, name, DeviceStatus.ONLINE, Map.of("default", version)));
    }

    FleetDevice device(String name, Behavior behavior) {
        FleetDevice device = device(name);
        device.behave(behavior);
        return device;
    }

    FleetDevice add(FleetDevice device) {
        simulator.fleet().add(device);
        return device;
    }

    /** Sends a request with these names and values. */
    JsonNode call(String action, String... parameters) throws IOException, InterruptedException {
        AliyunClient client = new AliyunClient(simulator).method("POST").time(NOW);
        if (isTuya) {
            List.of("Version", "Format", "SignatureVersion").forEach(name -> client.common(name, ""));
            client.with("IotInstanceId", "");
        }
        for (int i = 0; i < parameters.length; i += 2) {
            client.with(parameters[i], parameters[i + 1]);
        }
        return client.v1(action).json();
    }

    /** Creates a job for {@link #FIRMWARE}; returns the response. */
    JsonNode create(String action, String... parameters) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("FirmwareId", FIRMWARE, "ProductKey", PRODUCT));
        all.addAll(List.of(parameters));
        return call(action, all.toArray(new String[0]));
    }

    /** Creates a static job, and returns its id. */
    String job(String... parameters) throws IOException, InterruptedException {
        JsonNode created = create("CreateOTAStaticUpgradeJob", parameters);
        if (!created.at("/Success").asBoolean()) {
            throw new AssertionError(created.toString());
        }
        return created.at("/Data/JobId").asText();
    }

    /** Creates a static job for all devices. */
    String jobForAll(String... parameters) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("TargetSelection", "ALL"));
        all.addAll(List.of(parameters));
        return job(all.toArray(new String[0]));
    }

    String status(String job) throws IOException, InterruptedException {
        return call("QueryOTAJob", "JobId", job).at("/Data/JobStatus").asText();
    }

    List<JsonNode> taskList(String job) throws IOException, InterruptedException {
        List<JsonNode> tasks = new ArrayList<>();
        call("ListOTATaskByJob", "JobId", job, "PageSize", "100")
                .at("/Data/SimpleOTATaskInfo")
                .forEach(tasks::add);
        return tasks;
    }

    /** Returns the state and description of each task by device. */
    Map<String, String> tasks(String job) throws IOException, InterruptedException {
        Map<String, String> tasks = new TreeMap<>();
        for (JsonNode task : taskList(job)) {
            tasks.put(
                    task.get("DeviceName").asText(),
                    (task.get("TaskStatus").asText() + " "
                                    + task.get("TaskDesc").asText())
                            .strip());
        }
        return tasks;
    }

    /** Returns the id of the first task of a device. */
    String taskId(String job, String device) throws IOException, InterruptedException {
        return taskList(job).stream()
                .filter(task -> task.get("DeviceName").asText().equals(device))
                .findFirst()
                .orElseThrow()
                .get("TaskId")
                .asText();
    }

    /** Lets time pass. */
    void advance(Duration duration) {
        simulator.fleet().advance(duration);
    }

    /** Lets time pass until no device and no job has anything to do. */
    void finish() {
        simulator.fleet().runUntilIdle();
    }

    @Override
    public void close() {
        simulator.close();
    }
}
