package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static io.otabridge.aliyun.AliyunFixture.payload;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.otabridge.contracts.DecodersTestedElsewhere;
import io.otabridge.contracts.DiagnosisContract;
import io.otabridge.contracts.FirmwareQueryContract;
import io.otabridge.contracts.ModuleQueryContract;
import io.otabridge.contracts.scenario.ResponseVariation;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.artifact.SignedLink;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.aliyun.store.AliyunModule;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Instant;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the contracts against a simulator that rejects what Tuya does not support. */
@DecodersTestedElsewhere("TuyaSimulatorContractTest")
class TuyaContractTest extends TuyaDeployment implements DiagnosisContract, FirmwareQueryContract, ModuleQueryContract {

    private static final String URL =
            "https://oss-612ba0f1.oss-cn-hangzhou.aliyuncs.com/ota/firmware/bd65da39.bin?Expires=1777587360"
                    + "&OSSAccessKeyId=cS8uRRy54Rsz****&Signature=farzC8%2FVMN4HYdEtXvdiC2OevH****";
    private static final String DAY = "2024-11-11T07:36Z";

    @RegisterExtension
    static final WireMockExtension PROXY = ProxiedSimulator.newProxy();

    TuyaContractTest() {
        super(PROXY);
    }

    @Override
    public Firmware givenFirmware() {
        simulator.addFirmware(AliyunFirmware.builder("158", "a19mzPZ****", "1.0.0")
                .firmwareName("t3q5rkNm")
                .productName("ble1")
                .moduleName("WifiConfigModify")
                .status(2, 0)
                .file(URL, 1421, "3d04ab6462633508606e5f3daac8****")
                .firmwareDesc("ble firmware")
                .udi("{\"包含重大安全更新\"}")
                .times("2024-11-11T07:36:00.000Z", "2024-11-11T07:37:00.000Z")
                .build());
        return described().build();
    }

    private static Firmware.Builder described() {
        return Firmware.builder(FirmwareId.of("158"), FirmwareVersion.of("1.0.0"))
                .name("t3q5rkNm")
                .product(new Product(ProductId.of("a19mzPZ****"), Option.some("ble1")))
                .target(FirmwareTarget.module("WifiConfigModify"))
                .kind(UpdateKind.full())
                .verification(Verification.verifying())
                .files(file(1421))
                .customInfo("{\"包含重大安全更新\"}")
                .description("ble firmware")
                .created(AliyunFixture.time("2024-11-11T07:36:00.000Z"))
                .modified(AliyunFixture.time("2024-11-11T07:37:00.000Z"));
    }

    private static List<FirmwareFile> file(long size) {
        return List.of(new FirmwareFile(
                Option.none(),
                Option.some(size),
                List.of(Checksum.of(Checksum.MD5, "3d04ab6462633508606e5f3daac8****")),
                Option.some(new FileLocation.DownloadLink(
                        SignedLink.of(URL), Option.some(Instant.ofEpochSecond(1_777_587_360L))))));
    }

    @Override
    public Option<Firmware> givenFirmware(ResponseVariation variation) {
        String body = payload("tuya.QueryOTAFirmware.json");
        String sparse = "{\"code\":\"\",\"success\":true,\"requestId\":\"r\",\"firmwareInfo\":{\"firmwareId\":\"158\","
                + "\"destVersion\":\"1.0.0\"%s}}";
        Firmware minimal = Firmware.builder(FirmwareId.of("158"), FirmwareVersion.of("1.0.0"))
                .build();
        return Option.some(
                switch (variation) {
                    case UNKNOWN_MEMBERS ->
                        stubbed(body.replace("\"type\"", "\"tags\": [{\"a\": [1]}], \"type\""), described());
                    case OPTIONAL_MEMBERS_MISSING -> stubbed(sparse.formatted(""), minimal);
                    case OPTIONAL_MEMBERS_NULL ->
                        stubbed(sparse.formatted(",\"type\":null,\"udi\":null,\"firmwareSize\":null"), minimal);
                    case OPTIONAL_TEXTS_EMPTY ->
                        stubbed(
                                sparse.formatted(",\"moduleName\":\"\",\"srcVersion\":\"\",\"utcCreate\":\"\""),
                                minimal);
                    case NEW_ENUM_VALUES ->
                        stubbed(
                                body.replace("\"status\": 2", "\"status\": 9").replace("\"type\": 0", "\"type\": 7"),
                                described()
                                        .verification(Verification.unknown("9"))
                                        .kind(UpdateKind.unknown("7")));
                    case UNREADABLE_TIMES ->
                        stubbed(
                                body.replace("2024-11-11T07:36:00.000Z", "11/11/2024"),
                                described().created(VendorTimestamp.unreadable("11/11/2024")));
                    case HUGE_FILE ->
                        stubbed(
                                body.replace("1421", "9223372036854775807"),
                                described().files(file(Long.MAX_VALUE)));
                });
    }

    private Firmware stubbed(String body, Firmware.Builder expected) {
        return stubbed(body, expected.build());
    }

    private Firmware stubbed(String body, Firmware expected) {
        stub("QueryOTAFirmware", body);
        return expected;
    }

    private static void stub(String action, String body) {
        PROXY.stubFor(any(anyUrl())
                .atPriority(5)
                .withQueryParam("Action", equalTo(action))
                .willReturn(okJson(body)));
    }

