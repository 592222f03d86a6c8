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

/** A complete read from the application to a server in another process. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WholeCallBenchmark {

    private static final FirmwareId ID = FirmwareId.of("28f61af50fc9452aa0ed5ea25c3cc3d3");

    private final BenchmarkBridge loopback = BenchmarkBridge.with(Map.of());

    @Benchmark
    public Either<OtaFailure, Firmware> huawei() {
        return loopback.ota().backend("huawei").firmware().find(ID);
    }

    @Benchmark
    public Either<OtaFailure, Firmware> aliyun() {
        return loopback.ota().backend("aliyun").firmware().find(ID);
    }

    @TearDown
    public void stop() {
        loopback.close();
    }
}
