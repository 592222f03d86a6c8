package io.otabridge.cli.context;

import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.fleet.Fleet;
import io.otabridge.simulators.fleet.FleetOptions;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.vavr.collection.List;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Runs the vendors' simulators on this machine, and writes configurations for them. */
public final class Simulators implements AutoCloseable {

    /** The name of the backend for Huawei Cloud IoTDA in {@link #yaml}. */
    public static final String HUAWEI = "huawei";

    /** The name of the backend for Alibaba Cloud IoT Platform in {@link #yaml}. */
    public static final String ALIYUN = "aliyun";

    /** The name of the backend for a private deployment of Tuya in {@link #yaml}. */
    public static final String TUYA = "tuya";

    private static final String CANARY = "a1Canary0000****";
    private static final Duration STEP = Duration.ofMillis(50);
    private static final int SPEED = 20;

    /** The port of each simulator; 0 means any free port. */
    public record Ports(int huawei, int obs, int aliyun, int tuya) {

        public static final Ports FREE = new Ports(0, 0, 0, 0);
    }

    private final HuaweiSimulator huawei;
    private final AliyunSimulator aliyun;
    private final AliyunSimulator tuya;

    private Simulators(HuaweiSimulator huawei, AliyunSimulator aliyun, AliyunSimulator tuya) {
        this.huawei = huawei;
        this.aliyun = aliyun;
        this.tuya = tuya;
    }

    /** Starts all simulators, whose devices do nothing until {@link #finishUpgrades} or {@link #inFastTime}. */
    public static Simulators start(Ports ports, Clock clock) {
        return start(ports, clock, FleetOptions.FOR_TESTS);
    }

    /**
     * Starts all simulators.
     *
     * @param clock the clock by which they check the dates of requests
     * @param devices the additional devices of each simulator
     * @throws CliException if a port is in use; then no simulator runs
     */
    public static Simulators start(Ports ports, Clock clock, FleetOptions devices) {
        HuaweiSimulator huawei = ports.obs() == 0
                ? onPort(port -> HuaweiSimulator.start(port, 0, clock, devices), ports.huawei(), "--huawei-port")
                : withObjectStore(ports, clock, devices);
        AliyunSimulator aliyun = null;
        try {
            aliyun = onPort(port -> AliyunSimulator.start(port, clock, devices), ports.aliyun(), "--aliyun-port");
            AliyunSimulator tuya =
                    onPort(port -> AliyunSimulator.startTuya(port, clock, devices), ports.tuya(), "--tuya-port");
            fillCanary(aliyun);
            return new Simulators(huawei, aliyun, tuya);
        } catch (CliException failed) {
            huawei.close();
            if (aliyun != null) {
                aliyun.close();
            }
            throw failed;
        }
    }

    /** The first of the additional devices are members of the group canary. */
    private static void fillCanary(AliyunSimulator aliyun) {
        aliyun.fleet().devices(AliyunSimulator.SHARED_PRODUCT).stream()
                .filter(device -> device.id().startsWith("thermo-"))
                .limit(5)
                .forEach(device -> aliyun.addToDeviceGroup(CANARY, device));
    }

    /** Starts the object store alone first, so that an error names the port that is in use. */
    private static HuaweiSimulator withObjectStore(Ports ports, Clock clock, FleetOptions devices) {
        onPort(port -> HuaweiSimulator.start(0, port, clock), ports.obs(), "--obs-port")
                .close();
        return onPort(
                port -> HuaweiSimulator.start(port, ports.obs(), clock, devices), ports.huawei(), "--huawei-port");
    }

    /** Lets time pass for the devices, without waiting, until no upgrade has anything to do by itself. */
    public void finishUpgrades() {
        fleets().forEach(Fleet::runUntilIdle);
    }

    /** Runs an action while the time of the devices passes 20 times as fast as the clock. */
    public <T> T inFastTime(Supplier<T> action) {
        Thread thread = new Thread(this::passFast, "ota-simulator-time");
        thread.setDaemon(true);
        thread.start();
        try {
            return action.get();
        } finally {
            thread.interrupt();
        }
    }

    private void passFast() {
        try {
            while (true) {
                Thread.sleep(STEP.toMillis());
                fleets().forEach(fleet -> fleet.advance(STEP.multipliedBy(SPEED)));
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Fleet> fleets() {
        return List.of(huawei.fleet(), aliyun.fleet(), tuya.fleet());
    }

    public URI huaweiEndpoint() {
        return huawei.endpoint();
    }

    public URI aliyunEndpoint() {
        return aliyun.endpoint();
    }

    public URI tuyaEndpoint() {
        return tuya.endpoint();
    }

    /** Returns a configuration with a backend for each simulator. */
    public String yaml() {
        return "# Three simulated clouds. All values are invented, including the keys.\n"
                + "default: " + HUAWEI + "\nbackends:\n" + backend(HUAWEI, huaweiSettings())
                + backend(ALIYUN, aliyunSettings())
                + backend(TUYA, tuyaSettings())
                + "products:\n  thermometer: { " + HUAWEI + ": " + HuaweiSimulator.SHARED_PRODUCT + ", " + ALIYUN + ": "
                + AliyunSimulator.SHARED_PRODUCT + ", " + TUYA + ": " + AliyunSimulator.SHARED_PRODUCT + " }\n";
    }

    /** Returns a configuration with one backend of this name and these settings. */
    public static String yaml(String backend, List<String> settings) {
        return "backends:\n" + backend(backend, settings);
    }

    /** Returns the settings, one a line, of a backend for the simulated Huawei Cloud. */
    public List<String> huaweiSettings() {
        return List.of(
                "vendor: huawei",
                "endpoint: " + huawei.endpoint(),
                "project-id: " + huawei.projectId(),
                "app-id: " + huawei.appId(),
                "obs: { bucket: " + huawei.objectStore().bucket() + ", region: " + huawei.region() + ", endpoint: \""
                        + huawei.objectStore().endpoint() + "\" }",
                credentials(huawei.accessKey(), huawei.secretKey()));
    }

    /** Returns the settings, one a line, of a backend for the simulated Alibaba Cloud. */
    public List<String> aliyunSettings() {
        return List.of(
                "vendor: aliyun",
                "endpoint: " + aliyun.endpoint(),
                "instance-id: " + aliyun.instanceId(),
                credentials(aliyun.accessKey(), aliyun.secretKey()));
    }

    private List<String> tuyaSettings() {
        return List.of(
                "vendor: tuya",
                "endpoint: " + tuya.endpoint(),
                "upload-host-suffix: " + tuya.objectStore().endpoint().getHost(),
                credentials(tuya.accessKey(), tuya.secretKey()));
    }

    @Override
    public void close() {
        huawei.close();
        aliyun.close();
        tuya.close();
    }

    private static String backend(String name, List<String> settings) {
        return "  " + name + ":\n" + settings.map(line -> "    " + line + "\n").mkString();
    }

    private static String credentials(String accessKey, String secretKey) {
        return "credentials: { access-key: \"" + accessKey + "\", secret-key: \"" + secretKey + "\" }";
    }

    private static <T> T onPort(IntFunction<T> start, int port, String option) {
        try {
            return start.apply(port);
        } catch (UncheckedIOException inUse) {
            throw new CliException(
                    ExitCode.USAGE,
                    "A simulator could not be started",
                    "port " + port + " is in use, or may not be used",
                    "Choose another port with " + option + "; 0 takes any free port");
        }
    }
}
