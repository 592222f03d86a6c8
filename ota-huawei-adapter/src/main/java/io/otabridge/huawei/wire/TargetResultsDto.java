package io.otabridge.huawei.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The results of stopping, retrying or confirming sub-tasks on the wire. The HTTP status is 200 even if all failed. */
public record TargetResultsDto(
        @JsonProperty("targets") @Nullable List<@Nullable TargetResultDto> targets) {

    /** The result for one device. */
    public record TargetResultDto(
            @JsonProperty("target") @Nullable String target,
            @JsonProperty("status") @Nullable String status,
            @JsonProperty("error_code") @Nullable String errorCode,
            @JsonProperty("error_msg") @Nullable String errorMsg) {}
}
