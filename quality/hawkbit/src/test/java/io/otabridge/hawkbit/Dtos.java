package io.otabridge.hawkbit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects in responses, without what is not read. All members are optional. */
final class Dtos {

    private Dtos() {}

    /** A distribution set, which is a package. */
    record Set(
            @JsonProperty("id") @Nullable String id,
            @JsonProperty("name") @Nullable String name,
            @JsonProperty("version") @Nullable String version,
            @JsonProperty("description") @Nullable String description,
            @JsonProperty("deleted") @Nullable Boolean deleted,
            @JsonProperty("modules") @Nullable List<@Nullable Module> modules,
            @JsonProperty("createdAt") @Nullable Long createdAt) {}

    /** A software module. */
    record Module(
            @JsonProperty("name") @Nullable String name,
            @JsonProperty("version") @Nullable String version,
            @JsonProperty("type") @Nullable String type) {}

    /** A target, which is a device. Its {@code securityToken} is not read. */
    record Target(
            @JsonProperty("controllerId") @Nullable String controllerId,
            @JsonProperty("name") @Nullable String name,
            @JsonProperty("createdAt") @Nullable Long createdAt) {}

    /** A rollout, which is a job. */
    record Rollout(
            @JsonProperty("id") @Nullable String id,
            @JsonProperty("name") @Nullable String name,
            @JsonProperty("status") @Nullable String status,
            @JsonProperty("targetFilterQuery") @Nullable String filter,
            @JsonProperty("distributionSetId") @Nullable String set,
            @JsonProperty("totalTargetsPerStatus") @Nullable Map<String, @Nullable Long> counts,
            @JsonProperty("createdAt") @Nullable Long createdAt,
            @JsonProperty("lastModifiedAt") @Nullable Long modifiedAt) {}

    /** A group of a rollout. */
    record Group(@JsonProperty("id") @Nullable Long id) {}

    /** An action, which is a task. */
    record Action(
            @JsonProperty("id") @Nullable String id,
            @JsonProperty("createdAt") @Nullable Long createdAt,
            @JsonProperty("_links") @Nullable Map<String, @Nullable Link> links) {}

    /** A link. */
    record Link(@JsonProperty("href") @Nullable String href) {}

    /** An entry in the history of an action. */
    record Status(
            @JsonProperty("type") @Nullable String type,
            @JsonProperty("messages") @Nullable List<@Nullable String> messages,
            @JsonProperty("reportedAt") @Nullable Long reportedAt) {}

    record Sets(
            @JsonProperty("content") @Nullable List<@Nullable Set> content,
            @JsonProperty("total") @Nullable Long total) {}

    record Targets(
            @JsonProperty("content") @Nullable List<@Nullable Target> content,
            @JsonProperty("total") @Nullable Long total) {}

    record Rollouts(
            @JsonProperty("content") @Nullable List<@Nullable Rollout> content,
            @JsonProperty("total") @Nullable Long total) {}

    record Groups(@JsonProperty("content") @Nullable List<@Nullable Group> content) {}

    record Actions(@JsonProperty("content") @Nullable List<@Nullable Action> content) {}

    record Statuses(@JsonProperty("content") @Nullable List<@Nullable Status> content) {}
}
