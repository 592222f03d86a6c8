package io.otabridge.huawei.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of device groups on the wire. */
public record DeviceGroupPageDto(
        @JsonProperty("device_groups") @Nullable List<@Nullable DeviceGroupDto> deviceGroups,
        @JsonProperty("page") @Nullable PageDto page) {

    /** A device group on the wire. All fields are optional. */
    public record DeviceGroupDto(
            @JsonProperty("group_id") @Nullable String groupId,
            @JsonProperty("name") @Nullable String name,
            @JsonProperty("super_group_id") @Nullable String superGroupId,
            @JsonProperty("description") @Nullable String description) {}
}
