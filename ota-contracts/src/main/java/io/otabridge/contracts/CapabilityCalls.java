package io.otabridge.contracts;

import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.UnfinishedUpload;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareUpdate;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.page.PageToken;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.file.Path;
import java.util.function.Function;

/** The calls of each operation, with arguments that need not exist at the vendor. */
final class CapabilityCalls {

    private static final ProductId PRODUCT = ProductId.of("any");
    private static final FirmwareId ID = FirmwareId.of("any");
    private static final ModuleRef BY_NAME = ModuleRef.named(PRODUCT, ModuleName.of("MCU"));
    private static final FirmwareUpdate UPDATE = new FirmwareUpdate(Option.none(), Option.some("text"), Option.none());
    private static final Artifact ARTIFACT = Artifact.of("app.bin", new byte[] {1});
    private static final FileLocation.ObjectStore OBJECT =
            new FileLocation.ObjectStore(Option.none(), Option.some("any-bucket"), Option.some("app.bin"));
    private static final UnfinishedUpload UPLOAD = new UnfinishedUpload("any", OBJECT, Option.none());
    private static final NewFirmware FIRMWARE = NewFirmware.full(
                    FirmwareCoordinates.of(PRODUCT, ModuleName.of("MCU"), FirmwareVersion.of("1.0.0")))
            .build();
    private static final NewFirmware RESTRICTED = NewFirmware.full(FIRMWARE.coordinates())
            .sourceVersion(FirmwareVersion.of("0.9.0"))
            .build();
    private static final FirmwareFilter ALL = FirmwareFilter.all();
    private static final FirmwareFilter SOFTWARE = ALL.product(PRODUCT).target(FirmwareTarget.software());

    private CapabilityCalls() {}

    /** Returns the calls that a backend without this capability must not support; empty for facts in responses. */
    static List<Function<Backend, Either<OtaFailure, ?>>> of(Capability capability) {
        return switch (capability) {
            case FIND_MODULE_BY_ID -> List.of(backend -> backend.modules().find(ModuleRef.id("any")));
            case FIND_MODULE_BY_NAME -> List.of(backend -> backend.modules().find(BY_NAME));
            case LIST_MODULES ->
                List.of(
                        backend -> backend.modules().list(PRODUCT).page(PageToken.FIRST),
                        backend -> backend.modules().list(PRODUCT).toList());
            case CREATE_MODULE ->
                List.of(
                        backend -> backend.moduleCommands().create(NewModule.named(PRODUCT, ModuleName.of("MCU"))),
                        backend -> backend.moduleCommands()
                                .dryRun()
                                .create(NewModule.named(PRODUCT, ModuleName.of("MCU"))));
            case UPDATE_MODULE ->
                List.of(
                        backend -> backend.moduleCommands().update(BY_NAME, ModuleUpdate.alias("text")),
                        backend -> backend.moduleCommands().dryRun().update(BY_NAME, ModuleUpdate.alias("text")));
            case DELETE_MODULE ->
                List.of(
                        backend -> backend.moduleCommands().delete(BY_NAME),
                        backend -> backend.moduleCommands().dryRun().delete(BY_NAME));
            case FIND_FIRMWARE -> List.of(backend -> backend.firmware().find(ID));
            case LIST_FIRMWARE ->
                List.of(
                        backend -> backend.firmware().list(ALL).page(PageToken.FIRST),
                        backend -> backend.firmware().list(ALL).toList(),
                        backend -> backend.firmware().newest(ALL, FirmwareOrder.byCreation()),
                        backend -> backend.firmware().find(FIRMWARE.coordinates()));
            case SOFTWARE_PACKAGES ->
                List.of(
                        backend -> backend.firmware().list(SOFTWARE).toList(),
                        backend -> backend.firmware().newest(SOFTWARE, FirmwareOrder.byCreation()));
            case DOWNLOAD_FIRMWARE ->
                List.of(backend -> backend.firmware().download(ID, Download.to(Path.of("never-written.bin"))));
            case DELETE_FIRMWARE ->
                List.of(
                        backend -> backend.firmwareCommands().delete(ID),
                        backend -> backend.firmwareCommands().dryRun().delete(ID));
            case PUBLISH_FIRMWARE ->
                List.of(
                        backend -> backend.firmwareCommands().publish(FIRMWARE, ARTIFACT),
                        backend -> backend.firmwareCommands().dryRun().publish(FIRMWARE, ARTIFACT));
            case SEVERAL_FILES ->
                List.of(backend -> backend.firmwareCommands()
                        .publish(FIRMWARE, ARTIFACT, Artifact.of("font.bin", new byte[] {2})));
            case SOURCE_VERSIONS_OF_FULL_IMAGE ->
                List.of(backend -> backend.firmwareCommands().publish(RESTRICTED, ARTIFACT));
            case PUBLISH_STORED_FILE ->
                List.of(
                        backend -> backend.firmwareCommands().publish(FIRMWARE, OBJECT),
                        backend -> backend.firmwareCommands().dryRun().publish(FIRMWARE, OBJECT));
            case UPDATE_FIRMWARE ->
                List.of(
                        backend -> backend.firmwareCommands().update(ID, UPDATE),
                        backend -> backend.firmwareCommands().dryRun().update(ID, UPDATE));
            case DELETE_STORED_FILE ->
                List.of(
                        backend -> backend.firmwareCommands().deleteWithFile(ID),
                        backend -> backend.firmwareCommands().dryRun().deleteWithFile(ID));
            case UNFINISHED_UPLOADS ->
                List.of(
                        backend -> backend.firmwareCommands().unfinishedUploads(),
                        backend -> backend.firmwareCommands().abort(UPLOAD),
                        backend -> backend.firmwareCommands().dryRun().abort(UPLOAD));
            case LIST_PRODUCTS ->
                List.of(
                        backend -> backend.products().list().page(PageToken.FIRST),
                        backend -> backend.products().list().toList());
            case LIST_DEVICE_GROUPS ->
                List.of(
                        backend -> backend.deviceGroups().list().page(PageToken.FIRST),
                        backend -> backend.deviceGroups().list().toList());
            case VERIFICATION, UPDATE_KIND, CONTENT_IN_LISTS, FIRMWARE_NAMES -> List.empty();
        };
    }

    /** Returns the capability that these calls need in addition. Without it they name that one as missing. */
    static Option<Capability> prerequisite(Capability capability) {
        return switch (capability) {
            case SOFTWARE_PACKAGES -> Option.some(Capability.LIST_FIRMWARE);
            case SEVERAL_FILES, SOURCE_VERSIONS_OF_FULL_IMAGE -> Option.some(Capability.PUBLISH_FIRMWARE);
            default -> Option.none();
        };
    }
}
