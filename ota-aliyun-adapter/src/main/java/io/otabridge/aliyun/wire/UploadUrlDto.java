package io.otabridge.aliyun.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * {@code Data} of GenerateOTAUploadURL and of GenerateDeviceNameListURL on the wire: the form fields of one upload. Field
 * names match in any case.
 *
 * @param ossAccessKeyId for a file of a package
 * @param accessKeyId the same for a list of devices
 * @param firmwareUrl the address of a file of a package
 * @param fileUrl the address of a list of devices
 */
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
public record UploadUrlDto(
        @Nullable String host,
        @Nullable String key,
        @Nullable String policy,
        @Nullable String ossAccessKeyId,
        @Nullable String accessKeyId,
        @Nullable String signature,
        @Nullable String firmwareUrl,
        @Nullable String fileUrl) {

    /** The response of both operations. */
    @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
    public record Response(
            @Nullable Boolean success, @Nullable UploadUrlDto data) implements ResponseDto {}
}
