package io.otabridge.benchmarks;

import java.util.Arrays;

/**
 * What a contender did under load, as a line of numbers from process to process.
 *
 * @param failures calls that were answered wrongly or not at all
 * @param cpuNanos CPU time of the whole process
 * @param bytes what all its Java threads allocated
 * @param p50Nanos half of the calls took no longer
 * @param p99Nanos 99 of 100 calls took no longer
 */
record Load(long calls, long failures, long nanos, long cpuNanos, long bytes, long p50Nanos, long p99Nanos) {

    static Load parse(String line) {
        long[] numbers =
                Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
        return new Load(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]);
    }

    double callsPerSecond() {
        return calls * 1e9 / nanos;
    }

    double perCall(long amount) {
        return calls == 0 ? Double.NaN : (double) amount / calls;
    }

    @Override
    public String toString() {
        return calls + " " + failures + " " + nanos + " " + cpuNanos + " " + bytes + " " + p50Nanos + " " + p99Nanos;
    }
}
