package io.otabridge.simulators.huawei.store;

import org.jspecify.annotations.Nullable;

/**
 * A static device group as stored by IoTDA, with the vendor's member names. Responses omit null members.
 *
 * @param groupId up to 36 hexadecimal digits and hyphens
 * @param superGroupId the id of the parent group; null at the top level
 */
public record HuaweiDeviceGroup(
        String groupId,
        String name,
        @Nullable String description,
        @Nullable String superGroupId) {}
