package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;

import io.otabridge.contracts.FirmwareCommandContract;
import io.otabridge.contracts.FirmwareFixture;
import io.otabridge.contracts.FirmwareSearchContract;
import io.otabridge.contracts.ModuleCommandContract;
import io.otabridge.contracts.wire.LostResponse;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.NewModule;
import io.otabridge.simulators.aliyun.AliyunFirmware;
import io.otabridge.simulators.aliyun.AliyunModule;
import io.vavr.collection.List;

/** Hooks of the contracts that need a stateful vendor. */
interface SimulatorContractHooks
        extends ProxiedSimulator, FirmwareSearchContract, FirmwareCommandContract, ModuleCommandContract {

    String PRODUCT = "a1CntrPrdct";

    @Override
    default void givenLostResponse() {
        LostResponse.toNext(
                proxy().getRuntimeInfo().getWireMock(), changes(), simulator().endpoint());
    }

    @Override
    default void beforeNextDeletion(Runnable action) {
        simulator().beforeNextDeletion(action);
    }

    @Override
    default ProductId givenProductWithoutFirmware() {
        addModule("MCU");
        addModule("modem");
        return ProductId.of(PRODUCT);
    }

    @Override
    default ProductId givenProduct() {
        addModule("default");
        addModule("modem");
        return ProductId.of(PRODUCT);
    }

    private void addModule(String name) {
        simulator().addModule(new AliyunModule(PRODUCT, name, name, "", "2026-01-01T08:00Z", "2026-01-02T08:00Z"));
    }

    @Override
    default List<FirmwareId> givenFirmware(List<FirmwareFixture> fixtures) {
        return fixtures.map(fixture -> add(AliyunFirmware.builder(
                        nextId(),
                        fixture.coordinates().product().value(),
                        fixture.coordinates().version().value())
                .moduleName(
                        fixture.coordinates().target() instanceof FirmwareTarget.Module module
                                ? module.name().value()
                                : "default")
                .status(fixture.verified() ? 1 : 0, 0)
                .times(
                        fixture.created().toString().replace("Z", ".000Z"),
                        fixture.created().toString().replace("Z", ".000Z"))));
    }

    @Override
    default boolean givenSparseDetails(Firmware firmware) {
        String body = "{\"Success\":true,\"FirmwareInfo\":{\"FirmwareId\":\"%s\",\"DestVersion\":\"%s\"}}"
                .formatted(firmware.id(), firmware.version());
        proxy().stubFor(details().atPriority(1).willReturn(okJson(spelling().apply(body))));
        return true;
    }

    @Override
    default FirmwareId givenFirmwareToDelete() {
        return add(AliyunFirmware.builder(nextId(), PRODUCT, "1.0.0"));
    }

    /** Ids are numbers, which all platforms with this protocol accept. */
    private String nextId() {
        return String.valueOf(700_000 + simulator().firmware().size());
    }

    private FirmwareId add(AliyunFirmware.Builder firmware) {
        AliyunFirmware stored = firmware.file("https://oss.example/f.bin?Expires=1893456000", 924, "3d04ab64")
                .build();
        simulator().addFirmware(stored);
        return FirmwareId.of(stored.firmwareId());
    }

    @Override
    default List<NewModule> invalidModules() {
        NewModule valid = NewModule.named(ProductId.of(PRODUCT), ModuleName.of("Radio"));
        return List.of(
                NewModule.named(valid.product(), ModuleName.of("扫码枪")),
                NewModule.named(valid.product(), ModuleName.of("two words")),
                NewModule.named(valid.product(), ModuleName.of("m".repeat(65))),
                valid.alias("a".repeat(65)),
                valid.description("d".repeat(101)));
    }
}
