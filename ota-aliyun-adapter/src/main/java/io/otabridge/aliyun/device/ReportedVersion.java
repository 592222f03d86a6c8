package io.otabridge.aliyun.device;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.device.InstalledVersion;
import io.vavr.control.Option;

/**
 * A version with the device that reported it.
 *
 * @param device the name in the response
 * @param vendorId {@code IotId}
 */
record ReportedVersion(
        Option<ProductId> product, Option<String> device, Option<String> vendorId, InstalledVersion installed) {}
