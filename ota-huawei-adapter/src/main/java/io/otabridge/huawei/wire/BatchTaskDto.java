package io.otabridge.huawei.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A batch task on the wire. All fields are optional. The documents do not describe the form of {@code task_ext_info},
 * {@code targets_filter} and {@code document} completely.
 *
 * @param targets the number of targets, of which there may be 30,000
 */
public record BatchTaskDto(
        @JsonProperty("task_id") @Nullable String taskId,
        @JsonProperty("task_name") @Nullable String taskName,
        @JsonProperty("task_type") @Nullable String taskType,
        @JsonProperty("need_confirm") @Nullable Boolean needConfirm,
        @JsonProperty("task_ext_info") @Nullable JsonNode taskExtInfo,

        @JsonProperty("targets") @JsonDeserialize(using = ElementCounter.class) @Nullable Integer targets,

        @JsonProperty("targets_filter") @Nullable JsonNode targetsFilter,
        @JsonProperty("document") @Nullable JsonNode document,
        @JsonProperty("task_policy") @Nullable TaskPolicyDto taskPolicy,
        @JsonProperty("status") @Nullable String status,
        @JsonProperty("status_desc") @Nullable String statusDesc,
        @JsonProperty("task_progress") @Nullable TaskProgressDto taskProgress,
        @JsonProperty("create_time") @Nullable String createTime) {

    /** When the task starts, and how often failed sub-tasks are retried. */
    public record TaskPolicyDto(
            @JsonProperty("schedule_time") @Nullable String scheduleTime,
            @JsonProperty("retry_count") @Nullable Integer retryCount,
            @JsonProperty("retry_interval") @Nullable Integer retryInterval) {}

    /** The number of sub-tasks by status. */
    public record TaskProgressDto(
            @JsonProperty("total") @Nullable Long total,
            @JsonProperty("processing") @Nullable Long processing,
            @JsonProperty("success") @Nullable Long success,
            @JsonProperty("fail") @Nullable Long fail,
            @JsonProperty("waitting") @Nullable Long waitting,
            @JsonProperty("fail_wait_retry") @Nullable Long failWaitRetry,
            @JsonProperty("stopped") @Nullable Long stopped,
            @JsonProperty("removed") @Nullable Long removed) {}

    /** Counts the elements of an array and keeps none of them. Other values count as none. */
    static final class ElementCounter extends JsonDeserializer<Integer> {
        @Override
        public Integer deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            int count = 0;
            if (parser.isExpectedStartArrayToken()) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    parser.skipChildren();
                    count++;
                }
            } else {
                parser.skipChildren();
            }
            return count;
        }
    }
}
