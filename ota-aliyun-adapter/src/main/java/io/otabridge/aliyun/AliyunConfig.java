package io.otabridge.aliyun;

import io.otabridge.aliyun.config.Dialect;
import io.otabridge.client.config.CloudConfigBuilder;
import io.otabridge.domain.backend.Secret;
import java.util.Locale;

/**
 * Builds the settings of an Alibaba Cloud IoT Platform backend in Java, for applications without a configuration file.
 * The settings are validated when the backend is opened, like those of a file. Without credentials, the backend uses
 * those of the environment or of a profile file.
 *
 * <pre>{@code
 * OtaConfig config = OtaConfig.builder()
 *         .backend("legacy", AliyunConfig.builder()
 *                 .region("cn-shanghai")
 *                 .instanceId(instanceId)
 *                 .accessKey(accessKey, secretKey)
 *                 .build())
 *         .build();
 * }</pre>
 */
public final class AliyunConfig {

    private AliyunConfig() {}

    /** Returns a builder without settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** The kind of request signature. */
    public enum Signature {
        /** {@code ACS3-HMAC-SHA256}. */
        ACS3_HMAC_SHA256,
        /** The older {@code HMAC-SHA1}. */
        HMAC_SHA1
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder extends CloudConfigBuilder<Builder> {

        private Builder() {
            super(Dialect.ALIBABA.vendor());
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** Sets the instance id, which is sent as {@code IotInstanceId}. Do not set it for an old public instance. */
        public Builder instanceId(String id) {
            return set("instance-id", id);
        }

        /**
         * Sets the host of the object store that files are uploaded to, or the end of it, such as {@code
         * .oss-cn-shanghai.aliyuncs.com}. An upload to another host is refused. The default is {@code .aliyuncs.com}.
         */
        public Builder uploadHostSuffix(String suffix) {
            return set("upload-host-suffix", suffix);
        }

        /**
         * Sets how many listed devices one upgrade job may have; more become several jobs. The default is 10,000, the
         * lower of the two numbers in the vendor's documents; the other one is 1,000,000.
         */
        public Builder maxDevicesPerJob(int devices) {
            return set("max-devices-per-job", String.valueOf(devices));
        }

        /** Sets the kind of signature. The default is {@link Signature#ACS3_HMAC_SHA256}. */
        public Builder signature(Signature signature) {
            return set("signature", signature.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }

        /** Gets temporary keys of this RAM role from the metadata service of the ECS. */
        public Builder ecsKeys(String role) {
            return ecsKeys().set(CREDENTIALS, "role", role);
        }

        /** Gets temporary keys from the URI in the environment variable {@code ALIBABA_CLOUD_CREDENTIALS_URI}. */
        public Builder uriKeys() {
            return source("uri");
        }

        /** Gets temporary keys from this URI. */
        public Builder uriKeys(String uri) {
            return uriKeys().set(CREDENTIALS, "uri", Secret.of(uri));
        }
    }
}
