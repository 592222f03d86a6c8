package io.otabridge.aliyun.wire.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.otabridge.aliyun.wire.ListPageDto;
import io.otabridge.aliyun.wire.ResponseDto;
import org.jspecify.annotations.Nullable;

/**
 * {@code Data} of QueryOTAJob, and {@code SimpleOTAJobInfo} of lists, on the wire. All fields are optional, and lists
 * have only some. Field names match in any case.
 *
 * @param grayPercent a text or a number
 */
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
public record JobDto(
        @Nullable String jobId,
        @Nullable String firmwareId,
        @Nullable String productKey,
        @Nullable String name,
        @Nullable String destVersion,
        @Nullable String jobDesc,
        @Nullable String jobStatus,
        @Nullable String jobType,
        @Nullable String selectionType,
        @Nullable String targetSelection,
        @Nullable String groupId,
        @Nullable JsonNode grayPercent,
        @Nullable Integer retryInterval,
        @Nullable Integer retryCount,
        @Nullable Integer timeoutInMinutes,
        @Nullable Integer maximumPerMinute,
        @Nullable Boolean needConfirm,
        @Nullable JsonNode srcVersions,
        @Nullable JsonNode tags,
        @Nullable String utcCreate,
        @Nullable String utcModified,
        @Nullable String utcStartTime,
        @Nullable String utcEndTime,
        @Nullable String utcScheduleTime,
        @Nullable String utcScheduleFinishTime) {

    /** The response of QueryOTAJob, and of operations that create a job: {@code Data} then has the id only. */
    @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
    public record Response(
            @Nullable Boolean success, @Nullable JobDto data) implements ResponseDto {}

    /** The response of ListOTAJobByFirmware and ListOTAJobByDevice. {@code Data} holds the list. */
    @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
    public record PageDto(
            @Nullable Boolean success,
            @Nullable JsonNode data,
            @Nullable Integer pageCount,
            @Nullable Integer pageSize,
            @Nullable Long total)
            implements ResponseDto, ListPageDto {}

    /** An element of {@code Tags}. */
    @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
    public record TagDto(@Nullable String key, @Nullable String value) {}
}
