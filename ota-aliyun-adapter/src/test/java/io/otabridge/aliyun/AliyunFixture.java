package io.otabridge.aliyun;

import io.otabridge.client.transport.HttpTransport;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.artifact.SignedLink;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.simulators.aliyun.AliyunSimulator;
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
public final class AliyunFixture {

    static final String ACCESS_KEY = "LTAITESTKEY0001";
    static final String SECRET_KEY = "TestSecret/0123456789+abc=";
    static final String INSTANCE_ID = "iot-cn-0pp1n8t";
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    public static final FirmwareId ID = FirmwareId.of("UfuxnwygsuSkVE0VCN****0100");
    static final FirmwareVersion VERSION = FirmwareVersion.of("4.0.0");
    static final Instant EXPIRES = Instant.ofEpochSecond(1577587360);

    /** The multi-file package. */
    static final Firmware MULTI_FILE = described()
            .verification(Verification.verified())
            .files(List.of(
                    new FirmwareFile(
                            Option.some("firmware1"),
                            Option.some(200L),
                            List.of(Checksum.of(Checksum.MD5, "3d04ab6462633508606e5f3d****")),
                            link("5E962CF83DB1495E8337E9C8A4D1****.bin", "farzC8%2FVMN4HYdEtXvdiC2OevH****")),
                    new FirmwareFile(
                            Option.some("firmware2"),
                            Option.some(1024L),
                            List.of(
                                    Checksum.of(Checksum.MD5, "93230c3bde425a9d7984a594ac45****"),
                                    Checksum.of(Checksum.MD5, "93230c3bde425a9d7984a594ac56****")),
                            link("6F962CF83DB1495E8337E9C8A4D1****.bin", "garzC8%2FVMN4HYdEtXvdiC2OevH****"))))
            .build();

    /** The documented example: one file with a running verification. */
    static final Firmware SINGLE_FILE = described()
            .verification(Verification.verifying(0))
            .files(List.of(singleFile(924L)))
            .build();

    /** The module of the current document. */
    static final OtaModule MODULE = new OtaModule(
            Option.none(),
            Product.of(ProductId.of("a1uctKe****")),
            ModuleName.of("barcodeScanner"),
            Option.some("Barcode_scanner"),
            Option.some("This module represents the firmware of the barcode scanner."),
            Option.none(),
            Option.some(VendorTimestamp.of("2020-10-13T09:46Z", Instant.parse("2020-10-13T09:46:00Z"))),
            Option.some(VendorTimestamp.of("2020-10-19T09:46Z", Instant.parse("2020-10-19T09:46:00Z"))));

    private AliyunFixture() {}

    /** A package with all fields except files and verification. */
    static Firmware.Builder described() {
        return Firmware.builder(ID, VERSION)
                .name("t3q5rkNm")
                .product(new Product(ProductId.of("a19mzPZ****"), Option.some("MyProduct")))
                .target(FirmwareTarget.module("WifiConfigModify"))
                .kind(UpdateKind.full())
                .customInfo("{\"ota_notice\":\" Upgrade the underlying camera driver to solve the problem of"
                        + " blurred video images. \"}")
                .description("modified-WiFi-module")
                .created(time("2019-12-28T02:42:22.000Z"))
                .modified(time("2019-12-28T02:42:41.000Z"));
    }

    static FirmwareFile singleFile(long size) {
        return new FirmwareFile(
                Option.none(),
                Option.some(size),
                List.of(Checksum.of(Checksum.MD5, "3d04ab6462633508606e5f3daac8****")),
                link("5E962CF83DB1495E8337E9C8A4D1****.bin", "farzC8%2FVMN4HYdEtXvdiC2OevH****"));
    }

    static VendorTimestamp time(String text) {
        return VendorTimestamp.of(text, Instant.parse(text));
    }

    private static Option<FileLocation> link(String file, String signature) {
        String url = "https://ota-***.aliyuncs.com/ota/572ef2fd12ca4791a5b21a9eb948****/" + file
                + "?Expires=1577587360&OSSAccessKeyId=cS8uRRy54Rsz****&Signature=" + signature;
        return Option.some(new FileLocation.DownloadLink(SignedLink.of(url), Option.some(EXPIRES)));
    }

    /** The settings of a backend at this address. */
    public static Map<String, Object> settings(String endpoint) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("endpoint", endpoint);
        settings.put("instance-id", INSTANCE_ID);
        settings.put("credentials", Map.of("access-key", ACCESS_KEY, "secret-key", SECRET_KEY));
        // Tests count requests. Retries are tested in the client module.
        settings.put("retries", 0);
        settings.put("pacing", "off");
        return settings;
    }

    /** The settings of a backend of this simulator. The credentials can be changed until it is opened. */
    static Map<String, Object> settings(AliyunSimulator simulator, Map<String, Object> credentials) {
        credentials.put("access-key", simulator.accessKey());
        credentials.put("secret-key", simulator.secretKey());
        return new HashMap<>(Map.of(
                "endpoint",
                simulator.endpoint().toString(),
                "instance-id",
                simulator.instanceId(),
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

    static Backend open(Map<String, Object> settings, BackendContext context) {
        return new AliyunProvider()
                .open("legacy", SettingsReader.of("backends.legacy", settings), context)
                .get();
    }

    /** A process without environment variables or profile files, at a fixed time. */
    static BackendContext context() {
        return BackendContext.system()
                .withEnvironment(Map.of())
                .withHome(Path.of("no-such-home"))
                .withClock(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    public static String payload(String name) {
        return resource("/payloads/" + name);
    }

    public static String resource(String path) {
        try (InputStream in = Objects.requireNonNull(AliyunFixture.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
