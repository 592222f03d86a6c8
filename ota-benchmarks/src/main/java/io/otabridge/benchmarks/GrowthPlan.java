package io.otabridge.benchmarks;

import java.time.Duration;
import java.util.List;

/**
 * How large everything becomes, and how long it takes.
 *
 * @param callers of one backend
 * @param warmUpMillis load before anything counts
 * @param millis load with each number of callers, in each round
 * @param rounds of callers and of backends
 * @param packages streamed
 * @param backends of one inventory
 * @param packagesEach of each of them
 * @param processes that share a quota
 * @param seconds that they do
 * @param requests by which a Redis is measured
 * @param fleet what is simulated
 * @param alone the same, but with as few accounts as do where nothing is shared
 * @param crowd the same with ten times the processes, and as few accounts as do
 */
record GrowthPlan(
        List<Integer> callers,
        int warmUpMillis,
        int millis,
        int rounds,
        List<Integer> packages,
        List<Integer> backends,
        int packagesEach,
        List<Integer> processes,
        int seconds,
        int requests,
        Fleet fleet,
        Fleet alone,
        Fleet crowd) {

    private static final long SEED = 20261122;

    /** For figures. */
    static final GrowthPlan FULL = new GrowthPlan(
            List.of(1, 2, 4, 8, 16, 32, 64, 128, 256),
            5000,
            700,
            3,
            List.of(1, 100, 10_000, 100_000, 1_000_000),
            List.of(1, 2, 4, 8, 16),
            1000,
            List.of(1, 2, 4, 8),
            8,
            200_000,
            fleet(100, 1000, 40),
            fleet(100, 50, 40).withoutSharing(),
            fleet(1000, 50, 40));

    /** To see whether everything works. */
    static final GrowthPlan QUICK = new GrowthPlan(
            List.of(1, 8, 256),
            500,
            200,
            1,
            List.of(1, 100, 10_000),
            List.of(1, 4),
            200,
            List.of(1, 2),
            2,
            5_000,
            fleet(100, 10, 20),
            fleet(100, 5, 20).withoutSharing(),
            fleet(1000, 5, 20));

    private static Fleet fleet(int processes, int accounts, int seconds) {
        return new Fleet(processes, accounts, true, Duration.ofSeconds(seconds), Duration.ofSeconds(10), SEED);
    }
}
