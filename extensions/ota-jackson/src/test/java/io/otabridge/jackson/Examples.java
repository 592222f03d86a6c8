package io.otabridge.jackson;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.vavr.collection.List;
import java.time.Instant;

final class Examples {

    static final String SECRET = "s3cr3t";

    static final Firmware FIRMWARE = Firmware.builder(FirmwareId.of("f-1"), FirmwareVersion.of("2.0.0"))
            .product(Product.of(ProductId.of("p-1"), "thermometer"))
            .target(FirmwareTarget.module("MCU"))
            .kind(UpdateKind.delta(FirmwareVersion.of("1.0.0")))
            .sourceVersions(List.of(FirmwareVersion.of("1.0.0")))
            .verification(Verification.verifying(40))
            .files(List.of(
                    FirmwareFile.builder()
                            .name("boot.bin")
                            .size(3221225472L)
                            .checksum(Checksum.of("MD5", "0a1b"))
                            .location(FileLocation.downloadLink("https://user:" + SECRET
                                    + "@store.example/boot.bin?Expires=1704078000&Signature=" + SECRET))
                            .build(),
                    FirmwareFile.builder()
                            .location(FileLocation.objectStore("cn-north-4", "images", "a/b.bin"))
                            .build()))
            .created(VendorTimestamp.of("20230211T121212Z", Instant.parse("2023-02-11T12:12:12Z")))
            .build();

    static final FailureDetails DETAILS =
            FailureDetails.of(new OperationContext("prod", Vendor.of("huawei"), "ShowOtaModule"), "Too many", "Wait");

    private Examples() {}
}
