package io.otabridge.huawei;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathTemplate;
import static io.otabridge.huawei.HuaweiFixture.payload;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.matching.StringValuePattern;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.otabridge.contracts.DecodersTestedElsewhere;
import io.otabridge.contracts.FirmwareQueryContract;
import io.otabridge.contracts.ModuleQueryContract;
import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.contracts.scenario.ResponseVariation;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.OtaModule;
import io.vavr.control.Option;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

@DecodersTestedElsewhere("HuaweiSimulatorContractTest")
class HuaweiContractTest implements FirmwareQueryContract, ModuleQueryContract {

    private static final int MAX_BYTES = 100_000;
    private static final String SECOND_PAGE = "ffff00000000000000000010";
    private static final String MODULES = "/v5/iot/{project}/ota-upgrades/modules";
    private static final String PACKAGE = "/v5/iot/{project}/ota-upgrades/packages/{id}";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private Backend backend;

    @BeforeEach
    void openBackend() {
        Map<String, Object> settings = HuaweiFixture.settings(SERVER.baseUrl());
        settings.put("circuit-breaker", "off");
        settings.put("max-response-bytes", MAX_BYTES);
        backend = HuaweiFixture.open(settings);
    }

    @Override
    public Backend backend() {
        return backend;
    }

    @Override
    public Firmware givenFirmware() {
        SERVER.stubFor(get(urlPathTemplate(PACKAGE))
                .withPathParam("id", equalTo(HuaweiFixture.PACKAGE.id().value()))
                .willReturn(okJson(payload("package-of-module"))));
        return HuaweiFixture.PACKAGE;
    }

    @Override
    public Option<Firmware> givenFirmware(ResponseVariation variation) {
        Firmware sparse = Firmware.builder(HuaweiFixture.PACKAGE.id(), HuaweiFixture.PACKAGE.version())
                .verification(Verification.notOffered())
                .build();
        String body = payload("package-of-module");
        return switch (variation) {
            case UNKNOWN_MEMBERS -> {
                stubPackage(withUnknownMembers(body));
                yield Option.some(HuaweiFixture.PACKAGE);
            }
            case OPTIONAL_MEMBERS_MISSING -> {
                stubPackage("{\"package_id\":\"%s\",\"version\":\"V2.0\"}".formatted(sparse.id()));
                yield Option.some(sparse);
            }
            case OPTIONAL_MEMBERS_NULL -> {
                stubPackage("""
                        {"package_id":"%s","version":"V2.0","app_id":null,"package_type":null,"product_id":null,
                         "product_name":null,"module_name":null,"support_source_versions":null,"description":null,
                         "custom_info":null,"create_time":null,"file_location":null}
                        """.formatted(sparse.id()));
                yield Option.some(sparse);
            }
            case OPTIONAL_TEXTS_EMPTY -> {
                stubPackage("""
                        {"package_id":"%s","version":"V2.0","app_id":"","package_type":"","product_id":"",
                         "product_name":"","module_name":"","support_source_versions":[],"description":"",
                         "custom_info":"","create_time":""}
                        """.formatted(sparse.id()));
                yield Option.some(sparse);
            }
            case NEW_ENUM_VALUES -> {
                stubPackage(body.replace("modulePackage", "configPackage"));
                yield Option.some(changed(FirmwareTarget.unknown("configPackage"), HuaweiFixture.PACKAGE.created()));
            }
            case UNREADABLE_TIMES -> {
                stubPackage(body.replace("20230211T121212Z", "last Tuesday"));
                yield Option.some(changed(
                        HuaweiFixture.PACKAGE.target(), Option.some(VendorTimestamp.unreadable("last Tuesday"))));
            }
            case HUGE_FILE -> Option.none();
        };
    }

    @Override
    public io.vavr.collection.List<FirmwareSummary> givenFirmwareList() {
        io.vavr.collection.List<FirmwareSummary> whole =
                io.vavr.collection.List.range(0, 53).map(i -> numbered(i, FirmwareTarget.wholeDevice()));
        io.vavr.collection.List<FirmwareSummary> ofModules = io.vavr.collection.List.range(53, 56)
                .map(i -> numbered(i, FirmwareTarget.module(ModuleName.of("M" + i))));
        stubPackages("firmwarePackage", absent(), absent(), whole.take(50), 53, SECOND_PAGE);
        stubPackages("firmwarePackage", absent(), equalTo(SECOND_PAGE), whole.drop(50), 53, "ffff");
        stubPackages("softwarePackage", absent(), absent(), io.vavr.collection.List.empty(), 0, "");
        stubPackages("modulePackage", absent(), absent(), ofModules, 3, "ffff");
        whole.appendAll(ofModules).map(FirmwareSummary::version).forEach(version -> {
            StringValuePattern requested = equalTo(version.value());
            stubPackages("firmwarePackage", requested, absent(), in(version, whole));
            stubPackages("softwarePackage", requested, absent(), io.vavr.collection.List.empty());
            stubPackages("modulePackage", requested, absent(), in(version, ofModules));
        });
        return whole.appendAll(ofModules);
    }

