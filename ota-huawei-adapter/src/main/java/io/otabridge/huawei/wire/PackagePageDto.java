package io.otabridge.huawei.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of OTA upgrade packages on the wire; none of them says where its file is. */
public record PackagePageDto(
        @JsonProperty("packages") @Nullable List<@Nullable OtaPackageDto> packages,
        @JsonProperty("page") @Nullable PageDto page) {}
