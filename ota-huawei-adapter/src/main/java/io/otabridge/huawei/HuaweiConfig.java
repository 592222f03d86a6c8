package io.otabridge.huawei;

import io.otabridge.domain.backend.BackendConfig;
import io.otabridge.domain.backend.Secret;
import java.util.Locale;

/**
 * The settings of a backend on Huawei Cloud IoTDA, for an application that has no configuration file. They are checked when
 * the backend is opened, as those of a file are. Without credentials, those of the environment or of the profile file are
 * used.
 *
 * <pre>{@code
 * OtaConfig config = OtaConfig.builder()
 *         .backend("prod", HuaweiConfig.builder()
 *                 .region("cn-north-4")
 *                 .projectId(projectId)
 *                 .accessKey(accessKey, secretKey)
 *                 .timeout(Duration.ofSeconds(5))
 *                 .build())
 *         .build();
 * }</pre>
 */
public final class HuaweiConfig {

    private HuaweiConfig() {}

    /** A builder without settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** How requests are signed. */
    public enum Signature {
        /** Derived if the endpoint is an instance's own, plain otherwise. */
        AUTO,
        /** With the access key itself. */
        PLAIN,
        /** With a key derived for the region. */
        DERIVED
    }

    /** Collects the settings by name. For one thread. */
    public static final class Builder extends BackendConfig.Builder<Builder> {

        private static final String CREDENTIALS = "credentials";
        private static final String SOURCE = "source";
        private static final String QUOTA = "quota";

        private Builder() {
            super(HuaweiProvider.VENDOR);
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

        /** The project: 1 to 32 hexadecimal digits. */
        public Builder projectId(String id) {
            return set("project-id", id);
        }

        /** The resource space; needed to find modules by name. */
        public Builder appId(String id) {
            return set("app-id", id);
        }

        /** Sent as {@code Instance-Id}. */
        public Builder instanceId(String id) {
            return set("instance-id", id);
        }

        /** How requests are signed; {@link Signature#AUTO} unless set. */
        public Builder signature(Signature signature) {
            return set("signature", signature.name().toLowerCase(Locale.ROOT));
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

        /** An IAM token scoped to the project. */
        public Builder token(String token) {
            return set(CREDENTIALS, "token", Secret.of(token));
        }

        /** Gets IAM tokens for this user. */
        public Builder user(String userName, String password, String accountName) {
            set(CREDENTIALS, "user-name", userName);
            set(CREDENTIALS, "password", Secret.of(password));
            return set(CREDENTIALS, "account-name", accountName);
        }

        /** The address of IAM instead of that of the region. */
        public Builder iamEndpoint(String address) {
            return set(CREDENTIALS, "iam-endpoint", address);
        }

        /** Gets the temporary keys of the cloud server that this process runs on. */
        public Builder ecsKeys() {
            return set(CREDENTIALS, SOURCE, "ecs");
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
         * @param operation the vendor's name of the operation, such as {@code ShowDevice}
         */
        public Builder quota(String operation, int callsPerSecond) {
            return set(QUOTA, operation, callsPerSecond);
        }

        /** How many calls a second the account may send in all; 200 unless set. */
        public Builder quotaTotal(int callsPerSecond) {
            return set(QUOTA, "total", callsPerSecond);
        }
    }
}
