package io.otabridge.client.config;

import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.BackendConfig;
import io.otabridge.domain.backend.Secret;

/**
 * Builds the settings that all public clouds have in common, in addition to {@link BackendConfig.Builder}. Used by one
 * thread.
 *
 * @param <B> the builder of the vendor
 */
public abstract class CloudConfigBuilder<B extends CloudConfigBuilder<B>> extends BackendConfig.Builder<B> {

    /** The section of the credentials. */
    protected static final String CREDENTIALS = "credentials";

    /** The section of the quotas. */
    protected static final String QUOTA = "quota";

    private static final String SOURCE = "source";

    /** A builder without settings. */
    protected CloudConfigBuilder(Vendor vendor) {
        super(vendor);
    }

    /** The vendor's region. It determines the public endpoint. */
    public B region(String region) {
        return set("region", region);
    }

    /** Scheme, host and port to call instead of the region's public endpoint. */
    public B endpoint(String address) {
        return set("endpoint", address);
    }

    /** A permanent access key. */
    public B accessKey(String accessKey, String secretKey) {
        set(CREDENTIALS, "access-key", Secret.of(accessKey));
        return set(CREDENTIALS, "secret-key", Secret.of(secretKey));
    }

    /** A temporary access key with its security token. */
    public B temporaryKey(String accessKey, String secretKey, String securityToken) {
        accessKey(accessKey, secretKey);
        return set(CREDENTIALS, "security-token", Secret.of(securityToken));
    }

    /** Uses the temporary keys of the cloud server that runs this process. */
    public B ecsKeys() {
        return source("ecs");
    }

    /** Uses temporary keys from the {@code AccessKeyProvider} in the context. */
    public B applicationKeys() {
        return source("application");
    }

    /** The source of credentials. */
    protected final B source(String name) {
        return set(CREDENTIALS, SOURCE, name);
    }

    /** The metadata service of the cloud server instead of the vendor's default: a loopback or link-local address. */
    public B metadataEndpoint(String address) {
        return set(CREDENTIALS, "metadata-endpoint", address);
    }

    /** The name of the account whose quotas apply. By default, backends with the same access key share quotas. */
    public B account(String name) {
        return set("account", name);
    }

    /** Whether calls are rate limited to the quotas of the account; on by default. */
    public B pacing(boolean isOn) {
        return set("pacing", onOrOff(isOn));
    }

    /**
     * Shares the quotas with other processes through the Redis server at this address, such as {@code
     * redis://cache:6379}.
     */
    public B quotaRedis(String address) {
        return set(QUOTA, "redis", Secret.of(address));
    }

    /** The share of the quotas that this process uses while Redis is unreachable; 0.25 by default. */
    public B quotaLocalShare(double share) {
        return set(QUOTA, "local-share", share);
    }

    /**
     * The rate limit of an operation, if it differs from the documented one of the vendor.
     *
     * @param operation the vendor's name of the operation, such as {@code ShowDevice} or {@code QueryOTAFirmware}
     */
    public B quota(String operation, int callsPerSecond) {
        return set(QUOTA, operation, callsPerSecond);
    }
}
