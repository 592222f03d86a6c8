package io.otabridge.domain.device;

import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;

/**
 * A version that a device reported. Immutable.
 *
 * @param target the part of the device: Huawei {@code fw_version} is the whole device, {@code sw_version} the software;
 *     Alibaba module {@code default} is the whole device
 * @param version the version
 */
public record InstalledVersion(FirmwareTarget target, FirmwareVersion version) {}
