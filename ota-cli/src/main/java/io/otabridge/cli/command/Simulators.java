package io.otabridge.cli.command;

import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.vavr.collection.List;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.function.IntFunction;

/** The vendors' simulators on this machine, and what a configuration says to reach them. */
public final class Simulators implements AutoCloseable {

    /** The backend that stands for Huawei Cloud IoTDA in {@link #yaml}. */
    public static final String HUAWEI = "huawei";

    /** The backend that stands for Alibaba Cloud IoT Platform in {@link #yaml}. */
    public static final String ALIYUN = "aliyun";

    /** The backend that stands for a private deployment of Tuya in {@link #yaml}. */
    public static final String TUYA = "tuya";

    /** Where each listens; 0 takes any free port. */
    public record Ports(int huawei, int aliyun, int tuya) {

        public static final Ports FREE = new Ports(0, 0, 0);
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
     * Starts all of them.
     *
     * @param clock the time by which they take signatures for old or fresh
     * @throws CliException if a port is taken; then none runs
     */
    public static Simulators start(Ports ports, Clock clock) {
        HuaweiSimulator huawei = onPort(port -> HuaweiSimulator.start(port, clock), ports.huawei(), "--huawei-port");
        AliyunSimulator aliyun = null;
        try {
            aliyun = onPort(port -> AliyunSimulator.start(port, clock), ports.aliyun(), "--aliyun-port");
            AliyunSimulator tuya = onPort(port -> AliyunSimulator.startTuya(port, clock), ports.tuya(), "--tuya-port");
            return new Simulators(huawei, aliyun, tuya);
        } catch (CliException taken) {
            huawei.close();
            if (aliyun != null) {
                aliyun.close();
            }
            throw taken;
        }
    }

    public URI huaweiEndpoint() {
        return huawei.endpoint();
    }

    URI aliyunEndpoint() {
        return aliyun.endpoint();
    }

    public URI tuyaEndpoint() {
        return tuya.endpoint();
    }

    /** A configuration with a backend for each. */
    public String yaml() {
        return "# Three simulated clouds. Everything here is invented, the keys too.\n"
                + "default: " + HUAWEI + "\nbackends:\n" + backend(HUAWEI, huaweiSettings())
                + backend(ALIYUN, aliyunSettings())
                + backend(TUYA, tuyaSettings())
                + "products:\n  thermometer: { " + HUAWEI + ": " + HuaweiSimulator.SHARED_PRODUCT + ", " + ALIYUN + ": "
                + AliyunSimulator.SHARED_PRODUCT + ", " + TUYA + ": " + AliyunSimulator.SHARED_PRODUCT + " }\n";
    }

    /** A configuration whose only backend has this name and these settings. */
    public static String yaml(String backend, List<String> settings) {
        return "backends:\n" + backend(backend, settings);
    }

    /** The settings of a backend that asks the simulated Huawei Cloud, line by line. */
    public List<String> huaweiSettings() {
        return List.of(
                "vendor: huawei",
                "endpoint: " + huawei.endpoint(),
                "project-id: " + huawei.projectId(),
                "app-id: " + huawei.appId(),
                credentials(huawei.accessKey(), huawei.secretKey()));
    }

    /** The settings of a backend that asks the simulated Alibaba Cloud, line by line. */
    List<String> aliyunSettings() {
        return List.of(
                "vendor: aliyun",
                "endpoint: " + aliyun.endpoint(),
                "instance-id: " + aliyun.instanceId(),
                credentials(aliyun.accessKey(), aliyun.secretKey()));
    }

    private List<String> tuyaSettings() {
        return List.of("vendor: tuya", "endpoint: " + tuya.endpoint(), credentials(tuya.accessKey(), tuya.secretKey()));
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
        } catch (UncheckedIOException taken) {
            throw new CliException(
                    ExitCode.USAGE,
                    "A simulator could not be started",
                    "port " + port + " of this machine is in use, or may not be used",
                    "Name another port with " + option + "; 0 takes any free one");
        }
    }
}
