package io.otabridge.huawei.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of OTA upgrade packages on the wire. Listed packages have no file location. */
public record PackagePageDto(
        @JsonProperty("packages") @Nullable List<@Nullable OtaPackageDto> packages,
        @JsonProperty("page") @Nullable PageDto page) {}
