package io.otabridge.domain.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.UnfinishedUpload;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareUpdate;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.page.PageToken;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackendTest {

    private static final ProductId PRODUCT = ProductId.of("thermometer");
    private static final NewFirmware NEW_FIRMWARE = NewFirmware.full(
                    FirmwareCoordinates.wholeDevice(PRODUCT, FirmwareVersion.of("1.0")))
            .build();
    private static final Artifact ARTIFACT = Artifact.of("app.bin", new byte[] {1});
    private static final FileLocation.ObjectStore OBJECT =
            new FileLocation.ObjectStore(Option.none(), Option.some("bucket"), Option.some("app.bin"));
    private static final ModuleRef REF = ModuleRef.named(PRODUCT, ModuleName.of("MCU"));

    /** A backend that overrides no port. */
    private final Backend backend = new Backend() {
        @Override
        public String name() {
            return "prod";
        }

        @Override
        public Vendor vendor() {
            return Vendor.of("acme");
        }

        @Override
        public String endpoint() {
            return "nowhere";
        }

        @Override
        public String authentication() {
            return "none";
        }

        @Override
        public Capabilities capabilities() {
            return Capabilities.of().without(Capability.DELETE_MODULE, "Ask the administrator");
        }

        @Override
        public Backend within(Duration deadline) {
            return this;
        }
    };

    @ParameterizedTest
    @EnumSource(
            value = Capability.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {
                "SOFTWARE_PACKAGES",
                "SEVERAL_FILES",
                "SOURCE_VERSIONS_OF_FULL_IMAGE",
                "VERIFICATION",
                "UPDATE_KIND",
                "CONTENT_IN_LISTS",
                "FIRMWARE_NAMES"
            })
    void an_operation_of_a_missing_port_is_unsupported(Capability capability) {
        assertThat(calls(capability)).isNotEmpty().allSatisfy(call -> {
            OtaFailure.Unsupported failure = (OtaFailure.Unsupported) call.getLeft();
            assertThat(failure.capability()).isEqualTo(capability);
            assertThat(failure.summary()).isEqualTo("Backend prod (acme) cannot " + capability.description());
            assertThat(failure.advice())
                    .isEqualTo(
                            capability == Capability.DELETE_MODULE
                                    ? "Ask the administrator; nothing was sent"
                                    : "This adapter does not implement it: use the vendor's console; nothing was sent");
        });
    }

    @Test
    void a_forwarding_backend_forwards_every_method() {
        assertThat(Arrays.stream(Backend.class.getMethods())
                        .filter(method -> !Modifier.isStatic(method.getModifiers()))
                        .filter(method -> declaringClass(method) != Backend.Forwarding.class))
                .isEmpty();
    }

    private static Class<?> declaringClass(Method method) {
        try {
            return Backend.Forwarding.class
                    .getMethod(method.getName(), method.getParameterTypes())
                    .getDeclaringClass();
        } catch (NoSuchMethodException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private java.util.List<Either<OtaFailure, ?>> calls(Capability capability) {
        Stream<Either<OtaFailure, ?>> calls = switch (capability) {
            case FIND_MODULE_BY_ID -> Stream.of(backend.modules().find(ModuleRef.id(ModuleId.of("m-1"))));
            case FIND_MODULE_BY_NAME -> Stream.of(backend.modules().find(REF));
            case LIST_MODULES ->
                Stream.of(
                        backend.modules().list(PRODUCT).page(PageToken.FIRST),
                        backend.modules().list(PRODUCT).toList());
            case CREATE_MODULE ->
                Stream.of(
                        backend.moduleCommands().create(NewModule.named(PRODUCT, ModuleName.of("MCU"))),
                        backend.moduleCommands().dryRun().create(NewModule.named(PRODUCT, ModuleName.of("MCU"))));
            case UPDATE_MODULE -> Stream.of(backend.moduleCommands().update(REF, ModuleUpdate.alias("MCU")));
            case DELETE_MODULE -> Stream.of(backend.moduleCommands().delete(REF));
            case FIND_FIRMWARE -> Stream.of(backend.firmware().find(FirmwareId.of("f-1")));
            case LIST_FIRMWARE ->
                Stream.of(
                        backend.firmware().list(FirmwareFilter.all()).page(PageToken.FIRST),
                        backend.firmware().list(FirmwareFilter.all()).toList(),
                        backend.firmware().newest(FirmwareFilter.all(), FirmwareOrder.byCreation()),
                        backend.firmware()
                                .find(FirmwareCoordinates.of(
                                        PRODUCT, ModuleName.of("MCU"), FirmwareVersion.of("1.0"))));
            case DELETE_FIRMWARE ->
                Stream.of(
                        backend.firmwareCommands().delete(FirmwareId.of("f-1")),
                        backend.firmwareCommands().dryRun().delete(FirmwareId.of("f-1")));
            case DOWNLOAD_FIRMWARE ->
                Stream.of(backend.firmware().download(FirmwareId.of("f-1"), Download.to(Path.of("f-1.bin"))));
            case PUBLISH_FIRMWARE ->
                Stream.of(
                        backend.firmwareCommands().publish(NEW_FIRMWARE, ARTIFACT),
                        backend.firmwareCommands().dryRun().publish(NEW_FIRMWARE, ARTIFACT));
            case PUBLISH_STORED_FILE -> Stream.of(backend.firmwareCommands().publish(NEW_FIRMWARE, OBJECT));
            case UPDATE_FIRMWARE ->
                Stream.of(backend.firmwareCommands()
                        .update(
                                FirmwareId.of("f-1"),
                                new FirmwareUpdate(Option.none(), Option.some("new"), Option.none())));
            case DELETE_STORED_FILE -> Stream.of(backend.firmwareCommands().deleteWithFile(FirmwareId.of("f-1")));
            case UNFINISHED_UPLOADS ->
                Stream.of(
                        backend.firmwareCommands().unfinishedUploads(),
                        backend.firmwareCommands().abort(new UnfinishedUpload("u-1", OBJECT, Option.none())));
            case LIST_PRODUCTS ->
                Stream.of(
                        backend.products().list().page(PageToken.FIRST),
                        backend.products().list().toList());
            case LIST_DEVICE_GROUPS ->
                Stream.of(
                        backend.deviceGroups().list().page(PageToken.FIRST),
                        backend.deviceGroups().list().toList());
            default -> Stream.empty();
        };
        return calls.toList();
    }
}
