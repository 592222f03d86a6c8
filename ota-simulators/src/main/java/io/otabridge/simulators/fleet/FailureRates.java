package io.otabridge.simulators.fleet;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * How often devices behave in another way than {@link Behavior#SUCCESS}.
 *
 * @param rates the share of upgrades by behavior, each between 0 and 1, at most 1 in total
 */
public record FailureRates(Map<Behavior, Double> rates) {

    /** Every upgrade succeeds. */
    public static final FailureRates NONE = new FailureRates(Map.of());

    /** About one upgrade in eight fails soon, for various reasons, and a few are interrupted. */
    public static final FailureRates TYPICAL = new FailureRates(Map.of(
            Behavior.DOWNLOAD_FAILS, 0.03,
            Behavior.DAMAGED, 0.02,
            Behavior.INSTALLATION_FAILS, 0.02,
            Behavior.INTERNAL_ERROR, 0.01,
            Behavior.BATTERY_LOW, 0.02,
            Behavior.STORAGE_FULL, 0.01,
            Behavior.BUSY, 0.01,
            Behavior.INTERRUPTED, 0.02));

    /** @throws IllegalArgumentException if the rates are not between 0 and 1, or exceed 1 in total */
    public FailureRates {
        rates = Map.copyOf(rates);
        double total = rates.values().stream().mapToDouble(Double::doubleValue).sum();
        if (total > 1.0 || rates.values().stream().anyMatch(rate -> !(rate >= 0))) {
            throw new IllegalArgumentException("failure rates must be between 0 and 1, and at most 1 in total");
        }
    }

    /** Returns the behavior at this attempt. Equal arguments have equal results. */
    Behavior draw(long seed, String device, int attempt) {
        double drawn = random(seed, device, attempt).nextDouble();
        for (Map.Entry<Behavior, Double> rate : new TreeMap<>(rates).entrySet()) {
            drawn -= rate.getValue();
            if (drawn < 0) {
                return rate.getKey();
            }
        }
        return Behavior.SUCCESS;
    }

    /** Returns random numbers that depend on the arguments only. */
    static SplittableRandom random(long seed, String device, int attempt) {
        return new SplittableRandom(seed * 31 + device.hashCode() * 1_000_003L + attempt).split();
    }
}
