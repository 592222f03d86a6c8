package io.otabridge.aliyun.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** {@code Data} of GenerateOTAUploadURL on the wire: the form fields of one upload. Field names match in any case. */
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
public record UploadUrlDto(
        @Nullable String host,
        @Nullable String key,
        @Nullable String policy,
        @Nullable String ossAccessKeyId,
        @Nullable String signature,
        @Nullable String firmwareUrl) {

    /** The response of GenerateOTAUploadURL. */
    @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
    public record Response(
            @Nullable Boolean success, @Nullable UploadUrlDto data) implements ResponseDto {}
}
