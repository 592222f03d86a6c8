/**
 * Firmware packages in one vocabulary. Start with {@link io.otabridge.domain.firmware.FirmwareQueryPort}; the Javadoc of
 * {@link io.otabridge.domain.firmware.Firmware} says which vendor field each component comes from.
 */
@NullMarked
package io.otabridge.domain.firmware;

import org.jspecify.annotations.NullMarked;
