package io.otabridge.contracts;

import io.otabridge.domain.firmware.FirmwareCoordinates;
import java.time.Instant;

/**
 * A firmware package that a contract adds to the vendor. The test class of the adapter chooses everything else.
 *
 * @param coordinates product, target and version
 * @param created the creation time at the vendor, in whole seconds
 * @param verified whether it is verified or not verified yet; ignored if the vendor has no verification
 */
public record FirmwareFixture(FirmwareCoordinates coordinates, Instant created, boolean verified) {

    /** Returns a verified package that was created on 1 January 2024. */
    public static FirmwareFixture of(FirmwareCoordinates coordinates) {
        return new FirmwareFixture(coordinates, Instant.parse("2024-01-01T00:00:00Z"), true);
    }

    /** Returns a copy with this creation time. */
    public FirmwareFixture created(Instant time) {
        return new FirmwareFixture(coordinates, time, verified);
    }

    /** Returns a copy that is not verified yet. */
    public FirmwareFixture unverified() {
        return new FirmwareFixture(coordinates, created, false);
    }
}
