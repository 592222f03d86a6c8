package io.otabridge.app;

import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.module.ModuleName;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Instant;

/** Builds packages for tests of inventories and comparisons. */
final class TestFirmware {

    private final String id;
    private final Firmware.Builder firmware;
    private List<FirmwareFile> files = List.empty();

    private TestFirmware(String id, Firmware.Builder firmware) {
        this.id = id;
        this.firmware = firmware;
    }

    /** Returns a builder of a package for this module, or with an empty name for the whole device. */
    static TestFirmware firmware(String id, String product, String module, String version) {
        Firmware.Builder builder = Firmware.builder(FirmwareId.of(id), FirmwareVersion.of(version))
                .product(Product.of(ProductId.of(product)))
                .target(module.isEmpty() ? FirmwareTarget.wholeDevice() : FirmwareTarget.module(ModuleName.of(module)));
        return new TestFirmware(id, builder);
    }

    TestFirmware verification(Verification state) {
        firmware.verification(state);
        return this;
    }

    TestFirmware kind(UpdateKind kind) {
        firmware.kind(kind);
        return this;
    }

    TestFirmware sources(String... versions) {
        firmware.sourceVersions(List.of(versions).map(FirmwareVersion::of));
        return this;
    }

    /** Adds a file. An empty name and a negative size are absent. */
    TestFirmware file(String name, long size, Checksum... digests) {
        return files(new FirmwareFile(
                Option.some(name).filter(given -> !given.isEmpty()),
                Option.some(size).filter(given -> given >= 0),
                List.of(digests),
                Option.none()));
    }

    TestFirmware files(FirmwareFile... more) {
        files = files.appendAll(List.of(more));
        return this;
    }

    /** Builds the package. The hash code of the id determines the creation time. */
    Firmware build() {
        return firmware.files(files)
                .created(new VendorTimestamp("then", Option.some(Instant.EPOCH.plusSeconds(id.hashCode()))))
                .build();
    }
}
