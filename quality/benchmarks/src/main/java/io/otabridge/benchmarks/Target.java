package io.otabridge.benchmarks;

import io.otabridge.benchmarks.Contender.Role;
import io.otabridge.benchmarks.Contender.Vendor;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How this library is to compare.
 *
 * @param isToFloor whether with the bare program; otherwise with the best official SDK for this figure
 * @param huawei the limit of the ratio on Huawei Cloud
 * @param aliyun the limit of the ratio on Alibaba Cloud
 */
record Target(Metric metric, boolean isToFloor, double huawei, double aliyun) {

    static final List<Target> ALL = List.of(
            new Target(Metric.CPU, true, 1.15, 1.15),
            new Target(Metric.CPU, false, 0.6, 0.5),
            new Target(Metric.BYTES, true, 1.2, 1.2),
            new Target(Metric.BYTES, false, 0.35, 0.35),
            new Target(Metric.CALLS_8, true, 0.9, 0.9),
            new Target(Metric.CALLS_8, false, 1.5, 2),
            new Target(Metric.CALLS_64, true, 0.9, 0.9),
            new Target(Metric.CALLS_64, false, 1.5, 2),
            new Target(Metric.COLD_CPU, false, 0.9, 0.9),
            new Target(Metric.COLD_WALL, false, 0.9, 0.9));

    /** The most jars that the application with both adapters may have on its class path. */
    static final int MOST_JARS = 16;

    /** The most MiB that they may have. */
    static final int MOST_MEBIBYTES = 8;

    /** The most nanoseconds that the governor's turn, the single flight and the cache's hit may take together. */
    static final int MOST_NANOS = 1000;

    /** The most bytes that they may allocate. */
    static final int MOST_BYTES = 200;

    double limit(Vendor vendor) {
        return vendor == Vendor.HUAWEI ? huawei : aliyun;
    }

    OptionalDouble ratio(Results results, Vendor vendor) {
        Contender ours = Contender.the(vendor, Role.OURS);
        return isToFloor
                ? results.ratio(ours, Contender.the(vendor, Role.FLOOR), metric)
                : results.ratioToBestSdk(ours, metric);
    }

    boolean isMet(double ratio, Vendor vendor) {
        return metric.isLessBetter ? ratio <= limit(vendor) : ratio >= limit(vendor);
    }
}
