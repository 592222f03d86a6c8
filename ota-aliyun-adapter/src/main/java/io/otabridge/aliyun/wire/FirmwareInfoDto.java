package io.otabridge.aliyun.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.otabridge.client.json.NumberAsTextDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * {@code FirmwareInfo} of QueryOTAFirmware on the wire. All fields are optional. Field names match in any case.
 * Enumerated numbers are read as text, so that a new value is not an error.
 */
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
public record FirmwareInfoDto(
        @Nullable String firmwareId,
        @Nullable String firmwareName,
        @Nullable String destVersion,
        @Nullable String srcVersion,
        @Nullable String productKey,
        @Nullable String productName,
        @Nullable String moduleName,

        @JsonDeserialize(using = NumberAsTextDeserializer.class) @Nullable String type,

        @JsonDeserialize(using = NumberAsTextDeserializer.class) @Nullable String status,

        @Nullable Integer verifyProgress,
        @Nullable String firmwareUrl,
        @Nullable Long firmwareSize,
        @Nullable String firmwareSign,
        @Nullable String signMethod,
        @Nullable JsonNode multiFiles,
        @Nullable String udi,
        @Nullable String firmwareDesc,
        @Nullable String utcCreate,
        @Nullable String utcModified) {

    /** The response of QueryOTAFirmware. */
    @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
    public record Response(
            @Nullable Boolean success, @Nullable FirmwareInfoDto firmwareInfo) implements ResponseDto {}

    /** The response of ListOTAFirmware. {@code FirmwareInfo} holds the list. */
    @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
    public record PageDto(
            @Nullable Boolean success,
            @Nullable JsonNode firmwareInfo,
            @Nullable Integer pageCount,
            @Nullable Integer pageSize,
            @Nullable Long total)
            implements ResponseDto, ListPageDto {}

    /** An element of {@code MultiFiles}. */
    @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
    public record FileDto(
            @Nullable String name,
            @Nullable Long size,
            @Nullable String url,
            @Nullable String signValue,
            @Nullable String fileMd5) {

        public static final FileDto EMPTY = new FileDto(null, null, null, null, null);
    }
}
