package io.otabridge.benchmarks;

/** A metric of a contender. */
enum Metric {
    BYTES("bytes allocated per call, 8 callers", "kB", 1e3, 1, true),
    CPU("CPU per call, 8 callers", "µs", 1e3, 0, true),
    P50("median latency, 1 caller", "µs", 1e3, 0, true),
    P99("99th percentile latency, 1 caller", "µs", 1e3, 0, true),
    CALLS_1("calls per second, 1 caller", "calls/s", 1, 0, false),
    CALLS_8("calls per second, 8 callers", "calls/s", 1, 0, false),
    CALLS_64("calls per second, 64 callers", "calls/s", 1, 0, false),
    COLD_WALL("first response of a new process", "ms", 1e6, 0, true),
    COLD_CPU("CPU until the first response", "ms", 1e6, 0, true),
    CLASSES("classes loaded until the first response", "", 1, 0, true),
    MEMORY("peak memory until the first response", "MiB", 1 << 20, 0, true),
    JARS("jars on the class path", "", 1, 0, true),
    CLASS_PATH("size of the class path", "MiB", 1 << 20, 1, true);

    final String label;
    final String unit;
    final double scale;
    final int decimals;
    final boolean isLessBetter;

    /** @param scale the divisor from the measured value to the unit */
    Metric(String label, String unit, double scale, int decimals, boolean isLessBetter) {
        this.label = label;
        this.unit = unit;
        this.scale = scale;
        this.decimals = decimals;
        this.isLessBetter = isLessBetter;
    }

    /** Returns the throughput metric for this number of callers. */
    static Metric calls(int callers) {
        return switch (callers) {
            case 1 -> CALLS_1;
            case 8 -> CALLS_8;
            case 64 -> CALLS_64;
            default -> throw new IllegalArgumentException("no metric for " + callers + " callers");
        };
    }
}
