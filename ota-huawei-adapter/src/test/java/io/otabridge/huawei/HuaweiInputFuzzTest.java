package io.otabridge.huawei;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.otabridge.contracts.fuzz.CannedResponses;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.page.PageToken;
import io.vavr.control.Either;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every id, name, version or page token that the domain accepts is sent or rejected, and never causes an exception.
 */
class HuaweiInputFuzzTest {

    private static final ProductId PRODUCT = ProductId.of("5ba24f5ebbe8f56f5a14f605");

    private final CannedResponses responses = new CannedResponses();
    private final Backend backend = HuaweiFixture.open(responses.client());

    HuaweiInputFuzzTest() {
        responses.respondWith(200, HuaweiFixture.payload("packages-page").getBytes(StandardCharsets.UTF_8));
    }

    static List<byte[]> seeds() {
        return Stream.of(
                        "a page token with a control character\u001b",
                        "28f61af50fc9452aa0ed5ea25c3cc3d3",
                        "firmwarePackage:0b6d9c0a",
                        "modulePackage:",
                        ":",
                        "MCU",
                        "V2.0-beta",
                        "../modules/x?y#z",
                        "%2e%2e")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @MethodSource("seeds")
    @FuzzTest
    void any_text_is_sent_or_rejected(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        check(backend.firmware().list(FirmwareFilter.all()).page(new PageToken(text)));
        check(backend.modules().list(PRODUCT).page(new PageToken(text)));
        FirmwareId.parse(text).forEach(id -> {
            check(backend.firmware().find(id));
            check(backend.firmwareCommands().delete(id));
        });
        FirmwareVersion.parse(text)
                .forEach(version -> check(backend.firmware()
                        .list(FirmwareFilter.all().version(version))
                        .page(PageToken.FIRST)));
        ProductId.parse(text).forEach(product -> {
            check(backend.firmware().list(FirmwareFilter.all().product(product)).page(PageToken.FIRST));
            check(backend.modules().list(product).page(PageToken.FIRST));
        });
        ModuleId.parse(text).forEach(id -> check(backend.modules().find(ModuleRef.id(id))));
        ModuleName.parse(text).forEach(this::checkModule);
    }

    private void checkModule(ModuleName name) {
        check(backend.firmware()
                .list(FirmwareFilter.all().target(FirmwareTarget.module(name)))
                .page(PageToken.FIRST));
        ModuleRef ref = ModuleRef.named(PRODUCT, name);
        check(backend.modules().find(ref));
        if (!name.value().isBlank()) {
            check(backend.moduleCommands().update(ref, ModuleUpdate.alias(name.value())));
            check(backend.moduleCommands().create(NewModule.named(PRODUCT, name).description(name.value())));
        }
    }

    private static void check(Either<OtaFailure, ?> result) {
        result.peekLeft(HuaweiResponseFuzzTest::check);
    }
}
