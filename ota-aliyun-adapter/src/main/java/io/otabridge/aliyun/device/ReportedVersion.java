package io.otabridge.aliyun.device;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.device.InstalledVersion;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.vavr.control.Option;

/**
 * A version with the device that reported it.
 *
 * @param device the name in the response
 * @param vendorId {@code IotId}
 * @param version absent if the text of the device is no valid version
 */
record ReportedVersion(
        Option<ProductId> product,
        Option<String> device,
        Option<String> vendorId,
        FirmwareTarget target,
        Option<FirmwareVersion> version) {

    Option<InstalledVersion> installed() {
        return version.map(valid -> new InstalledVersion(target, valid));
    }
}
