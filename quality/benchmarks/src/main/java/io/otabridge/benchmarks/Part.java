package io.otabridge.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one part of a call costs.
 *
 * @param nanos its time
 * @param bytes what it allocates
 */
record Part(double nanos, double bytes) {

    /** The benchmarks by their name in JMH, and what they measure in words, in the order of the report. */
    static final Map<String, String> WORDS = words();

    /** Those that every call passes beside what it asks for: they have a target together. */
    static final List<String> ON_EVERY_CALL = List.of(
            "io.otabridge.benchmarks.GovernanceBenchmark.turn",
            "io.otabridge.benchmarks.GovernanceBenchmark.coalesce",
            "io.otabridge.benchmarks.CacheHitBenchmark.hit");

    private static Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("io.otabridge.benchmarks.GovernanceBenchmark.turn", "a turn of the quota governor");
        words.put("io.otabridge.benchmarks.GovernanceBenchmark.coalesce", "single flight, nobody else asks");
        words.put("io.otabridge.benchmarks.CacheHitBenchmark.hit", "a hit in the cache");
        words.put("io.otabridge.benchmarks.HuaweiPartsBenchmark.signPlain", "signing, Huawei, plain");
        words.put("io.otabridge.benchmarks.HuaweiPartsBenchmark.signDerived", "signing, Huawei, derived key");
        words.put("io.otabridge.benchmarks.HuaweiPartsBenchmark.map", "reading and mapping, ShowOtaPackage");
        words.put("io.otabridge.benchmarks.AliyunPartsBenchmark.signV1", "signing, Alibaba, V1");
        words.put("io.otabridge.benchmarks.AliyunPartsBenchmark.signAcs3", "signing, Alibaba, ACS3");
        words.put("io.otabridge.benchmarks.AliyunPartsBenchmark.map", "reading and mapping, QueryOTAFirmware");
        words.put("io.otabridge.benchmarks.WholeCallBenchmark.huawei", "a whole call, Huawei");
        words.put("io.otabridge.benchmarks.WholeCallBenchmark.aliyun", "a whole call, Alibaba");
        return words;
    }
}
