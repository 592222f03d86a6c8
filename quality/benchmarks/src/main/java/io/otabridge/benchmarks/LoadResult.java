package io.otabridge.benchmarks;

import java.util.Arrays;

/**
 * The result of a load measurement, passed between processes as a line of numbers.
 *
 * @param calls the number of calls
 * @param failures the number of calls that failed or returned a wrong result
 * @param nanos the duration of the measurement
 * @param cpuNanos the CPU time of the process
 * @param bytes the bytes that all Java threads allocated
 * @param p50Nanos the median latency
 * @param p99Nanos the 99th percentile of the latency
 */
record LoadResult(long calls, long failures, long nanos, long cpuNanos, long bytes, long p50Nanos, long p99Nanos) {

    static LoadResult parse(String line) {
        long[] numbers =
                Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
        return new LoadResult(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]);
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
