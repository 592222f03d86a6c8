package io.otabridge.cli;

import io.otabridge.app.BackendInventory;
import io.otabridge.app.Inventory;
import io.otabridge.app.ProductAliases;
import io.otabridge.app.ProductNames;
import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.PackageLimit;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Map;

/** Example inventories at 2024-01-01, from empty to large. */
public final class Inventories {

    public static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");

    /** Text of a hostile vendor. */
    public static final String HOSTILE = "</script><img src=x onerror=\"document.title='harmed'\">{{script}}\u202e";

    public static final Vendor HUAWEI = Vendor.of("huawei");
    public static final Vendor ALIYUN = Vendor.of("aliyun");
    private static final Capabilities HUAWEI_CAN = Capabilities.all()
            .without(Capability.VERIFICATION, "Huawei has no verification; roll out to a few devices first")
            .withPackageLimit(new PackageLimit(200, PackageLimit.Scope.RESOURCE_SPACE));
    private static final Capabilities ALIYUN_CAN =
            Capabilities.all().withPackageLimit(new PackageLimit(500, PackageLimit.Scope.ACCOUNT));
    public static final ProductAliases NO_NAMES = ProductNames.of(Map.of());

    private static final FirmwareTarget MCU = FirmwareTarget.module("MCU");
    private static final FirmwareTarget DEVICE = FirmwareTarget.wholeDevice();

    private Inventories() {}

    /** Ten packages of five products on three backends, of which the last one failed. */
    public static Inventory rich() {
        Verification none = Verification.notOffered();
        List<FirmwareSummary> huawei = List.of(
                summary(
                        "hw-29",
                        "2.9.0",
                        "p-thermo",
                        "Thermo",
                        b -> b.target(MCU).verification(none).created(at("2023-06-01T10:00:00Z"))),
                summary(
                        "hw-210",
                        "2.10.0",
                        "p-thermo",
                        "Thermo",
                        b -> b.target(MCU)
                                .name("Autumn release, fixes the display of temperatures below −10 °C")
                                .verification(none)
                                .created(at("2023-10-01T10:00:00Z"))),
                summary(
                        "camera",
                        "V1.0",
                        "p-camera",
                        "摄像头 Pro",
                        b -> b.target(DEVICE).name("修复图像模糊").verification(none).created(at("2022-02-11T12:12:12Z"))),
                summary(
                        "hostile",
                        HOSTILE,
                        "p-hostile",
                        HOSTILE,
                        b -> b.target(FirmwareTarget.unknown(HOSTILE))
                                .name(HOSTILE)
                                .kind(UpdateKind.unknown(HOSTILE))
                                .verification(none)
                                .created(VendorTimestamp.unreadable(HOSTILE))));
        List<FirmwareSummary> aliyun = List.of(
                summary(
                        "ali-29",
                        "2.9.0",
                        "a1Thermo",
                        "Thermo CN",
                        b -> b.target(MCU)
                                .kind(UpdateKind.full())
                                .verification(Verification.verified())
                                .files(size(3_221_225_472L))
                                .created(at("2023-06-02T10:00:00Z"))),
                summary(
                        "ali-210",
                        "2.10.0",
                        "a1Thermo",
                        "Thermo CN",
                        b -> b.target(MCU)
                                .kind(UpdateKind.delta(FirmwareVersion.of("2.9.0")))
                                .verification(Verification.verifying(40))
                                .files(size(93_230))
                                .created(at("2023-12-31T20:00:00Z"))),
                summary(
                        "lock-1",
                        "1.0.0",
                        "a1Lock",
                        "Door lock",
                        b -> b.target(DEVICE)
                                .kind(UpdateKind.full())
                                .verification(Verification.failed())
                                .files(size(512))
                                .created(at("2023-12-01T00:00:00Z"))),
                summary(
                        "lock-2",
                        "1.0.1",
                        "a1Lock",
                        "Door lock",
                        b -> b.target(DEVICE)
                                .kind(UpdateKind.full())
                                .verification(Verification.unverified())
                                .files(size(2_048))
                                .created(at("2023-12-24T00:00:00Z"))),
                summary(
                        "meter",
                        "build 7",
                        "a1Meter",
                        null,
                        b -> b.target(FirmwareTarget.software()).verification(Verification.notRequired())));
        List<FirmwareSummary> legacy =
                List.of(FirmwareSummary.of(Firmware.builder(FirmwareId.of("old"), FirmwareVersion.of("0.9.0-rc.1"))
                        .verification(Verification.unknown("9"))
                        .build()));
        return new Inventory(
                List.of(
                        inventory("hw-prod", HUAWEI, huawei, Option.none()),
                        inventory("ali-cn", ALIYUN, aliyun, Option.none()),
                        inventory("ali-legacy", ALIYUN, legacy, Option.some(failure("RateLimited")))),
                List.empty(),
                ProductNames.of(Map.of(
                        "Thermostat Plus",
                        Map.of("hw-prod", ProductId.of("p-thermo"), "ali-cn", ProductId.of("a1Thermo")))),
                false);
    }

