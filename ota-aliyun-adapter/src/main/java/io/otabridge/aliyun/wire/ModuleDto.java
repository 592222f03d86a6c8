package io.otabridge.aliyun.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * An element of {@code Data} of ListOTAModuleByProduct on the wire. All fields are optional. Field names match in any
 * case.
 */
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
public record ModuleDto(
        @Nullable String productKey,
        @Nullable String moduleName,
        @Nullable String aliasName,
        @Nullable String desc,
        @Nullable String gmtCreate,
        @Nullable String gmtModified) {

    /** The response of ListOTAModuleByProduct. */
    @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
    public record Response(
            @Nullable Boolean success,
            @Nullable JsonNode data,
            @Nullable Long total) implements ResponseDto {}
}
