package io.otabridge.aliyun.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.otabridge.client.json.NumberAsTextDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * {@code DeviceInfo} of QueryDevice on the wire. All fields are optional. Field names match in any case. The response
 * also contains the {@code DeviceSecret} of each device; it has no field here, so it is dropped while reading.
 */
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
public record DeviceInfoDto(
        @Nullable String productKey,
        @Nullable String deviceName,
        @Nullable String iotId,

        @JsonDeserialize(using = NumberAsTextDeserializer.class) @Nullable String deviceStatus,

        @Nullable String nickname,
        @Nullable String utcCreate,
        @Nullable String gmtCreate) {

    /** The response of QueryDevice. {@code Data} holds the list. It is a tree only until its elements are read. */
    @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
    public record PageDto(
            @Nullable Boolean success,

            @JsonDeserialize(using = DeviceListDeserializer.class) @Nullable JsonNode data,

            @Nullable Integer pageCount,
            @Nullable Integer pageSize,
            @Nullable Long total,
            @Nullable String nextToken)
            implements ResponseDto, ListPageDto {

        /** Shows no part of the list, which holds the secrets of devices. */
        @Override
        public String toString() {
            return "PageDto[total=" + total + "]";
        }
    }
}
