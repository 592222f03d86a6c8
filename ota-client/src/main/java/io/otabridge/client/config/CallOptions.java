package io.otabridge.client.config;

import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.spi.SettingsReader;
import java.time.Duration;

/**
 * Limits of a backend's calls.
 *
 * @param timeout the time of each call until the last byte of the response, including waits and retries
 * @param maxBodyBytes the largest response body, after decompression
 * @param retries the maximum number of retries of a call, where a retry may help and is safe
 * @param hasBreaker whether a circuit breaker opens while the backend keeps failing
 */
public record CallOptions(Duration timeout, long maxBodyBytes, int retries, boolean hasBreaker) {

    /** The timeout of a call unless {@code timeout} is set. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** The largest response body unless {@code max-response-bytes} is set: 8 MiB. */
    public static final long MAX_BODY_BYTES = 8L << 20;

    private static final int DEFAULT_RETRIES = 2;

    /** Longer timeouts do not fit into the nanoseconds of a deadline. */
    private static final Duration MAX_TIMEOUT = Duration.ofDays(365);

    private static final StringConstraint TIMEOUT = StringConstraint.matching(
            "timeout",
            "(?=.*[1-9])[0-9]{1,6}(ms|s)",
            "a whole number of milliseconds or seconds, such as 500ms or 10s");
    private static final StringConstraint BYTES =
            StringConstraint.matching("size", "[1-9][0-9]{0,8}", "a whole number of bytes from 1 to 999999999");
    private static final StringConstraint RETRIES =
            StringConstraint.matching("retries", "[0-9]", "a whole number from 0 to 9");

    /** The defaults. */
    public static CallOptions defaults() {
        return new CallOptions(DEFAULT_TIMEOUT, MAX_BODY_BYTES, DEFAULT_RETRIES, true);
    }

    /**
     * The same with another timeout; at most a year counts.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public CallOptions withTimeout(Duration otherTimeout) {
        if (otherTimeout.isNegative() || otherTimeout.isZero()) {
            throw new IllegalArgumentException("a timeout must be positive, but is " + otherTimeout);
        }
        return new CallOptions(
                otherTimeout.compareTo(MAX_TIMEOUT) < 0 ? otherTimeout : MAX_TIMEOUT,
                maxBodyBytes,
                retries,
                hasBreaker);
    }

    /** The same without retries and without a circuit breaker. */
    public CallOptions withoutRetries() {
        return new CallOptions(timeout, maxBodyBytes, 0, false);
    }

    /** Reads {@code timeout}, {@code max-response-bytes}, {@code retries} and {@code circuit-breaker}. */
    static CallOptions read(SettingsReader settings) {
        CallOptions defaults = defaults();
        return new CallOptions(
                settings.text("timeout", TIMEOUT).map(CallOptions::duration).getOrElse(defaults.timeout()),
                settings.text("max-response-bytes", BYTES).map(Long::valueOf).getOrElse(defaults.maxBodyBytes()),
                settings.text("retries", RETRIES).map(Integer::valueOf).getOrElse(defaults.retries()),
                !settings.choice("circuit-breaker", "on", "off").contains("off"));
    }

    private static Duration duration(String text) {
        boolean millis = text.endsWith("ms");
        long number = Long.parseLong(text.substring(0, text.length() - (millis ? 2 : 1)));
        return millis ? Duration.ofMillis(number) : Duration.ofSeconds(number);
    }
}
