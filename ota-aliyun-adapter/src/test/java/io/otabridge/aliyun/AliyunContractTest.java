package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static io.otabridge.aliyun.AliyunFixture.payload;

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
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.backend.Backend;
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
import io.vavr.control.Option;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

@DecodersTestedElsewhere("AliyunSimulatorContractTest")
class AliyunContractTest implements FirmwareQueryContract, ModuleQueryContract {

    private static final String ENVELOPE = "{\"RequestId\":\"R1\",\"Success\":true,\"FirmwareInfo\":{%s}}";
    private static final String IDENTITY =
            "\"FirmwareId\":\"" + AliyunFixture.ID + "\",\"DestVersion\":\"" + AliyunFixture.VERSION + "\"";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private Backend backend;

    @BeforeEach
    void openBackend() {
        Map<String, Object> settings = AliyunFixture.settings(SERVER.baseUrl());
        settings.put("circuit-breaker", "off");
        settings.put("max-response-bytes", AliyunFailureStubs.MAX_BYTES);
        backend = AliyunFixture.open(settings);
    }

    @Override
    public Backend backend() {
        return backend;
    }

    @Override
    public Firmware givenFirmware() {
        SERVER.stubFor(any(anyUrl())
                .withHeader("x-acs-action", equalTo("QueryOTAFirmware"))
                .withQueryParam("FirmwareId", equalTo(AliyunFixture.ID.value()))
                .willReturn(okJson(payload("QueryOTAFirmware.multi-file.json"))));
        return AliyunFixture.MULTI_FILE;
    }

    @Override
    public Option<Firmware> givenFirmware(ResponseVariation variation) {
        Firmware sparse =
                Firmware.builder(AliyunFixture.ID, AliyunFixture.VERSION).build();
        String body = payload("QueryOTAFirmware.json");
        return Option.some(
                switch (variation) {
                    case UNKNOWN_MEMBERS -> {
                        stub(
                                "QueryOTAFirmware",
                                okJson(body.replaceFirst(
                                        "\"Type\"", "\"Tags\": [{\"a\": [1]}], \"Score\": 1e99, \"Type\"")));
                        yield AliyunFixture.SINGLE_FILE;
                    }
                    case OPTIONAL_MEMBERS_MISSING -> {
                        stub("QueryOTAFirmware", okJson(ENVELOPE.formatted(IDENTITY)));
                        yield sparse;
                    }
                    case OPTIONAL_MEMBERS_NULL -> {
                        stub("QueryOTAFirmware", okJson(optionalMembers("null", "null")));
                        yield sparse;
                    }
                    case OPTIONAL_TEXTS_EMPTY -> {
                        stub("QueryOTAFirmware", okJson(optionalMembers("\"\"", "\"\"")));
                        yield sparse;
                    }
                    case NEW_ENUM_VALUES -> {
                        stub(
                                "QueryOTAFirmware",
                                okJson(body.replace("\"Type\": 0", "\"Type\": 7")
                                        .replace("\"Status\": 2", "\"Status\": \"ARCHIVED\"")));
                        yield AliyunFixture.described()
                                .kind(UpdateKind.unknown("7"))
                                .verification(Verification.unknown("ARCHIVED"))
                                .files(AliyunFixture.SINGLE_FILE.files())
                                .build();
                    }
                    case UNREADABLE_TIMES -> {
                        stub("QueryOTAFirmware", okJson(body.replace("2019-12-28T02:42:22.000Z", "28/12/2019")));
                        yield AliyunFixture.described()
                                .verification(AliyunFixture.SINGLE_FILE.verification())
                                .files(AliyunFixture.SINGLE_FILE.files())
                                .created(VendorTimestamp.unreadable("28/12/2019"))
                                .build();
                    }
                    case HUGE_FILE -> {
                        stub("QueryOTAFirmware", okJson(body.replace("924", "9223372036854775807")));
                        yield AliyunFixture.described()
                                .verification(AliyunFixture.SINGLE_FILE.verification())
                                .files(io.vavr.collection.List.of(AliyunFixture.singleFile(Long.MAX_VALUE)))
                                .build();
                    }
                });
    }

