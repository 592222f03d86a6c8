package io.otabridge.cli.command;

import io.otabridge.app.OtaBridge;
import io.otabridge.cli.context.Simulators;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.render.FirmwareTable;
import io.otabridge.cli.render.ModuleTable;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.fleet.FailureRates;
import io.otabridge.simulators.fleet.FleetOptions;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;

/** Demonstrates the library on simulated clouds. */
@Command(
        name = "demo",
        description = {
            "Demonstrates the library on simulated clouds. Needs no account, no configuration and no network.",
            "Queries both vendors, changes the vendor of a backend by changing only its configuration, then publishes an"
                    + " image on both, downloads it, and upgrades simulated devices with it."
        })
public final class DemoCommand implements Callable<Integer> {

    private static final String FLEET = "fleet";
    private static final String INDENT = "  ";
    private static final FleetOptions DEVICES = new FleetOptions(24, 3, FailureRates.TYPICAL, false);
    private static final ModuleRef DOCUMENTED = ModuleRef.id(ModuleId.of(HuaweiSimulator.DOCUMENTED_MODULE));
    private static final FirmwareId FIRMWARE = FirmwareId.of(AliyunSimulator.DOCUMENTED_FIRMWARE);
    private static final String PRODUCT = "thermometer";
    private static final ModuleName MODULE = ModuleName.of("MCU");

    private final OtaCommand root;

    public DemoCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        Path directory = Files.createTempDirectory("ota-demo");
        Path file = directory.resolve("ota.yaml");
        try (Simulators clouds = Simulators.start(
                Simulators.Ports.FREE, root.environment().context().clock(), DEVICES)) {
            int queried = queryBoth(clouds, file);
            int changed = changeVendor(clouds, file);
            int moved = new DemoTransfer(root, directory).run(clouds);
            int upgraded = moved == ExitCode.FOUND ? new DemoUpgrade(root, directory).run(clouds) : moved;
            print(
                    "\nAll requests were sent over HTTP, and the simulated clouds checked their signatures."
                            + "\nTo try it yourself: ota simulate --write-config ota.yaml, and ota --help in another terminal.");
            return List.of(queried, changed, upgraded)
                    .find(code -> code != ExitCode.FOUND)
                    .getOrElse(ExitCode.FOUND);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(directory);
        }
    }

    private int queryBoth(Simulators clouds, Path file) throws IOException {
        print("Simulated clouds are now running on this machine:\n"
                + "  Huawei Cloud IoTDA at " + clouds.huaweiEndpoint() + "\n"
                + "  Alibaba Cloud IoT Platform at " + clouds.aliyunEndpoint() + "\n"
                + "A configuration file has a backend for each, \"huawei\" and \"aliyun\".\n\n"
                + "1. A module from Huawei, by its id\n");
        Files.writeString(file, clouds.yaml());
        try (OtaBridge ota = OtaBridge.load(file, root.environment().context())) {
            int module = show(ota.backend(Simulators.HUAWEI), backend -> module(backend, DOCUMENTED));
            print("\n2. A firmware package from Alibaba, by its id\n");
            int firmware = show(ota.backend(Simulators.ALIYUN), this::documentedFirmware);
            return module == ExitCode.FOUND ? firmware : module;
        }
    }

    private int changeVendor(Simulators clouds, Path file) throws IOException {
        String before = fleet(clouds.huaweiSettings(), HuaweiSimulator.SHARED_PRODUCT);
        String after = fleet(clouds.aliyunSettings(), AliyunSimulator.SHARED_PRODUCT);
        print("\n3. The same call on a backend whose vendor changes\n\n" + "The backend \"" + FLEET
                + "\" is on Huawei Cloud. The call: find module " + MODULE + " of product " + PRODUCT
                + ".\n");
        int first = queryFleet(file, before);
        print("\nNow only the configuration changes:\n");
        print(diff(before, after));
        print("The same call again:\n");
        int second = queryFleet(file, after);
        return first == ExitCode.FOUND ? second : first;
    }

    private int queryFleet(Path file, String yaml) throws IOException {
        Files.writeString(file, yaml);
        try (OtaBridge ota = OtaBridge.load(file, root.environment().context())) {
            ModuleRef ref = ModuleRef.named(ota.products().resolve(PRODUCT, FLEET), MODULE);
            return show(ota.backend(FLEET), backend -> module(backend, ref));
        }
    }

    private static String fleet(List<String> settings, String productId) {
        return Simulators.yaml(FLEET, settings) + "products: { " + PRODUCT + ": { " + FLEET + ": " + productId
                + " } }\n";
    }

    private Either<OtaFailure, String> module(Backend backend, ModuleRef ref) {
        return backend.modules().find(ref).map(module -> ModuleTable.of(backend, module, formatter()));
    }

    private Either<OtaFailure, String> documentedFirmware(Backend backend) {
        return backend.firmware().find(FIRMWARE).map(firmware -> FirmwareTable.of(backend, firmware, formatter()));
    }

    private int show(Backend backend, Function<Backend, Either<OtaFailure, String>> call) {
        return call.apply(backend)
                .peek(table -> table.lines().forEach(line -> print((INDENT + line).stripTrailing())))
                .fold(root.errors()::failure, found -> ExitCode.FOUND);
    }

    /** Returns a diff: the common first lines, the removed and added lines, the common last lines. */
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

    private ValueFormatter formatter() {
        return root.environment().formatter(INDENT.length());
    }

    private void print(String text) {
        root.environment().out().println(text);
    }
}
