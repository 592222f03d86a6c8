package io.otabridge.app;

import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTime;
import io.otabridge.domain.firmware.Checksum;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareFile;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.module.ModuleName;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Instant;

/** A package for tests, with what tests of inventories and comparisons look at. */
record Shelf(
        String id, String product, String module, String version, Verification verification, List<FirmwareFile> files) {

    static Shelf firmware(String id, String product, String module, String version) {
        return new Shelf(id, product, module, version, new Verification.NotStated(), List.empty());
    }

    Shelf verification(Verification state) {
        return new Shelf(id, product, module, version, state, files);
    }

    /** Adds a file; without a name it is the only one. */
    Shelf file(String name, long size, Checksum... digests) {
        return new Shelf(
                id,
                product,
                module,
                version,
                verification,
                files.append(new FirmwareFile(
                        Option.some(name).filter(given -> !given.isEmpty()),
                        Option.some(size).filter(given -> given >= 0),
                        List.of(digests),
                        Option.none())));
    }

    Firmware build() {
        return Firmware.builder(FirmwareId.of(id), FirmwareVersion.of(version))
                .product(Option.some(new Product(ProductId.of(product), Option.none())))
                .target(
                        module.isEmpty()
                                ? new FirmwareTarget.WholeDevice()
                                : new FirmwareTarget.Module(ModuleName.of(module)))
                .verification(verification)
                .files(files)
                .created(Option.some(new VendorTime("then", Option.some(Instant.EPOCH.plusSeconds(id.hashCode())))))
                .build();
    }
}
