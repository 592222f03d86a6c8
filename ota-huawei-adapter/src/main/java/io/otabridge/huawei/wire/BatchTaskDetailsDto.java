package io.otabridge.huawei.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch task with a page of its sub-tasks on the wire. */
public record BatchTaskDetailsDto(
        @JsonProperty("batchtask") @Nullable BatchTaskDto batchtask,
        @JsonProperty("task_details") @Nullable List<@Nullable TaskDetailDto> taskDetails,
        @JsonProperty("page") @Nullable PageDto page) {

    /** A sub-task: one device of a batch task. */
    public record TaskDetailDto(
            @JsonProperty("target") @Nullable String target,
            @JsonProperty("status") @Nullable String status,
            @JsonProperty("output") @Nullable String output,
            @JsonProperty("error") @Nullable TaskErrorDto error) {}

    /** Why a sub-task failed. */
    public record TaskErrorDto(
            @JsonProperty("error_code") @Nullable String errorCode,
            @JsonProperty("error_msg") @Nullable String errorMsg) {}
}