    /**
     * Products that are mapped between three backends: the module MCU is older on one and missing on another, the versions
     * of the modem cannot be compared, the camera is the same everywhere, and a fourth backend has nothing of them.
     */
    public static Inventory differing() {
        Change mcu = b -> b.target(MCU).verification(Verification.verified());
        Change modem = b -> b.target(FirmwareTarget.module("modem")).verification(Verification.verified());
        Change device = b -> b.target(DEVICE).verification(Verification.verified());
        Map<String, ProductId> everywhere = Map.of(
                "hw-prod", ProductId.of("p-thermo"), "ali-cn", ProductId.of("p-thermo"), "ali-eu", ProductId.of("t"));
        return new Inventory(
                List.of(
                        inventory(
                                "hw-prod",
                                HUAWEI,
                                List.of(
                                        summary("h1", "2.9.0", "p-thermo", "Thermo", mcu),
                                        summary("h2", "2.10.0", "p-thermo", "Thermo", mcu),
                                        summary("h3", "stable", "p-thermo", "Thermo", modem),
                                        summary("h4", "v1.0", "p-camera", "Camera", device)),
                                Option.none()),
                        backend(
                                "ali-cn",
                                summary("a1", "2.9.0", "p-thermo", "Thermo", mcu),
                                summary("a2", "1.4", "p-thermo", "Thermo", modem),
                                summary("a3", "1.0.0", "p-camera", "Camera", device)),
                        backend("ali-eu", summary("e1", "1.4", "t", "Thermo", modem)),
                        backend("ali-empty")),
                List.empty(),
                ProductNames.of(Map.of(
                        "Thermometer",
                        everywhere,
                        "Camera",
                        Map.of("hw-prod", ProductId.of("p-camera"), "ali-cn", ProductId.of("p-camera")))),
                false);
    }

    /** The number of backends, each with packages of the same products. */
    public static Inventory wide(int backends) {
        return new Inventory(
                List.range(0, backends)
                        .map(n -> backend(
                                "aliyun-region-" + n + "-of-the-international-account",
                                summary("w" + n, "1." + n, "p" + n, null, b -> b.target(MCU)))),
                List.empty(),
                NO_NAMES,
                false);
    }

    /** Packages of two products with the same name, with ids and texts of realistic length. */
    public static Inventory duplicateNames() {
        Change full = b -> b.target(FirmwareTarget.module("camera-main-controller"))
                .name("camera_main_controller_2.10.35_full_signed")
                .kind(UpdateKind.delta(FirmwareVersion.of("2.10.34-rc.1+build.20231001")))
                .verification(Verification.verifying(40))
                .files(size(1_048_575_000))
                .created(at("2001-12-01T00:00:00Z"));
        Change huawei = b -> full.on(b).verification(Verification.notOffered());
        return of(
                inventory(
                        "prod",
                        HUAWEI,
                        List.of(summary(
                                "28f61af50fc9452aa0ed5ea25c3cc3d3",
                                "2.10.35-rc.1+build.20231001",
                                "62beece3a4170dbcc429e6cb",
                                "Camera Pro",
                                huawei)),
                        Option.none()),
                backend(
                        "aliyun-cn-legacy-public",
                        summary(
                                "UfuxnwygsuSkVE0VCNVxKe1OVt8sLbGr****0100",
                                "2.10.35",
                                "a1IHv9B9R7W",
                                "Camera Pro",
                                full)));
    }

    /** The given number of packages, distributed over products of two backends. */
    public static Inventory large(int packages, int products) {
        List<FirmwareSummary> all = List.range(0, packages)
                .map(n -> summary(
                        "f-" + n,
                        "1." + n / products + ".0",
                        "p-" + n % products,
                        "Product " + n % products,
                        b -> b.target(n % 3 == 0 ? MCU : DEVICE)
                                .kind(UpdateKind.full())
                                .verification(n % 4 == 0 ? Verification.unverified() : Verification.verified())
                                .files(size(1_000L * n))
                                .created(at(NOW.minusSeconds(3_600L * n).toString()))));
        return new Inventory(
                List.of(
                        inventory("hw-prod", HUAWEI, all.take(packages / 3), Option.none()),
                        inventory("ali-cn", ALIYUN, all.drop(packages / 3), Option.none())),
                List.empty(),
                NO_NAMES,
                false);
    }

    public static Inventory of(BackendInventory... backends) {
        return new Inventory(List.of(backends), List.empty(), NO_NAMES, false);
    }

    /** The inventory of a backend with the limits of its vendor. */
    public static BackendInventory inventory(
            String name, Vendor vendor, List<FirmwareSummary> firmware, Option<OtaFailure> failure) {
        return new BackendInventory(name, vendor, vendor.equals(HUAWEI) ? HUAWEI_CAN : ALIYUN_CAN, firmware, failure);
    }

    public static BackendInventory backend(String name, FirmwareSummary... firmware) {
        return inventory(name, ALIYUN, List.of(firmware), Option.none());
    }

    public static BackendInventory failed(String name, String failure) {
        return inventory(name, ALIYUN, List.empty(), Option.some(failure(failure)));
    }

    public interface Change {
        Firmware.Builder on(Firmware.Builder builder);
    }

    /** A package; the product's name may be null. */
    public static FirmwareSummary summary(String id, String version, String product, String name, Change change) {
        Firmware.Builder builder = Firmware.builder(FirmwareId.of(id), FirmwareVersion.of(version))
                .product(new Product(ProductId.of(product), Option.of(name)));
        return FirmwareSummary.of(change.on(builder).build());
    }

    public static VendorTimestamp at(String instant) {
        return VendorTimestamp.of(instant, Instant.parse(instant));
    }

    private static List<FirmwareFile> size(long bytes) {
        return List.of(new FirmwareFile(Option.none(), Option.some(bytes), List.empty(), Option.none()));
    }

    private static OtaFailure failure(String kind) {
        return MemoryProvider.failure(kind, new OperationContext("ali-legacy", ALIYUN, "ListOTAFirmware"));
    }
}
