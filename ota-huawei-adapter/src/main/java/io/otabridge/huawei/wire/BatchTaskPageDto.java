package io.otabridge.huawei.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of batch tasks on the wire. */
public record BatchTaskPageDto(
        @JsonProperty("batchtasks") @Nullable List<@Nullable BatchTaskDto> batchtasks,
        @JsonProperty("page") @Nullable PageDto page) {}
