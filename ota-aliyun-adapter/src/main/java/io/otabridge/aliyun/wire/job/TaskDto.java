package io.otabridge.aliyun.wire.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.otabridge.aliyun.wire.ListPageDto;
import io.otabridge.aliyun.wire.ResponseDto;
import org.jspecify.annotations.Nullable;

/**
 * {@code SimpleOTATaskInfo} on the wire. All fields are optional. Field names match in any case.
 *
 * @param moduleName in lists by device only
 * @param progress a text such as {@code 0.00} or {@code 50}, or a number
 * @param timeout a text with minutes, or a number
 */
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
public record TaskDto(
        @Nullable String taskId,
        @Nullable String jobId,
        @Nullable String firmwareId,
        @Nullable String productKey,
        @Nullable String deviceName,
        @Nullable String moduleName,
        @Nullable String srcVersion,
        @Nullable String destVersion,
        @Nullable String taskStatus,
        @Nullable String taskDesc,
        @Nullable JsonNode progress,
        @Nullable JsonNode timeout,
        @Nullable String utcCreate,
        @Nullable String utcModified) {

    /** The response of ListOTATaskByJob and, without counters, of ListOTAUnfinishedTaskByDevice. */
    @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
    public record PageDto(
            @Nullable Boolean success,
            @Nullable JsonNode data,
            @Nullable Integer pageCount,
            @Nullable Integer pageSize,
            @Nullable Long total)
            implements ResponseDto, ListPageDto {}
}
