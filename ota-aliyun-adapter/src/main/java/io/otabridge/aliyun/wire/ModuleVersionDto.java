package io.otabridge.aliyun.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** {@code SimpleOTAModuleInfo} of ListOTAModuleVersionsByDevice on the wire. Field names match in any case. */
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
public record ModuleVersionDto(
        @Nullable String productKey,
        @Nullable String deviceName,
        @Nullable String iotId,
        @Nullable String moduleName,
        @Nullable String moduleVersion) {

    /** The response of ListOTAModuleVersionsByDevice. {@code Data} holds the list. */
    @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
    public record PageDto(
            @Nullable Boolean success,
            @Nullable JsonNode data,
            @Nullable Integer pageCount,
            @Nullable Integer pageSize,
            @Nullable Long total)
            implements ResponseDto, ListPageDto {}
}
