package io.otabridge.aliyun.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * The common fields of all responses. A response of the platform has {@code Success} and {@code ErrorMessage}, an error
 * of the gateway {@code Message}. Both have {@code Code} and {@code RequestId}. Field names match in any case.
 */
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
public record EnvelopeDto(
        @Nullable String requestId,
        @Nullable Boolean success,
        @Nullable String code,
        @Nullable String errorMessage,
        @Nullable String message)
        implements ResponseDto {}
