package io.otabridge.aliyun;

import io.otabridge.aliyun.config.Dialect;
import io.otabridge.domain.backend.BackendConfig;
import io.otabridge.domain.backend.Secret;

/**
 * Builds the settings of a backend on a private deployment of Tuya's IoT platform in Java, for applications without a
 * configuration file. The settings are validated when the backend is opened, like those of a file. The endpoint and the
 * access key are required.
 */
public final class TuyaConfig {

    private TuyaConfig() {}

    /** Returns a builder without settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder extends BackendConfig.Builder<Builder> {

        private static final String CREDENTIALS = "credentials";

        private Builder() {
            super(Dialect.TUYA.vendor());
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** Sets scheme, host and port of the deployment. */
        public Builder endpoint(String address) {
            return set("endpoint", address);
        }

        /**
         * Sets the host of the object store that files are uploaded to, or the end of it. An upload to another host is
         * refused. Without it, nothing can be published, because Tuya does not document its object store.
         */
        public Builder uploadHostSuffix(String suffix) {
            return set("upload-host-suffix", suffix);
        }

        /** Authenticates with this permanent access key. */
        public Builder accessKey(String accessKey, String secretKey) {
            set(CREDENTIALS, "access-key", Secret.of(accessKey));
            return set(CREDENTIALS, "secret-key", Secret.of(secretKey));
        }
    }
}
