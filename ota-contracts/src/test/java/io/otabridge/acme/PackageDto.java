package io.otabridge.acme;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A package in a response. All members are optional. */
record PackageDto(
        @JsonProperty("id") @Nullable String id,
        @JsonProperty("title") @Nullable String title,
        @JsonProperty("product") @Nullable String product,
        @JsonProperty("module") @Nullable String module,
        @JsonProperty("version") @Nullable String version,
        @JsonProperty("kind") @Nullable String kind,
        @JsonProperty("from") @Nullable String from,
        @JsonProperty("bytes") @Nullable Long bytes,
        @JsonProperty("sha256") @Nullable String sha256,
        @JsonProperty("url") @Nullable String url,
        @JsonProperty("note") @Nullable String note,
        @JsonProperty("added") @Nullable String added) {

    /** A page of packages with the number of the next page. */
    record PageDto(
            @JsonProperty("packages") @Nullable List<@Nullable PackageDto> packages,
            @JsonProperty("next") @Nullable String next) {}
}
