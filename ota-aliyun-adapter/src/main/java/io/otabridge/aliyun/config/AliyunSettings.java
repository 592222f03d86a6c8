package io.otabridge.aliyun.config;

import io.otabridge.aliyun.signing.Acs3Signer;
import io.otabridge.aliyun.signing.AliyunRequestSigner;
import io.otabridge.aliyun.signing.RpcSigner;
import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.ratelimit.Rate;
import io.otabridge.client.ratelimit.RateLimitSettings;
import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.Map;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;

/**
 * The settings of one backend on Alibaba Cloud IoT Platform or on a compatible platform.
 *
 * @param dialect the platform
 * @param connection the endpoint and the call options
 * @param instanceId sent as {@code IotInstanceId}; absent if not configured, and for old public instances, which reject
 *     it
 * @param credentials the credentials or their source
 * @param scheme the kind of signature
 * @param rateLimits client-side rate limiting; absent if it is off
 * @param uploadHosts the hosts of the object store that files may be uploaded to; absent if none is known
 * @param maxDevicesPerJob the number of listed devices that the platform accepts in one job
 */
public record AliyunSettings(
        Dialect dialect,
        ConnectionSettings connection,
        Option<String> instanceId,
        AliyunCredentials credentials,
        AliyunRequestSigner.Scheme scheme,
        Option<RateLimitSettings> rateLimits,
        Option<HostSuffix> uploadHosts,
        int maxDevicesPerJob) {

    /** More names than these need a list file. The documents of Tuya describe no such file. */
    public static final int MAX_NAMED_DEVICES = 200;

    /**
     * The number in the document "GenerateDeviceNameListURL". The document "CreateOTAStaticUpgradeJob" has 1,000,000.
     */
    private static final int DEFAULT_MAX_DEVICES = 10_000;

    private static final StringConstraint MAX_DEVICES = StringConstraint.matching(
            "number of devices", "[1-9][0-9]{0,5}|1000000", "a whole number from 1 to 1000000");

    private static final String ACS3 = "acs3-hmac-sha256";
    private static final String RPC = "hmac-sha1";

    /** Instance ids have several forms and are documented as opaque. */
    private static final StringConstraint INSTANCE_ID = StringConstraint.opaque("instance id", 128);

    /** Reads all settings of {@code vendor: aliyun}; absent if an error was reported. */
    public static Option<AliyunSettings> read(SettingsReader settings, BackendContext context) {
        Option<ConnectionSettings> connection =
                ConnectionSettings.read(settings, region -> "https://iot." + region + ".aliyuncs.com");
        Option<String> instanceId = settings.text("instance-id", INSTANCE_ID);
        boolean isRpc = settings.choice("signature", ACS3, RPC).contains(RPC);
        Option<AliyunCredentials> credentials = AliyunCredentials.read(settings, context);
        Option<RateLimitSettings> rateLimits = RateLimitSettings.read(settings, AliyunRateLimits.TABLE, context);
        Option<HostSuffix> uploadHosts = HostSuffix.read(settings);
        int maxDevices = settings.text("max-devices-per-job", MAX_DEVICES)
                .map(Integer::valueOf)
                .getOrElse(DEFAULT_MAX_DEVICES);
        return connection.flatMap(endpoint -> credentials.map(account -> new AliyunSettings(
                Dialect.ALIBABA,
                endpoint,
                instanceId,
                account,
                isRpc ? new RpcSigner(Dialect.ALIBABA.commonParameters(), endpoint.region()) : new Acs3Signer(),
                rateLimits,
                uploadHosts.orElse(Option.some(HostSuffix.ALIBABA)),
                maxDevices)));
    }

    /** Reads all settings of {@code vendor: tuya}; absent if an error was reported. */
    public static Option<AliyunSettings> readTuya(SettingsReader settings) {
        Option<ConnectionSettings> connection = ConnectionSettings.read(settings);
        Option<HostSuffix> uploadHosts = HostSuffix.read(settings);
        SettingsReader section = settings.section("credentials");
        Option<Secret> id = secret(section, "access-key");
        Option<Secret> key = secret(section, "secret-key");
        return connection.flatMap(endpoint -> id.flatMap(accessKey -> key.map(secret -> new AliyunSettings(
                Dialect.TUYA,
                endpoint,
                Option.none(),
                new AliyunCredentials.Key(new AccessKey(accessKey.reveal(), secret, Option.none())),
                new RpcSigner(Dialect.TUYA.commonParameters(), Option.none()),
                // The rate limits of a private deployment are unknown.
                Option.none(),
                uploadHosts,
                MAX_NAMED_DEVICES))));
    }

    /** The capabilities of the platform with these settings. */
    public Capabilities capabilities() {
        return uploadHosts.isDefined()
                ? dialect.capabilities()
                : dialect.capabilities()
                        .without(
                                Capability.PUBLISH_FIRMWARE,
                                "Set upload-host-suffix to the host of the deployment's object store, or the end of it");
    }

    /**
     * Returns the address of the object store that a response names for an upload, or why it is not acceptable, a phrase
     * that follows the address. It must be a known host, because an upload contains the file and a signature. On this
     * machine, the platform may name another service of this machine.
     */
    public Either<String, Endpoint> uploadEndpoint(String address) {
        return Endpoint.parse(address, false)
                .filterOrElse(
                        endpoint -> isUploadHost(endpoint.host()),
                        endpoint -> "is not "
                                + uploadHosts.map(HostSuffix::name).getOrElse("known") + " or a host below it");
    }

    private boolean isUploadHost(String host) {
        return uploadHosts.exists(suffix -> suffix.contains(host))
                || (Endpoint.isLoopback(host)
                        && Endpoint.isLoopback(connection.endpoint().host()));
    }

    /** The kind of signature that is not configured; absent if the platform has only one. */
    public Option<AliyunRequestSigner.Scheme> otherScheme() {
        return Option.when(
                dialect.isCloud(),
                () -> scheme instanceof Acs3Signer
                        ? new RpcSigner(dialect.commonParameters(), connection.region())
                        : new Acs3Signer());
    }

    /** The value of {@code signature} for a scheme. */
    public static String settingOf(AliyunRequestSigner.Scheme scheme) {
        return scheme instanceof Acs3Signer ? ACS3 : RPC;
    }

    /** The rate of an operation, also if client-side rate limiting is off; absent if the limits are unknown. */
    public Option<Rate> rateOf(String operation) {
        return rateLimits
                .map(RateLimitSettings::limits)
                .orElse(Option.when(dialect.isCloud(), AliyunRateLimits.TABLE))
                .map(limits -> limits.rateOf(operation));
    }

    /** The shortest time in which the rate limits allow these calls; absent if calls are not limited. */
    public Option<Duration> minimumTime(Map<Capability, Integer> calls) {
        return rateLimits.map(settings -> settings.limits().minimumTime(calls, AliyunRateLimits.REQUESTS));
    }

    /** Returns these settings without retries, with this kind of signature. */
    public AliyunSettings withoutRetries(AliyunRequestSigner.Scheme scheme) {
        return new AliyunSettings(
                dialect,
                connection.withCallOptions(connection.callOptions().withoutRetries()),
                instanceId,
                credentials,
                scheme,
                rateLimits,
                uploadHosts,
                maxDevicesPerJob);
    }

    /** Returns these settings with another deadline for each call. */
    public AliyunSettings within(Duration deadline) {
        return new AliyunSettings(
                dialect,
                connection.withCallOptions(connection.callOptions().withTimeout(deadline)),
                instanceId,
                credentials,
                scheme,
                rateLimits,
                uploadHosts,
                maxDevicesPerJob);
    }

    /** Returns the secret of this key. Reports an error if it is missing. */
    private static Option<Secret> secret(SettingsReader section, String key) {
        if (!section.has(key)) {
            section.error(key, "is missing: set access-key and secret-key of the deployment");
        }
        return section.secret(key);
    }
}
