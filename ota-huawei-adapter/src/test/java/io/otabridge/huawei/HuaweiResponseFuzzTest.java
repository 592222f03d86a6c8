package io.otabridge.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.otabridge.contracts.fuzz.CannedResponses;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.page.PageToken;
import io.vavr.control.Either;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * IoTDA responds with arbitrary bytes to any call of the adapter. The result is a domain object or a printable failure.
 * An input is a letter for the call, one for the status, and the body.
 */
class HuaweiResponseFuzzTest {

    private static final FirmwareId FIRMWARE = HuaweiFixture.PACKAGE.id();
    private static final ModuleId MODULE = ModuleId.of("28f61af50fc9452aa0ed5ea25c3cc3d3");
    private static final ProductId PRODUCT = ProductId.of("5ba24f5ebbe8f56f5a14f605");
    private static final ModuleName NAME = ModuleName.of("MCU");

    private static final List<Function<Backend, Either<OtaFailure, ?>>> CALLS = List.of(
            backend -> backend.firmware().find(FIRMWARE),
            backend -> backend.firmware().list(FirmwareFilter.all()).page(PageToken.FIRST),
            backend -> backend.firmware().newest(FirmwareFilter.all(), FirmwareOrder.byCreation()),
            backend -> backend.modules().find(ModuleRef.id(MODULE)),
            backend -> backend.modules().find(ModuleRef.named(PRODUCT, NAME)),
            backend -> backend.modules().list(PRODUCT).page(new PageToken("50::0b6d9c0a")),
            backend -> backend.moduleCommands().create(NewModule.named(PRODUCT, NAME)),
            backend -> backend.moduleCommands().update(ModuleRef.id(MODULE), ModuleUpdate.alias("x")),
            backend -> backend.moduleCommands().delete(ModuleRef.id(MODULE)),
            backend -> backend.firmwareCommands().delete(FIRMWARE),
            backend -> backend.products().list().page(PageToken.FIRST),
            backend -> backend.deviceGroups().list().page(PageToken.FIRST));

    private static final int[] STATUSES = {200, 201, 204, 302, 400, 401, 403, 404, 429, 500, 503};

    private final CannedResponses responses = new CannedResponses();
    private final Backend backend = HuaweiFixture.open(responses.client());

    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        Stream.of("package-found", "package-of-module").forEach(name -> seeds.add(seed("AA", name)));
        Stream.of("packages-page").forEach(name -> seeds.addAll(List.of(seed("BA", name), seed("CA", name))));
        Stream.of("module-found", "module-found-chinese")
                .forEach(name -> seeds.addAll(List.of(seed("DA", name), seed("GB", name), seed("HA", name))));
        Stream.of("modules-page")
                .forEach(name -> seeds.addAll(List.of(seed("EA", name), seed("FA", name), seed("GA", name))));
        seeds.add(seed("KA", "products-page"));
        seeds.add(seed("LA", "device-groups-page"));
        Stream.of(
                        "error-400-parameter",
                        "error-401-authentication",
                        "error-401-gateway",
                        "error-403-tenant-throttled",
                        "error-403-throttled",
                        "error-429-gateway")
                .forEach(name ->
                        Stream.of("AE", "BF", "DG", "EA", "IH", "JI").forEach(prefix -> seeds.add(seed(prefix, name))));
        seeds.add(
                ("AK<html><body>503 " + HuaweiFixture.SECRET_KEY + "</body></html>").getBytes(StandardCharsets.UTF_8));
        seeds.add("JC".getBytes(StandardCharsets.UTF_8));
        return seeds;
    }

    private static byte[] seed(String prefix, String payload) {
        return (prefix + HuaweiFixture.payload(payload)).getBytes(StandardCharsets.UTF_8);
    }

    @MethodSource("seeds")
    @FuzzTest
    void any_response_becomes_a_value_or_a_printable_failure(byte[] input) {
        if (input.length < 2) {
            return;
        }
        responses.respondWith(pick(input[1], STATUSES), Arrays.copyOfRange(input, 2, input.length));
        CALLS.get(Math.floorMod(input[0] - 'A', CALLS.size()))
                .apply(backend)
                .peekLeft(HuaweiResponseFuzzTest::check)
                .forEach(value -> assertThat(value).hasToString(value.toString()));
    }

    private static int pick(byte letter, int[] choice) {
        return choice[Math.floorMod(letter - 'A', choice.length)];
    }

    /** Checks every text that a caller may print. */
    static void check(OtaFailure failure) {
        String texts = String.join(
                "|",
                failure.summary(),
                failure.advice(),
                failure.vendorCode().getOrElse(""),
                failure.vendorMessage().getOrElse(""),
                failure.requestId().getOrElse(""));
        assertThat(texts)
                .doesNotContain(HuaweiFixture.SECRET_KEY, HuaweiFixture.ACCESS_KEY)
                .doesNotContainPattern("\\p{Cc}")
                .hasSizeLessThan(3_000);
        failure.retryAfter().forEach(wait -> assertThat(wait.isNegative()).isFalse());
    }
}
