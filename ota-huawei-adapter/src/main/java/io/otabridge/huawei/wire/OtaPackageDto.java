package io.otabridge.huawei.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An OTA upgrade package on the wire. All fields are optional. */
public record OtaPackageDto(
        @JsonProperty("package_id") @Nullable String packageId,
        @JsonProperty("app_id") @Nullable String appId,
        @JsonProperty("package_type") @Nullable String packageType,
        @JsonProperty("product_id") @Nullable String productId,
        @JsonProperty("product_name") @Nullable String productName,
        @JsonProperty("module_name") @Nullable String moduleName,
        @JsonProperty("version") @Nullable String version,
        @JsonProperty("support_source_versions") @Nullable List<@Nullable String> supportSourceVersions,
        @JsonProperty("description") @Nullable String description,
        @JsonProperty("custom_info") @Nullable String customInfo,
        @JsonProperty("create_time") @Nullable String createTime,
        @JsonProperty("file_location") @Nullable FileLocationDto fileLocation) {

    /** The location of the file. The object store is the only documented kind. */
    public record FileLocationDto(
            @JsonProperty("obs_location") @Nullable ObsLocationDto obsLocation) {}

    /** An object in the object store. Huawei calls its digest a sign. */
    public record ObsLocationDto(
            @JsonProperty("region_name") @Nullable String regionName,
            @JsonProperty("bucket_name") @Nullable String bucketName,
            @JsonProperty("object_key") @Nullable String objectKey,
            @JsonProperty("sign_method") @Nullable String signMethod,
            @JsonProperty("sign") @Nullable String sign) {}
}
