package io.otabridge.simulators.huawei.store;

import org.jspecify.annotations.Nullable;

/**
 * An OTA module as stored by IoTDA, with the vendor's member names. Responses omit null members.
 *
 * @param moduleId 1 to 36 letters, digits and hyphens
 * @param appId the resource space
 * @param createTime as sent, such as {@code 20230211T121212Z}
 */
public record HuaweiModule(
        String moduleId,
        String appId,
        String productId,
        @Nullable String productName,
        String moduleName,
        @Nullable String aliasName,
        @Nullable String description,
        String createTime) {

    public HuaweiModule withTexts(@Nullable String newAlias, @Nullable String newDescription) {
        return new HuaweiModule(
                moduleId, appId, productId, productName, moduleName, newAlias, newDescription, createTime);
    }

    public HuaweiModule withProductName(@Nullable String newProductName) {
        return new HuaweiModule(
                moduleId, appId, productId, newProductName, moduleName, aliasName, description, createTime);
    }
}
