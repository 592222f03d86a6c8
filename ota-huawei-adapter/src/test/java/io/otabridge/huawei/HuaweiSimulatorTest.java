package io.otabridge.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.CreateResult;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.otabridge.simulators.huawei.store.HuaweiModule;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the adapter against a simulator with independent code for signatures. */
class HuaweiSimulatorTest {

    private static final FirmwareId PACKAGE = FirmwareId.of(HuaweiSimulator.DOCUMENTED_PACKAGE);
    private static final NewModule RADIO = NewModule.named(
                    ProductId.of(HuaweiSimulator.SHARED_PRODUCT), ModuleName.of("Radio"))
            .description("Firmware of the radio");
    private static final ModuleId MODULE = ModuleId.of(HuaweiSimulator.DOCUMENTED_MODULE);

    private final HuaweiSimulator simulator = HuaweiSimulator.start();
    private final Map<String, Object> credentials = new HashMap<>();
    private final Map<String, Object> settings = HuaweiFixture.settings(simulator, credentials);

    HuaweiSimulatorTest() {
        settings.put("region", simulator.region());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void finds_the_documented_module_and_every_other() {
        assertThat(backend().modules().find(ModuleRef.id(MODULE)).get()).isEqualTo(HuaweiFixture.MODULE);
        for (HuaweiModule module : simulator.modules()) {
            ModuleRef byName = ModuleRef.named(ProductId.of(module.productId()), ModuleName.of(module.moduleName()));
            assertThat(backend().modules().find(byName).get().id()).contains(ModuleId.of(module.moduleId()));
        }
    }

    @Test
    void finds_every_package() {
        assertThat(simulator.packages())
                .hasSizeGreaterThan(24)
                .allSatisfy(stored -> assertThat(backend()
                                .firmware()
                                .find(FirmwareId.of(stored.packageId()))
                                .get()
                                .version()
                                .value())
                        .isEqualTo(stored.version()));
    }

    @Test
    void lists_every_package_with_the_same_values_as_its_details() {
        assertThat(backend().firmware().list(FirmwareFilter.all()).stream())
                .hasSize(simulator.packages().size())
                .allSatisfy(summary -> {
                    FirmwareSummary detail = FirmwareSummary.of(
                            backend().firmware().find(summary.id()).get());
                    assertThat(summary.version()).isEqualTo(detail.version());
                    assertThat(summary.target()).isEqualTo(detail.target());
                    assertThat(summary.customInfo()).isEqualTo(detail.customInfo());
                    assertThat(summary.checksums()).isEmpty();
                });
    }

    @Test
    void reports_an_unknown_package_as_missing() {
        assertThat(backend().firmware().find(FirmwareId.of("unknown")).getLeft())
                .isInstanceOf(OtaFailure.NotFound.class);
    }

    @Test
    void signs_with_a_derived_key_on_a_tenants_own_instance() {
        simulator.play(HuaweiSimulator.Edition.OWN_INSTANCE);
        settings.put("signature", "derived");

        assertThat(backend().firmware().find(PACKAGE).isRight()).isTrue();
    }

    @Test
    void advises_to_check_the_project_if_it_belongs_to_another_user() {
        settings.put("project-id", "05ed32dc1b0025b52fe3c01a27c2b0a8");

        OtaFailure failure = backend().firmware().find(PACKAGE).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.AccessDenied.class);
        assertThat(failure.vendorMessage().get()).startsWith("The user may not use project");
        assertThat(failure.advice()).contains("project-id");
    }

