package io.otabridge.huawei;

import io.otabridge.client.transport.HttpTransport;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import okhttp3.OkHttpClient;

/** The documented examples as domain objects, and backends for tests. */
public final class HuaweiFixture {

    public static final String ACCESS_KEY = "AKEXAMPLE0123456789";
    public static final String SECRET_KEY = "SkExampleSecret0123456789abcdefABCDEF/+=";
    static final String PROJECT_ID = "04ed32dc1b0025b52fe3c01a27c2b0a8";
    static final String APP_ID = "61f7e74d036aca5be29e1ed4";
    static final String INSTANCE_ID = "1a7ffc5c-d89c-44dd-8265-b1653d951ce0";
    public static final Instant NOW = Instant.parse("2026-01-15T08:15:30Z");

    private static final VendorTimestamp CREATED =
            VendorTimestamp.of("20230211T121212Z", Instant.parse("2023-02-11T12:12:12Z"));

    /** The module of the English document. */
    static final OtaModule MODULE = new OtaModule(
            Option.some(ModuleId.of("28f61af50fc9452aa0ed5ea25c3cc3d3")),
            new Product(ProductId.of("5ba24f5ebbe8f56f5a14f605"), Option.some("Thermometer")),
            ModuleName.of("MCU"),
            Option.some("Micro Controller Unit"),
            Option.some("Microcontroller unit firmware module."),
            Option.some(APP_ID),
            Option.some(CREATED),
            Option.none());

    /** The package of a newer platform, with product and module. */
    static final Firmware PACKAGE = Firmware.builder(
                    FirmwareId.of("28f61af50fc9452aa0ed5ea25c3cc3d3"), FirmwareVersion.of("V2.0"))
            .product(new Product(ProductId.of("5ba24f5ebbe8f56f5a14f605"), Option.some("Thermometer")))
            .resourceSpace(APP_ID)
            .target(FirmwareTarget.module("MCU"))
            .sourceVersions(List.of(FirmwareVersion.of("V1.0"), FirmwareVersion.of("V1.1")))
            .verification(Verification.notOffered())
            .files(List.of(new FirmwareFile(
                    Option.none(),
                    Option.none(),
                    List.of(Checksum.of(
                            Checksum.SHA256, "595124473f866b033dfa1f7e831c8c99a12f6143f392dfa996a819010842c99d")),
                    Option.some(new FileLocation.ObjectStore(
                            Option.some("cn-north-4"), Option.some("abc"), Option.some("bbb/upgrade.bin"))))))
            .customInfo("更新了XX功能,修复了XXXX问题")
            .description("package for version V1.0 and V1.1")
            .created(CREATED)
            .build();

    private HuaweiFixture() {}

    /** The settings of a backend at this address. */
    public static Map<String, Object> settings(String endpoint) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("endpoint", endpoint);
        settings.put("project-id", PROJECT_ID);
        settings.put("app-id", APP_ID);
        settings.put("instance-id", INSTANCE_ID);
        settings.put("credentials", Map.of("access-key", ACCESS_KEY, "secret-key", SECRET_KEY));
        // Tests count requests. Retries are tested in the client module.
        settings.put("retries", 0);
        settings.put("pacing", "off");
        return settings;
    }

    /** The settings of a backend of this simulator. The credentials can be changed until it is opened. */
    static Map<String, Object> settings(HuaweiSimulator simulator, Map<String, Object> credentials) {
        credentials.put("access-key", simulator.accessKey());
        credentials.put("secret-key", simulator.secretKey());
        return new HashMap<>(Map.of(
                "endpoint",
                simulator.endpoint().toString(),
                "project-id",
                simulator.projectId(),
                "instance-id",
                simulator.instanceId(),
                "app-id",
                simulator.appId(),
                "credentials",
                credentials));
    }

    public static Backend open(Map<String, Object> settings) {
        return open(settings, context());
    }

    /** A backend without a circuit breaker that sends its requests through this client. */
    static Backend open(OkHttpClient client) {
        Map<String, Object> settings = settings("https://vendor.example");
        settings.put("circuit-breaker", "off");
        return open(settings, context().withResource(HttpTransport.class, HttpTransport.over(client)));
    }

    private static Backend open(Map<String, Object> settings, BackendContext context) {
        return new HuaweiProvider()
                .open("prod", SettingsReader.of("backends.prod", settings), context)
                .get();
    }

    /** A process without environment variables or profile files, at the time of the signing vectors. */
    public static BackendContext context() {
        return BackendContext.system()
                .withEnvironment(Map.of())
                .withHome(Path.of("no-such-home"))
                .withClock(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    public static String payload(String name) {
        return resource("/payloads/" + name + ".json");
    }

    public static String resource(String path) {
        try (InputStream in = Objects.requireNonNull(HuaweiFixture.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
