package io.otabridge.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.otabridge.contracts.fuzz.CannedResponses;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareFilter;
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
 * The platform responds with arbitrary bytes (JSON, XML or neither) to any call of the adapter. The result is a domain
 * object or a printable failure. An input is a letter for the call, one for the status, and the body.
 */
class AliyunResponseFuzzTest {

    private static final ProductId PRODUCT = AliyunFixture.MODULE.product().id();
    private static final ModuleName NAME = AliyunFixture.MODULE.name();

    private static final List<Function<Backend, Either<OtaFailure, ?>>> CALLS = List.of(
            backend -> backend.firmware().find(AliyunFixture.ID),
            backend -> backend.firmware().list(FirmwareFilter.all()).page(PageToken.FIRST),
            backend -> backend.firmware().list(FirmwareFilter.all().verified()).page(new PageToken("2:300:1")),
            backend -> backend.modules().find(ModuleRef.named(PRODUCT, NAME)),
            backend -> backend.modules().list(PRODUCT).page(PageToken.FIRST),
            backend -> backend.moduleCommands().create(NewModule.named(PRODUCT, NAME)),
            backend -> backend.moduleCommands().update(ModuleRef.named(PRODUCT, NAME), ModuleUpdate.alias("x")),
            backend -> backend.moduleCommands().delete(ModuleRef.named(PRODUCT, NAME)),
            backend -> backend.firmwareCommands().delete(AliyunFixture.ID),
            backend -> backend.products().list().page(PageToken.FIRST),
            backend -> backend.deviceGroups().list().page(PageToken.FIRST));

    private static final int[] STATUSES = {200, 204, 302, 400, 403, 404, 429, 500, 503};

    private final CannedResponses responses = new CannedResponses();
    private final Backend backend = AliyunFixture.open(responses.client());

    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        Stream.of(
                        "QueryOTAFirmware.json",
                        "QueryOTAFirmware.xml",
                        "QueryOTAFirmware.delta.json",
                        "QueryOTAFirmware.multi-file.json",
                        "QueryOTAFirmware.multi-file.xml",
                        "QueryOTAFirmware.multi-file-flat.xml",
                        "QueryOTAFirmware.without-udi.json",
                        "tuya.QueryOTAFirmware.json")
                .forEach(name -> seeds.add(seed("AA", name)));
        Stream.of("ListOTAFirmware.json", "ListOTAFirmware.empty.json")
                .forEach(name -> seeds.addAll(List.of(seed("BA", name), seed("CA", name))));
        Stream.of(
                        "ListOTAModuleByProduct.json",
                        "ListOTAModuleByProduct.xml",
                        "ListOTAModuleByProduct.nested.xml",
                        "ListOTAModuleByProduct.doc-single-object.json",
                        "tuya.ListOTAModuleByProduct.json")
                .forEach(name ->
                        Stream.of("DA", "EA", "FA", "GA", "HA").forEach(prefix -> seeds.add(seed(prefix, name))));
        seeds.add(seed("JA", "QueryProductList.json"));
        seeds.add(seed("KA", "QueryDeviceGroupList.json"));
        Stream.of(
                        "error.business.http200.json",
                        "error.business.http200.firmware-not-found.json",
                        "error.business.http200.firmware-not-found-old-code.json")
                .forEach(name -> seeds.addAll(List.of(seed("AA", name), seed("FA", name), seed("IA", name))));
        Stream.of(
                        "signature-does-not-match",
                        "timestamp-expired",
                        "throttling-user",
                        "nonce-used",
                        "missing-parameter",
                        "unsupported-operation")
                .forEach(name -> Stream.of(".json", ".xml")
                        .forEach(form -> seeds.add(seed("DD", "error.gateway.http400." + name + form))));
        seeds.add(seed("AF", "error.gateway.http404.access-key-not-found.xml"));
        seeds.add(seed("IE", "error.gateway.http403.forbidden-ram.xml"));
        seeds.add(seed("BI", "error.gateway.http503.service-unavailable.xml"));
        seeds.add(("AD{\"Code\":\"SignatureDoesNotMatch\",\"Message\":\"server string to sign is:GET&%2F&AccessKeyId%3D"
                        + AliyunFixture.ACCESS_KEY + "\"}")
                .getBytes(StandardCharsets.UTF_8));
        return seeds;
    }

    private static byte[] seed(String prefix, String payload) {
        return (prefix + AliyunFixture.payload(payload)).getBytes(StandardCharsets.UTF_8);
    }

    @MethodSource("seeds")
    @FuzzTest
    void any_response_becomes_a_value_or_a_printable_failure(byte[] input) {
        if (input.length < 2) {
            return;
        }
        responses.respondWith(
                STATUSES[Math.floorMod(input[1] - 'A', STATUSES.length)], Arrays.copyOfRange(input, 2, input.length));
        CALLS.get(Math.floorMod(input[0] - 'A', CALLS.size()))
                .apply(backend)
                .peekLeft(AliyunResponseFuzzTest::check)
                .forEach(value -> assertThat(value).hasToString(value.toString()));
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
                .doesNotContain(AliyunFixture.SECRET_KEY, AliyunFixture.ACCESS_KEY)
                .doesNotContainPattern("\\p{Cc}")
                .hasSizeLessThan(3_000);
        failure.retryAfter().forEach(wait -> assertThat(wait.isNegative()).isFalse());
    }
}
