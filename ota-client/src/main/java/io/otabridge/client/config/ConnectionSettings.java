package io.otabridge.client.config;

import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.control.Option;
import java.util.function.UnaryOperator;

/**
 * Where one backend's calls go and within which limits.
 *
 * @param endpoint the address of the API
 * @param region the vendor's region where configured; it is not read from the address
 * @param limits within which limits
 */
public record ConnectionSettings(Endpoint endpoint, Option<String> region, CallOptions limits) {

    private static final StringConstraint REGION = StringConstraint.matching(
            "region", "[a-z][a-z0-9-]{1,63}", "a region such as cn-north-4: lower-case letters, digits and hyphens");
    private static final StringConstraint ADDRESS = StringConstraint.opaque("endpoint", 512);
    /**
     * Reads {@code endpoint}, {@code region}, {@code allow-cleartext} and the {@link CallOptions}. The endpoint is the one given, else the vendor's public one for the region. Faults are noted in the settings, and absence
     * answered if there is one in the address.
     *
     * @param ofRegion the vendor's public address for a region
     */
    public static Option<ConnectionSettings> read(SettingsReader settings, UnaryOperator<String> ofRegion) {
        CallOptions limits = CallOptions.read(settings);
        Option<String> region = settings.text("region", REGION);
        return endpoint(settings, region, ofRegion).map(endpoint -> new ConnectionSettings(endpoint, region, limits));
    }

    /** Reads the same without {@code region}, for a vendor whose every customer has an endpoint of their own. */
    public static Option<ConnectionSettings> read(SettingsReader settings) {
        CallOptions limits = CallOptions.read(settings);
        boolean allowCleartext = settings.flag("allow-cleartext");
        return settings.required("endpoint", ADDRESS)
                .flatMap(text -> endpoint(settings, text, allowCleartext))
                .map(endpoint -> new ConnectionSettings(endpoint, Option.none(), limits));
    }

    /** The same within other limits. */
    public ConnectionSettings with(CallOptions otherLimits) {
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
