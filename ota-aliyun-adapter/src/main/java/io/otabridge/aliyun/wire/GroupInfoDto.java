package io.otabridge.aliyun.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * {@code GroupInfo} of QueryDeviceGroupList on the wire. All fields are optional. Field names match in any case.
 */
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
public record GroupInfoDto(
        @Nullable String groupId,
        @Nullable String groupName,
        @Nullable String groupDesc,
        @Nullable String utcCreate) {

    /** The response of QueryDeviceGroupList. {@code Data} holds the list; the counters are beside it. */
    @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
    public record PageDto(
            @Nullable Boolean success,
            @Nullable JsonNode data,
            @Nullable Integer pageCount,
            @Nullable Integer pageSize,
            @Nullable Long total)
            implements ResponseDto, ListPageDto {}
}
