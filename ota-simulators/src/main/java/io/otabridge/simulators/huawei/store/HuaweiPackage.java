package io.otabridge.simulators.huawei.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An OTA upgrade package as stored by IoTDA, with the vendor's member names. Responses omit null members. Create it
 * with {@link #builder}.
 *
 * @param packageId 1 to 36 letters, digits and hyphens
 * @param appId the resource space
 * @param packageType {@code firmwarePackage}, {@code softwarePackage} or {@code modulePackage}
 * @param moduleName for a {@code modulePackage} only
 * @param supportSourceVersions the versions that can be upgraded; empty for all
 * @param createTime as sent, such as {@code 20230211T121212Z}
 */
public record HuaweiPackage(
        String packageId,
        String appId,
        String packageType,
        String productId,
        @Nullable String productName,
        @Nullable String moduleName,
        String version,
        List<String> supportSourceVersions,
        @Nullable String description,
        @Nullable String customInfo,
        String createTime,
        ObsLocation obsLocation) {

    /** Copies the list. */
    public HuaweiPackage {
        supportSourceVersions = List.copyOf(supportSourceVersions);
    }

    /** The location of the file in Object Storage Service (OBS). */
    public record ObsLocation(
            String regionName,
            String bucketName,
            String objectKey,
            @Nullable String signMethod,
            @Nullable String sign) {}

    /** The resource space of packages and products, unless another one is set. */
    public static final String APP_ID = "61f7e74d036aca5be29e1ed4";

    /** The region of the simulated instance and of its object store. */
    public static final String REGION = "cn-north-4";

    /** Returns a builder for a firmware package of the resource space {@link #APP_ID}. */
    public static Builder builder(String packageId, String productId, String version) {
        return new Builder(packageId, productId, version);
    }

    /** Builds a package. Members that are not set are null or have a default. */
    public static final class Builder {

        private final String packageId;
        private final String productId;
        private final String version;
        private String appId = APP_ID;
        private String packageType = "firmwarePackage";
        private @Nullable String productName;
        private @Nullable String moduleName;
        private List<String> supportSourceVersions = List.of();
        private @Nullable String description;
        private @Nullable String customInfo;
        private String createTime = "20230211T121212Z";
        private ObsLocation obsLocation = new ObsLocation(REGION, "abc", "upgrade.bin", null, null);

        private Builder(String packageId, String productId, String version) {
            this.packageId = packageId;
            this.productId = productId;
            this.version = version;
        }

        /** Sets the resource space. */
        public Builder appId(String value) {
            appId = value;
            return this;
        }

        /** Sets the type: {@code firmwarePackage}, the default, {@code softwarePackage} or {@code modulePackage}. */
        public Builder packageType(String value) {
            packageType = value;
            return this;
        }

        /** Sets the product name. */
        public Builder productName(String value) {
            productName = value;
            return this;
        }

        /** Makes this a {@code modulePackage} of this module. */
        public Builder moduleName(String value) {
            packageType = "modulePackage";
            moduleName = value;
            return this;
        }

        /** Sets the versions that can be upgraded. The default is all. */
        public Builder supportSourceVersions(List<String> value) {
            supportSourceVersions = value;
            return this;
        }

        /** Sets the description. */
        public Builder description(String value) {
            description = value;
            return this;
        }

        /** Sets the custom information for devices. */
        public Builder customInfo(String value) {
            customInfo = value;
            return this;
        }

        /** Sets the creation time, such as {@code 20230211T121212Z}. */
        public Builder createTime(String value) {
            createTime = value;
            return this;
        }

        /** Sets the location of the file. */
        public Builder obsLocation(ObsLocation value) {
            obsLocation = value;
            return this;
        }

        /** Returns the package. */
        public HuaweiPackage build() {
            return new HuaweiPackage(
                    packageId,
                    appId,
                    packageType,
                    productId,
                    productName,
                    moduleName,
                    version,
                    supportSourceVersions,
                    description,
                    customInfo,
                    createTime,
                    obsLocation);
        }
    }
}
