package io.otabridge.spring;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * Describes the properties for development environments, and gives {@link PropertyTree} the spelling of the keys. The
 * properties of backends are never bound to it: the adapters check them, with the rules of a configuration file.
 *
 * @param enabled Whether an OtaBridge is created.
 * @param config Location of a configuration file, such as classpath:ota.yaml or a path, instead of the properties below.
 * @param defaultBackend Name of the default backend. Not needed for a single backend.
 * @param backends Backends by name.
 * @param products Ids of products: by your name of the product, then by backend.
 * @param auditLog File that receives a JSON line for each change that is sent to a vendor.
 * @param sharedHttpClient Whether backends use the application's bean of type OkHttpClient, if there is exactly one.
 * @param problemDetails Whether failures become responses of type application/problem+json (RFC 9457).
 * @param inMemory For tests: names of backends that are kept in memory, instead of all others; * for those configured.
 * @param health Health of backends.
 */
@ConfigurationProperties("ota")
record OtaSettings(
        @DefaultValue("true") boolean enabled,
        String config,
        @Name("default") String defaultBackend,
        Map<String, BackendSettings> backends,
        Map<String, Map<String, String>> products,
        String auditLog,
        @DefaultValue("true") boolean sharedHttpClient,
        @DefaultValue("true") boolean problemDetails,
        List<String> inMemory,
        HealthSettings health) {

    /**
     * Health of backends.
     *
     * @param ttl How long a result is used before the backend is diagnosed again.
     * @param timeout Deadline of each request of a diagnosis.
     */
    record HealthSettings(
            @DefaultValue("60s") Duration ttl,
            @DefaultValue("5s") Duration timeout) {}

    /**
     * The settings of a backend. Settings of other vendors have the keys of their adapter.
     *
     * @param vendor Vendor of the backend: huawei, aliyun, tuya, or that of another adapter.
     * @param region Region of the vendor, which determines the endpoint. Huawei and Alibaba.
     * @param endpoint Scheme, host and port of the API, instead of those of the region. Required for Tuya.
     * @param projectId Project id: 1 to 32 hexadecimal digits. Huawei.
     * @param appId Resource space. Huawei.
     * @param instanceId Instance id. Huawei and Alibaba.
     * @param signature Request signature: auto, plain or derived (Huawei), acs3-hmac-sha256 or hmac-sha1 (Alibaba).
     * @param jobDocument Name of the package in jobs: auto or package-ids. Huawei.
     * @param obs Object store of firmware files. Huawei.
     * @param credentials Credentials. By default those of the vendor's environment variables or profile file.
     * @param timeout Deadline of each call, with waits and retries.
     * @param retries Maximum number of retries, 0 to 9.
     * @param quota Calls per second, if they differ from the vendor's documentation. Huawei and Alibaba.
     * @param account Name of the account whose quotas apply. Huawei and Alibaba.
     * @param pacing Client-side rate limiting. Huawei and Alibaba.
     * @param circuitBreaker Whether calls are rejected for some seconds after many failures.
     * @param cache Cache of packages and modules that are found by id. Needs Caffeine.
     * @param maxResponseBytes Maximum size of a response after decompression.
     * @param uploadHostSuffix Host that files are uploaded to, or the end of it. Alibaba and Tuya.
     * @param maxDevicesPerJob Maximum number of listed devices of one upgrade job. Alibaba.
     * @param allowCleartext Whether http:// is allowed for hosts other than this machine.
     */
    record BackendSettings(
            String vendor,
            @Nullable String region,
            @Nullable String endpoint,
            @Nullable String projectId,
            @Nullable String appId,
            @Nullable String instanceId,
            @Nullable String signature,
            @DefaultValue("auto") String jobDocument,
            @Nullable ObsSettings obs,
            @Nullable CredentialSettings credentials,
            @DefaultValue("10s") Duration timeout,
            @DefaultValue("2") int retries,
            Map<String, String> quota,
            @Nullable String account,
            @DefaultValue("true") boolean pacing,
            @DefaultValue("true") boolean circuitBreaker,
            @Nullable CacheSettings cache,
            @DefaultValue("8388608") long maxResponseBytes,
            @Nullable String uploadHostSuffix,
            @DefaultValue("10000") int maxDevicesPerJob,
            boolean allowCleartext) {}

    /**
     * The object store OBS.
     *
     * @param bucket Bucket for firmware files.
     * @param region Region of the bucket, if it differs from that of the backend.
     * @param endpoint Address of OBS, instead of the public one of the region.
     * @param prefix Beginning of the keys of uploaded files.
     */
    record ObsSettings(
            String bucket,
            String region,
            String endpoint,
            @DefaultValue("ota") String prefix) {}

    /**
     * Credentials.
     *
     * @param accessKey Access key.
     * @param secretKey Secret key of the access key.
     * @param securityToken Security token of a temporary access key.
     * @param token IAM token that is scoped to the project. Huawei.
     * @param userName IAM user. Huawei.
     * @param password Password of the IAM user. Huawei.
     * @param accountName Account of the IAM user. Huawei.
     * @param iamEndpoint Address of IAM, instead of that of the region. Huawei.
     * @param source Source of temporary keys: ecs, application (a bean of type AccessKeyProvider), or uri (Alibaba).
     * @param role RAM role of the cloud server. Alibaba.
     * @param uri Address of a service that issues keys. Alibaba.
     * @param metadataEndpoint Metadata service of the cloud server, instead of the vendor's.
     */
    record CredentialSettings(
            String accessKey,
            String secretKey,
            String securityToken,
            String token,
            String userName,
            String password,
            String accountName,
            String iamEndpoint,
            String source,
            String role,
            String uri,
            String metadataEndpoint) {

        /** Shows nothing, because the components are secrets. */
        @Override
        public String toString() {
            return "CredentialSettings";
        }
    }

    /**
     * Cache.
     *
     * @param firmware How long packages are cached. Not cached by default.
     * @param modules How long modules are cached. Not cached by default.
     * @param stale How much longer entries are used while the vendor is unavailable.
     * @param entries Maximum number of entries of each kind.
     */
    record CacheSettings(
            Duration firmware,
            Duration modules,
            Duration stale,
            @DefaultValue("10000") int entries) {}
}
