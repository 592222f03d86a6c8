package io.otabridge.aliyun.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.otabridge.client.json.NumberAsTextDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * {@code ProductInfo} of QueryProductList on the wire. All fields are optional. Field names match in any case.
 *
 * @param gmtCreate milliseconds since 1970 as a number; other timestamps of the platform are texts
 */
@JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
public record ProductInfoDto(
        @Nullable String productKey,
        @Nullable String productName,
        @Nullable String description,
        @Nullable Long deviceCount,

        @JsonDeserialize(using = NumberAsTextDeserializer.class) @Nullable String gmtCreate) {

    /** The response of QueryProductList. */
    @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
    public record Response(
            @Nullable Boolean success, @Nullable PageDto data) implements ResponseDto {}

    /** {@code Data} of QueryProductList: the counters, and {@code List} with the products. */
    @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
    public record PageDto(
            @Nullable JsonNode list,
            @Nullable Integer pageCount,
            @Nullable Integer pageSize,
            @Nullable Long total) implements ListPageDto {}
}
