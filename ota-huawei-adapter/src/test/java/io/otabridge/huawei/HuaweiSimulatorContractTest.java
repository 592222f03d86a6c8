package io.otabridge.huawei;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.matching.MatchResult;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.otabridge.contracts.DiagnosisContract;
import io.otabridge.contracts.FirmwareCommandContract;
import io.otabridge.contracts.FirmwareFixture;
import io.otabridge.contracts.FirmwareSearchContract;
import io.otabridge.contracts.ModuleCommandContract;
import io.otabridge.contracts.ResourceListContract;
import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.contracts.wire.LostResponse;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.product.DeviceGroup;
import io.otabridge.domain.product.DeviceGroupId;
import io.otabridge.domain.product.ProductSummary;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.otabridge.simulators.huawei.store.HuaweiDeviceGroup;
import io.otabridge.simulators.huawei.store.HuaweiModule;
import io.otabridge.simulators.huawei.store.HuaweiPackage;
import io.otabridge.simulators.huawei.store.HuaweiProduct;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the contracts against a stateful simulator, behind a proxy that can inject failures. */
class HuaweiSimulatorContractTest
        implements DiagnosisContract,
                FirmwareSearchContract,
                FirmwareCommandContract,
                ModuleCommandContract,
                ResourceListContract {

    private static final int MAX_BYTES = 100_000;
    private static final String PRODUCT = "p-contract";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @RegisterExtension
    static final WireMockExtension PROXY = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig()
                    .dynamicPort()
                    .preserveHostHeader(true)
                    .extensions(new LostResponse()))
            .build();

    private HuaweiSimulator simulator;
    private Backend backend;
    private int packages;

    @BeforeEach
    void open() {
        simulator = HuaweiSimulator.start();
        PROXY.stubFor(any(anyUrl())
                .atPriority(10)
                .willReturn(aResponse().proxiedFrom(simulator.endpoint().toString())));
        Map<String, Object> settings = HuaweiFixture.settings(simulator, new HashMap<>());
        settings.putAll(Map.of(
                "endpoint",
                PROXY.baseUrl(),
                "pacing",
                "off",
                "retries",
                1,
                "circuit-breaker",
                "off",
                "max-response-bytes",
                MAX_BYTES));
        backend = new HuaweiProvider()
                .open("prod", SettingsReader.of("backends.prod", settings), BackendContext.system())
                .get();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Override
    public Backend backend() {
        return backend;
    }

    @Override
    public ProductId givenProduct() {
        return givenProductWithModules("modem");
    }

    @Override
    public ProductId givenProductWithoutFirmware() {
        return givenProductWithModules("MCU", "modem");
    }

    private ProductId givenProductWithModules(String... names) {
        for (String name : names) {
            simulator.addModule(new HuaweiModule(
                    "m-" + name, simulator.appId(), PRODUCT, "Contract", name, name, null, "20260101T000000Z"));
        }
        return ProductId.of(PRODUCT);
    }

    @Override
    public List<FirmwareId> givenFirmware(List<FirmwareFixture> fixtures) {
        return fixtures.map(this::added);
    }

    private FirmwareId added(FirmwareFixture fixture) {
        String id = "p-" + ++packages;
        HuaweiPackage.Builder builder = HuaweiPackage.builder(
                        id,
                        fixture.coordinates().product().value(),
                        fixture.coordinates().version().value())
                .createTime(TIME.format(fixture.created()));
        FirmwareTarget target = fixture.coordinates().target();
        if (target instanceof FirmwareTarget.Module module) {
            builder.moduleName(module.name().value());
        } else if (target instanceof FirmwareTarget.Software) {
            builder.packageType("softwarePackage");
        }
        simulator.addPackage(builder.build());
        return FirmwareId.of(id);
    }

    @Override
    public boolean givenSparseDetails(Firmware firmware) {
        PROXY.stubFor(get(urlPathMatching(".*/packages/" + firmware.id()))
                .atPriority(1)
                .willReturn(okJson(
                        "{\"package_id\":\"%s\",\"version\":\"%s\"}".formatted(firmware.id(), firmware.version()))));
        return true;
    }

    @Override
    public List<ProductSummary> givenProducts() {
        for (int i = 0; i < 60; i++) {
            simulator.addProduct(new HuaweiProduct("p-" + i, simulator.appId(), "Meter " + i, "Meter", null, null));
        }
        return List.ofAll(simulator.products()).map(HuaweiSimulatorContractTest::toSummary);
    }

    private static ProductSummary toSummary(HuaweiProduct stored) {
        ProductSummary.Builder product = ProductSummary.builder(
                        Product.of(ProductId.of(stored.productId()), stored.name()))
                .deviceType(stored.deviceType())
                .resourceSpace(stored.appId());
        Option.of(stored.description()).forEach(product::description);
        Option.of(stored.createTime())
                .map(sent -> VendorTimestamp.of(sent, TIME.parse(sent, Instant::from)))
                .forEach(product::created);
        return product.build();
    }

    @Override
    public List<DeviceGroup> givenDeviceGroups() {
        for (int i = 0; i < 60; i++) {
            simulator.addDeviceGroup(new HuaweiDeviceGroup("a" + i, "Group " + i, null, null));
        }
        return List.ofAll(simulator.deviceGroups()).map(HuaweiSimulatorContractTest::toGroup);
    }

    private static DeviceGroup toGroup(HuaweiDeviceGroup stored) {
        DeviceGroup.Builder group =
                DeviceGroup.builder(DeviceGroupId.of(stored.groupId())).name(stored.name());
        Option.of(stored.description()).forEach(group::description);
        Option.of(stored.superGroupId()).map(DeviceGroupId::of).forEach(group::parent);
        return group.build();
    }

    /** The second page is empty. */
    @Override
    public void givenIncompleteLists(Resource resource, int listings) {
        boolean isProducts = resource == Resource.PRODUCTS;
        int count = (isProducts ? simulator.products() : simulator.deviceGroups()).size();
        PROXY.stubFor(get(urlPathMatching(isProducts ? ".*/products" : ".*/device-group"))
                .withQueryParam("marker", matching(".+"))
                .inScenario("short")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo(listings == 1 ? "whole" : Scenario.STARTED)
                .willReturn(okJson("{\"products\":[],\"device_groups\":[],\"page\":{\"count\":" + count + "}}")));
    }

    @Override
    public FirmwareId givenFirmwareToDelete() {
        String id = "p-" + ++packages;
        simulator.addPackage(HuaweiPackage.builder(id, PRODUCT, "1.0").build());
        return FirmwareId.of(id);
    }

    @Override
    public void givenLostResponse() {
        LostResponse.toNext(
                PROXY.getRuntimeInfo().getWireMock(),
                any(anyUrl())
                        .andMatching(
                                request -> MatchResult.of(!request.getMethod().equals(RequestMethod.GET))),
                simulator.endpoint());
    }

    @Override
    public void beforeNextDeletion(Runnable action) {
        simulator.beforeNextDeletion(action);
    }

    @Override
    public Option<FirmwareId> invalidFirmwareId() {
        return Option.some(FirmwareId.of("a_1"));
    }

    @Override
    public List<NewModule> invalidModules() {
        NewModule valid = NewModule.named(ProductId.of(PRODUCT), ModuleName.of("Radio"));
        return List.of(
                NewModule.named(ProductId.of("p/1"), valid.name()),
                NewModule.named(ProductId.of("p".repeat(37)), valid.name()),
                NewModule.named(valid.product(), ModuleName.of("微控制单元")),
                NewModule.named(valid.product(), ModuleName.of("m".repeat(65))),
                valid.alias("a/b"),
                valid.alias("元".repeat(65)),
                valid.description("d".repeat(1025)));
    }

    @Override
    public void givenFailure(FailureScenario scenario) {
        stub(any(anyUrl()), scenario);
    }

    @Override
    public void givenFailureOnChanges(FailureScenario scenario) {
        stub(post(anyUrl()), scenario);
        stub(put(anyUrl()), scenario);
        stub(delete(anyUrl()), scenario);
    }

    private void stub(MappingBuilder requests, FailureScenario scenario) {
        HuaweiFailureStubs.stub(
                PROXY.getRuntimeInfo().getWireMock(), requests, scenario, simulator.accessKey(), MAX_BYTES);
    }

    @Override
    public int requestsSent() {
        return PROXY.getAllServeEvents().size();
    }

    @Override
    public java.util.List<String> secrets() {
        return java.util.List.of(simulator.accessKey(), simulator.secretKey());
    }
}
