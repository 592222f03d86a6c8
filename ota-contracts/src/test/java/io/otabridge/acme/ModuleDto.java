package io.otabridge.acme;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A module in a response. All members are optional. */
record ModuleDto(
        @JsonProperty("product") @Nullable String product,
        @JsonProperty("name") @Nullable String name,
        @JsonProperty("alias") @Nullable String alias,
        @JsonProperty("description") @Nullable String description,
        @JsonProperty("added") @Nullable String added) {

    /** A page of modules with the number of the next page. */
    record PageDto(
            @JsonProperty("modules") @Nullable List<@Nullable ModuleDto> modules,
            @JsonProperty("next") @Nullable String next) {}
}
