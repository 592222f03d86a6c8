package io.otabridge.testkit;

import static io.otabridge.testkit.PortOperation.Effect.CHANGE;
import static io.otabridge.testkit.PortOperation.Effect.DELETE;
import static io.otabridge.testkit.PortOperation.Effect.DRY_RUN;
import static io.otabridge.testkit.PortOperation.Effect.READ;
import static io.otabridge.testkit.PortOperation.Effect.READ_BEFORE_CHANGE;

import io.otabridge.domain.Capability;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.VersionOrder;
import io.otabridge.domain.module.ModuleChange;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.PageToken;
import io.vavr.collection.List;

/** The operations of all ports. An operation that is not here is not in {@link OperationContract}. */
final class PortOperations {

    private PortOperations() {}

    /** The operations of the ports whose contracts this is, as far as its backend declares them; the vendor holds what they need. */
    static List<PortOperation> of(OperationContract contract) {
        List<PortOperation> operations = List.empty();
        if (contract instanceof FirmwareQueryContract port) {
            operations = operations.appendAll(of(port));
        }
        if (contract instanceof FirmwareSearchContract port) {
            operations = operations.appendAll(of(port));
        }
        if (contract instanceof ModuleQueryContract port) {
            operations = operations.appendAll(of(port));
        }
        if (contract instanceof ModuleCommandContract port) {
            operations = operations.appendAll(of(port));
        }
        if (contract instanceof FirmwareCommandContract port) {
            operations = operations.appendAll(of(port));
        }
        return operations;
    }

    private static List<PortOperation> of(FirmwareQueryContract port) {
        FirmwareId id = port.givenFirmware().id();
        FirmwareFilter all = FirmwareFilter.all();
        return List.of(
                new PortOperation(
                        "firmware().find(id)", READ, at -> at.firmware().find(id)),
                new PortOperation(
                        "firmware().list().page",
                        READ,
                        at -> at.firmware().list(all).page(PageToken.FIRST)),
                new PortOperation(
                        "firmware().list().toList",
                        READ,
                        at -> at.firmware().list(all).toList()));
    }

    private static List<PortOperation> of(FirmwareSearchContract port) {
        FirmwareCoordinates coordinates = FirmwareCoordinates.of(
                port.givenProductWithoutFirmware(), ModuleName.of("MCU"), FirmwareVersion.of("1.0.0"));
        FirmwareFilter filter =
                FirmwareFilter.all().product(coordinates.product()).target(coordinates.target());
        return List.of(
                new PortOperation(
                        "firmware().find(coordinates)",
                        READ,
                        at -> at.firmware().find(coordinates)),
                new PortOperation(
                        "firmware().newest(by creation)",
                        READ,
                        at -> at.firmware().newest(filter, FirmwareOrder.byCreation())),
                new PortOperation(
                        "firmware().newest(by version)",
                        READ,
                        at -> at.firmware().newest(filter, FirmwareOrder.byVersion(VersionOrder.SEMANTIC))));
    }

    private static List<PortOperation> of(ModuleQueryContract port) {
        OtaModule held = port.givenModule();
        ProductId product = held.product().id();
        return List.of(
                new PortOperation(
                        "modules().find(best reference)",
                        READ,
                        at -> at.modules().find(port.refOf(held))),
                new PortOperation(
                        "modules().find(name)", READ, at -> at.modules().find(ModuleRef.named(product, held.name()))),
                new PortOperation(
                        "modules().list().page",
                        READ,
                        at -> at.modules().list(product).page(PageToken.FIRST)),
                new PortOperation(
                        "modules().list().toList",
                        READ,
                        at -> at.modules().list(product).toList()));
    }

    private static List<PortOperation> of(ModuleCommandContract port) {
        ProductId product = port.givenProduct();
        NewModule radio = NewModule.named(product, ModuleName.of("Radio"));
        ModuleRef modem = ModuleRef.named(product, ModuleName.of("modem"));
        ModuleChange change = ModuleChange.alias("another-alias");
        List<PortOperation> creations = List.of(
                new PortOperation(
                        "moduleCommands().create",
                        CHANGE,
                        at -> at.moduleCommands().create(radio)),
                new PortOperation(
                        "moduleCommands().create, before it is sent",
                        READ_BEFORE_CHANGE,
                        at -> at.moduleCommands().create(radio)),
                new PortOperation(
                        "moduleCommands().dryRun().create",
                        DRY_RUN,
                        at -> at.moduleCommands().dryRun().create(radio)));
        List<PortOperation> updates = List.of(
                new PortOperation(
                        "moduleCommands().update",
                        CHANGE,
                        at -> at.moduleCommands().update(modem, change)),
                new PortOperation(
                        "moduleCommands().dryRun().update",
                        DRY_RUN,
                        at -> at.moduleCommands().dryRun().update(modem, change)));
        List<PortOperation> deletions = List.of(
                new PortOperation(
                        "moduleCommands().delete",
                        DELETE,
                        at -> at.moduleCommands().delete(modem)),
                new PortOperation(
                        "moduleCommands().dryRun().delete",
                        DRY_RUN,
                        at -> at.moduleCommands().dryRun().delete(modem)));
        return declared(port, Capability.CREATE_MODULE, creations)
                .appendAll(declared(port, Capability.UPDATE_MODULE, updates))
                .appendAll(declared(port, Capability.DELETE_MODULE, deletions));
    }

    private static List<PortOperation> of(FirmwareCommandContract port) {
        FirmwareId id = port.givenFirmwareToDelete();
        return declared(
                port,
                Capability.DELETE_FIRMWARE,
                List.of(
                        new PortOperation(
                                "firmwareCommands().delete",
                                DELETE,
                                at -> at.firmwareCommands().delete(id)),
                        new PortOperation(
                                "firmwareCommands().dryRun().delete",
                                DRY_RUN,
                                at -> at.firmwareCommands().dryRun().delete(id))));
    }

    private static List<PortOperation> declared(
            OperationContract port, Capability capability, List<PortOperation> operations) {
        return port.backend().capabilities().has(capability) ? operations : List.empty();
    }
}
