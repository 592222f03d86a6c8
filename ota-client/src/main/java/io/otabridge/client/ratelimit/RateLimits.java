package io.otabridge.client.ratelimit;

import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.Tuple;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What one vendor allows an account: a rate for operations that have one of their own, and one for the rest, either for
 * each of them or for all of them together. Immutable.
 */
public final class RateLimits {

    private static final StringConstraint RATE = StringConstraint.matching(
            "rate",
            "(?=.*[1-9])[0-9]{1,5}(\\.[0-9]{1,3})?",
            "a number of calls a second, more than 0, such as 20 or 0.5");

    /** How many operations of one rate are told by name. */
    private static final int NAMED = 2;

    private final Map<String, Rate> own;
    private final String restName;
    private final boolean restTogether;
    private final Rate rest;

    private RateLimits(Map<String, Rate> own, String restName, boolean restTogether, Rate rest) {
        this.own = own;
        this.restName = restName;
        this.restTogether = restTogether;
        this.rest = rest;
    }

    /** Every operation has this rate, counted by itself; its setting is called {@code default}. */
    public static RateLimits each(Rate rate) {
        return new RateLimits(LinkedHashMap.empty(), "default", false, rate);
    }

    /** All operations have this rate together. The quota has a name, and its setting the same. */
    public static RateLimits together(String name, Rate rate) {
        return new RateLimits(LinkedHashMap.empty(), name, true, rate);
    }

    /** The same with a rate for one operation, counted by itself. */
    public RateLimits with(String operation, Rate rate) {
        return new RateLimits(own.put(operation, rate), restName, restTogether, rest);
    }

    /**
     * The same with the rates that a section of the configuration gives instead, in calls a second by operation. A fault is
     * noted for what is no rate, and for an operation that this table does not name when the settings are finished.
     */
    public RateLimits read(SettingsReader settings) {
        Map<String, Rate> read = own.map((operation, rate) -> Tuple.of(operation, rate(settings, operation, rate)));
        return new RateLimits(read, restName, restTogether, rate(settings, restName, rest));
    }

    /** Whether this operation has a rate of its own. */
    public boolean names(String operation) {
        return own.containsKey(operation);
    }

    /** The name under which calls of this operation are counted. */
    public String quotaOf(String operation) {
        return restTogether && !names(operation) ? restName : operation;
    }

    /** What is allowed to whatever is counted under that name. */
    public Rate rateOf(String operation) {
        return own.getOrElse(operation, rest);
    }

    /** All rates, for people. */
    @Override
    public String toString() {
        Map<Double, Seq<String>> others = own.filterValues(rate -> !rate.equals(rest))
                .groupBy(named -> named._2.callsPerSecond())
                .mapValues(named -> named.keySet().toVector());
        return words(rest.callsPerSecond())
                + (restTogether ? " a second in all" : " a second for each operation")
                + others.toVector()
                        .sortBy(group -> group._1)
                        .map(group -> ", " + words(group._1) + " for " + named(group._2))
                        .mkString();
    }

    private static String named(Seq<String> operations) {
        return operations.size() <= NAMED
                ? operations.mkString(" and ")
                : operations.head() + " and " + (operations.size() - 1) + " more";
    }

    private static String words(double perSecond) {
        return new BigDecimal(perSecond)
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static Rate rate(SettingsReader settings, String key, Rate otherwise) {
        return settings.text(key, RATE)
                .map(text -> Rate.perSecond(Double.parseDouble(text)))
                .getOrElse(otherwise);
    }
}
