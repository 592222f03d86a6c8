package io.otabridge.simulators.aliyun;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An OTA package as IoT Platform keeps it, in the vendor's words; null is left out of answers. It has either one file, and
 * then the three members {@code firmwareUrl}, {@code firmwareSize} and {@code firmwareSign}, or several
 * {@code multiFiles}. Make one with {@link #builder}.
 *
 * @param type 0 full, 1 delta
 * @param srcVersion "" for a full package
 * @param status -1 needs no verification, 0 unverified, 1 verified, 2 being verified, 3 failed
 * @param verifyProgress percent
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

    /** Keeps a copy of the list. */
    public AliyunFirmware {
        multiFiles = List.copyOf(multiFiles);
    }

    /** One of several files. */
    public record MultiFile(String name, long size, String url, String signValue, String fileMd5) {}

    /** A verified full package of the module {@code default} without a file; everything else can be set. */
    public static Builder builder(String firmwareId, String productKey, String destVersion) {
        return new Builder(firmwareId, productKey, destVersion);
    }

    /** Collects the members of a package; what is not set is absent or has a plausible default. */
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

        /** The name; by default the id. */
        public Builder firmwareName(String value) {
            firmwareName = value;
            return this;
        }

        /** The name of the product. */
        public Builder productName(String value) {
            productName = value;
            return this;
        }

        /** The module; by default {@code default}. */
        public Builder moduleName(String value) {
            moduleName = value;
            return this;
        }

        /** Makes it a delta package from this version. */
        public Builder deltaFrom(String value) {
            type = 1;
            srcVersion = value;
            return this;
        }

        /** How far it is verified: -1, 0, 1, 2 or 3, and the percent. */
        public Builder status(int value, int percent) {
            status = value;
            verifyProgress = percent;
            return this;
        }

        /** What the signs are made with: {@code MD5}, the default, or {@code SHA256}. */
        public Builder signMethod(String value) {
            signMethod = value;
            return this;
        }

        /** Makes it a package with one file. */
        public Builder file(String url, long size, String sign) {
            firmwareUrl = url;
            firmwareSize = size;
            firmwareSign = sign;
            multiFiles = List.of();
            return this;
        }

        /** Makes it a package with several files. */
        public Builder multiFiles(List<MultiFile> value) {
            firmwareUrl = null;
            firmwareSize = null;
            firmwareSign = null;
            multiFiles = value;
            return this;
        }

        /** The description. */
        public Builder firmwareDesc(String value) {
            firmwareDesc = value;
            return this;
        }

        /** What is handed to devices with the notice. */
        public Builder udi(String value) {
            udi = value;
            return this;
        }

        /** When it was made and last changed, such as {@code 2019-12-28T02:42:22.000Z}. */
        public Builder times(String created, String modified) {
            utcCreate = created;
            utcModified = modified;
            return this;
        }

        /** The package. */
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
