package com.example.ota;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.Verification;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests application code with a backend that keeps its data in memory. No network, no account. */
class UpdateCheckTest {

    private static final ProductId THERMOMETER = ProductId.of("thermometer");
    private static final FirmwareVersion OLD = FirmwareVersion.of("1.0.0");
    private static final FirmwareVersion NEW = FirmwareVersion.of("1.1.0");

    private final InMemoryBackend backend = InMemoryBackend.named("prod")
            .add(firmware("f-1", OLD, "2026-01-01T00:00:00Z", Verification.verified()))
            .add(firmware("f-2", NEW, "2026-02-01T00:00:00Z", Verification.verified()));

    private final UpdateCheck check = new UpdateCheck(backend.firmware());

    @Test
    void offers_the_newest_version_to_an_old_device() {
        assertThat(check.updateFor(THERMOMETER, "MCU", OLD).get()).containsExactly(NEW);
    }

    @Test
    void offers_nothing_to_a_device_that_is_up_to_date() {
        assertThat(check.updateFor(THERMOMETER, "MCU", NEW).get()).isEmpty();
    }

    @Test
    void ignores_a_package_that_is_not_verified() {
        backend.add(firmware("f-3", FirmwareVersion.of("2.0.0"), "2026-03-01T00:00:00Z", Verification.unverified()));

        assertThat(check.updateFor(THERMOMETER, "MCU", NEW).get()).isEmpty();
    }

    @Test
    void offers_nothing_for_a_module_without_packages() {
        assertThat(check.updateFor(THERMOMETER, "radio", OLD).get()).isEmpty();
    }

    @Test
    void returns_the_failure_in_an_outage() {
        backend.failWith(call ->
                new OtaFailure.Unavailable(FailureDetails.of(call, "The vendor is unavailable", "Try again later")));

        assertThat(check.updateFor(THERMOMETER, "MCU", OLD).getLeft()).isInstanceOf(OtaFailure.Unavailable.class);
    }

    private static Firmware firmware(String id, FirmwareVersion version, String created, Verification verification) {
        return Firmware.builder(FirmwareId.of(id), version)
                .product(Product.of(THERMOMETER))
                .target(FirmwareTarget.module("MCU"))
                .verification(verification)
                .created(VendorTimestamp.of(created, Instant.parse(created)))
                .build();
    }
}
