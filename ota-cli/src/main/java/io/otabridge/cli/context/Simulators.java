package io.otabridge.cli.context;

import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.vavr.collection.List;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.function.IntFunction;

/** Runs the vendors' simulators on this machine, and writes configurations for them. */
public final class Simulators implements AutoCloseable {

    /** The name of the backend for Huawei Cloud IoTDA in {@link #yaml}. */
    public static final String HUAWEI = "huawei";

    /** The name of the backend for Alibaba Cloud IoT Platform in {@link #yaml}. */
    public static final String ALIYUN = "aliyun";

    /** The name of the backend for a private deployment of Tuya in {@link #yaml}. */
    public static final String TUYA = "tuya";

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

    /**
     * Starts all simulators.
     *
     * @param clock the clock by which they check the dates of requests
     * @throws CliException if a port is in use; then no simulator runs
     */
    public static Simulators start(Ports ports, Clock clock) {
        HuaweiSimulator huawei = ports.obs() == 0
                ? onPort(port -> HuaweiSimulator.start(port, clock), ports.huawei(), "--huawei-port")
                : withObjectStore(ports, clock);
        AliyunSimulator aliyun = null;
        try {
            aliyun = onPort(port -> AliyunSimulator.start(port, clock), ports.aliyun(), "--aliyun-port");
            AliyunSimulator tuya = onPort(port -> AliyunSimulator.startTuya(port, clock), ports.tuya(), "--tuya-port");
            return new Simulators(huawei, aliyun, tuya);
        } catch (CliException failed) {
            huawei.close();
            if (aliyun != null) {
                aliyun.close();
            }
            throw failed;
        }
    }

    /** Starts the object store alone first, so that an error names the port that is in use. */
    private static HuaweiSimulator withObjectStore(Ports ports, Clock clock) {
        onPort(port -> HuaweiSimulator.start(0, port, clock), ports.obs(), "--obs-port")
                .close();
        return onPort(port -> HuaweiSimulator.start(port, ports.obs(), clock), ports.huawei(), "--huawei-port");
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
