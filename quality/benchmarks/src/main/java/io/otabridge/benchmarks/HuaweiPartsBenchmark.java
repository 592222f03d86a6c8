package io.otabridge.benchmarks;

import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.huawei.auth.AkskSigner;
import io.otabridge.huawei.operation.HuaweiMapping;
import io.otabridge.huawei.wire.OtaPackageDto;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Signing and mapping in the adapter for Huawei Cloud. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HuaweiPartsBenchmark {

    private static final AccessKey KEY = new AccessKey("AKBENCHMARK", Secret.of("benchmark-secret"), Option.none());

    private final AkskSigner plain = new AkskSigner(() -> KEY, Option.none(), Clock.systemUTC());
    private final AkskSigner derived = new AkskSigner(() -> KEY, Option.some("cn-north-4"), Clock.systemUTC());
    private final Request request = new Request.Builder()
            .url("https://iotda.cn-north-4.myhuaweicloud.com/v5/iot/04ed32dc1b0025b52fe3c01a27c2b0a8/ota-upgrades"
                    + "/packages/28f61af50fc9452aa0ed5ea25c3cc3d3")
            .header("Accept", "application/json")
            .header("Instance-Id", "1a7ffc5c-d89c-44dd-8265-b1653d951ce0")
            .header("X-Sdk-Date", "20260102T030405Z")
            .build();
    private final LenientJsonReader<OtaPackageDto> reader = LenientJsonReader.of(OtaPackageDto.class);
    private final byte[] body = Payloads.huawei();

    @Benchmark
    public String signPlain() throws IOException {
        return plain.authorization(request, KEY);
    }

    @Benchmark
    public String signDerived() throws IOException {
        return derived.authorization(request, KEY);
    }

    @Benchmark
    public Either<String, Firmware> map() {
        return reader.read(body).flatMap(HuaweiMapping::toFirmware);
    }
}
