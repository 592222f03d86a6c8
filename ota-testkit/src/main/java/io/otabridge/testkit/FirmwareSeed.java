package io.otabridge.testkit;

import io.otabridge.domain.firmware.FirmwareCoordinates;
import java.time.Instant;

/**
 * A firmware package that a contract wants a vendor to hold; everything else about it is the harness's choice.
 *
 * @param coordinates product, target and version
 * @param created when the vendor took it in, in whole seconds
 * @param verified whether it is verified, where the vendor has verification; otherwise it is not verified yet
 */
public record FirmwareSeed(FirmwareCoordinates coordinates, Instant created, boolean verified) {}
