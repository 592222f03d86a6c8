package io.otabridge.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The cost of a part of a call.
 *
 * @param nanos the time in nanoseconds
 * @param bytes the allocated bytes
 */
record PartCost(double nanos, double bytes) {

    /** The labels of the benchmarks by their JMH names, in the order of the report. */
    static final Map<String, String> LABELS = labels();

    /** The benchmarks of the overhead of every call, which have a common target. */
    static final List<String> OVERHEAD = List.of(
            "io.otabridge.benchmarks.OverheadBenchmark.permit",
            "io.otabridge.benchmarks.OverheadBenchmark.coalesce",
            "io.otabridge.benchmarks.CacheHitBenchmark.hit");

    private static Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("io.otabridge.benchmarks.OverheadBenchmark.permit", "rate limiting, permit available");
        labels.put("io.otabridge.benchmarks.OverheadBenchmark.coalesce", "request coalescing, no concurrent request");
        labels.put("io.otabridge.benchmarks.CacheHitBenchmark.hit", "cache hit");
        labels.put("io.otabridge.benchmarks.HuaweiPartsBenchmark.signPlain", "signing, Huawei, plain");
        labels.put("io.otabridge.benchmarks.HuaweiPartsBenchmark.signDerived", "signing, Huawei, derived key");
        labels.put("io.otabridge.benchmarks.HuaweiPartsBenchmark.map", "decoding and mapping, ShowOtaPackage");
        labels.put("io.otabridge.benchmarks.AliyunPartsBenchmark.signV1", "signing, Alibaba, V1");
        labels.put("io.otabridge.benchmarks.AliyunPartsBenchmark.signAcs3", "signing, Alibaba, ACS3");
        labels.put("io.otabridge.benchmarks.AliyunPartsBenchmark.map", "decoding and mapping, QueryOTAFirmware");
        labels.put("io.otabridge.benchmarks.WholeCallBenchmark.huawei", "complete call, Huawei");
        labels.put("io.otabridge.benchmarks.WholeCallBenchmark.aliyun", "complete call, Alibaba");
        return labels;
    }
}
