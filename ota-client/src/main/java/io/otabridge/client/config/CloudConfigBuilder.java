package io.otabridge.client.config;

import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.BackendConfig;
import io.otabridge.domain.backend.Secret;

/**
 * Collects the settings that all public clouds have by name, besides those of {@link BackendConfig.Builder}. For one thread.
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

    /** The vendor's region, which chooses its public endpoint. */
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

    /** Gets the temporary keys of the cloud server that this process runs on. */
    public B ecsKeys() {
        return source("ecs");
    }

    /** Gets temporary keys from the {@code AccessKeyProvider} in the context. */
    public B applicationKeys() {
        return source("application");
    }

    /** Where credentials come from. */
    protected final B source(String name) {
        return set(CREDENTIALS, SOURCE, name);
    }

    /** The metadata service of the cloud server, on this machine or link, instead of the vendor's. */
    public B metadataEndpoint(String address) {
        return set(CREDENTIALS, "metadata-endpoint", address);
    }

    /** A name for the account whose quotas count; unless set, backends with one access key share them. */
    public B account(String name) {
        return set("account", name);
    }

    /** Whether calls are kept within the quotas of the account; they are unless set. */
    public B pacing(boolean isOn) {
        return set("pacing", onOrOff(isOn));
    }

    /** Shares the quotas with other processes through the Redis at this address, such as {@code redis://cache:6379}. */
    public B quotaRedis(String address) {
        return set(QUOTA, "redis", Secret.of(address));
    }

    /** The part of the quotas that this process keeps to while Redis cannot be reached; 0.25 unless set. */
    public B quotaLocalShare(double share) {
        return set(QUOTA, "local-share", share);
    }

    /**
     * How many calls of an operation a second the account may send, where that differs from what the vendor documents.
     *
     * @param operation the vendor's name of the operation, such as {@code ShowDevice} or {@code QueryOTAFirmware}
     */
    public B quota(String operation, int callsPerSecond) {
        return set(QUOTA, operation, callsPerSecond);
    }
}
