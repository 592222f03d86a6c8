package io.otabridge.benchmarks;

/** What is measured of a contender. */
enum Metric {
    BYTES("bytes allocated per call, 8 callers", "kB", 1e3, 1, true),
    CPU("CPU per call, 8 callers", "µs", 1e3, 0, true),
    P50("latency of half the calls, 1 caller", "µs", 1e3, 0, true),
    P99("latency of 99 % of the calls, 1 caller", "µs", 1e3, 0, true),
    CALLS_1("calls a second, 1 caller", "calls/s", 1, 0, false),
    CALLS_8("calls a second, 8 callers", "calls/s", 1, 0, false),
    CALLS_64("calls a second, 64 callers", "calls/s", 1, 0, false),
    COLD_WALL("first answer of a fresh process", "ms", 1e6, 0, true),
    COLD_CPU("CPU until the first answer", "ms", 1e6, 0, true),
    CLASSES("classes loaded until the first answer", "", 1, 0, true),
    MEMORY("most memory until the first answer", "MiB", 1 << 20, 0, true),
    JARS("jars on the class path", "", 1, 0, true),
    CLASS_PATH("size of the class path", "MiB", 1 << 20, 1, true);

    final String words;
    final String unit;
    final double scale;
    final int decimals;
    final boolean isLessBetter;

    /** @param scale how many of what is measured are one of the unit */
    Metric(String words, String unit, double scale, int decimals, boolean isLessBetter) {
        this.words = words;
        this.unit = unit;
        this.scale = scale;
        this.decimals = decimals;
        this.isLessBetter = isLessBetter;
    }

    /** The metric for throughput of so many callers. */
    static Metric calls(int callers) {
        return switch (callers) {
            case 1 -> CALLS_1;
            case 8 -> CALLS_8;
            case 64 -> CALLS_64;
            default -> throw new IllegalArgumentException("nothing is measured with " + callers + " callers");
        };
    }
}
