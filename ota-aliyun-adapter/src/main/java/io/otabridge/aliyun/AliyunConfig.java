package io.otabridge.aliyun;

import io.otabridge.domain.backend.BackendConfig;
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
    public static final class Builder extends BackendConfig.Builder<Builder> {

        private static final String CREDENTIALS = "credentials";
        private static final String SOURCE = "source";
        private static final String QUOTA = "quota";

        private Builder() {
            super(Dialect.ALIBABA.vendor());
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** The vendor's region, which chooses its public endpoint. */
        public Builder region(String region) {
            return set("region", region);
        }

        /** Scheme, host and port to call instead of the region's public endpoint. */
        public Builder endpoint(String address) {
            return set("endpoint", address);
        }

        /** Sent as {@code IotInstanceId}; must not be set for an old public instance. */
        public Builder instanceId(String id) {
            return set("instance-id", id);
        }

        /** How requests are signed; {@link Signature#ACS3_HMAC_SHA256} unless set. */
        public Builder signature(Signature signature) {
            return set("signature", signature.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }

        /** A permanent access key. */
        public Builder accessKey(String accessKey, String secretKey) {
            set(CREDENTIALS, "access-key", Secret.of(accessKey));
            return set(CREDENTIALS, "secret-key", Secret.of(secretKey));
        }

        /** A temporary access key with its security token. */
        public Builder temporaryKey(String accessKey, String secretKey, String securityToken) {
            return accessKey(accessKey, secretKey).set(CREDENTIALS, "security-token", Secret.of(securityToken));
        }

        /** Gets the temporary keys of the cloud server that this process runs on. */
        public Builder ecsKeys() {
            return set(CREDENTIALS, SOURCE, "ecs");
        }

        /** The same, of this role. */
        public Builder ecsKeys(String role) {
            return ecsKeys().set(CREDENTIALS, "role", role);
        }

        /** Gets temporary keys from the service at the URI in {@code ALIBABA_CLOUD_CREDENTIALS_URI}. */
        public Builder uriKeys() {
            return set(CREDENTIALS, SOURCE, "uri");
        }

        /** Gets temporary keys from the service at this URI. */
        public Builder uriKeys(String uri) {
            return uriKeys().set(CREDENTIALS, "uri", Secret.of(uri));
        }

        /** Gets temporary keys from the {@code AccessKeySource} in the context. */
        public Builder applicationKeys() {
            return set(CREDENTIALS, SOURCE, "application");
        }

        /** The metadata service of the cloud server, on this machine or link, instead of the vendor's. */
        public Builder metadataEndpoint(String address) {
            return set(CREDENTIALS, "metadata-endpoint", address);
        }

        /** A name for the account whose quotas count; unless set, backends with one access key share them. */
        public Builder account(String name) {
            return set("account", name);
        }

        /** Whether calls are kept within the quotas of the account; they are unless set. */
        public Builder pacing(boolean isOn) {
            return set("pacing", onOrOff(isOn));
        }

        /** Shares the quotas with other processes through the Redis at this address, such as {@code redis://cache:6379}. */
        public Builder quotaRedis(String address) {
            return set(QUOTA, "redis", Secret.of(address));
        }

        /** The part of the quotas that this process keeps to while Redis cannot be reached; 0.25 unless set. */
        public Builder quotaLocalShare(double share) {
            return set(QUOTA, "local-share", share);
        }

        /**
         * How many calls of an operation a second the account may send, where that differs from what the vendor documents.
         *
         * @param operation the vendor's name of the operation, such as {@code QueryOTAFirmware}
         */
        public Builder quota(String operation, int callsPerSecond) {
            return set(QUOTA, operation, callsPerSecond);
        }
    }
}
