package io.otabridge.aliyun.config;

import io.otabridge.aliyun.signing.Acs3Signer;
import io.otabridge.aliyun.signing.AliyunRequestSigner;
import io.otabridge.aliyun.signing.RpcSigner;
import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.ratelimit.RateLimitSettings;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.control.Option;
import java.time.Duration;

/**
 * The settings of one backend on a platform.
 *
 * @param dialect which platform it is
 * @param connection where calls go
 * @param instanceId sent as {@code IotInstanceId} where configured; old public instances must not send one
 * @param keys who calls
 * @param scheme how calls are signed
 * @param pacing how it keeps to its quotas; absent if it does not
 */
public record AliyunSettings(
        Dialect dialect,
        ConnectionSettings connection,
        Option<String> instanceId,
        AliyunCredentials keys,
        AliyunRequestSigner.Scheme scheme,
        Option<RateLimitSettings> pacing) {

    private static final String ACS3 = "acs3-hmac-sha256";
    private static final String RPC = "hmac-sha1";

    /** Instance ids have several forms and are documented as opaque. */
    private static final StringConstraint INSTANCE_ID = StringConstraint.opaque("instance id", 128);

    /** Reads every setting of {@code vendor: aliyun}; absent if a fault was noted. */
    public static Option<AliyunSettings> read(SettingsReader settings, BackendContext context) {
        Option<ConnectionSettings> connection =
                ConnectionSettings.read(settings, region -> "https://iot." + region + ".aliyuncs.com");
        Option<String> instanceId = settings.text("instance-id", INSTANCE_ID);
        boolean older = settings.choice("signature", ACS3, RPC).contains(RPC);
        Option<AliyunCredentials> keys = AliyunCredentials.read(settings, context);
        Option<RateLimitSettings> pacing = RateLimitSettings.read(settings, AliyunRateLimits.TABLE, context);
        return connection.flatMap(where -> keys.map(who -> new AliyunSettings(
                Dialect.ALIBABA,
                where,
                instanceId,
                who,
                older ? new RpcSigner(Dialect.ALIBABA.commonParameters(), where.region()) : new Acs3Signer(),
                pacing)));
    }

    /** Reads every setting of {@code vendor: tuya}; absent if a fault was noted. */
    public static Option<AliyunSettings> readTuya(SettingsReader settings) {
        Option<ConnectionSettings> connection = ConnectionSettings.read(settings);
        SettingsReader credentials = settings.section("credentials");
        Option<Secret> id = secret(credentials, "access-key");
        Option<Secret> key = secret(credentials, "secret-key");
        return connection.flatMap(where -> id.flatMap(known -> key.map(secret -> new AliyunSettings(
                Dialect.TUYA,
                where,
                Option.none(),
                new AliyunCredentials.Fixed(new AccessKey(known.reveal(), secret, Option.none())),
                new RpcSigner(Dialect.TUYA.commonParameters(), Option.none()),
                // No limit of a private deployment is known.
                Option.none()))));
    }

    /** The signature that is not configured; absent where there is one kind only. */
    public Option<AliyunRequestSigner.Scheme> otherScheme() {
        return Option.when(
                dialect.isCloud(),
                () -> scheme instanceof Acs3Signer
                        ? new RpcSigner(dialect.commonParameters(), connection.region())
                        : new Acs3Signer());
    }

    /** The word for a signature in a configuration. */
    public static String word(AliyunRequestSigner.Scheme scheme) {
        return scheme instanceof Acs3Signer ? ACS3 : RPC;
    }

    /** The same with calls that are sent once, signed in this way. */
    public AliyunSettings once(AliyunRequestSigner.Scheme by) {
        return new AliyunSettings(dialect, connection.with(connection.limits().once()), instanceId, keys, by, pacing);
    }

    /** The same with another deadline for each call. */
    public AliyunSettings within(Duration deadline) {
        return new AliyunSettings(
                dialect, connection.with(connection.limits().within(deadline)), instanceId, keys, scheme, pacing);
    }

    /** The secret at this key; a fault is noted if it is not there. */
    private static Option<Secret> secret(SettingsReader credentials, String key) {
        if (!credentials.has(key)) {
            credentials.error(key, "is missing: give access-key and secret-key of the deployment");
        }
        return credentials.secret(key);
    }
}
