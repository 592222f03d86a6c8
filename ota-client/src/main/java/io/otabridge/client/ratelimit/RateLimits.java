package io.otabridge.client.ratelimit;

import io.otabridge.domain.Capability;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.Tuple;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * A vendor's rate limits for one account: rates for single operations, and a default rate that applies either to each other
 * operation or to all of them together. Immutable.
 */
public final class RateLimits {

    private static final StringConstraint RATE = StringConstraint.matching(
            "rate",
            "(?=.*[1-9])[0-9]{1,5}(\\.[0-9]{1,3})?",
            "a number of calls a second, more than 0, such as 20 or 0.5");

    /** How many operations of one rate {@link #toString} lists by name. */
    private static final int MAX_NAMED = 2;

    private final Map<String, Rate> rates;
    private final String defaultName;
    private final boolean isDefaultShared;
    private final Rate defaultRate;

    private RateLimits(Map<String, Rate> rates, String defaultName, boolean isDefaultShared, Rate defaultRate) {
        this.rates = rates;
        this.defaultName = defaultName;
        this.isDefaultShared = isDefaultShared;
        this.defaultRate = defaultRate;
    }

    /** Limits each operation separately to this rate. Its configuration key is {@code default}. */
    public static RateLimits perOperation(Rate rate) {
        return new RateLimits(LinkedHashMap.empty(), "default", false, rate);
    }

    /** Limits all operations together to this rate. The name is both the name of the quota and its configuration key. */
    public static RateLimits shared(String name, Rate rate) {
        return new RateLimits(LinkedHashMap.empty(), name, true, rate);
    }

    /** A copy with a separate rate for one operation. */
    public RateLimits with(String operation, Rate rate) {
        return new RateLimits(rates.put(operation, rate), defaultName, isDefaultShared, defaultRate);
    }

    /**
     * A copy with the rates of a configuration section, in calls per second by operation. Reports an error for an invalid rate,
     * and for an unknown operation when the settings are finished.
     */
    public RateLimits read(SettingsReader settings) {
        Map<String, Rate> configured =
                rates.map((operation, rate) -> Tuple.of(operation, rate(settings, operation, rate)));
        return new RateLimits(configured, defaultName, isDefaultShared, rate(settings, defaultName, defaultRate));
    }

    /** Whether this operation has a separate rate. */
    public boolean isLimited(String operation) {
        return rates.containsKey(operation);
    }

    /** The name of the quota in which this operation is counted. */
    public String quotaOf(String operation) {
        return isDefaultShared && !isLimited(operation) ? defaultName : operation;
    }

    /** The rate of the quota in which this operation is counted. */
    public Rate rateOf(String operation) {
        return rates.getOrElse(operation, defaultRate);
    }

    /**
     * The shortest time in which these rates allow the calls: that of the quota which takes the longest, because
     * different quotas can be used at the same time.
     *
     * @param calls the numbers of calls by capability
     * @param requests the operations that one call of a capability requests at least, repeated for several requests
     */
    public Duration minimumTime(Map<Capability, Integer> calls, Map<Capability, ? extends Seq<String>> requests) {
        return calls.toList()
                .flatMap(call -> requests.get(call._1)
                        .toList()
                        .flatMap(operations -> operations)
                        .map(operation -> Tuple.of(operation, call._2)))
                .groupBy(sent -> quotaOf(sent._1))
                .values()
                .map(quota -> {
                    // The first request does not wait.
                    long waits = Math.max(0, quota.map(sent -> sent._2).sum().longValue() - 1);
                    return Duration.ofNanos(waits * rateOf(quota.head()._1).intervalNanos());
                })
                .max()
                .getOrElse(Duration.ZERO);
    }

    /** A copy with the separate rates of these operations only. */
    public RateLimits only(Seq<String> operations) {
        return new RateLimits(rates.filterKeys(operations::contains), defaultName, isDefaultShared, defaultRate);
    }

    /** All rates in readable form. */
    @Override
    public String toString() {
        Map<Double, Seq<String>> others = rates.filterValues(rate -> !rate.equals(defaultRate))
                .groupBy(named -> named._2.callsPerSecond())
                .mapValues(named -> named.keySet().toVector());
        return format(defaultRate.callsPerSecond())
                + (isDefaultShared ? " a second in all" : " a second for each operation")
                + others.toVector()
                        .sortBy(group -> group._1)
                        .map(group -> ", " + format(group._1) + " for " + named(group._2))
                        .mkString();
    }

    private static String named(Seq<String> operations) {
        return operations.size() <= MAX_NAMED
                ? operations.mkString(" and ")
                : operations.head() + " and " + (operations.size() - 1) + " more";
    }

    private static String format(double perSecond) {
        return new BigDecimal(perSecond)
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static Rate rate(SettingsReader settings, String key, Rate fallback) {
        return settings.text(key, RATE)
                .map(text -> Rate.perSecond(Double.parseDouble(text)))
                .getOrElse(fallback);
    }
}
