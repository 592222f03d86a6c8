package io.otabridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.VendorTime;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.PageToken;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryBackendTest implements FirmwareQueryContract, ModuleQueryContract {

    private final InMemoryBackend backend = InMemoryBackend.named("shelf");

    @Test
    void refuses_a_token_of_another_list() {
        PageToken foreign = new PageToken("firmwarePackage:ffff");

        assertThat(backend.firmware().list(FirmwareFilter.all(), foreign).getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);
        assertThat(backend.modules().list(ProductId.of("many"), foreign).getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);
    }

    @Override
    public FirmwareQueryPort firmwarePort() {
        return backend.firmware();
    }

    @Override
    public ModuleQueryPort modulePort() {
        return backend.modules();
    }

    @Override
    public Firmware givenFirmware() {
        Firmware held = Firmware.builder(FirmwareId.of("f1"), FirmwareVersion.of("1.0"))
                .name(Option.some("first"))
                .build();
        backend.add(held);
        return held;
    }

    @Override
    public Option<Firmware> givenFirmware(Quirk quirk) {
        Firmware held = Firmware.builder(FirmwareId.of("f2"), FirmwareVersion.of("2.0"))
                .verification(new Verification.Unknown(quirk.name()))
                .build();
        backend.add(held);
        return Option.some(held);
    }

    @Override
    public io.vavr.collection.List<FirmwareSummary> givenFirmwareList() {
        io.vavr.collection.List<Firmware> held = io.vavr.collection.List.range(0, 5)
                .map(i -> Firmware.builder(FirmwareId.of("f" + i), FirmwareVersion.of("1." + i))
                        .target(new FirmwareTarget.WholeDevice())
                        .build());
        held.reverse().forEach(backend::add);
        return held.map(FirmwareSummary::of);
    }

    @Override
    public FirmwareId givenNoFirmware() {
        return FirmwareId.of("nobody");
    }

    @Override
    public Option<FirmwareId> idAgainstTheVendorsRule() {
        return Option.none();
    }

    @Override
    public OtaModule givenModule() {
        OtaModule held = new OtaModule(
                Option.some(ModuleId.of("m1")),
                new Product(ProductId.of("p1"), Option.some("Thermometer")),
                ModuleName.of("MCU"),
                Option.none(),
                Option.none(),
                Option.none(),
                Option.some(new VendorTime("now", Option.some(Instant.EPOCH))),
                Option.none());
        backend.add(held);
        return held;
    }

    @Override
    public Option<OtaModule> givenModule(Quirk quirk) {
        return Option.some(givenModule());
    }

    @Override
    public io.vavr.collection.List<OtaModule> givenModules() {
        io.vavr.collection.List<OtaModule> held = io.vavr.collection.List.range(0, 5)
                .map(i -> new OtaModule(
                        Option.none(),
                        new Product(ProductId.of("many"), Option.none()),
                        ModuleName.of("M" + i),
                        Option.none(),
                        Option.none(),
                        Option.none(),
                        Option.none(),
                        Option.none()));
        held.forEach(backend::add);
        return held;
    }

    @Override
    public boolean supportsModulePages() {
        return true;
    }

    @Override
    public void givenNoModule() {
        // It starts empty.
    }

    @Override
    public boolean supportsModuleIds() {
        return true;
    }

    @Override
    public List<ModuleRef> refsAgainstTheVendorsRules() {
        return List.of();
    }

    @Override
    public String backendName() {
        return "shelf";
    }

    @Override
    public Vendor vendor() {
        return InMemoryBackend.VENDOR;
    }

    @Override
    public void givenTrouble(Trouble trouble) {
        backend.failWith(origin -> failure(origin, trouble));
    }

    @Override
    public int requestsSent() {
        return 0;
    }

    @Override
    public List<String> secrets() {
        return List.of();
    }

    private static OtaFailure failure(Origin origin, Trouble trouble) {
        FailureDetails plain = FailureDetails.of(origin, "It is in trouble: " + trouble, "Call recover()");
        FailureDetails details = trouble.isRetryable() ? plain.withRetry(Option.none()) : plain;
        return switch (trouble.expected().getSimpleName()) {
            case "AccessDenied" -> new OtaFailure.AccessDenied(details);
            case "Rejected" -> new OtaFailure.Rejected(details);
            case "RateLimited" -> new OtaFailure.RateLimited(details);
            case "Unavailable" -> new OtaFailure.Unavailable(details);
            default -> new OtaFailure.UnreadableResponse(details);
        };
    }
}
