package io.otabridge.simulators.huawei;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An OTA upgrade package as IoTDA keeps it, in the vendor's words; null is left out of answers. Make one with
 * {@link #builder}.
 *
 * @param packageId 1 to 36 letters, digits and hyphens
 * @param appId the resource space
 * @param packageType {@code firmwarePackage}, {@code softwarePackage} or {@code modulePackage}
 * @param moduleName for a {@code modulePackage} only
 * @param supportSourceVersions empty where every version may be upgraded
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

    /** Keeps a copy of the list. */
    public HuaweiPackage {
        supportSourceVersions = List.copyOf(supportSourceVersions);
    }

    /** Where the file lies in the object store. */
    public record ObsLocation(
            String regionName,
            String bucketName,
            String objectKey,
            @Nullable String signMethod,
            @Nullable String sign) {}

    /** A firmware package of the resource space {@link HuaweiSimulator#APP_ID}; everything else can be set. */
    public static Builder builder(String packageId, String productId, String version) {
        return new Builder(packageId, productId, version);
    }

    /** Collects the members of a package; what is not set is absent or has a plausible default. */
    public static final class Builder {

        private final String packageId;
        private final String productId;
        private final String version;
        private String appId = HuaweiSimulator.APP_ID;
        private String packageType = "firmwarePackage";
        private @Nullable String productName;
        private @Nullable String moduleName;
        private List<String> supportSourceVersions = List.of();
        private @Nullable String description;
        private @Nullable String customInfo;
        private String createTime = "20230211T121212Z";
        private ObsLocation obsLocation = new ObsLocation(HuaweiSimulator.REGION, "abc", "upgrade.bin", null, null);

        private Builder(String packageId, String productId, String version) {
            this.packageId = packageId;
            this.productId = productId;
            this.version = version;
        }

        /** The resource space. */
        public Builder appId(String value) {
            appId = value;
            return this;
        }

        /** {@code firmwarePackage}, the default, {@code softwarePackage} or {@code modulePackage}. */
        public Builder packageType(String value) {
            packageType = value;
            return this;
        }

        /** The name of the product. */
        public Builder productName(String value) {
            productName = value;
            return this;
        }

        /** Makes it a {@code modulePackage} of this module. */
        public Builder moduleName(String value) {
            packageType = "modulePackage";
            moduleName = value;
            return this;
        }

        /** The versions that may be upgraded; by default every one. */
        public Builder supportSourceVersions(List<String> value) {
            supportSourceVersions = value;
            return this;
        }

        /** The description. */
        public Builder description(String value) {
            description = value;
            return this;
        }

        /** What is handed to devices with the notice. */
        public Builder customInfo(String value) {
            customInfo = value;
            return this;
        }

        /** When it was made, such as {@code 20230211T121212Z}. */
        public Builder createTime(String value) {
            createTime = value;
            return this;
        }

        /** Where the file lies. */
        public Builder obsLocation(ObsLocation value) {
            obsLocation = value;
            return this;
        }

        /** The package. */
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
