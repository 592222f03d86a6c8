package io.otabridge.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.aliyun.config.Dialect;
import io.otabridge.aliyun.operation.AliyunMapping;
import io.otabridge.aliyun.signing.Acs3Signer;
import io.otabridge.aliyun.signing.AliyunRequestSigner;
import io.otabridge.aliyun.signing.RpcSigner;
import io.otabridge.aliyun.wire.AliyunApi;
import io.otabridge.aliyun.wire.EnvelopeDto;
import io.otabridge.aliyun.wire.FirmwareInfoDto;
import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.firmware.Firmware;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Signing and mapping in the adapter for Alibaba Cloud. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AliyunPartsBenchmark {

    private static final AccessKey KEY = new AccessKey("AKBENCHMARK", Secret.of("benchmark-secret"), Option.none());
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final String NONCE = "6d4a1a1c-5f3f-4a38-9d8e-0d6f0f3f6a55";

    private final AliyunRequestSigner.Scheme v1 =
            new RpcSigner(Dialect.ALIBABA.commonParameters(), Option.some("cn-shanghai"));
    private final AliyunRequestSigner.Scheme acs3 = new Acs3Signer();
    private final Request request = new Request.Builder()
            .url("https://iot.cn-shanghai.aliyuncs.com/?IotInstanceId=iot-cn-0pp1n8t&FirmwareId="
                    + "UfuxnwygsuSkVE0VCN****0100")
            .post(RequestBody.create(new byte[0]))
            .header(AliyunApi.ACTION, "QueryOTAFirmware")
            .header("Accept", "application/json")
            .build();
    private final LenientJsonReader<JsonNode> tree = LenientJsonReader.of(JsonNode.class);
    private final LenientJsonReader<EnvelopeDto> envelope = LenientJsonReader.of(EnvelopeDto.class);
    private final LenientJsonReader<FirmwareInfoDto.Response> reader =
            LenientJsonReader.of(FirmwareInfoDto.Response.class);
    private final byte[] body = Payloads.aliyun();

    @Benchmark
    public Request signV1() throws IOException {
        return v1.sign(request, KEY, AT, NONCE);
    }

    @Benchmark
    public Request signAcs3() throws IOException {
        return acs3.sign(request, KEY, AT, NONCE);
    }

    /** Decodes a response as the adapter does: JSON tree, envelope, content. */
    @Benchmark
    public Either<String, Firmware> map() {
        Either<String, JsonNode> read = tree.read(body);
        return read.flatMap(envelope::read)
                .flatMap(success -> read)
                .flatMap(reader::read)
                .flatMap(AliyunMapping::toFirmware);
    }
}
