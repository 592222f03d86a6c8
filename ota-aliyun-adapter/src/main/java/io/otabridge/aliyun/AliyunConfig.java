package io.otabridge.aliyun;

import io.otabridge.aliyun.config.Dialect;
import io.otabridge.client.config.CloudConfigBuilder;
import io.otabridge.domain.backend.Secret;
import java.util.Locale;

/**
 * The settings of a backend on Alibaba Cloud IoT Platform, for an application that has no configuration file. They are
 * checked when the backend is opened, as those of a file are. Without credentials, those of the environment or of a profile
 * file are used.
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

    /** A builder without settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** How requests are signed. */
    public enum Signature {
        /** ACS3-HMAC-SHA256. */
        ACS3_HMAC_SHA256,
        /** The older HMAC-SHA1. */
        HMAC_SHA1
    }

    /** Collects the settings by name. For one thread. */
    public static final class Builder extends CloudConfigBuilder<Builder> {

        private Builder() {
            super(Dialect.ALIBABA.vendor());
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** Sent as {@code IotInstanceId}; must not be set for an old public instance. */
        public Builder instanceId(String id) {
            return set("instance-id", id);
        }

        /** How requests are signed; {@link Signature#ACS3_HMAC_SHA256} unless set. */
        public Builder signature(Signature signature) {
            return set("signature", signature.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }

        /** The same, of this role. */
        public Builder ecsKeys(String role) {
            return ecsKeys().set(CREDENTIALS, "role", role);
        }

        /** Gets temporary keys from the service at the URI in {@code ALIBABA_CLOUD_CREDENTIALS_URI}. */
        public Builder uriKeys() {
            return source("uri");
        }

        /** Gets temporary keys from the service at this URI. */
        public Builder uriKeys(String uri) {
            return uriKeys().set(CREDENTIALS, "uri", Secret.of(uri));
        }
    }
}
