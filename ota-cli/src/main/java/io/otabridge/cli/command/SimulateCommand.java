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
            "Runs simulators of the vendors' clouds on this machine until interrupted.",
            "Prints a configuration for them on standard output: ota simulate > ota.yaml"
        })
public final class SimulateCommand implements Callable<Integer> {

    private static final int MAX_PORT = 65_535;

    private final OtaCommand root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--huawei-port",
            paramLabel = "N",
            defaultValue = "0",
            description = "The port of the simulated Huawei Cloud IoTDA. Default: 0, any free port.")
    private int huaweiPort;

    @Option(
            names = "--aliyun-port",
            paramLabel = "N",
            defaultValue = "0",
            description = "The port of the simulated Alibaba Cloud IoT Platform. Default: 0, any free port.")
    private int aliyunPort;

    @Option(
            names = "--tuya-port",
            paramLabel = "N",
            defaultValue = "0",
            description = "The port of the simulated private deployment of Tuya. Default: 0, any free port.")
    private int tuyaPort;

    public SimulateCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        OtaCommand.requireBetween(0, MAX_PORT, spec, "--huawei-port", huaweiPort);
        OtaCommand.requireBetween(0, MAX_PORT, spec, "--aliyun-port", aliyunPort);
        OtaCommand.requireBetween(0, MAX_PORT, spec, "--tuya-port", tuyaPort);
        Simulators.Ports ports = new Simulators.Ports(huaweiPort, aliyunPort, tuyaPort);
        try (Simulators clouds =
                Simulators.start(ports, root.environment().context().clock())) {
            root.environment().out().print(clouds.yaml());
            CliException.requireWritten(root.environment().out());
            root.environment().err().print(guide(clouds));
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.FOUND;
    }

    private static String guide(Simulators clouds) {
        return """
                Huawei Cloud IoTDA is simulated at %s,
                Alibaba Cloud IoT Platform at %s,
                a private deployment of Tuya at %s.
                The simulators implement the vendors' protocols and verify signatures; their data is invented.

                Save standard output as ota.yaml, and run in another terminal:
                  ota backends
                  ota doctor
                  ota module show %s
                  ota firmware show '%s' --backend aliyun
                  ota firmware find --product thermometer --module MCU --newest
                  ota inventory --product thermometer
                  ota diff huawei aliyun --product thermometer

                Press Ctrl-C to stop.
                """.formatted(
                        clouds.huaweiEndpoint(),
                        clouds.aliyunEndpoint(),
                        clouds.tuyaEndpoint(),
                        HuaweiSimulator.DOCUMENTED_MODULE,
                        AliyunSimulator.DOCUMENTED_FIRMWARE);
    }
}
