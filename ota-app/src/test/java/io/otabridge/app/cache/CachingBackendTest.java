package io.otabridge.app.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.otabridge.app.CacheResultCounter;
import io.otabridge.contracts.ManualClock;
import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.FileLocation.DownloadLink;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.observation.CacheResult;
import io.otabridge.domain.page.PageToken;
import io.vavr.collection.HashMap;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CachingBackendTest {

    private static final FirmwareId ID = FirmwareId.of("f-1");
    private static final ProductId PRODUCT = ProductId.of("p");
    private static final NewModule MCU = NewModule.named(PRODUCT, ModuleName.of("MCU"));
    private static final Option<Duration> FIVE = Option.some(Duration.ofMinutes(5));

    private final ManualClock clock = new ManualClock(Instant.parse("2024-01-01T00:00:00Z"));
    private final CacheResultCounter results = new CacheResultCounter();
    private final InMemoryBackend vendor = InMemoryBackend.named("prod");
    private final CachingBackend backend = cached(FIVE, FIVE);

    @BeforeEach
    void fill() {
        vendor.add(version("1.0"));
        vendor.moduleCommands().create(MCU).get();
    }

    @Test
    void caches_firmware_by_id() {
        assertThat(backend.firmware().find(ID)).isEqualTo(Either.right(version("1.0")));
        vendor.add(version("2.0"));
        assertThat(backend.firmware().find(ID)).isEqualTo(Either.right(version("1.0")));

        clock.advance(Duration.ofMinutes(5));
        assertThat(backend.firmware().find(ID)).isEqualTo(Either.right(version("2.0")));
        expectResults("firmware", 1, 2);
    }

    @Test
    void caches_modules_by_id_and_by_name() {
        OtaModule found = backend.modules().find(MCU.toRef()).get();
        ModuleRef byId = ModuleRef.id(found.id().get());
        assertThat(backend.modules().find(byId).get()).isEqualTo(found);
        vendor.moduleCommands().update(byId, ModuleUpdate.alias("new")).get();

        assertThat(backend.modules().find(MCU.toRef()).get()).isEqualTo(found);
        assertThat(backend.modules().find(byId).get()).isEqualTo(found);
        expectResults("modules", 2, 2);
    }

    @Test
    void caches_only_the_configured_kinds() {
        CachingBackend onlyFirmware = cached(FIVE, Option.none());

        assertThat(onlyFirmware.modules().find(MCU.toRef()).get().alias()).isEmpty();
        vendor.moduleCommands().update(MCU.toRef(), ModuleUpdate.alias("new")).get();

        assertThat(onlyFirmware.modules().find(MCU.toRef()).get().alias()).contains("new");
        expectResults("modules", 0, 0);
    }

    @Test
    void findAll_uses_the_cache() {
        backend.firmware().find(ID).get();

        assertThat(backend.firmware().findAll(List.of(ID, FirmwareId.of("missing"))))
                .hasSize(2);

        expectResults("firmware", 1, 2);
    }

    @Test
    void does_not_cache_lists_and_searches() {
        FirmwareCoordinates coordinates = FirmwareCoordinates.wholeDevice(PRODUCT, FirmwareVersion.of("1.0"));
        FirmwareQueryPort firmware = backend.firmware();
        firmware.find(ID).get();
        vendor.failWith(origin -> new OtaFailure.Unavailable(
                FailureDetails.of(origin, "It is down", "Wait").withRetry(Option.none())));

        assertThat(firmware.find(coordinates).isLeft()).isTrue();
        assertThat(firmware.newest(FirmwareFilter.all(), FirmwareOrder.byCreation())
                        .isLeft())
                .isTrue();
        assertThat(firmware.list(FirmwareFilter.all()).page(PageToken.FIRST).isLeft())
                .isTrue();
        assertThat(firmware.list(FirmwareFilter.all()).toList().isLeft()).isTrue();
        assertThat(backend.modules().list(PRODUCT).page(PageToken.FIRST).isLeft())
                .isTrue();
        assertThat(backend.modules().list(PRODUCT).toList().isLeft()).isTrue();
        expectResults("firmware", 0, 1);
    }

    @Test
    void does_not_use_a_download_link_that_is_about_to_expire() {
        expectUseUntilAMinuteBefore(clock.instant().plusSeconds(180));
    }

    @Test
    void expires_a_download_link_by_the_vendors_clock() {
        vendor.setClockOffset(Duration.ofHours(1));
        expectUseUntilAMinuteBefore(clock.instant().plusSeconds(3600 + 180));
    }

    private void expectUseUntilAMinuteBefore(Instant expiry) {
        Firmware linked = linked("https://store.example/a.bin?Expires=" + expiry.getEpochSecond());
        vendor.add(linked);
        backend.firmware().find(ID).get();
        vendor.add(version("2.0"));
        clock.advance(Duration.ofSeconds(119));
        assertThat(backend.firmware().find(ID).get()).isEqualTo(linked);

        clock.advance(Duration.ofSeconds(1));
        assertThat(backend.firmware().find(ID).get()).isEqualTo(version("2.0"));
    }

    @Test
    void does_not_use_entries_from_before_a_clock_correction() {
        backend.firmware().find(ID).get();
        vendor.setClockOffset(Duration.ofHours(-1));
        backend.firmware().find(ID).get();
        vendor.setClockOffset(Duration.ofHours(1));
        backend.firmware().find(ID).get();

        expectResults("firmware", 0, 3);
    }

    @Test
    void does_not_use_a_stale_download_link_of_unknown_expiry() {
        vendor.add(linked("https://store.example/a.bin?signature=x"));
        backend.firmware().find(ID).get();
        vendor.failWith(origin -> new OtaFailure.Unavailable(
                FailureDetails.of(origin, "It is down", "Wait").withRetry(Option.none())));
        clock.advance(Duration.ofMinutes(5));

        assertThat(backend.firmware().find(ID).isLeft()).isTrue();
    }

    static Stream<BiFunction<ModuleCommandPort, NewModule, Object>> changes() {
        return Stream.of(
                (commands, module) -> commands.create(module.alias("another")),
                (commands, module) -> commands.create(NewModule.named(PRODUCT, ModuleName.of("modem"))),
                (commands, module) -> commands.update(module.toRef(), ModuleUpdate.alias("new")),
                (commands, module) -> commands.delete(module.toRef()));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void every_command_invalidates_modules(BiFunction<ModuleCommandPort, NewModule, Object> change) {
        backend.modules().find(MCU.toRef()).get();
        backend.firmware().find(ID).get();

        change.apply(backend.moduleCommands(), MCU);

        backend.modules().find(MCU.toRef());
        backend.firmware().find(ID);
        expectResults("modules", 0, 2);
        expectResults("firmware", 1, 1);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void a_dry_run_invalidates_nothing(BiFunction<ModuleCommandPort, NewModule, Object> change) {
        backend.modules().find(MCU.toRef()).get();

        change.apply(backend.moduleCommands().dryRun(), MCU);
        backend.firmwareCommands().dryRun().delete(ID);

        backend.modules().find(MCU.toRef()).get();
        expectResults("modules", 1, 1);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void a_command_with_unknown_outcome_invalidates_modules(BiFunction<ModuleCommandPort, NewModule, Object> change) {
        backend.modules().find(MCU.toRef()).get();
        vendor.loseNextResponse();

        change.apply(backend.moduleCommands(), MCU);

        backend.modules().find(MCU.toRef());
        expectResults("modules", 0, 2);
    }

    @Test
    void a_command_invalidates_all_keys_of_a_module() {
        OtaModule found = backend.modules().find(MCU.toRef()).get();
        ModuleRef byId = ModuleRef.id(found.id().get());
        backend.modules().find(byId).get();

        backend.moduleCommands().update(MCU.toRef(), ModuleUpdate.alias("new")).get();

        assertThat(backend.modules().find(byId).get().alias()).contains("new");
    }

    @Test
    void a_deletion_invalidates_firmware() {
        backend.firmware().find(ID).get();

        assertThat(backend.firmwareCommands().delete(ID)).isEqualTo(Either.right(DeleteResult.DELETED));

        assertThat(backend.firmware().find(ID).getLeft()).isInstanceOf(OtaFailure.NotFound.class);
    }

    @Test
    void a_command_that_throws_invalidates_firmware() {
        backend.firmware().find(ID).get();
        vendor.failChangesWith(origin -> {
            throw new IllegalStateException("a bug");
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> backend.firmwareCommands().delete(ID));

        backend.firmware().find(ID).get();
        expectResults("firmware", 0, 2);
    }

    @Test
    void forwards_all_other_methods() {
        assertThat(backend.name()).isEqualTo("prod");
        assertThat(backend.vendor()).isEqualTo(vendor.vendor());
        assertThat(backend.endpoint()).isEqualTo(vendor.endpoint());
        assertThat(backend.authentication()).isEqualTo(vendor.authentication());
        assertThat(backend.capabilities()).hasToString(vendor.capabilities().toString());
        vendor.setClockOffset(Duration.ofHours(1));
        assertThat(backend.clockOffset()).isEqualTo(Duration.ofHours(1));
        vendor.setMinimumTime(calls -> Option.some(Duration.ofSeconds(2)));
        assertThat(backend.minimumTime(HashMap.empty())).contains(Duration.ofSeconds(2));
        assertThat(backend).hasToString(vendor.toString());
    }

    @Test
    void shares_the_cache_with_another_deadline() {
        backend.firmware().find(ID).get();

        backend.within(Duration.ofMillis(50)).firmware().find(ID).get();

        expectResults("firmware", 1, 1);
    }

    @Test
    void closing_a_backend_with_another_deadline_keeps_the_cache() {
        backend.firmware().find(ID).get();

        backend.within(Duration.ofMillis(50)).close();

        backend.firmware().find(ID).get();
        expectResults("firmware", 1, 1);
    }

    /**
     * Without an override, a new default method would not reach the adapter. Methods that call another one of the port,
     * which is overridden, need none.
     */
    @Test
    void overrides_every_method() {
        Set<Class<?>> ports = Set.of(
                Backend.class,
                FirmwareQueryPort.class,
                ModuleQueryPort.class,
                FirmwareCommandPort.class,
                ModuleCommandPort.class);
        List<Object> decorators = List.of(
                backend, backend.firmware(), backend.modules(), backend.firmwareCommands(), backend.moduleCommands());

        for (Object decorator : decorators) {
            assertThat(decorator.getClass().getMethods())
                    .filteredOn(method -> !method.getName().equals("findAll") && !method.isVarArgs())
                    .extracting(Method::getDeclaringClass)
                    .as(decorator.getClass().getSimpleName())
                    .doesNotContainAnyElementsOf(ports);
            assertThat(Arrays.stream(decorator.getClass().getInterfaces())).allMatch(ports::contains);
        }
    }

    private CachingBackend cached(Option<Duration> firmware, Option<Duration> modules) {
        return CachingBackend.of(
                vendor,
                new CacheSettings(firmware, modules, Duration.ofHours(1), 100),
                BackendContext.system().withClock(clock).withResource(BackendObserver.class, results));
    }

    private static Firmware version(String version) {
        return Firmware.builder(ID, FirmwareVersion.of(version)).build();
    }

    private static Firmware linked(String url) {
        return Firmware.builder(ID, FirmwareVersion.of("1.0"))
                .files(List.of(new FirmwareFile(
                        Option.none(), Option.none(), List.empty(), Option.some(DownloadLink.of(url)))))
                .build();
    }

    private void expectResults(String kind, long hits, long misses) {
        assertThat(List.of(results.of(kind, CacheResult.HIT), results.of(kind, CacheResult.MISS)))
                .containsExactly(hits, misses);
    }
}
