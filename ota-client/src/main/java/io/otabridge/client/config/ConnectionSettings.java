package io.otabridge.client.config;

import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.control.Option;
import java.util.function.UnaryOperator;

/**
 * Endpoint and limits of one backend.
 *
 * @param endpoint the address of the API
 * @param region the configured region of the vendor; it is not derived from the address
 * @param callOptions the limits of calls
 */
public record ConnectionSettings(Endpoint endpoint, Option<String> region, CallOptions callOptions) {

    private static final StringConstraint REGION = StringConstraint.matching(
            "region", "[a-z][a-z0-9-]{1,63}", "a region such as cn-north-4: lower-case letters, digits and hyphens");
    private static final StringConstraint ADDRESS = StringConstraint.opaque("endpoint", 512);

    /**
     * Reads {@code endpoint}, {@code region}, {@code allow-cleartext} and the {@link CallOptions}. Without {@code
     * endpoint}, the vendor's public endpoint of the region is used. Errors are reported to the settings.
     *
     * @param ofRegion the vendor's public address of a region
     * @return absent if the address has an error
     */
    public static Option<ConnectionSettings> read(SettingsReader settings, UnaryOperator<String> ofRegion) {
        CallOptions limits = CallOptions.read(settings);
        Option<String> region = settings.text("region", REGION);
        return endpoint(settings, region, ofRegion).map(endpoint -> new ConnectionSettings(endpoint, region, limits));
    }

    /** Reads the same without {@code region}, for a vendor that has an endpoint for each customer. */
    public static Option<ConnectionSettings> read(SettingsReader settings) {
        CallOptions limits = CallOptions.read(settings);
        boolean allowCleartext = settings.flag("allow-cleartext");
        return settings.required("endpoint", ADDRESS)
                .flatMap(text -> endpoint(settings, text, allowCleartext))
                .map(endpoint -> new ConnectionSettings(endpoint, Option.none(), limits));
    }

    /** The same with other limits. */
    public ConnectionSettings withCallOptions(CallOptions otherLimits) {
        return new ConnectionSettings(endpoint, region, otherLimits);
    }

    private static Option<Endpoint> endpoint(
            SettingsReader settings, Option<String> region, UnaryOperator<String> ofRegion) {
        boolean allowCleartext = settings.flag("allow-cleartext");
        Option<String> address = settings.text("endpoint", ADDRESS);
        if (settings.has("endpoint")) {
            return address.flatMap(text -> endpoint(settings, text, allowCleartext));
        }
        if (!settings.has("region")) {
            settings.error("region", "is missing: give a region, or the address of the API as endpoint");
        }
        return region.flatMap(
                name -> Endpoint.parse(ofRegion.apply(name), false).toOption());
    }

    private static Option<Endpoint> endpoint(SettingsReader settings, String address, boolean allowCleartext) {
        return Endpoint.parse(address, allowCleartext)
                .peekLeft(problem -> settings.error("endpoint", problem))
                .toOption();
    }
}