    private static io.vavr.collection.List<FirmwareSummary> in(
            FirmwareVersion version, io.vavr.collection.List<FirmwareSummary> packages) {
        return packages.filter(stored -> stored.version().equals(version));
    }

    private static FirmwareSummary numbered(int number, FirmwareTarget target) {
        return FirmwareSummary.of(Firmware.builder(FirmwareId.of("p" + number), FirmwareVersion.of("V" + number))
                .target(target)
                .verification(Verification.notOffered())
                .build());
    }

    private static void stubPackages(
            String type,
            StringValuePattern version,
            StringValuePattern marker,
            io.vavr.collection.List<FirmwareSummary> packages) {
        stubPackages(type, version, marker, packages, packages.size(), "");
    }

    private static void stubPackages(
            String type,
            StringValuePattern version,
            StringValuePattern marker,
            io.vavr.collection.List<FirmwareSummary> packages,
            int count,
            String next) {
        SERVER.stubFor(get(urlPathTemplate("/v5/iot/{project}/ota-upgrades/packages"))
                .withQueryParam("package_type", equalTo(type))
                .withQueryParam("version", version)
                .withQueryParam("marker", marker)
                .willReturn(okJson(packagePage(type, packages, count, next))));
    }

    private static String packagePage(
            String type, io.vavr.collection.List<FirmwareSummary> packages, int count, String next) {
        return packages.map(stored -> "{\"package_id\":\"%s\",\"version\":\"%s\",\"package_type\":\"%s\"%s}"
                        .formatted(
                                stored.id(),
                                stored.version(),
                                type,
                                stored.target() instanceof FirmwareTarget.Module module
                                        ? ",\"module_name\":\"" + module.name() + "\""
                                        : ""))
                .mkString("{\"packages\":[", ",", "],\"page\":{\"count\":" + count + ",\"marker\":\"" + next + "\"}}");
    }

    @Override
    public boolean givenIncompleteFirmwareLists(int listings) {
        stubShortList(listings, "packages", "{\"packages\":[],\"page\":{\"count\":53}}");
        return true;
    }

    @Override
    public boolean givenIncompleteModuleLists(int listings) {
        stubShortList(listings, "modules", "{\"modules\":[],\"page\":{\"count\":60}}");
        return true;
    }

    private static void stubShortList(int listings, String what, String page) {
        SERVER.stubFor(get(urlPathTemplate("/v5/iot/{project}/ota-upgrades/" + what))
                .withQueryParam("marker", equalTo(SECOND_PAGE))
                .inScenario("short")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo(listings == 1 ? "whole" : Scenario.STARTED)
                .willReturn(okJson(page)));
    }

    @Override
    public FirmwareId givenNoFirmware() {
        SERVER.stubFor(get(urlPathTemplate(PACKAGE)).willReturn(notFound("IOTDA.019300")));
        return FirmwareId.of("00000000000000000000000000000000");
    }

    @Override
    public Option<FirmwareId> invalidFirmwareId() {
        return Option.some(FirmwareId.of("a_1"));
    }

    @Override
    public OtaModule givenModule() {
        stubModule(payload("module-found"));
        return HuaweiFixture.MODULE;
    }

    @Override
    public Option<OtaModule> givenModule(ResponseVariation variation) {
        OtaModule full = HuaweiFixture.MODULE;
        OtaModule sparse = new OtaModule(
                full.id(),
                new io.otabridge.domain.Product(full.product().id(), Option.none()),
                full.name(),
                Option.none(),
                Option.none(),
                Option.none(),
                Option.none(),
                Option.none());
        String body = payload("module-found");
        String required = "\"module_id\":\"%s\",\"product_id\":\"%s\",\"module_name\":\"MCU\""
                .formatted(full.id().get(), full.product().id());
        return switch (variation) {
            case UNKNOWN_MEMBERS -> {
                stubModule(withUnknownMembers(body));
                yield Option.some(full);
            }
            case OPTIONAL_MEMBERS_MISSING -> {
                stubModule("{" + required + "}");
                yield Option.some(sparse);
            }
            case OPTIONAL_MEMBERS_NULL -> {
                stubModule("{" + required + ",\"app_id\":null,\"product_name\":null,\"alias_name\":null,"
                        + "\"description\":null,\"create_time\":null}");
                yield Option.some(sparse);
            }
            case OPTIONAL_TEXTS_EMPTY -> {
                stubModule("{" + required + ",\"app_id\":\"\",\"product_name\":\"\",\"alias_name\":\"\","
                        + "\"description\":\"\",\"create_time\":\"\"}");
                yield Option.some(sparse);
            }
            case UNREADABLE_TIMES -> {
                stubModule(body.replace("20230211T121212Z", "20230231T121212Z"));
                yield Option.some(new OtaModule(
                        full.id(),
                        full.product(),
                        full.name(),
                        full.alias(),
                        full.description(),
                        full.resourceSpace(),
                        Option.some(VendorTimestamp.unreadable("20230231T121212Z")),
                        Option.none()));
            }
            case NEW_ENUM_VALUES, HUGE_FILE -> Option.none();
        };
    }

