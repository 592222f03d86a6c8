package io.otabridge.huawei.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of OTA modules on the wire. */
public record ModulePageDto(
        @JsonProperty("modules") @Nullable List<@Nullable ModuleDto> modules,
        @JsonProperty("page") @Nullable PageDto page) {}
