package io.otabridge.contracts;

import io.otabridge.domain.firmware.FirmwareCoordinates;
import java.time.Instant;

/**
 * A firmware package that a contract wants a vendor to hold; everything else about it is the harness's choice.
 *
 * @param coordinates product, target and version
 * @param created when the vendor took it in, in whole seconds
 * @param verified whether it is verified, where the vendor has verification; otherwise it is not verified yet
 */
public record FirmwareFixture(FirmwareCoordinates coordinates, Instant created, boolean verified) {

    /** A verified package of the year 2024. */
    public static FirmwareFixture of(FirmwareCoordinates coordinates) {
        return new FirmwareFixture(coordinates, Instant.parse("2024-01-01T00:00:00Z"), true);
    }

    /** The same, taken in at this time. */
    public FirmwareFixture created(Instant time) {
        return new FirmwareFixture(coordinates, time, verified);
    }

    /** The same, not verified yet. */
    public FirmwareFixture unverified() {
        return new FirmwareFixture(coordinates, created, false);
    }
}
