package io.otabridge.huawei.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A device on the wire. All fields are optional. The field {@code auth_info}, which holds its secret, is not read. */
public record DeviceDto(
        @JsonProperty("device_id") @Nullable String deviceId,
        @JsonProperty("product_id") @Nullable String productId,
        @JsonProperty("device_name") @Nullable String deviceName,
        @JsonProperty("status") @Nullable String status,
        @JsonProperty("fw_version") @Nullable String fwVersion,
        @JsonProperty("sw_version") @Nullable String swVersion,
        @JsonProperty("modules") @Nullable List<@Nullable DeviceModuleDto> modules,
        @JsonProperty("create_time") @Nullable String createTime,
        @JsonProperty("marker") @Nullable String marker) {

    /** A module version that the device reported. */
    public record DeviceModuleDto(
            @JsonProperty("module_name") @Nullable String moduleName,
            @JsonProperty("module_version") @Nullable String moduleVersion) {}
}
