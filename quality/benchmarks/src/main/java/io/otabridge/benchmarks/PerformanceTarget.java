package io.otabridge.benchmarks;

import io.otabridge.benchmarks.Contender.Role;
import io.otabridge.benchmarks.Contender.Vendor;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A performance target of this library.
 *
 * @param metric the metric
 * @param isToBaseline whether the comparison is with the bare program; otherwise with the best official SDK for this
 * metric
 * @param huawei the limit of the ratio on Huawei Cloud
 * @param aliyun the limit of the ratio on Alibaba Cloud
 */
record PerformanceTarget(Metric metric, boolean isToBaseline, double huawei, double aliyun) {

    static final List<PerformanceTarget> ALL = List.of(
            new PerformanceTarget(Metric.CPU, true, 1.15, 1.15),
            new PerformanceTarget(Metric.CPU, false, 0.6, 0.5),
            new PerformanceTarget(Metric.BYTES, true, 1.2, 1.2),
            new PerformanceTarget(Metric.BYTES, false, 0.35, 0.35),
            new PerformanceTarget(Metric.CALLS_8, true, 0.9, 0.9),
            new PerformanceTarget(Metric.CALLS_8, false, 1.5, 2),
            new PerformanceTarget(Metric.CALLS_64, true, 0.9, 0.9),
            new PerformanceTarget(Metric.CALLS_64, false, 1.5, 2),
            new PerformanceTarget(Metric.COLD_CPU, false, 0.9, 0.9),
            new PerformanceTarget(Metric.COLD_WALL, false, 0.9, 0.9));

    /** The maximum number of jars on the class path of an application with both adapters. */
    static final int MAX_JARS = 16;

    /** The maximum total size of these jars in MiB. */
    static final int MAX_MEBIBYTES = 9;

    /** The maximum time of rate limiting, request coalescing and a cache hit together, in nanoseconds. */
    static final int MAX_NANOS = 1000;

    /** The maximum number of bytes that they allocate together. */
    static final int MAX_BYTES = 200;

    double limit(Vendor vendor) {
        return vendor == Vendor.HUAWEI ? huawei : aliyun;
    }

    OptionalDouble ratio(Results results, Vendor vendor) {
        Contender ours = Contender.the(vendor, Role.OURS);
        return isToBaseline
                ? results.ratio(ours, Contender.the(vendor, Role.BASELINE), metric)
                : results.ratioToBestSdk(ours, metric);
    }

    boolean isMet(double ratio, Vendor vendor) {
        return metric.isLessBetter ? ratio <= limit(vendor) : ratio >= limit(vendor);
    }
}
