package io.otabridge.simulators.fleet;

/**
 * The devices of a simulator beyond its initial data, and how they behave.
 *
 * @param devices the number of additional devices of the product that exists at both vendors
 * @param seed determines versions, speeds and failures: equal seeds have equal fleets
 * @param rates how often upgrades fail
 * @param isLive whether time passes by itself, in a daemon thread; otherwise only in {@link Fleet#advance} and {@link
 *     Fleet#runUntilIdle}
 */
public record FleetOptions(int devices, long seed, FailureRates rates, boolean isLive) {

    /** No additional devices, and every upgrade succeeds. Tests advance the time. */
    public static final FleetOptions FOR_TESTS = new FleetOptions(0, 1, FailureRates.NONE, false);

    /** Returns a fleet for demonstrations: it is live, with typical failure rates. */
    public static FleetOptions live(int devices, long seed) {
        return new FleetOptions(devices, seed, FailureRates.TYPICAL, true);
    }

    /** Returns a copy with other failure rates. */
    public FleetOptions rates(FailureRates other) {
        return new FleetOptions(devices, seed, other, isLive);
    }
}
