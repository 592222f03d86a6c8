package io.otabridge.aliyun.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * What every answer says about itself. A business answer has {@code Success} and {@code ErrorMessage}, a gateway's error
 * {@code Message} instead; both have {@code Code} and {@code RequestId}. Names match in any case.
 */
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
public record EnvelopeDto(
        @Nullable String requestId,
        @Nullable Boolean success,
        @Nullable String code,
        @Nullable String errorMessage,
        @Nullable String message)
        implements ResponseDto {}
