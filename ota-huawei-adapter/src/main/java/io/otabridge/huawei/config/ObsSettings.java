package io.otabridge.huawei.config;

import io.otabridge.client.config.Endpoint;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of the object store OBS.
 *
 * @param bucket the bucket for uploads; absent if not configured
 * @param region the region of the bucket; absent if neither this section nor the backend has one
 * @param endpoint the address of OBS in this region; absent for the public address
 * @param prefix the beginning of the keys of uploads, without a slash at the end
 */
public record ObsSettings(Option<String> bucket, Option<String> region, Option<Endpoint> endpoint, String prefix) {

    /** The rule of IoTDA and OBS. */
    public static final StringConstraint BUCKET = StringConstraint.matching(
            "OBS bucket",
            "(?!.*\\.\\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
            "3 to 63 lower-case letters, digits, hyphens and full stops, beginning and ending with a letter or digit");

    /** Part of a host name. */
    public static final StringConstraint REGION = StringConstraint.matching(
            "OBS region",
            "[a-z][a-z0-9-]{1,63}",
            "a region such as cn-north-4: lower-case letters, digits and hyphens");

    private static final StringConstraint PREFIX = StringConstraint.matching(
            "OBS prefix",
            "(?=.{1,256}$)(?!\\.+(/|$))[a-zA-Z0-9_.-]+(/(?!\\.+(/|$))[a-zA-Z0-9_.-]+)*",
            "1 to 256 letters, digits, underscores, full stops, hyphens and slashes, without a slash at the beginning or"
                    + " end");

    private static final StringConstraint ADDRESS = StringConstraint.opaque("address", 512);
    private static final String DEFAULT_PREFIX = "ota";
    private static final Pattern PUBLIC_HOST = Pattern.compile("obs\\.([a-z0-9-]+)\\.myhuaweicloud\\.com");

    /**
     * Reads the section {@code obs}.
     *
     * @param ofBackend the region of the backend
     */
    static ObsSettings read(SettingsReader settings, Option<String> ofBackend) {
        SettingsReader section = settings.section("obs");
        Option<String> bucket = section.text("bucket", BUCKET);
        Option<Endpoint> endpoint = section.text("endpoint", ADDRESS)
                .flatMap(text -> Endpoint.parse(text, settings.flag("allow-cleartext"))
                        .peekLeft(problem -> section.error("endpoint", problem))
                        .toOption());
        Option<String> region = section.text("region", REGION)
                .orElse(() -> endpoint.flatMap(ObsSettings::regionIn))
                .orElse(ofBackend);
        Option<String> prefix = section.text("prefix", PREFIX);
        if (section.has("bucket") && region.isEmpty() && !section.has("region")) {
            section.error("region", "is missing: set it to the region of the bucket");
        }
        return new ObsSettings(bucket, region, endpoint, prefix.getOrElse(DEFAULT_PREFIX));
    }

    /**
     * Returns the endpoint of OBS in a region: the configured one, unless another region is configured for it, otherwise
     * the public one.
     *
     * @param regionOfBucket a valid region
     */
    public Endpoint endpointOf(String regionOfBucket) {
        return endpoint.filter(configured -> region.forAll(regionOfBucket::equals))
                .getOrElse(() -> publicEndpoint(regionOfBucket).get());
    }

    private static Either<String, Endpoint> publicEndpoint(String region) {
        return Endpoint.parse("https://obs." + region + ".myhuaweicloud.com", false);
    }

    private static Option<String> regionIn(Endpoint endpoint) {
        Matcher host = PUBLIC_HOST.matcher(endpoint.host());
        return Option.when(host.matches(), () -> host.group(1));
    }
}
