package io.otabridge.huawei;

import io.otabridge.client.config.CloudConfigBuilder;
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
    public static final class Builder extends CloudConfigBuilder<Builder> {

        private Builder() {
            super(HuaweiProvider.VENDOR);
        }

        @Override
        protected Builder self() {
            return this;
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

        /** How many calls a second the account may send in all; 200 unless set. */
        public Builder quotaTotal(int callsPerSecond) {
            return set(QUOTA, "total", callsPerSecond);
        }
    }
}
