package io.otabridge.huawei.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** An OTA module on the wire. All fields are optional. */
public record ModuleDto(
        @JsonProperty("module_id") @Nullable String moduleId,
        @JsonProperty("app_id") @Nullable String appId,
        @JsonProperty("product_id") @Nullable String productId,
        @JsonProperty("product_name") @Nullable String productName,
        @JsonProperty("module_name") @Nullable String moduleName,
        @JsonProperty("alias_name") @Nullable String aliasName,
        @JsonProperty("description") @Nullable String description,
        @JsonProperty("create_time") @Nullable String createTime) {}
