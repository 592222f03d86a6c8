package io.otabridge.huawei.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of products on the wire. */
public record ProductPageDto(
        @JsonProperty("products") @Nullable List<@Nullable ProductDto> products,
        @JsonProperty("page") @Nullable PageDto page) {

    /** A product on the wire. All fields are optional. */
    public record ProductDto(
            @JsonProperty("product_id") @Nullable String productId,
            @JsonProperty("app_id") @Nullable String appId,
            @JsonProperty("name") @Nullable String name,
            @JsonProperty("device_type") @Nullable String deviceType,
            @JsonProperty("description") @Nullable String description,
            @JsonProperty("create_time") @Nullable String createTime) {}
}