    @Override
    public FirmwareId givenNoFirmware() {
        return FirmwareId.of("999999");
    }

    /** A list of two pages. */
    @Override
    public List<FirmwareSummary> givenFirmwareList() {
        List.ofAll(simulator.firmware()).forEach(stored -> simulator.removeFirmware(stored.firmwareId()));
        simulator.generateFirmware(150);
        return List.ofAll(simulator.firmware())
                .map(stored -> FirmwareSummary.of(Firmware.builder(
                                FirmwareId.of(stored.firmwareId()), FirmwareVersion.of(stored.destVersion()))
                        .name(stored.firmwareName())
                        .product(new Product(ProductId.of(stored.productKey()), Option.some(stored.productName())))
                        .target(FirmwareTarget.wholeDevice())
                        .kind(UpdateKind.full())
                        .verification(Verification.verified())
                        .files(List.of(new FirmwareFile(
                                Option.none(),
                                Option.of(stored.firmwareSize()),
                                List.of(new Checksum(Option.some("MD5"), String.valueOf(stored.firmwareSign()))),
                                Option.none())))
                        .created(AliyunFixture.time(stored.utcCreate()))
                        .modified(AliyunFixture.time(stored.utcModified()))
                        .build()));
    }

    /** The second page and the page after it are empty. */
    @Override
    public boolean givenIncompleteFirmwareLists(int listings) {
        stubEmptyPage("2", Scenario.STARTED);
        stubEmptyPage("3", listings == 1 ? "whole" : Scenario.STARTED);
        return true;
    }

    private static void stubEmptyPage(String number, String next) {
        PROXY.stubFor(any(anyUrl())
                .atPriority(4)
                .withQueryParam("Action", equalTo("ListOTAFirmware"))
                .withQueryParam("CurrentPage", equalTo(number))
                .inScenario("short")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo(next)
                .willReturn(okJson("{\"success\":true,\"total\":150,\"pageCount\":2,\"firmwareInfo\":[]}")));
    }

    @Override
    public boolean givenIncompleteModuleLists(int listings) {
        return false;
    }

    @Override
    public OtaModule givenModule() {
        simulator.addModule(new AliyunModule("p1", "Ble", "BLE模块", "the radio", DAY, DAY));
        return module("Ble", Option.some("BLE模块"), Option.some("the radio"));
    }

    private static OtaModule module(String name, Option<String> alias, Option<String> description) {
        Option<VendorTimestamp> day = Option.some(VendorTimestamp.of(DAY, Instant.parse("2024-11-11T07:36:00Z")));
        return new OtaModule(
                Option.none(),
                Product.of(ProductId.of("p1")),
                ModuleName.of(name),
                alias,
                description,
                Option.none(),
                day,
                day);
    }

    @Override
    public Option<OtaModule> givenModule(ResponseVariation variation) {
        OtaModule sparse = new OtaModule(
                Option.none(),
                Product.of(ProductId.of("p1")),
                ModuleName.of("Ble"),
                Option.none(),
                Option.none(),
                Option.none(),
                Option.none(),
                Option.none());
        String body = "{\"code\":\"\",\"success\":true,\"data\":{\"productKey\":\"p1\",\"moduleName\":\"Ble\"%s}}";
        String optional = ",\"aliasName\":%1$s,\"desc\":%1$s,\"gmtCreate\":%1$s,\"gmtModified\":%1$s";
        return switch (variation) {
            case UNKNOWN_MEMBERS -> stubbed(body.formatted(",\"icon\":{\"a\":1}"), sparse);
            case OPTIONAL_MEMBERS_MISSING -> stubbed(body.formatted(""), sparse);
            case OPTIONAL_MEMBERS_NULL -> stubbed(body.formatted(optional.formatted("null")), sparse);
            case OPTIONAL_TEXTS_EMPTY -> stubbed(body.formatted(optional.formatted("\"\"")), sparse);
            case UNREADABLE_TIMES ->
                stubbed(
                        body.formatted(",\"gmtModified\":\"yesterday\""),
                        new OtaModule(
                                sparse.id(),
                                sparse.product(),
                                sparse.name(),
                                sparse.alias(),
                                sparse.description(),
                                sparse.resourceSpace(),
                                sparse.created(),
                                Option.some(VendorTimestamp.unreadable("yesterday"))));
            case NEW_ENUM_VALUES, HUGE_FILE -> Option.none();
        };
    }

    private static Option<OtaModule> stubbed(String body, OtaModule expected) {
        stub("ListOTAModuleByProduct", body);
        return Option.some(expected);
    }

    @Override
    public void givenNoModule() {
        simulator.removeModule("p1", "Ble");
    }

    @Override
    public List<OtaModule> givenModules() {
        OtaModule ble = givenModule();
        simulator.addModule(new AliyunModule("p1", "default", "", "", DAY, DAY));
        return List.of(ble, module("default", Option.none(), Option.none()));
    }

    @Override
    public boolean supportsModulePages() {
        return false;
    }

    @Override
    public java.util.List<ModuleRef> invalidModuleRefs() {
        ProductId product = ProductId.of("p");
        return java.util.List.of(
                ModuleRef.named(product, ModuleName.of("扫码枪")),
                ModuleRef.named(product, ModuleName.of("two words")),
                ModuleRef.named(product, ModuleName.of("m".repeat(65))));
    }
}