    @Override
    public io.vavr.collection.List<FirmwareSummary> givenFirmwareList() {
        io.vavr.collection.List<FirmwareSummary> stored = io.vavr.collection.List.range(0, 3)
                .map(i -> FirmwareSummary.of(Firmware.builder(FirmwareId.of("f" + i), FirmwareVersion.of("1." + i))
                        .target(FirmwareTarget.wholeDevice())
                        .kind(UpdateKind.full())
                        .verification(Verification.verified())
                        .files(io.vavr.collection.List.of(new FirmwareFile(
                                Option.none(),
                                Option.some(7L + i),
                                io.vavr.collection.List.of(Checksum.of(Checksum.MD5, "0a" + i)),
                                Option.none())))
                        .build()));
        stubPage(absent(), 1, 2, stored.take(2));
        stubPage(absent(), 2, 2, stored.drop(2));
        stored.forEach(one -> stubPage(equalTo(one.version().value()), 1, 1, io.vavr.collection.List.of(one)));
        return stored;
    }

    /** The second page and the page after it are empty. */
    @Override
    public boolean givenIncompleteFirmwareLists(int listings) {
        stubEmptyPage("2", Scenario.STARTED);
        stubEmptyPage("3", listings == 1 ? "whole" : Scenario.STARTED);
        return true;
    }

    private static void stubEmptyPage(String number, String next) {
        SERVER.stubFor(any(anyUrl())
                .withHeader("x-acs-action", equalTo("ListOTAFirmware"))
                .withQueryParam("CurrentPage", equalTo(number))
                .inScenario("short")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo(next)
                .willReturn(okJson("{\"Success\":true,\"Total\":3,\"PageCount\":2,\"FirmwareInfo\":[]}")));
    }

    @Override
    public boolean givenIncompleteModuleLists(int listings) {
        return false;
    }

    private static void stubPage(
            StringValuePattern version, int number, int pages, io.vavr.collection.List<FirmwareSummary> firmware) {
        String list = firmware.map(
                        stored -> ("{\"FirmwareId\":\"%s\",\"DestVersion\":\"%s\",\"ModuleName\":\"default\","
                                        + "\"Type\":0,\"Status\":1,\"SignMethod\":\"MD5\",\"FirmwareSign\":\"%s\",\"FirmwareSize\":%d}")
                                .formatted(
                                        stored.id(),
                                        stored.version(),
                                        stored.checksums().head().value(),
                                        stored.size().get()))
                .mkString(",");
        SERVER.stubFor(any(anyUrl())
                .withHeader("x-acs-action", equalTo("ListOTAFirmware"))
                .withQueryParam("DestVersion", version)
                .withQueryParam("CurrentPage", equalTo(String.valueOf(number)))
                .withQueryParam("PageSize", equalTo("100"))
                .willReturn(okJson("{\"Success\":true,\"RequestId\":\"R\",\"PageCount\":" + pages + ",\"CurrentPage\":"
                        + number + ",\"FirmwareInfo\":{\"SimpleFirmwareInfo\":[" + list + "]}}")));
    }

    @Override
    public FirmwareId givenNoFirmware() {
        stub("QueryOTAFirmware", okJson(payload("error.business.http200.firmware-not-found.json")));
        return FirmwareId.of("unknown");
    }

    @Override
    public Option<FirmwareId> invalidFirmwareId() {
        return Option.none();
    }

    @Override
    public OtaModule givenModule() {
        stub("ListOTAModuleByProduct", okJson(payload("ListOTAModuleByProduct.json")));
        return AliyunFixture.MODULE;
    }

