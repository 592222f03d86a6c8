package io.otabridge.cli.command;

import io.otabridge.app.OtaBridge;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.render.FirmwareTable;
import io.otabridge.cli.render.ModuleTable;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;

/** Shows on simulated clouds what the library is for. */
@Command(
        name = "demo",
        description = {
            "Shows what this is for, on simulated clouds: no account, no configuration, no network.",
            "Asks both vendors, then swaps the vendor of a backend by changing its configuration alone."
        })
public final class DemoCommand implements Callable<Integer> {

    private static final String FLEET = "fleet";
    private static final ModuleRef DOCUMENTED = ModuleRef.id(ModuleId.of(HuaweiSimulator.DOCUMENTED_MODULE));
    private static final FirmwareId FIRMWARE = FirmwareId.of(AliyunSimulator.DOCUMENTED_FIRMWARE);
    private static final ModuleRef SHARED =
            ModuleRef.named(ProductId.of(HuaweiSimulator.SHARED_PRODUCT), ModuleName.of("MCU"));

    private final OtaCommand root;

    public DemoCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        Path directory = Files.createTempDirectory("ota-demo");
        Path file = directory.resolve("ota.yaml");
        try (Simulators clouds = Simulators.start(
                Simulators.Ports.FREE, root.surroundings().context().clock())) {
            int asked = askBoth(clouds, file);
            int swapped = swapVendor(clouds, file);
            say("\nThat was all over HTTP, with signatures that the simulated clouds checked."
                    + "\nTo try it yourself: ota simulate > ota.yaml, and ota --help in another terminal.");
            return asked == ExitCode.FOUND ? swapped : asked;
        } finally {
            Files.deleteIfExists(file);
            Files.delete(directory);
        }
    }

    private int askBoth(Simulators clouds, Path file) throws IOException {
        say("Clouds run on this machine now, simulated, among them:\n"
                + "  Huawei Cloud IoTDA at " + clouds.huaweiEndpoint() + "\n"
                + "  Alibaba Cloud IoT Platform at " + clouds.aliyunEndpoint() + "\n"
                + "A configuration file names a backend for each, \"huawei\" and \"aliyun\".\n\n"
                + "1. A module from Huawei, by its id\n");
        Files.writeString(file, clouds.yaml());
        try (OtaBridge ota = OtaBridge.load(file, root.surroundings().context())) {
            int module = show(ota.backend(Simulators.HUAWEI), this::documentedModule);
            say("\n2. A firmware package from Alibaba, by its id\n");
            int firmware = show(ota.backend(Simulators.ALIYUN), this::documentedFirmware);
            return module == ExitCode.FOUND ? firmware : module;
        }
    }

    private int swapVendor(Simulators clouds, Path file) throws IOException {
        String before = Simulators.yaml(FLEET, clouds.huaweiSettings());
        String after = Simulators.yaml(FLEET, clouds.aliyunSettings());
        say("\n3. The same question to a backend whose vendor changes\n\n" + "The backend \"" + FLEET
                + "\" is on Huawei Cloud. The question: which " + SHARED + "?\n");
        int first = askFleet(file, before);
        say("\nNow the configuration changes, and nothing else does:\n");
        say(diff(before, after));
        say("The same question again:\n");
        int second = askFleet(file, after);
        return first == ExitCode.FOUND ? second : first;
    }

    private int askFleet(Path file, String yaml) throws IOException {
        Files.writeString(file, yaml);
        try (OtaBridge ota = OtaBridge.load(file, root.surroundings().context())) {
            return show(ota.backend(FLEET), this::sharedModule);
        }
    }

    private Either<OtaFailure, String> documentedModule(Backend backend) {
        return backend.modules().find(DOCUMENTED).map(module -> ModuleTable.of(backend, module, words()));
    }

    private Either<OtaFailure, String> documentedFirmware(Backend backend) {
        return backend.firmware().find(FIRMWARE).map(firmware -> FirmwareTable.of(backend, firmware, words()));
    }

    private Either<OtaFailure, String> sharedModule(Backend backend) {
        return backend.modules().find(SHARED).map(module -> ModuleTable.of(backend, module, words()));
    }

    private int show(Backend backend, Function<Backend, Either<OtaFailure, String>> question) {
        return question.apply(backend)
                .peek(table -> table.lines().forEach(line -> say(("  " + line).stripTrailing())))
                .fold(root.report()::failure, found -> ExitCode.FOUND);
    }

    /** The lines that differ, between those that both begin and end with. */
    private static String diff(String before, String after) {
        List<String> old = List.ofAll(before.lines());
        List<String> changed = List.ofAll(after.lines());
        int head = old.zip(changed).takeWhile(pair -> pair._1.equals(pair._2)).size();
        int tail = old.drop(head)
                .reverse()
                .zip(changed.drop(head).reverse())
                .takeWhile(pair -> pair._1.equals(pair._2))
                .size();
        return old.take(head).map(line -> "    " + line + "\n").mkString()
                + old.drop(head)
                        .dropRight(tail)
                        .map(line -> "  - " + line + "\n")
                        .mkString()
                + changed.drop(head)
                        .dropRight(tail)
                        .map(line -> "  + " + line + "\n")
                        .mkString()
                + old.takeRight(tail).map(line -> "    " + line + "\n").mkString();
    }

    private ValueFormatter words() {
        return root.surroundings().words();
    }

    private void say(String text) {
        root.surroundings().out().println(text);
    }
}