    @Override
    public io.vavr.collection.List<OtaModule> givenModules() {
        io.vavr.collection.List<OtaModule> stored =
                io.vavr.collection.List.range(0, 60).map(HuaweiContractTest::numbered);
        SERVER.stubFor(get(urlPathTemplate(MODULES)).willReturn(okJson(page(stored.take(50), SECOND_PAGE))));
        SERVER.stubFor(get(urlPathTemplate(MODULES))
                .withQueryParam("marker", equalTo(SECOND_PAGE))
                .willReturn(okJson(page(stored.drop(50), "ffff00000000000000000001"))));
        return stored;
    }

    private static OtaModule numbered(int number) {
        OtaModule full = HuaweiFixture.MODULE;
        return new OtaModule(
                Option.some(ModuleId.of("m" + number)),
                new io.otabridge.domain.Product(full.product().id(), Option.none()),
                ModuleName.of("M" + number),
                Option.none(),
                Option.none(),
                Option.none(),
                Option.none(),
                Option.none());
    }

    private static String page(io.vavr.collection.List<OtaModule> modules, String marker) {
        return modules.map(module -> "{\"module_id\":\"%s\",\"product_id\":\"%s\",\"module_name\":\"%s\"}"
                        .formatted(module.id().get(), module.product().id(), module.name()))
                .mkString("{\"modules\":[", ",", "],\"page\":{\"count\":60,\"marker\":\"" + marker + "\"}}");
    }

    @Override
    public boolean supportsModulePages() {
        return true;
    }

    @Override
    public void givenNoModule() {
        SERVER.stubFor(get(urlPathTemplate(MODULES)).willReturn(okJson("{\"modules\":[],\"page\":{\"count\":0}}")));
        SERVER.stubFor(get(urlPathTemplate(MODULES + "/{id}")).willReturn(notFound("IOTDA.019400")));
    }

    @Override
    public List<ModuleRef> invalidModuleRefs() {
        ProductId product = ProductId.of("p");
        return List.of(
                ModuleRef.id(ModuleId.of("a".repeat(37))),
                ModuleRef.id(ModuleId.of("../packages")),
                ModuleRef.named(ProductId.of("p/1"), ModuleName.of("MCU")),
                ModuleRef.named(product, ModuleName.of("微控制单元")),
                ModuleRef.named(product, ModuleName.of("m".repeat(65))));
    }

    @Override
    public void givenFailure(FailureScenario scenario) {
        HuaweiFailureStubs.stub(
                SERVER.getRuntimeInfo().getWireMock(), any(anyUrl()), scenario, HuaweiFixture.ACCESS_KEY, MAX_BYTES);
    }

    @Override
    public void givenFailureOnChanges(FailureScenario scenario) {
        throw new UnsupportedOperationException("this suite changes nothing");
    }

    @Override
    public int requestsSent() {
        return SERVER.getAllServeEvents().size();
    }

    @Override
    public List<String> secrets() {
        return List.of(HuaweiFixture.ACCESS_KEY, HuaweiFixture.SECRET_KEY);
    }

    private static void stubPackage(String body) {
        SERVER.stubFor(get(urlPathTemplate(PACKAGE)).willReturn(okJson(body)));
    }

    private static void stubModule(String body) {
        SERVER.stubFor(
                get(urlPathMatching("/v5/iot/[^/]+/ota-upgrades/modules/[^/]+")).willReturn(okJson(body)));
        SERVER.stubFor(get(urlPathTemplate(MODULES))
                .willReturn(okJson("{\"modules\":[" + body + "],\"page\":{\"count\":1,\"marker\":\"5c90\"}}")));
    }

    private static String withUnknownMembers(String body) {
        return body.replaceFirst("\\{", "{\"tags\":[{\"a\":1}],\"size\":1e99,");
    }

    private static Firmware changed(FirmwareTarget target, Option<VendorTimestamp> created) {
        Firmware full = HuaweiFixture.PACKAGE;
        return new Firmware(
                full.id(),
                full.name(),
                full.product(),
                full.resourceSpace(),
                target,
                FirmwareVersion.of("V2.0"),
                full.kind(),
                full.sourceVersions(),
                full.verification(),
                full.files(),
                full.customInfo(),
                full.description(),
                created,
                full.modified());
    }

    private static ResponseDefinitionBuilder notFound(String code) {
        return jsonResponse("{\"error_code\":\"" + code + "\",\"error_msg\":\"It does not exist\"}", 404);
    }
}
