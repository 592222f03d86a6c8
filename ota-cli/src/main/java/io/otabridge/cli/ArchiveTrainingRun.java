package io.otabridge.cli;

import io.otabridge.cli.command.CliEnvironment;
import io.otabridge.cli.command.Simulators;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.fault.FaultProxy;
import io.otabridge.simulators.fault.WireFault;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs the usual commands against simulated clouds, so that the JVM records the classes they load. The launcher puts these
 * classes in an archive, from which later commands load them faster. The output is discarded.
 */
final class ArchiveTrainingRun {

    private static final String[][] COMMANDS = {
        {"--version"},
        {"--help"},
        {"backends"},
        {"module", "show", HuaweiSimulator.DOCUMENTED_MODULE},
        {"module", "list", "--output", "csv"},
        {"firmware", "show", HuaweiSimulator.DOCUMENTED_MODULE},
        {"firmware", "show", AliyunSimulator.DOCUMENTED_FIRMWARE, "--backend", Simulators.ALIYUN},
        {"firmware", "list", "--backend", Simulators.TUYA, "--output", "json"},
        {"firmware", "find", "--product", "thermometer", "--module", "MCU", "--newest"},
        {"firmware", "show"},
        {"inventory"},
        {"diff", Simulators.HUAWEI, Simulators.ALIYUN},
        {"doctor"},
    };

    private final CliEnvironment environment =
            CliEnvironment.ofProcess(Main.utf8(FileDescriptor.out), Main.utf8(FileDescriptor.err));

    private ArchiveTrainingRun() {}

    public static void main(String[] args) throws IOException {
        Path file = Files.createTempFile("ota-training", ".yaml");
        try {
            new ArchiveTrainingRun().runAll(file);
        } finally {
            Files.delete(file);
        }
    }

    private void runAll(Path file) throws IOException {
        try (Simulators clouds = Simulators.start(
                        Simulators.Ports.FREE, environment.context().clock());
                FaultProxy tls = FaultProxy.before(clouds.huaweiEndpoint())) {
            Files.writeString(file, clouds.yaml());
            for (String[] command : COMMANDS) {
                run(file, command);
            }
            // The self-signed certificate fails the handshake, which loads most of the TLS classes.
            tls.play(WireFault.TLS, request -> true);
            Files.writeString(
                    file,
                    Simulators.yaml(
                            "tls",
                            clouds.huaweiSettings()
                                    .map(line -> line.replace(
                                            clouds.huaweiEndpoint().toString(),
                                            tls.endpoint().toString()))
                                    .append("retries: 0")));
            run(file, "firmware", "list");
        }
    }

    private void run(Path file, String... command) {
        String[] arguments = Arrays.copyOf(command, command.length + 2);
        arguments[command.length] = "--config";
        arguments[command.length + 1] = file.toString();
        CommandLineFactory.of(environment, arguments).execute(arguments);
    }
}
