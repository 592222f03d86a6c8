package io.otabridge.huawei.config;

import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.ratelimit.Rate;
import io.otabridge.client.ratelimit.RateLimitSettings;
import io.otabridge.domain.Capability;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.Map;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of one backend on IoTDA.
 *
 * @param connection the endpoint and the call options
 * @param projectId the project in every path
 * @param appId the resource space; required to list modules, to find them by name and to create them
 * @param instanceId sent as {@code Instance-Id}; absent if not configured
 * @param credentials the credentials or their source
 * @param derivedForRegion the region of the derived-key signature; absent for the plain signature
 * @param rateLimits client-side rate limiting; absent if it is off
 * @param hasPackageIds whether batch tasks for firmware and software name their package in {@code package_ids}, not in
 *     {@code package_id}
 * @param obs the object store of the files of packages
 */
public record HuaweiSettings(
        ConnectionSettings connection,
        String projectId,
        Option<String> appId,
        Option<String> instanceId,
        HuaweiCredentials credentials,
        Option<String> derivedForRegion,
        Option<RateLimitSettings> rateLimits,
        boolean hasPackageIds,
        ObsSettings obs) {

    private static final StringConstraint PROJECT_ID =
            StringConstraint.matching("project id", "[a-fA-F0-9]{1,32}", "1 to 32 hexadecimal digits");
    private static final String PROJECT_ID_VARIABLE = "HUAWEICLOUD_SDK_PROJECT_ID";
    private static final StringConstraint APP_ID = StringConstraint.matching(
            "resource space id", "[a-zA-Z0-9_-]{1,36}", "1 to 36 letters, digits, underscores and hyphens");
    private static final StringConstraint INSTANCE_ID =
            StringConstraint.matching("instance id", "[a-zA-Z0-9-]{1,36}", "1 to 36 letters, digits and hyphens");
    private static final Pattern INSTANCE_HOST = Pattern.compile(".*\\.iotda-app\\.([a-z0-9-]+)\\..*");

    /** Reads all settings of {@code vendor: huawei}; absent if an error was reported. */
    public static Option<HuaweiSettings> read(SettingsReader settings, BackendContext context) {
        HuaweiCredentialsFile profile = new HuaweiCredentialsFile(context);
        Option<ConnectionSettings> connection =
                ConnectionSettings.read(settings, region -> "https://iotda." + region + ".myhuaweicloud.com");
        Option<String> projectId = projectId(settings, context, profile);
        Option<String> appId = settings.text("app-id", APP_ID);
        Option<String> instanceId = settings.text("instance-id", INSTANCE_ID);
        Option<HuaweiCredentials> credentials =
                HuaweiCredentials.read(settings, connection.flatMap(ConnectionSettings::region), context, profile);
        Option<String> derivedForRegion = derivedForRegion(settings, connection);
        Option<RateLimitSettings> rateLimits = RateLimitSettings.read(settings, HuaweiRateLimits.TABLE, context);
        boolean hasPackageIds =
                settings.choice("job-document", "auto", "package-ids").contains("package-ids");
        ObsSettings obs = ObsSettings.read(settings, connection.flatMap(HuaweiSettings::regionOf));
        return connection.flatMap(
                endpoint -> projectId.flatMap(project -> credentials.map(account -> new HuaweiSettings(
                        endpoint,
                        project,
                        appId,
                        instanceId,
                        account,
                        derivedForRegion,
                        rateLimits,
                        hasPackageIds,
                        obs))));
    }

    /** The region for a derived key: the configured region, otherwise the region in the host. */
    public Option<String> region() {
        return regionOf(connection);
    }

    private static Option<String> regionOf(ConnectionSettings connection) {
        Matcher host = INSTANCE_HOST.matcher(connection.endpoint().host());
        return connection.region().orElse(() -> Option.when(host.matches(), () -> host.group(1)));
    }

    /** The rate of an operation, also if client-side rate limiting is off. */
    public Rate rateOf(String operation) {
        return rateLimits
                .map(RateLimitSettings::limits)
                .getOrElse(HuaweiRateLimits.TABLE)
                .rateOf(operation);
    }

    /** The shortest time in which the rate limits allow these calls; absent if calls are not limited. */
    public Option<Duration> minimumTime(Map<Capability, Integer> calls) {
        return rateLimits.map(settings -> settings.limits().minimumTime(calls, HuaweiRateLimits.REQUESTS));
    }

    /** Returns these settings without retries, with the key derived for this region or with the plain signature. */
    public HuaweiSettings withoutRetries(Option<String> derivedFor) {
        return new HuaweiSettings(
                connection.withCallOptions(connection.callOptions().withoutRetries()),
                projectId,
                appId,
                instanceId,
                credentials,
                derivedFor,
                rateLimits,
                hasPackageIds,
                obs);
    }

    /** Returns these settings with another deadline for each call. */
    public HuaweiSettings within(Duration deadline) {
        return new HuaweiSettings(
                connection.withCallOptions(connection.callOptions().withTimeout(deadline)),
                projectId,
                appId,
                instanceId,
                credentials,
                derivedForRegion,
                rateLimits,
                hasPackageIds,
                obs);
    }

    private static Option<String> projectId(
            SettingsReader settings, BackendContext context, HuaweiCredentialsFile profile) {
        Option<String> configured = settings.text("project-id", PROJECT_ID);
        if (settings.has("project-id")) {
            return configured;
        }
        Either<String, String> found = context.environment(PROJECT_ID_VARIABLE)
                .<Either<String, String>>map(Either::right)
                .getOrElse(profile::projectId);
        return found.peekLeft(reason -> settings.error(
                        "project-id",
                        "is missing: it must be " + PROJECT_ID.description() + ". Sources tried: environment variable "
                                + PROJECT_ID_VARIABLE + " (not set); " + reason))
                .toOption()
                .filter(id -> PROJECT_ID
                        .check(id)
                        .peekLeft(invalid -> settings.error(
                                "project-id",
                                "comes from the environment or the profile file and must be " + invalid.requirement()
                                        + "; its value is not shown"))
                        .isRight());
    }

    /**
     * Endpoints of a tenant's own instance need the derived key. {@code signature} overrides the detection by host.
     */
    private static Option<String> derivedForRegion(SettingsReader settings, Option<ConnectionSettings> connection) {
        String signature =
                settings.choice("signature", "auto", "plain", "derived").getOrElse("auto");
        if (connection.isEmpty() || signature.equals("plain")) {
            return Option.none();
        }
        Matcher host = INSTANCE_HOST.matcher(connection.get().endpoint().host());
        boolean ownInstance = host.matches();
        if (!ownInstance && signature.equals("auto")) {
            return Option.none();
        }
        Option<String> known =
                connection.get().region().orElse(() -> ownInstance ? Option.some(host.group(1)) : Option.none());
        if (known.isEmpty()) {
            settings.error(
                    "region",
                    "is missing: the derived signature needs it, and the endpoint's host does not contain it");
        }
        return known;
    }
}
