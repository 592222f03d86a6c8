package io.otabridge.cli.command;

import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the simulators in the foreground. */
@Command(
        name = "simulate",
        description = {
            "Runs the vendors' clouds on this machine, simulated, until it is interrupted.",
            "Standard output is a configuration for them: ota simulate > ota.yaml"
        })
public final class SimulateCommand implements Callable<Integer> {

    private static final int MOST_PORT = 65_535;

    private final OtaCommand root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--huawei-port",
            paramLabel = "N",
            defaultValue = "0",
            description = "The port of the simulated Huawei Cloud IoTDA; 0, the default, takes any free one.")
    private int huaweiPort;

    @Option(
            names = "--aliyun-port",
            paramLabel = "N",
            defaultValue = "0",
            description = "The port of the simulated Alibaba Cloud IoT Platform; 0, the default, takes any free one.")
    private int aliyunPort;

    @Option(
            names = "--tuya-port",
            paramLabel = "N",
            defaultValue = "0",
            description = "The port of the simulated private deployment of Tuya; 0, the default, takes any free one.")
    private int tuyaPort;

    public SimulateCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        OtaCommand.requireBetween(0, MOST_PORT, spec, "--huawei-port", huaweiPort);
        OtaCommand.requireBetween(0, MOST_PORT, spec, "--aliyun-port", aliyunPort);
        OtaCommand.requireBetween(0, MOST_PORT, spec, "--tuya-port", tuyaPort);
        Simulators.Ports ports = new Simulators.Ports(huaweiPort, aliyunPort, tuyaPort);
        try (Simulators clouds =
                Simulators.start(ports, root.surroundings().context().clock())) {
            root.surroundings().out().print(clouds.yaml());
            CliException.unlessWritten(root.surroundings().out());
            root.surroundings().err().print(guide(clouds));
            new CountDownLatch(1).await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.FOUND;
    }

    private static String guide(Simulators clouds) {
        return """
                Huawei Cloud IoTDA is simulated at %s,
                Alibaba Cloud IoT Platform at %s,
                a private deployment of Tuya at %s.
                They speak the vendors' protocols and check signatures for real; their data is invented.

                With the configuration from standard output in ota.yaml, try in another terminal:
                  ota backends
                  ota doctor
                  ota module show %s
                  ota firmware show '%s' --backend aliyun
                  ota firmware find --product thermometer --module MCU --newest
                  ota inventory --product thermometer
                  ota diff huawei aliyun --product thermometer

                Ctrl-C stops them.
                """.formatted(
                        clouds.huaweiEndpoint(),
                        clouds.aliyunEndpoint(),
                        clouds.tuyaEndpoint(),
                        HuaweiSimulator.DOCUMENTED_MODULE,
                        AliyunSimulator.DOCUMENTED_FIRMWARE);
    }
}
