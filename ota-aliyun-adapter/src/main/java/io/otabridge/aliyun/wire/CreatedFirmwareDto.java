package io.otabridge.aliyun.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** {@code Data} of CreateOTAFirmware on the wire. Field names match in any case. */
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
public record CreatedFirmwareDto(@Nullable String firmwareId) {

    /** The response of CreateOTAFirmware. */
    @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
    public record Response(
            @Nullable Boolean success, @Nullable CreatedFirmwareDto data) implements ResponseDto {}
}
