package io.otabridge.simulators.huawei.store;

import org.jspecify.annotations.Nullable;

/**
 * A product as stored by IoTDA, with the vendor's member names. Responses omit null members.
 *
 * @param productId 1 to 36 letters, digits, underscores and hyphens
 * @param appId the resource space
 * @param deviceType such as {@code WaterMeter}
 * @param createTime as sent, such as {@code 20230211T121212Z}
 */
public record HuaweiProduct(
        String productId,
        String appId,
        String name,
        String deviceType,
        @Nullable String description,
        @Nullable String createTime) {}
