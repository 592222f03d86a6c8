package io.otabridge.simulators.aliyun.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An OTA package as stored by IoT Platform, with the vendor's member names. Responses omit null members. It has either
 * one file, described by {@code firmwareUrl}, {@code firmwareSize} and {@code firmwareSign}, or several
 * {@code multiFiles}. Create it with {@link #builder}.
 *
 * @param type 0 full, 1 delta
 * @param srcVersion "" for a full package
 * @param status -1 no verification needed, 0 not verified, 1 verified, 2 verification in progress, 3 verification
 * failed
 * @param verifyProgress progress of the verification in percent
 * @param firmwareSize in bytes
 * @param utcCreate as sent, such as {@code 2019-12-28T02:42:22.000Z}
 * @param utcModified as sent, in the same form
 */
public record AliyunFirmware(
        String firmwareId,
        String firmwareName,
        String productKey,
        String productName,
        String moduleName,
        int type,
        String srcVersion,
        String destVersion,
        int status,
        int verifyProgress,
        String signMethod,
        @Nullable String firmwareUrl,
        @Nullable Long firmwareSize,
        @Nullable String firmwareSign,
        List<MultiFile> multiFiles,
        @Nullable String firmwareDesc,
        @Nullable String udi,
        String utcCreate,
        String utcModified) {

    /** Copies the list. */
    public AliyunFirmware {
        multiFiles = List.copyOf(multiFiles);
    }

    /** A file of a package with several files. */
    public record MultiFile(String name, long size, String url, String signValue, String fileMd5) {}

    /** Returns a copy with another name, description, custom information and modification time. */
    public AliyunFirmware withTexts(String name, @Nullable String desc, @Nullable String newUdi, String modified) {
        return new AliyunFirmware(
                firmwareId,
                name,
                productKey,
                productName,
                moduleName,
                type,
                srcVersion,
                destVersion,
                status,
                verifyProgress,
                signMethod,
                firmwareUrl,
                firmwareSize,
                firmwareSign,
                multiFiles,
                desc,
                newUdi,
                utcCreate,
                modified);
    }

    /** Returns a copy with another state of the verification. */
    public AliyunFirmware withVerification(int newStatus, int newProgress) {
        return new AliyunFirmware(
                firmwareId,
                firmwareName,
                productKey,
                productName,
                moduleName,
                type,
                srcVersion,
                destVersion,
                newStatus,
                newProgress,
                signMethod,
                firmwareUrl,
                firmwareSize,
                firmwareSign,
                multiFiles,
                firmwareDesc,
                udi,
                utcCreate,
                utcModified);
    }

    /** Returns a builder for a verified full package of the module {@code default} without a file. */
    public static Builder builder(String firmwareId, String productKey, String destVersion) {
        return new Builder(firmwareId, productKey, destVersion);
    }

    /** Builds a package. Members that are not set are null or have a default. */
    public static final class Builder {

        private final String firmwareId;
        private final String productKey;
        private final String destVersion;
        private String firmwareName;
        private String productName = "MyProduct";
        private String moduleName = "default";
        private int type;
        private String srcVersion = "";
        private int status = 1;
        private int verifyProgress = 100;
        private String signMethod = "MD5";
        private @Nullable String firmwareUrl;
        private @Nullable Long firmwareSize;
        private @Nullable String firmwareSign;
        private List<MultiFile> multiFiles = List.of();
        private @Nullable String firmwareDesc;
        private @Nullable String udi;
        private String utcCreate = "2019-12-28T02:42:22.000Z";
        private String utcModified = "2019-12-28T02:42:41.000Z";

        private Builder(String firmwareId, String productKey, String destVersion) {
            this.firmwareId = firmwareId;
            this.firmwareName = firmwareId;
            this.productKey = productKey;
            this.destVersion = destVersion;
        }

        /** Sets the name. The default is the id. */
        public Builder firmwareName(String value) {
            firmwareName = value;
            return this;
        }

        /** Sets the product name. */
        public Builder productName(String value) {
            productName = value;
            return this;
        }

        /** Sets the module. The default is {@code default}. */
        public Builder moduleName(String value) {
            moduleName = value;
            return this;
        }

        /** Makes this a delta package from a source version. */
        public Builder deltaFrom(String value) {
            type = 1;
            srcVersion = value;
            return this;
        }

        /** Sets the verification status (-1, 0, 1, 2 or 3) and its progress in percent. */
        public Builder status(int value, int percent) {
            status = value;
            verifyProgress = percent;
            return this;
        }

        /** Sets the digest algorithm: {@code MD5}, the default, or {@code SHA256}. */
        public Builder signMethod(String value) {
            signMethod = value;
            return this;
        }

        /** Makes this a package with one file. */
        public Builder file(String url, long size, String sign) {
            firmwareUrl = url;
            firmwareSize = size;
            firmwareSign = sign;
            multiFiles = List.of();
            return this;
        }

        /** Makes this a package with several files. */
        public Builder multiFiles(List<MultiFile> value) {
            firmwareUrl = null;
            firmwareSize = null;
            firmwareSign = null;
            multiFiles = value;
            return this;
        }

        /** Sets the description. */
        public Builder firmwareDesc(String value) {
            firmwareDesc = value;
            return this;
        }

        /** Sets the custom information for devices. */
        public Builder udi(String value) {
            udi = value;
            return this;
        }

        /** Sets the creation and modification times, such as {@code 2019-12-28T02:42:22.000Z}. */
        public Builder times(String created, String modified) {
            utcCreate = created;
            utcModified = modified;
            return this;
        }

        /** Returns the package. */
        public AliyunFirmware build() {
            return new AliyunFirmware(
                    firmwareId,
                    firmwareName,
                    productKey,
                    productName,
                    moduleName,
                    type,
                    srcVersion,
                    destVersion,
                    status,
                    verifyProgress,
                    signMethod,
                    firmwareUrl,
                    firmwareSize,
                    firmwareSign,
                    multiFiles,
                    firmwareDesc,
                    udi,
                    utcCreate,
                    utcModified);
        }
    }
}
