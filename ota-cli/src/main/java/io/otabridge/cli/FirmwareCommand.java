package io.otabridge.cli;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.module.ModuleName;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks about firmware packages. */
@Command(name = "firmware", description = "Asks about firmware packages.")
final class FirmwareCommand {

    /** Shows one package. */
    @Command(
            name = "show",
            description = {
                "Shows one firmware package with everything the vendor says about it.",
                "A download link in the answer works for anybody who has it: handle it like a password."
            })
    static final class Show implements Callable<Integer> {

        private final OtaCommand root;

        @Parameters(paramLabel = "<id>", description = "The vendor's id of the package.")
        private @Nullable FirmwareId id;

        Show(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            FirmwareId asked = Objects.requireNonNull(id, "id");
            return root.ask(
                    backend -> backend.firmware().find(asked),
                    (backend, firmware) -> FirmwareTable.of(
                            backend, firmware, root.surroundings().words()),
                    FirmwareJson::of);
        }
    }

    /** Lists packages. */
    @Command(
            name = "list",
            description = {
                "Lists the firmware packages of the account, or those that the options mean.",
                "A list says less than 'show': neither links nor several files. If a page of it fails, nothing is"
                        + " listed: what is printed is whole."
            })
    static final class ListAll implements Callable<Integer> {

        private final OtaCommand root;

        @Option(
                names = "--product",
                paramLabel = "P",
                description = "Only of this product, by the vendor's id (Alibaba: ProductKey).")
        private @Nullable ProductId product;

        @Option(names = "--firmware-version", paramLabel = "V", description = "Only of exactly this version.")
        private @Nullable FirmwareVersion version;

        @ArgGroup(exclusive = true)
        private @Nullable Target target;

        ListAll(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            FirmwareFilter filter = filter();
            return root.ask(
                    backend -> Either.sequenceRight(
                            List.ofAll(backend.firmware().stream(filter).toList())),
                    (backend, firmware) ->
                            FirmwareTable.list(firmware, root.surroundings().words()),
                    FirmwareJson::list);
        }

        private FirmwareFilter filter() {
            FirmwareFilter filter = FirmwareFilter.all();
            if (product != null) {
                filter = filter.product(product);
            }
            if (version != null) {
                filter = filter.version(version);
            }
            return target == null ? filter : filter.target(target.toTarget());
        }
    }

    /** What the packages update. */
    static final class Target {

        @Option(names = "--module", paramLabel = "M", description = "Only for the module of this name.")
        private @Nullable ModuleName module;

        private @Nullable FirmwareTarget kind;

        @Option(names = "--whole-device", description = "Only for the firmware of the whole device.")
        void wholeDevice(boolean given) {
            kind = given ? new FirmwareTarget.WholeDevice() : kind;
        }

        @Option(names = "--software", description = "Only for the device's software (Huawei).")
        void software(boolean given) {
            kind = given ? new FirmwareTarget.Software() : kind;
        }

        FirmwareTarget toTarget() {
            return module != null ? new FirmwareTarget.Module(module) : Objects.requireNonNull(kind, "kind");
        }
    }
}
