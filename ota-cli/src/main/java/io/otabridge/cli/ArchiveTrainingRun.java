package io.otabridge.cli;

import io.otabridge.cli.context.CliEnvironment;
import io.otabridge.cli.context.Simulators;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs the usual commands against simulated clouds, so that the virtual machine records which classes they load. {@code ota
 * --make-archive} writes these to an archive, from which they load faster. Its output is not shown.
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
            new ArchiveTrainingRun().runCommands(file);
        } finally {
            Files.delete(file);
        }
    }

    private void runCommands(Path file) throws IOException {
        try (Simulators clouds =
                Simulators.start(Simulators.Ports.FREE, environment.context().clock())) {
            Files.writeString(file, clouds.yaml());
            for (String[] command : COMMANDS) {
                run(file, command);
            }
            // The simulator does not support TLS, so the call ends in the handshake, which loads most classes of TLS.
            String http = clouds.huaweiEndpoint().toString();
            Files.writeString(
                    file,
                    Simulators.yaml(
                            "tls",
                            clouds.huaweiSettings()
                                    .map(line -> line.replace(http, http.replace("http:", "https:")))
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
