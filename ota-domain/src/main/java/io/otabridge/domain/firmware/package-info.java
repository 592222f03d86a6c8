/**
 * Vendor-neutral firmware packages. Start with {@link io.otabridge.domain.firmware.FirmwareQueryPort}. The Javadoc of
 * {@link io.otabridge.domain.firmware.Firmware} maps each component to the vendors' fields.
 */
@NullMarked
package io.otabridge.domain.firmware;

import org.jspecify.annotations.NullMarked;
