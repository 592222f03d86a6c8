package io.otabridge.cli.command;

import io.otabridge.cli.context.Simulators;
import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.file.NewConfigFile;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.fleet.FleetOptions;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the simulators in the foreground. */
@Command(
        name = "simulate",
        description = {
            "Runs simulators of the vendors' clouds on this machine until interrupted.",
            "Prints a configuration for them on standard output, or writes it to a file: ota simulate --write-config"
                    + " ota.yaml"
        })
public final class SimulateCommand implements Callable<Integer> {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_DEVICES = 99_999;

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
            names = "--obs-port",
            paramLabel = "N",
            defaultValue = "0",
            description = "The port of its object store OBS. Default: 0, any free port.")
    private int obsPort;

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

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "20",
            description = "The number of simulated devices of the product thermometer on each cloud. They take part in"
                    + " upgrade jobs, and about one upgrade in eight fails. Default: ${DEFAULT-VALUE}.")
    private int devices;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Determines the versions and failures of the devices. Default: ${DEFAULT-VALUE}.")
    private int seed;

    @Option(
            names = "--write-config",
            paramLabel = "FILE",
            description = "Write the configuration to a file instead of standard output.")
    private @Nullable Path file;

    @Option(names = "--force", description = "Replace the file of --write-config if it exists.")
    private boolean force;

    public SimulateCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        OtaCommand.requireBetween(0, MAX_PORT, spec, "--huawei-port", huaweiPort);
        OtaCommand.requireBetween(0, MAX_PORT, spec, "--obs-port", obsPort);
        OtaCommand.requireBetween(0, MAX_PORT, spec, "--aliyun-port", aliyunPort);
        OtaCommand.requireBetween(0, MAX_PORT, spec, "--tuya-port", tuyaPort);
        OtaCommand.requireBetween(0, MAX_DEVICES, spec, "--devices", devices);
        if (force && file == null) {
            throw new ParameterException(spec.commandLine(), "--force applies to --write-config, which is missing");
        }
        @Nullable NewConfigFile config = file == null
                ? null
                : new NewConfigFile(root.environment().directory().resolve(file), force);
        if (config != null) {
            config.requireWritable();
        }
        Simulators.Ports ports = new Simulators.Ports(huaweiPort, obsPort, aliyunPort, tuyaPort);
        try (Simulators clouds =
                Simulators.start(ports, root.environment().context().clock(), FleetOptions.live(devices, seed))) {
            if (config == null) {
                root.environment().out().print(clouds.yaml());
                CliException.requireWritten(root.environment().out());
            } else {
                config.write(clouds.yaml());
            }
            root.environment().err().print(guide(clouds, config));
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.FOUND;
    }

    private static String guide(Simulators clouds, @Nullable NewConfigFile config) {
        return """
            Huawei Cloud IoTDA is simulated at %s,
            Alibaba Cloud IoT Platform at %s,
            a private deployment of Tuya at %s.
            The simulators implement the vendors' protocols and verify signatures; their data is invented.

            %s.
            Run in another terminal:
              ota backends
              ota doctor
              ota module show %s
              ota firmware show '%s' --backend aliyun
              ota firmware find --product thermometer --module MCU --newest
              ota inventory --product thermometer
              ota diff huawei aliyun --product thermometer
              ota firmware publish FILE --product thermometer --module MCU --firmware-version 9.0.0 --all-backends
              ota firmware download --product thermometer --module MCU --newest --to FILE
              ota firmware promote ID --from aliyun --to huawei,tuya
              ota migrate aliyun huawei --product thermometer --newest 2 --dry-run
              ota device list --product thermometer
              ota job create --product thermometer --module MCU --newest --all
              ota job watch JOB
              ota task list JOB --state failed

            Press Ctrl-C to stop.
            """.formatted(
                        clouds.huaweiEndpoint(),
                        clouds.aliyunEndpoint(),
                        clouds.tuyaEndpoint(),
                        config == null
                                ? "Save standard output as ota.yaml"
                                : "Wrote " + TerminalEscaper.of(config.path().toString())
                                        + "; name it with --config or $OTA_CONFIG, unless it is ./ota.yaml",
                        HuaweiSimulator.DOCUMENTED_MODULE,
                        AliyunSimulator.DOCUMENTED_FIRMWARE);
    }
}
