package io.otabridge.client.config;

import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.spi.SettingsReader;
import java.time.Duration;

/**
 * Within which limits a backend's calls are made.
 *
 * @param timeout the deadline of each call, from start to the last byte of the answer, waits and repeats included
 * @param maxBodyBytes the largest answer that is read, counted after decompression
 * @param retries how often a call is sent again at most, where that may help and can do no harm
 * @param hasBreaker whether a backend that keeps failing is left alone for some seconds
 */
public record CallOptions(Duration timeout, long maxBodyBytes, int retries, boolean hasBreaker) {

    /** How long a call may take if {@code timeout} does not say otherwise. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** The largest answer that is read if {@code max-response-bytes} does not say otherwise: 8 MiB. */
    public static final long MAX_BODY_BYTES = 8L << 20;

    private static final int DEFAULT_RETRIES = 2;

    /** Longer timeouts do not fit into the nanoseconds of a deadline. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final StringConstraint TIMEOUT = StringConstraint.matching(
            "timeout",
            "(?=.*[1-9])[0-9]{1,6}(ms|s)",
            "a whole number of milliseconds or seconds, such as 500ms or 10s");
    private static final StringConstraint BYTES =
            StringConstraint.matching("size", "[1-9][0-9]{0,8}", "a whole number of bytes from 1 to 999999999");
    private static final StringConstraint RETRIES =
            StringConstraint.matching("retries", "[0-9]", "a whole number from 0 to 9");

    /** What holds if nothing is said. */
    public static CallOptions usual() {
        return new CallOptions(DEFAULT_TIMEOUT, MAX_BODY_BYTES, DEFAULT_RETRIES, true);
    }

    /**
     * The same with another timeout, a year at most.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public CallOptions within(Duration otherTimeout) {
        if (otherTimeout.isNegative() || otherTimeout.isZero()) {
            throw new IllegalArgumentException("a deadline must be more than nothing, but is " + otherTimeout);
        }
        return new CallOptions(
                otherTimeout.compareTo(LONGEST) < 0 ? otherTimeout : LONGEST, maxBodyBytes, retries, hasBreaker);
    }

    /** The same for calls that are sent once, even to a backend whose circuit breaker is open. */
    public CallOptions once() {
        return new CallOptions(timeout, maxBodyBytes, 0, false);
    }

    /** Reads {@code timeout}, {@code max-response-bytes}, {@code retries} and {@code circuit-breaker}. */
    static CallOptions read(SettingsReader settings) {
        CallOptions usual = usual();
        return new CallOptions(
                settings.text("timeout", TIMEOUT).map(CallOptions::duration).getOrElse(usual.timeout()),
                settings.text("max-response-bytes", BYTES).map(Long::valueOf).getOrElse(usual.maxBodyBytes()),
                settings.text("retries", RETRIES).map(Integer::valueOf).getOrElse(usual.retries()),
                !settings.choice("circuit-breaker", "on", "off").contains("off"));
    }

    private static Duration duration(String text) {
        boolean millis = text.endsWith("ms");
        long number = Long.parseLong(text.substring(0, text.length() - (millis ? 2 : 1)));
        return millis ? Duration.ofMillis(number) : Duration.ofSeconds(number);
    }
}
