package io.otabridge.acme;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A module on the wire; no member is promised. */
record ModuleDto(
        @JsonProperty("product") @Nullable String product,
        @JsonProperty("name") @Nullable String name,
        @JsonProperty("alias") @Nullable String alias,
        @JsonProperty("description") @Nullable String description,
        @JsonProperty("added") @Nullable String added) {

    /** A page of modules, and the number of the next. */
    record PageDto(
            @JsonProperty("modules") @Nullable List<@Nullable ModuleDto> modules,
            @JsonProperty("next") @Nullable String next) {}
}
