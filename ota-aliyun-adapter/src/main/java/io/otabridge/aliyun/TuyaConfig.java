package io.otabridge.aliyun;

import io.otabridge.aliyun.config.Dialect;
import io.otabridge.domain.backend.BackendConfig;
import io.otabridge.domain.backend.Secret;

/**
 * The settings of a backend on a private deployment of Tuya's IoT platform, for an application that has no configuration
 * file. They are checked when the backend is opened, as those of a file are. Endpoint and access key are needed.
 */
public final class TuyaConfig {

    private TuyaConfig() {}

    /** A builder without settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the settings by name. For one thread. */
    public static final class Builder extends BackendConfig.Builder<Builder> {

        private static final String CREDENTIALS = "credentials";

        private Builder() {
            super(Dialect.TUYA.vendor());
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** Scheme, host and port of the deployment. */
        public Builder endpoint(String address) {
            return set("endpoint", address);
        }

        /** A permanent access key. */
        public Builder accessKey(String accessKey, String secretKey) {
            set(CREDENTIALS, "access-key", Secret.of(accessKey));
            return set(CREDENTIALS, "secret-key", Secret.of(secretKey));
        }
    }
}
