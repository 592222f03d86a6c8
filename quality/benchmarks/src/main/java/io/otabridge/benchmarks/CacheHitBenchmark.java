package io.otabridge.benchmarks;

import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.vavr.control.Either;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A read whose result is cached. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CacheHitBenchmark {

    private static final FirmwareId ID = FirmwareId.of("28f61af50fc9452aa0ed5ea25c3cc3d3");

    private final BenchmarkBridge loopback = BenchmarkBridge.with(Map.of("cache", Map.of("firmware", "1h")));

    @Benchmark
    public Either<OtaFailure, Firmware> hit() {
        return loopback.ota().backend("huawei").firmware().find(ID);
    }

    @TearDown
    public void stop() {
        loopback.close();
    }
}
