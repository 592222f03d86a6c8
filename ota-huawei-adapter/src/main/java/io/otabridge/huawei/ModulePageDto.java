package io.otabridge.huawei;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of OTA modules on the wire. */
record ModulePageDto(
        @JsonProperty("modules") @Nullable List<@Nullable ModuleDto> modules,
        @JsonProperty("page") @Nullable PageDto page) {}
