package io.otabridge.cli;

import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.artifact.SignedLink;
import io.otabridge.domain.artifact.UnfinishedUpload;
import io.otabridge.domain.backend.Check;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.backend.Finding;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.product.DeviceGroup;
import io.otabridge.domain.product.DeviceGroupId;
import io.otabridge.domain.product.ProductSummary;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** Modules and packages with all fields, with only required fields, and with hostile texts. */
final class Examples {

    static final OtaModule FULL_MODULE = new OtaModule(
            Option.some(ModuleId.of("m-1")),
            new Product(ProductId.of("p-1"), Option.some("温度计")),
            ModuleName.of("MCU"),
            Option.some("主控"),
            Option.some("Two\nlines"),
            Option.some("space-1"),
            Option.some(time("20230211T121212Z", "2023-02-11T12:12:12Z")),
            Option.some(VendorTimestamp.unreadable("yesterday")));

    static final OtaModule HOSTILE_MODULE = new OtaModule(
            Option.some(ModuleId.of("m-2")),
            Product.of(ProductId.of("p-1")),
            ModuleName.of("modem"),
            Option.some("\u001b[2K\rDelete nothing at all\u202e"),
            Option.none(),
            Option.none(),
            Option.none(),
            Option.none());

    static final OtaModule BARE_MODULE = new OtaModule(
            Option.none(),
            Product.of(ProductId.of("p-2")),
            ModuleName.of("default"),
            Option.none(),
            Option.none(),
            Option.none(),
            Option.none(),
            Option.none());

    static final Firmware FULL_FIRMWARE = Firmware.builder(FirmwareId.of("f-1"), FirmwareVersion.of("2.0.0"))
            .name("Spring 🌸 release")
            .product(Product.of(ProductId.of("p-1"), "温度计"))
            .resourceSpace("space-1")
            .target(FirmwareTarget.module("MCU"))
            .kind(UpdateKind.delta(FirmwareVersion.of("1.0.0")))
            .sourceVersions(List.of(FirmwareVersion.of("1.0.0"), FirmwareVersion.of("1.1.0")))
            .verification(Verification.verifying(40))
            .files(List.of(
                    new FirmwareFile(
                            Option.some("boot.bin"),
                            Option.some(3_221_225_472L),
                            List.of(
                                    Checksum.of("Md5", "0a1b"),
                                    Checksum.of("sha256", "2c3d"),
                                    Checksum.of("SM3", "4e5f")),
                            Option.some(new FileLocation.DownloadLink(
                                    SignedLink.of("https://store.example/boot.bin?Expires=1704078000"),
                                    Option.some(Instant.parse("2024-01-01T03:00:00Z"))))),
                    new FirmwareFile(
                            Option.none(),
                            Option.none(),
                            List.of(new Checksum(Option.none(), "6071")),
                            Option.some(new FileLocation.ObjectStore(
                                    Option.some("cn-north-4"), Option.some("images"), Option.some("a/b.bin")))),
                    new FirmwareFile(Option.some("empty"), Option.some(0L), List.empty(), Option.none())))
            .customInfo("{\"k\": 1}")
            .description("Fixes blurred images")
            .created(time("2023-02-11T12:12:12.5Z", "2023-02-11T12:12:12.500Z"))
            .modified(VendorTimestamp.unreadable("soon"))
            .build();

    /** Escape sequences, control and direction characters, tags, and zero-width characters. */
    static final String HOSTILE_TEXT =
            "\u001b[2J\u001b]52;c;cm0=\u0007\u009b31m\u0085\u007f\b\0ok\rFAKE\u2028\u202egnp\u2066"
                    + "\u200b\u00ad\ufeff\udb40\udc41\ud800";

    static final Firmware HOSTILE_FIRMWARE = Firmware.builder(FirmwareId.of("f-3"), FirmwareVersion.of("1"))
            .name(HOSTILE_TEXT)
            .product(Product.of(ProductId.of("p-1"), HOSTILE_TEXT))
            .target(FirmwareTarget.unknown(HOSTILE_TEXT))
            .kind(UpdateKind.unknown(HOSTILE_TEXT))
            .verification(Verification.unknown(HOSTILE_TEXT))
            .files(List.of(new FirmwareFile(
                    Option.some(HOSTILE_TEXT),
                    Option.none(),
                    List.of(Checksum.of(HOSTILE_TEXT, HOSTILE_TEXT)),
                    Option.some(
                            new FileLocation.DownloadLink(SignedLink.of("https://h/" + HOSTILE_TEXT), Option.none())))))
            .customInfo(HOSTILE_TEXT)
            .description(HOSTILE_TEXT)
            .created(VendorTimestamp.unreadable(HOSTILE_TEXT))
            .build();

    static final Firmware BARE_FIRMWARE =
            Firmware.builder(FirmwareId.of("f-2"), FirmwareVersion.of("1")).build();

    static final ProductSummary FULL_PRODUCT = ProductSummary.builder(Product.of(ProductId.of("p-1"), "温度计"))
            .deviceType("Thermometer")
            .deviceCount(1_200)
            .description("Two\nlines")
            .resourceSpace("space-1")
            .created(time("20230211T121212Z", "2023-02-11T12:12:12Z"))
            .build();

    static final ProductSummary BARE_PRODUCT =
            ProductSummary.builder(Product.of(ProductId.of("p-2"))).build();

    static final ProductSummary HOSTILE_PRODUCT = ProductSummary.builder(Product.of(ProductId.of("p-3"), HOSTILE_TEXT))
            .deviceType(HOSTILE_TEXT)
            .description(HOSTILE_TEXT)
            .created(VendorTimestamp.unreadable(HOSTILE_TEXT))
            .build();