    @Test
    void advises_the_kind_of_signature_on_a_tenants_own_instance() {
        simulator.play(HuaweiSimulator.Edition.OWN_INSTANCE);

        OtaFailure failure = backend().firmware().find(PACKAGE).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.AccessDenied.class);
        assertThat(failure.vendorCode()).contains("IOTDA.000002");
        assertThat(failure.advice()).contains("signature: derived");
    }

    @Test
    void sends_a_security_token() {
        simulator.requireSecurityToken(true);
        assertThat(backend().firmware().find(PACKAGE).getLeft()).isInstanceOf(OtaFailure.AccessDenied.class);

        credentials.put("security-token", simulator.securityToken());

        assertThat(backend().firmware().find(PACKAGE).isRight()).isTrue();
    }

    @Test
    void sends_an_iam_token() {
        settings.put("credentials", Map.of("token", simulator.token()));
        assertThat(backend().firmware().find(PACKAGE).isRight()).isTrue();

        settings.put("credentials", Map.of("token", simulator.token() + "x"));
        assertThat(backend().firmware().find(PACKAGE).getLeft()).isInstanceOf(OtaFailure.AccessDenied.class);
    }

    @Test
    void is_denied_access_with_one_wrong_byte_in_the_secret() {
        credentials.put("secret-key", simulator.secretKey().replace('F', 'G'));

        assertThat(backend().firmware().find(PACKAGE).getLeft()).isInstanceOf(OtaFailure.AccessDenied.class);
    }

    @Test
    void corrects_a_clock_skew_of_an_hour() {
        Clock hourAgo = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
        Backend backend = new HuaweiProvider()
                .open(
                        "prod",
                        SettingsReader.of("b", settings),
                        BackendContext.system().withClock(hourAgo))
                .get();
        assertThat(backend.clockOffset()).isZero();

        assertThat(backend.firmware().find(PACKAGE).isRight()).isTrue();
        assertThat(simulator.requestCount()).isEqualTo(2);
        assertThat(backend.clockOffset()).isCloseTo(Duration.ofHours(1), Duration.ofMinutes(10));

        assertThat(backend.firmware().find(PACKAGE).isRight()).isTrue();
        assertThat(simulator.requestCount()).isEqualTo(3);
    }

    @Test
    void finds_a_module_on_a_later_page() {
        for (int i = 0; i < 120; i++) {
            simulator.addModule(new HuaweiModule(
                    "page-" + i, simulator.appId(), "p-pages", "Pages", "m" + i, "", "", "20260101T000000Z"));
        }

        assertThat(backend()
                        .modules()
                        .find(ModuleRef.named(ProductId.of("p-pages"), ModuleName.of("m0")))
                        .get()
                        .id())
                .contains(ModuleId.of("page-0"));
        assertThat(simulator.requestCount()).isEqualTo(3);
    }

    @Test
    void signs_the_bodies_of_changes_with_a_derived_key() {
        simulator.play(HuaweiSimulator.Edition.OWN_INSTANCE);
        settings.put("signature", "derived");

        OtaModule created = commands().create(RADIO).get().value();
        OtaModule changed =
                commands().update(RADIO.toRef(), ModuleUpdate.alias("无线电")).get();

        assertThat(changed).isEqualTo(ModuleUpdate.alias("无线电").applyTo(created));
        assertThat(commands().delete(RADIO.toRef()).get()).isEqualTo(DeleteResult.DELETED);
    }

    @Test
    void creates_one_module_for_concurrent_callers() {
        ModuleCommandPort commands = commands();

        List<CreateResult<OtaModule>> results = IntStream.range(0, 16)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> commands.create(RADIO).get()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(results).extracting(CreateResult::alreadyExisted).containsOnlyOnce(false);
        assertThat(results)
                .extracting(CreateResult::value)
                .containsOnly(results.get(0).value());
    }

    @Test
    void explains_the_rejection_of_an_eleventh_module() {
        ProductId full = ProductId.of("624a3f0c9d1e4b5a8c7d6e06");

        OtaFailure failure =
                commands().create(NewModule.named(full, RADIO.name())).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.vendorMessage().get()).contains("10 custom OTA modules");
        assertThat(failure.advice()).startsWith("Delete a module first").contains("ten custom modules");
    }

    @Test
    void creates_once_if_the_response_is_lost() {
        ModuleCommandPort commands = commands();
        commands.delete(RADIO.toRef()).get();
        long before = simulator.requestCount();
        simulator.loseNextResponse();

        assertThat(commands.create(RADIO).getLeft()).isInstanceOf(OtaFailure.OutcomeUnknown.class);

        assertThat(simulator.requestCount() - before).isEqualTo(2);
        assertThat(commands.create(RADIO).get().alreadyExisted()).isTrue();
    }

    @Test
    void retries_a_deletion_if_the_response_is_lost() {
        FirmwareCommandPort commands = backend().firmwareCommands();
        assertThat(commands.delete(FirmwareId.of("unknown")).get()).isEqualTo(DeleteResult.NOT_FOUND);
        simulator.loseNextResponse();

        assertThat(commands.delete(PACKAGE).get()).isEqualTo(DeleteResult.NOT_FOUND_AFTER_RETRY);

        assertThat(simulator.requestCount()).isEqualTo(3);
    }

    private ModuleCommandPort commands() {
        return backend().moduleCommands();
    }

    private Backend backend() {
        return new HuaweiProvider()
                .open("prod", SettingsReader.of("b", settings), BackendContext.system())
                .get();
    }
}
