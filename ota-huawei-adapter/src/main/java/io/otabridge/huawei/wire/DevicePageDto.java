package io.otabridge.huawei.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of devices on the wire. Results of a search have no page information. */
public record DevicePageDto(
        @JsonProperty("devices") @Nullable List<@Nullable DeviceDto> devices,
        @JsonProperty("page") @Nullable PageDto page) {}