    @Override
    public Option<OtaModule> givenModule(ResponseVariation variation) {
        OtaModule full = AliyunFixture.MODULE;
        OtaModule sparse = new OtaModule(
                Option.none(),
                Product.of(full.product().id()),
                full.name(),
                Option.none(),
                Option.none(),
                Option.none(),
                Option.none(),
                Option.none());
        String list = payload("ListOTAModuleByProduct.json");
        String one = "{\"Success\":true,\"RequestId\":\"R\",\"Data\":[{\"ProductKey\":\"a1uctKe****\",\"ModuleName\":"
                + "\"barcodeScanner\"%s}]}";
        String optional = ",\"AliasName\":%1$s,\"Desc\":%1$s,\"GmtCreate\":%1$s,\"GmtModified\":%1$s";
        return switch (variation) {
            case UNKNOWN_MEMBERS -> {
                stub("ListOTAModuleByProduct", okJson(list.replace("\"Desc\"", "\"Icon\": {\"a\": 1}, \"Desc\"")));
                yield Option.some(full);
            }
            case OPTIONAL_MEMBERS_MISSING -> {
                stub("ListOTAModuleByProduct", okJson(one.formatted("")));
                yield Option.some(sparse);
            }
            case OPTIONAL_MEMBERS_NULL -> {
                stub("ListOTAModuleByProduct", okJson(one.formatted(optional.formatted("null"))));
                yield Option.some(sparse);
            }
            case OPTIONAL_TEXTS_EMPTY -> {
                stub("ListOTAModuleByProduct", okJson(one.formatted(optional.formatted("\"\""))));
                yield Option.some(sparse);
            }
            case UNREADABLE_TIMES -> {
                stub("ListOTAModuleByProduct", okJson(list.replace("2020-10-19T09:46Z", "yesterday")));
                yield Option.some(new OtaModule(
                        full.id(),
                        full.product(),
                        full.name(),
                        full.alias(),
                        full.description(),
                        full.resourceSpace(),
                        full.created(),
                        Option.some(VendorTimestamp.unreadable("yesterday"))));
            }
            case NEW_ENUM_VALUES, HUGE_FILE -> Option.none();
        };
    }

    @Override
    public io.vavr.collection.List<OtaModule> givenModules() {
        OtaModule scanner = givenModule();
        OtaModule whole = new OtaModule(
                Option.none(),
                scanner.product(),
                ModuleName.of("default"),
                Option.some("default"),
                Option.none(),
                Option.none(),
                scanner.created(),
                scanner.created());
        return io.vavr.collection.List.of(whole, scanner);
    }

    @Override
    public boolean supportsModulePages() {
        return false;
    }

    @Override
    public void givenNoModule() {
        stub(
                "ListOTAModuleByProduct",
                okJson("{\"Success\":false,\"Code\":\"iot.prod.NotExistedProduct\",\"ErrorMessage\":\"no product\"}"));
    }

    @Override
    public List<ModuleRef> invalidModuleRefs() {
        ProductId product = ProductId.of("p");
        return List.of(
                ModuleRef.named(product, ModuleName.of("扫码枪")),
                ModuleRef.named(product, ModuleName.of("two words")),
                ModuleRef.named(product, ModuleName.of("m".repeat(65))));
    }

    @Override
    public void givenFailure(FailureScenario scenario) {
        AliyunFailureStubs.stub(SERVER.getRuntimeInfo().getWireMock(), any(anyUrl()), scenario, body -> body);
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
        return List.of(AliyunFixture.ACCESS_KEY, AliyunFixture.SECRET_KEY);
    }

    private static void stub(String action, ResponseDefinitionBuilder response) {
        SERVER.stubFor(any(anyUrl()).withHeader("x-acs-action", equalTo(action)).willReturn(response));
    }

    private static String optionalMembers(String text, String number) {
        return ENVELOPE.formatted(IDENTITY
                + ",\"FirmwareName\":%1$s,\"SrcVersion\":%1$s,\"ProductKey\":%1$s,\"ProductName\":%1$s,\"ModuleName\":%1$s"
                        .formatted(text)
                + ",\"Type\":%1$s,\"Status\":%1$s,\"VerifyProgress\":%2$s,\"FirmwareUrl\":%1$s,\"FirmwareSize\":%2$s"
                        .formatted(text, number)
                + ",\"FirmwareSign\":%1$s,\"SignMethod\":%1$s,\"MultiFiles\":%1$s,\"Udi\":%1$s,\"FirmwareDesc\":%1$s"
                        .formatted(text)
                + ",\"UtcCreate\":%1$s,\"UtcModified\":%1$s".formatted(text));
    }
}
