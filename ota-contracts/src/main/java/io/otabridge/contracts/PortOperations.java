package io.otabridge.contracts;

import io.otabridge.contracts.PortOperation.Effect;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareUpdate;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.firmware.VersionComparator;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.PageToken;
import io.vavr.collection.HashMap;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.file.Path;
import java.util.function.Function;

/** The operations of all ports that {@link OperationContract} calls. Add new operations here. */
final class PortOperations {

    private PortOperations() {}

    /**
     * Returns the operations of the ports whose contracts this test class implements, as far as its backend declares
     * them. Adds to the vendor what the operations need.
     */
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
        if (contract instanceof PublishContract port) {
            operations = operations.appendAll(of(port));
        }
        if (contract instanceof DownloadContract port) {
            operations = operations.appendAll(of(port));
        }
        if (contract instanceof ResourceListContract port) {
            operations = operations.appendAll(of(port));
        }
        return operations.appendAll(contract.moreOperations());
    }

    private static List<PortOperation> of(ResourceListContract port) {
        return List.of(ResourceListContract.Resource.values())
                .flatMap(resource -> declared(
                        port,
                        resource.capability(),
                        List.of(
                                read(
                                        resource + ".page",
                                        backend -> resource.list(backend).page(PageToken.FIRST)),
                                read(
                                        resource + ".toList",
                                        backend -> resource.list(backend).toList()))));
    }

    private static List<PortOperation> of(FirmwareQueryContract port) {
        FirmwareId id = port.givenFirmware().id();
        FirmwareFilter all = FirmwareFilter.all();
        return List.of(
                read("firmware().find(id)", backend -> backend.firmware().find(id)),
                read(
                        "firmware().list().page",
                        backend -> backend.firmware().list(all).page(PageToken.FIRST)),
                read(
                        "firmware().list().toList",
                        backend -> backend.firmware().list(all).toList()));
    }

    private static List<PortOperation> of(FirmwareSearchContract port) {
        FirmwareCoordinates wanted = FirmwareCoordinates.of(
                port.givenProductWithoutFirmware(), ModuleName.of("MCU"), FirmwareVersion.of("1.0.0"));
        FirmwareFilter filter = FirmwareFilter.all().product(wanted.product()).target(wanted.target());
        FirmwareOrder byVersion = FirmwareOrder.byVersion(VersionComparator.SEMANTIC);
        return List.of(
                read(
                        "firmware().find(coordinates)",
                        backend -> backend.firmware().find(wanted)),
                read(
                        "firmware().newest(by creation)",
                        backend -> backend.firmware().newest(filter, FirmwareOrder.byCreation())),
                read(
                        "firmware().newest(by version)",
                        backend -> backend.firmware().newest(filter, byVersion)));
    }

    private static List<PortOperation> of(ModuleQueryContract port) {
        OtaModule module = port.givenModule();
        ProductId product = module.product().id();
        ModuleRef preferred = port.preferredRef(module);
        ModuleRef byName = ModuleRef.named(product, module.name());
        return List.of(
                read(
                        "modules().find(preferred reference)",
                        backend -> backend.modules().find(preferred)),
                read("modules().find(name)", backend -> backend.modules().find(byName)),
                read(
                        "modules().list().page",
                        backend -> backend.modules().list(product).page(PageToken.FIRST)),
                read(
                        "modules().list().toList",
                        backend -> backend.modules().list(product).toList()));
    }

    private static PortOperation read(String name, Function<Backend, Either<OtaFailure, ?>> call) {
        return PortOperation.read(name, call);
    }

    private static List<PortOperation> of(ModuleCommandContract port) {
        ProductId product = port.givenProduct();
        NewModule radio = NewModule.named(product, ModuleName.of("Radio"));
        ModuleRef modem = ModuleRef.named(product, ModuleName.of("modem"));
        ModuleUpdate change = ModuleUpdate.alias("another-alias");
        List<PortOperation> creation = ofModules("create", Effect.CHANGE, commands -> commands.create(radio));
        PortOperation read = new PortOperation(
                "moduleCommands().create, before it is sent",
                Effect.READ_BEFORE_CHANGE,
                creation.head().call());
        List<PortOperation> update = ofModules("update", Effect.CHANGE, commands -> commands.update(modem, change));
        List<PortOperation> deletion = ofModules("delete", Effect.DELETE, commands -> commands.delete(modem));
        return declared(port, Capability.CREATE_MODULE, creation.append(read))
                .appendAll(declared(port, Capability.UPDATE_MODULE, update))
                .appendAll(declared(port, Capability.DELETE_MODULE, deletion));
    }

    /** Returns a change and its dry run. */
    private static List<PortOperation> ofModules(
            String name, Effect effect, Function<ModuleCommandPort, Either<OtaFailure, ?>> call) {
        return List.of(
                new PortOperation("moduleCommands()." + name, effect, backend -> call.apply(backend.moduleCommands())),
                new PortOperation(
                        "moduleCommands().dryRun()." + name,
                        Effect.DRY_RUN,
                        backend -> call.apply(backend.moduleCommands().dryRun())));
    }

    private static List<PortOperation> of(FirmwareCommandContract port) {
        FirmwareId id = port.givenFirmwareToDelete();
        return declared(
                port, Capability.DELETE_FIRMWARE, ofFirmware("delete", Effect.DELETE, commands -> commands.delete(id)));
    }

    private static List<PortOperation> of(PublishContract port) {
        boolean publishes = port.backend().capabilities().has(Capability.PUBLISH_FIRMWARE);
        if (!publishes) {
            return List.empty();
        }
        ProductId product = port.givenProductToPublish();
        NewFirmware firmware = PublishContract.firmware(product, "1.0.0").build();
        Artifact artifact = PublishContract.artifact(1);
        FirmwareId existing = port.backend()
                .firmwareCommands()
                .publish(PublishContract.firmware(product, "0.9.0").build(), PublishContract.artifact(2))
                .get()
                .firmware()
                .get()
                .id();
        FirmwareUpdate update = new FirmwareUpdate(Option.none(), Option.some("Another text"), Option.none());
        List<PortOperation> publication =
                ofFirmware("publish", Effect.CHANGE, commands -> commands.publish(firmware, artifact));
        PortOperation read = new PortOperation(
                "firmwareCommands().publish, before anything is sent",
                Effect.READ_BEFORE_CHANGE,
                publication.head().call());
        return publication
                .append(read)
                .appendAll(declared(
                        port,
                        Capability.UPDATE_FIRMWARE,
                        ofFirmware("update", Effect.CHANGE, commands -> commands.update(existing, update))))
                .appendAll(declared(
                        port,
                        Capability.DELETE_STORED_FILE,
                        ofFirmware("deleteWithFile", Effect.DELETE, commands -> commands.deleteWithFile(existing))));
    }

    private static List<PortOperation> of(DownloadContract port) {
        if (!port.backend().capabilities().has(Capability.DOWNLOAD_FIRMWARE)) {
            return List.empty();
        }
        FirmwareId id = port.givenFirmwareWithFiles(HashMap.of("app.bin", new byte[] {1}));
        Download download = Download.to(Path.of(System.getProperty("java.io.tmpdir"), "ota-never-written.bin"));
        return List.of(read("firmware().download", backend -> backend.firmware().download(id, download)));
    }

    /** Returns a change and its dry run. */
    private static List<PortOperation> ofFirmware(
            String name, Effect effect, Function<FirmwareCommandPort, Either<OtaFailure, ?>> call) {
        return List.of(
                new PortOperation(
                        "firmwareCommands()." + name, effect, backend -> call.apply(backend.firmwareCommands())),
                new PortOperation(
                        "firmwareCommands().dryRun()." + name,
                        Effect.DRY_RUN,
                        backend -> call.apply(backend.firmwareCommands().dryRun())));
    }

    private static List<PortOperation> declared(
            OperationContract port, Capability capability, List<PortOperation> operations) {
        return port.backend().capabilities().has(capability) ? operations : List.empty();
    }
}
