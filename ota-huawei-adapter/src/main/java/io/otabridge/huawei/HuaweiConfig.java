package io.otabridge.huawei;

import io.otabridge.client.config.CloudConfigBuilder;
import io.otabridge.domain.backend.Secret;
import java.util.Locale;

/**
 * Builds the settings of a Huawei Cloud IoTDA backend in Java, for applications without a configuration file. The
 * settings are validated when the backend is opened, like those of a file. Without credentials, the backend uses those
 * of the environment or of the profile file.
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

    /** Returns a builder without settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** The kind of request signature. */
    public enum Signature {
        /** {@link #DERIVED} if the endpoint belongs to a tenant's own instance, {@link #PLAIN} otherwise. */
        AUTO,
        /** Signs with the access key itself. */
        PLAIN,
        /** Signs with a key derived for the region. */
        DERIVED
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder extends CloudConfigBuilder<Builder> {

        private static final String OBS = "obs";

        private Builder() {
            super(HuaweiProvider.VENDOR);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** Sets the project id: 1 to 32 hexadecimal digits. */
        public Builder projectId(String id) {
            return set("project-id", id);
        }

        /** Sets the resource space. It is required to list modules, to find them by name and to create them. */
        public Builder appId(String id) {
            return set("app-id", id);
        }

        /** Sets the instance id, which is sent as header {@code Instance-Id}. */
        public Builder instanceId(String id) {
            return set("instance-id", id);
        }

        /** Sets the kind of signature. The default is {@link Signature#AUTO}. */
        public Builder signature(Signature signature) {
            return set("signature", signature.name().toLowerCase(Locale.ROOT));
        }

        /**
         * Names the package of firmware and software jobs in the field {@code package_ids} of newer documents. By default
         * these jobs use {@code package_id}, which older platforms require.
         */
        public Builder jobsWithPackageIds() {
            return set("job-document", "package-ids");
        }

        /** Authenticates with this IAM token, which must be scoped to the project. It is not refreshed. */
        public Builder token(String token) {
            return set(CREDENTIALS, "token", Secret.of(token));
        }

        /** Authenticates with IAM tokens of this user. Tokens are obtained and refreshed as needed. */
        public Builder user(String userName, String password, String accountName) {
            set(CREDENTIALS, "user-name", userName);
            set(CREDENTIALS, "password", Secret.of(password));
            return set(CREDENTIALS, "account-name", accountName);
        }

        /** Sets the address of IAM. The default is the IAM of the region. */
        public Builder iamEndpoint(String address) {
            return set(CREDENTIALS, "iam-endpoint", address);
        }

        /** Sets the OBS bucket to which firmware files are uploaded. Without it, files cannot be published. */
        public Builder obsBucket(String bucket) {
            return set(OBS, "bucket", bucket);
        }

        /** Sets the region of the OBS bucket. The default is the region of the backend. */
        public Builder obsRegion(String region) {
            return set(OBS, "region", region);
        }

        /** Sets the address of OBS in the region of the bucket. The default is the public address. */
        public Builder obsEndpoint(String address) {
            return set(OBS, "endpoint", address);
        }

        /** Sets the beginning of the keys of uploaded files. The default is {@code ota}. */
        public Builder obsPrefix(String prefix) {
            return set(OBS, "prefix", prefix);
        }

        /** Sets the total rate limit of the account, in calls per second. The default is 200. */
        public Builder quotaTotal(int callsPerSecond) {
            return set(QUOTA, "total", callsPerSecond);
        }
    }
}