    static final DeviceGroup FULL_GROUP = DeviceGroup.builder(DeviceGroupId.of("g-1"))
            .name("先行")
            .parent(DeviceGroupId.of("g-2"))
            .description("Two\nlines")
            .created(VendorTimestamp.unreadable("yesterday"))
            .build();

    static final DeviceGroup BARE_GROUP =
            DeviceGroup.builder(DeviceGroupId.of("g-2")).build();

    static final DeviceGroup HOSTILE_GROUP = DeviceGroup.builder(DeviceGroupId.of("g-3"))
            .name(HOSTILE_TEXT)
            .description(HOSTILE_TEXT)
            .created(VendorTimestamp.unreadable(HOSTILE_TEXT))
            .build();

    /** The content of the file of {@code f-4}, which is a full image for the module MCU of the product p-1. */
    static final byte[] IMAGE = "image 3.0.0\n".getBytes(StandardCharsets.UTF_8);

    static final String IMAGE_SHA256 = "db4185cb8c8cffb4ff3441ba67e99ad43c7d89224c36798c9a72b37c5f41aa99";

    private static final FileLocation IMAGE_LOCATION = FileLocation.objectStore("images", "mcu/3.0.0.bin");

    /**
     * Adds packages with files: f-4 with a SHA-256, f-5 with an MD5 only, f-6 without digest, f-7 with a wrong digest, f-8
     * with several files, f-9 with hostile texts, f-10 with a link; and two unfinished uploads, u-1 and u-2.
     */
    static void addFiles(InMemoryBackend backend) {
        backend.putObject(IMAGE_LOCATION, IMAGE)
                .add(withFiles("f-4", "3.0.0", file(Option.none(), digest(Checksum.SHA256), digest(Checksum.MD5))))
                .add(withFiles("f-5", "3.0.1", file(Option.none(), digest(Checksum.MD5))))
                .add(withFiles("f-6", "3.0.2", file(Option.none())))
                .add(withFiles("f-7", "3.0.3", file(Option.none(), Checksum.of(Checksum.SHA256, "ab".repeat(32)))))
                .add(withFiles(
                        "f-8",
                        "3.0.4",
                        file(Option.some("a.bin"), digest(Checksum.SHA256)),
                        file(Option.some("b.bin"), digest(Checksum.SHA256))))
                .add(Firmware.builder(FirmwareId.of("f-9"), FirmwareVersion.of("../../3"))
                        .product(Product.of(ProductId.of("../..")))
                        .files(List.of(file(Option.some("/etc/passwd"), digest(Checksum.SHA256))))
                        .build())
                .add(Firmware.builder(FirmwareId.of("f-10"), FirmwareVersion.of("3.0.0"))
                        .product(Product.of(ProductId.of("p-9")))
                        .target(FirmwareTarget.wholeDevice())
                        .kind(UpdateKind.full())
                        .files(List.of(new FirmwareFile(
                                Option.none(),
                                Option.some((long) IMAGE.length),
                                List.of(digest(Checksum.SHA256)),
                                Option.some(FileLocation.downloadLink(
                                        "https://store.example/image.bin?Expires=1704078000&Signature=s3cret")))))
                        .build())
                .add(upload("u-1", "ota/a.bin", "2023-12-31T10:00:00Z"))
                .add(upload("u-2", "ota/b.bin", "2023-12-31T11:00:00Z"));
    }

    private static Firmware withFiles(String id, String version, FirmwareFile... files) {
        return Firmware.builder(FirmwareId.of(id), FirmwareVersion.of(version))
                .product(Product.of(ProductId.of("p-1")))
                .target(FirmwareTarget.module("MCU"))
                .kind(UpdateKind.full())
                .verification(Verification.unverified())
                .files(List.of(files))
                .created(time("2023-02-11T12:12:12Z", "2023-02-11T12:12:12Z"))
                .build();
    }

    private static FirmwareFile file(Option<String> name, Checksum... digests) {
        return new FirmwareFile(name, Option.some((long) IMAGE.length), List.of(digests), Option.some(IMAGE_LOCATION));
    }

    private static Checksum digest(String algorithm) {
        try {
            return Checksum.of(
                    algorithm,
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance(algorithm).digest(IMAGE)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static UnfinishedUpload upload(String id, String key, String started) {
        return new UnfinishedUpload(
                id,
                new FileLocation.ObjectStore(Option.none(), Option.some("images"), Option.some(key)),
                Option.some(Instant.parse(started)));
    }

    private Examples() {}

    private static VendorTimestamp time(String text, String instant) {
        return VendorTimestamp.of(text, Instant.parse(instant));
    }

    /** A diagnosis with findings of each severity, two of one check, and hostile text. */
    static final Diagnosis UNWELL = new Diagnosis(List.of(
            Finding.ok(Check.DNS, "iot.example resolves to 192.0.2.1"),
            Finding.ok(Check.CONNECTION, "192.0.2.1:443 accepts connections"),
            Finding.warning(
                    Check.TLS,
                    "TLSv1.3, with a certificate for iot.example until 2024-01-05",
                    "Ask the operator of the endpoint, or of the proxy in front of it, to renew the certificate in time"),
            Finding.skipped(Check.CLOCK, "the response has no valid Date header"),
            Finding.ok(Check.SERVICE, "the service answers"),
            Finding.failed(
                    Check.CREDENTIALS,
                    "the vendor does not know the access key: No\u001b[2J such key (X.1, HTTP 401)",
                    "Check the access key"),
            Finding.ok(Check.QUOTA, "client-side rate limits of this process: 10 a second for each operation"),
            Finding.ok(Check.QUOTA, "Find was throttled by the vendor once and has recovered")));
}
