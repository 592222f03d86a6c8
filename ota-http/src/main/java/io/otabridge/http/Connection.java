package io.otabridge.http;

import io.otabridge.domain.TextRule;
import io.otabridge.domain.backend.Settings;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * Where one backend's calls go and within which limits.
 *
 * @param endpoint the address of the API
 * @param region the vendor's region where configured; it is not read from the address
 * @param timeout the deadline of each call, from start to the last byte of the answer
 * @param maxBodyBytes the largest answer that is read, counted after decompression
 */
public record Connection(Endpoint endpoint, Option<String> region, Duration timeout, long maxBodyBytes) {

    private static final TextRule REGION = TextRule.matching(
            "region", "[a-z][a-z0-9-]{1,63}", "a region such as cn-north-4: lower-case letters, digits and hyphens");
    private static final TextRule ADDRESS = TextRule.opaque("endpoint", 512);
    private static final TextRule TIMEOUT = TextRule.matching(
            "timeout",
            "(?=.*[1-9])[0-9]{1,6}(ms|s)",
            "a whole number of milliseconds or seconds, such as 500ms or 10s");
    private static final TextRule BYTES =
            TextRule.matching("size", "[1-9][0-9]{0,8}", "a whole number of bytes from 1 to 999999999");

    /**
     * Reads {@code endpoint}, {@code region}, {@code allow-cleartext}, {@code timeout} and {@code max-response-bytes}. The
     * endpoint is the one given, else the vendor's public one for the region. Faults are noted in the settings, and absence
     * answered if there is one in the address.
     *
     * @param ofRegion the vendor's public address for a region
     */
    public static Option<Connection> read(Settings settings, UnaryOperator<String> ofRegion) {
        Duration timeout = timeout(settings);
        long maxBytes = maxBytes(settings);
        Option<String> region = settings.text("region", REGION);
        return endpoint(settings, region, ofRegion)
                .map(endpoint -> new Connection(endpoint, region, timeout, maxBytes));
    }

    /** Reads the same without {@code region}, for a vendor whose every customer has an endpoint of their own. */
    public static Option<Connection> read(Settings settings) {
        Duration timeout = timeout(settings);
        long maxBytes = maxBytes(settings);
        boolean allowCleartext = settings.flag("allow-cleartext");
        return settings.required("endpoint", ADDRESS)
                .flatMap(text -> endpoint(settings, text, allowCleartext))
                .map(endpoint -> new Connection(endpoint, Option.none(), timeout, maxBytes));
    }

    private static Duration timeout(Settings settings) {
        return settings.text("timeout", TIMEOUT).map(Connection::duration).getOrElse(HttpTransport.DEFAULT_TIMEOUT);
    }

    private static long maxBytes(Settings settings) {
        return settings.text("max-response-bytes", BYTES).map(Long::valueOf).getOrElse(HttpTransport.MAX_BODY_BYTES);
    }

    private static Option<Endpoint> endpoint(Settings settings, Option<String> region, UnaryOperator<String> ofRegion) {
        boolean allowCleartext = settings.flag("allow-cleartext");
        Option<String> address = settings.text("endpoint", ADDRESS);
        if (settings.has("endpoint")) {
            return address.flatMap(text -> endpoint(settings, text, allowCleartext));
        }
        if (!settings.has("region")) {
            settings.fault("region", "is missing: give a region, or the address of the API as endpoint");
        }
        return region.flatMap(
                name -> Endpoint.parse(ofRegion.apply(name), false).toOption());
    }

    private static Option<Endpoint> endpoint(Settings settings, String address, boolean allowCleartext) {
        return Endpoint.parse(address, allowCleartext)
                .peekLeft(problem -> settings.fault("endpoint", problem))
                .toOption();
    }

    private static Duration duration(String text) {
        boolean millis = text.endsWith("ms");
        long number = Long.parseLong(text.substring(0, text.length() - (millis ? 2 : 1)));
        return millis ? Duration.ofMillis(number) : Duration.ofSeconds(number);
    }
}
