package io.otabridge.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the adapter against a simulator with independent code for signatures. */
class AliyunSimulatorTest {

    private static final FirmwareId DOCUMENTED = FirmwareId.of(AliyunSimulator.DOCUMENTED_FIRMWARE);

    private final AliyunSimulator simulator = AliyunSimulator.start();
    private final Map<String, Object> credentials = new HashMap<>();
    private final Map<String, Object> settings = AliyunFixture.settings(simulator, credentials);

    AliyunSimulatorTest() {
        settings.put("region", simulator.region());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"acs3-hmac-sha256", "hmac-sha1"})
    void finds_the_documented_firmware_with(String signature) {
        settings.put("signature", signature);

        Firmware found = backend().firmware().find(DOCUMENTED).get();
        assertThat(withoutLinks(found)).isEqualTo(withoutLinks(AliyunFixture.SINGLE_FILE));
    }

    private static Firmware withoutLinks(Firmware firmware) {
        return firmware.toBuilder()
                .files(firmware.files()
                        .map(file -> new FirmwareFile(file.name(), file.size(), file.checksums(), Option.none())))
                .build();
    }

    @Test
    void finds_all_firmware() {
        assertThat(simulator.firmware()).hasSizeGreaterThan(24).allSatisfy(stored -> {
            Firmware found = backend()
                    .firmware()
                    .find(FirmwareId.of(stored.firmwareId()))
                    .get();
            assertThat(found.version()).isEqualTo(FirmwareVersion.of(stored.destVersion()));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"acs3-hmac-sha256", "hmac-sha1"})
    void lists_all_firmware_with(String signature) {
        settings.put("signature", signature);
        for (int i = 0; i < 120; i++) {
            simulator.addFirmware(
                    AliyunFirmware.builder("page-" + i, "p-pages", "1." + i).build());
        }

        assertThat(backend().firmware().list(FirmwareFilter.all()).stream()
                        .map(found -> found.id().value()))
                .containsExactlyElementsOf(simulator.firmware().stream()
                        .map(AliyunFirmware::firmwareId)
                        .toList());
        assertThat(simulator.requestCount()).isEqualTo(2);
    }

    @Test
    void lists_everything_after_concurrent_deletions() {
        simulator.generateFirmware(1_000);
        FirmwareFilter filter = FirmwareFilter.all().product(ProductId.of(AliyunSimulator.GENERATED_PRODUCT));
        Set<String> listed = new HashSet<>();
        AtomicInteger count = new AtomicInteger();

        backend().firmware().list(filter).forEach(found -> {
            assertThat(listed.add(found.id().value())).as("is listed once").isTrue();
            if (count.incrementAndGet() == 450) {
                for (int i = 0; i < 150; i++) {
                    assertThat(simulator.removeFirmware(String.valueOf(9_000_000_000L + i)))
                            .isTrue();
                }
            }
        });

        assertThat(listed).hasSize(1_000);
        // Nine pages while the total changed, and nine of the second attempt.
        assertThat(simulator.requestCount()).as("pages").isEqualTo(9 + 9);
    }

    @Test
    void finds_a_multi_file_and_a_delta_package() {
        assertThat(backend()
                        .firmware()
                        .find(FirmwareId.of(AliyunSimulator.MULTI_FILE_FIRMWARE))
                        .get()
                        .files())
                .hasSizeGreaterThan(1);
        assertThat(backend()
                        .firmware()
                        .find(FirmwareId.of(AliyunSimulator.DELTA_FIRMWARE))
                        .get()
                        .kind())
                .isInstanceOf(UpdateKind.Delta.class);
    }

    @Test
    void finds_a_module_by_product_and_name() {
        ModuleRef ref = ModuleRef.named(ProductId.of("a1uctKe****"), ModuleName.of("barcodeScanner"));

        assertThat(backend().modules().find(ref).get().alias()).contains("Barcode_scanner");
    }

    @Test
    void reports_unknown_ids_as_missing() {
        ModuleRef noModule = ModuleRef.named(ProductId.of("a1uctKe****"), ModuleName.of("unknown"));
        ModuleRef noProduct = ModuleRef.named(ProductId.of("unknown"), ModuleName.of("default"));

        assertThat(backend().firmware().find(FirmwareId.of("unknown")).getLeft())
                .isInstanceOf(OtaFailure.NotFound.class);
        assertThat(backend().modules().find(noModule).getLeft()).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(backend().modules().find(noProduct).getLeft()).isInstanceOf(OtaFailure.NotFound.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acs3-hmac-sha256", "hmac-sha1"})
    void sends_a_security_token_with(String signature) {
        settings.put("signature", signature);
        simulator.requireSecurityToken(true);
        assertThat(backend().firmware().find(DOCUMENTED).getLeft()).isInstanceOf(OtaFailure.AccessDenied.class);

        credentials.put("security-token", simulator.securityToken());

        assertThat(backend().firmware().find(DOCUMENTED).isRight()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"acs3-hmac-sha256", "hmac-sha1"})
    void is_denied_access_with_one_wrong_byte_in_the_secret_of(String signature) {
        settings.put("signature", signature);
        credentials.put("secret-key", simulator.secretKey().replace('F', 'G'));

        OtaFailure failure = backend().firmware().find(DOCUMENTED).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.AccessDenied.class);
        assertThat(failure.vendorCode()).contains("SignatureDoesNotMatch");
        assertThat(failure.toString()).doesNotContain(simulator.accessKey(), "tring to sign");
    }

    @Test
    void knows_the_minimum_time_of_calls_at_the_configured_rate_unless_pacing_is_off() {
        io.vavr.collection.HashMap<Capability, Integer> downloads =
                io.vavr.collection.HashMap.of(Capability.DOWNLOAD_FIRMWARE, 101);
        settings.put("quota", Map.of("QueryOTAFirmware", 2));
        assertThat(backend().minimumTime(downloads)).contains(Duration.ofSeconds(50));

        settings.remove("quota");
        settings.put("pacing", "off");
        assertThat(backend().minimumTime(downloads)).isEmpty();
    }

    @Test
    void corrects_a_clock_skew_of_an_hour() {
        Clock hourAgo = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
        Backend backend = new AliyunProvider()
                .open(
                        "legacy",
                        SettingsReader.of("b", settings),
                        BackendContext.system().withClock(hourAgo))
                .get();
        assertThat(backend.clockOffset()).isZero();

        assertThat(backend.firmware().find(DOCUMENTED).isRight()).isTrue();
        assertThat(simulator.requestCount()).isEqualTo(2);
        assertThat(backend.clockOffset()).isCloseTo(Duration.ofHours(1), Duration.ofMinutes(10));

        assertThat(backend.firmware().find(DOCUMENTED).isRight()).isTrue();
        assertThat(simulator.requestCount()).isEqualTo(3);
    }

    @Test
    void advises_the_instance_id_if_it_is_missing() {
        settings.remove("instance-id");

        OtaFailure failure = backend().firmware().find(DOCUMENTED).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.advice()).contains("instance-id");
    }

    private Backend backend() {
        return new AliyunProvider()
                .open("legacy", SettingsReader.of("b", settings), BackendContext.system())
                .get();
    }
}
