package io.otabridge.huawei;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.otabridge.huawei.HuaweiFixture.payload;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.matching.StringValuePattern;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageIterator;
import io.otabridge.domain.page.PageToken;
import io.vavr.control.Either;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only Huawei has: paths, headers, kinds of authentication, walking by marker. */
class HuaweiWireTest {

    private static final String BASE = "/v5/iot/" + HuaweiFixture.PROJECT_ID + "/ota-upgrades";
    private static final String ID = "28f61af50fc9452aa0ed5ea25c3cc3d3";
    private static final ModuleRef BY_NAME =
            ModuleRef.named(ProductId.of("5ba24f5ebbe8f56f5a14f605"), ModuleName.of("MCU"));

    private static final FirmwareFilter NARROW = FirmwareFilter.all()
            .product(ProductId.of("5ba24f5ebbe8f56f5a14f605"))
            .version(FirmwareVersion.of("V2.0"))
            .target(FirmwareTarget.wholeDevice());

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final Map<String, Object> settings = HuaweiFixture.settings(SERVER.baseUrl());

    @Test
    void asks_for_a_module_under_the_plural_path() {
        SERVER.stubFor(get(urlEqualTo(BASE + "/modules/" + ID)).willReturn(okJson(payload("module-found"))));

        assertThat(findModule(ModuleRef.id(ModuleId.of(ID))).get()).isEqualTo(HuaweiFixture.MODULE);

        SERVER.verify(getRequestedFor(urlEqualTo(BASE + "/modules/" + ID))
                .withHeader("Instance-Id", equalTo(HuaweiFixture.INSTANCE_ID))
                .withHeader("X-Sdk-Date", equalTo("20260115T081530Z"))
                .withHeader("X-Security-Token", absent())
                .withHeader("X-Auth-Token", absent())
                .withHeader(
                        "Authorization",
                        matching("SDK-HMAC-SHA256 Access=" + HuaweiFixture.ACCESS_KEY
                                + ", SignedHeaders=accept;host;instance-id;x-sdk-date, Signature=[0-9a-f]{64}")));
    }

    @Test
    void gives_one_call_less_time_than_others() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(payload("module-found")).withFixedDelay(1_000)));
        ModuleRef ref = ModuleRef.id(ModuleId.of(ID));

        try (Backend backend = HuaweiFixture.open(settings)) {
            Backend hurried = backend.within(Duration.ofMillis(200));

            assertThat(hurried.name()).isEqualTo(backend.name());
            assertThat(hurried.modules().find(ref).getLeft().summary()).contains("deadline of 200 ms");
            assertThat(backend.modules().find(ref).isRight()).isTrue();
        }
    }

    @Test
    void leaves_the_instance_id_out_if_none_is_configured() {
        settings.remove("instance-id");
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(payload("module-found"))));

        findModule(ModuleRef.id(ModuleId.of(ID)));

        SERVER.verify(getRequestedFor(anyUrl()).withHeader("Instance-Id", absent()));
    }

    @Test
    void signs_with_a_derived_key_where_configured() {
        settings.put("signature", "derived");
        settings.put("region", "cn-north-4");
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(payload("module-found"))));

        findModule(ModuleRef.id(ModuleId.of(ID)));

        SERVER.verify(getRequestedFor(anyUrl())
                .withHeader(
                        "Authorization",
                        matching("V11-HMAC-SHA256 Credential=" + HuaweiFixture.ACCESS_KEY
                                + "/20260115/cn-north-4/iotdm, SignedHeaders=.*, Signature=[0-9a-f]{64}")));
    }

    @Test
    void sends_and_signs_the_security_token_of_temporary_keys() {
        settings.put("credentials", Map.of("access-key", "AKTEMP", "secret-key", "secret", "security-token", "tok+/="));
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(payload("module-found"))));

        findModule(ModuleRef.id(ModuleId.of(ID)));

        SERVER.verify(getRequestedFor(anyUrl())
                .withHeader("X-Security-Token", equalTo("tok+/="))
                .withHeader("Authorization", matching(".*SignedHeaders=[a-z;-]*x-security-token,.*")));
    }

    @Test
    void sends_an_iam_token_instead_of_a_signature() {
        settings.put("credentials", Map.of("token", "MIIFixture"));
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(payload("module-found"))));

        findModule(ModuleRef.id(ModuleId.of(ID)));

        SERVER.verify(getRequestedFor(anyUrl())
                .withHeader("X-Auth-Token", equalTo("MIIFixture"))
                .withHeader("Authorization", absent()));
    }

    @Test
    void reads_the_chinese_page_of_the_document() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(payload("module-found-chinese"))));

        OtaModule module = findModule(ModuleRef.id(ModuleId.of(ID))).get();

        assertThat(module.alias()).contains("微控制单元");
        assertThat(module.description()).contains("微控制单元固件模块");
    }

    @Test
    void reads_the_package_of_a_platform_without_modules() {
        SERVER.stubFor(get(urlEqualTo(BASE + "/packages/" + ID)).willReturn(okJson(payload("package-found"))));

        Firmware firmware =
                HuaweiFixture.open(settings).firmware().find(FirmwareId.of(ID)).get();

        assertThat(firmware.target()).isEqualTo(FirmwareTarget.wholeDevice());
        assertThat(firmware.product().get().name()).isEmpty();
        assertThat(firmware.files()).isEqualTo(HuaweiFixture.PACKAGE.files());
    }

    @Test
    void tells_software_from_firmware() {
        SERVER.stubFor(any(anyUrl())
                .willReturn(okJson(payload("package-found").replace("firmwarePackage", "softwarePackage"))));

        Firmware firmware =
                HuaweiFixture.open(settings).firmware().find(FirmwareId.of(ID)).get();

        assertThat(firmware.target()).isEqualTo(FirmwareTarget.software());
    }

    @Test
    void refuses_a_module_package_that_names_no_module() {
        SERVER.stubFor(
                any(anyUrl()).willReturn(okJson(payload("package-of-module").replace("\"MCU\"", "null"))));

        OtaFailure failure =
                HuaweiFixture.open(settings).firmware().find(FirmwareId.of(ID)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.summary()).contains("member module_name is missing");
    }

    @Test
    void asks_the_server_for_product_version_and_type() {
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/packages")).willReturn(okJson(payload("packages-page"))));

        assertThat(listFirmware(NARROW, PageToken.FIRST).get().items().map(FirmwareSummary::id))
                .containsExactly(FirmwareId.of(ID));

        SERVER.verify(1, getRequestedFor(anyUrl()));
        SERVER.verify(getRequestedFor(urlPathEqualTo(BASE + "/packages"))
                .withQueryParam("package_type", equalTo("firmwarePackage"))
                .withQueryParam("product_id", equalTo("5ba24f5ebbe8f56f5a14f605"))
                .withQueryParam("version", equalTo("V2.0"))
                .withQueryParam("app_id", equalTo(HuaweiFixture.APP_ID))
                .withQueryParam("limit", equalTo("50"))
                .withQueryParam("marker", absent())
                .withQueryParam("offset", absent()));
    }

    @Test
    void lists_packages_of_every_resource_space_if_none_is_configured() {
        settings.remove("app-id");
        SERVER.stubFor(any(anyUrl()).willReturn(okJson("{\"packages\":[]}")));

        try (Backend backend = HuaweiFixture.open(settings)) {
            assertThat(backend.firmware().list(FirmwareFilter.all()).toList().get())
                    .isEmpty();
        }

        SERVER.verify(3, getRequestedFor(anyUrl()).withQueryParam("app_id", absent()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "otherPackage:", ":ffff", "softwarePackage:", "firmwarePackage:ffff"})
    void refuses_a_token_of_another_list(String token) {
        FirmwareFilter filter = FirmwareFilter.all().target(FirmwareTarget.wholeDevice());

        assertThat(listFirmware(filter, new PageToken(token)).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"product_id\"", "\"package_type\""})
    void misses_no_package_that_does_not_repeat_what_was_asked(String member) {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(payload("packages-page").replace(member, "\"other\""))));

        FirmwareSummary found =
                listFirmware(NARROW, PageToken.FIRST).get().items().single();

        assertThat(found.product().get().id()).isEqualTo(NARROW.product().get());
        assertThat(found.target()).isEqualTo(FirmwareTarget.wholeDevice());
    }

    @Test
    void finds_the_newest_that_does_not_repeat_its_product() {
        SERVER.stubFor(
                any(anyUrl()).willReturn(okJson(payload("packages-page").replace("5ba24f5ebbe8f56f5a14f605", ""))));

        try (Backend backend = HuaweiFixture.open(settings)) {
            assertThat(backend.firmware()
                            .newest(NARROW, FirmwareOrder.byCreation())
                            .get()
                            .id())
                    .isEqualTo(FirmwareId.of(ID));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "5ba24f5e, 00000000, product 00000000bbe8f56f5a14f605",
        "V2.0, V2.1, version V2.1",
        "firmwarePackage, softwarePackage, package type softwarePackage"
    })
    void takes_no_package_that_was_not_asked_for(String asked, String answered, String other) {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(payload("packages-page").replace(asked, answered))));

        OtaFailure failure = listFirmware(NARROW, PageToken.FIRST).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.summary()).contains(other);
    }

    @Test
    void takes_hexadecimal_products_in_any_case() {
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/packages")).willReturn(okJson(payload("packages-page"))));
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/modules")).willReturn(okJson(payload("modules-page"))));
        ProductId upper = ProductId.of("5BA24F5EBBE8F56F5A14F605");

        assertThat(listFirmware(NARROW.product(upper), PageToken.FIRST).get().items())
                .hasSize(1);
        assertThat(findModule(ModuleRef.named(upper, ModuleName.of("MCU"))).isRight())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "32822E5744A45EDE319D2C50, 32822e5744a45ede319d2c50, true",
        "28F61AF50FC9452AA0ED5EA25C3CC3D3, 28f61af50fc9452aa0ed5ea25c3cc3d3, true",
        "28F61AF5-0FC9-452A-A0ED-5EA25C3CC3D3, 28f61af5-0fc9-452a-a0ed-5ea25c3cc3d3, true",
        "Zz-1, zZ-1, false",
        "CAFE, cafe, false",
        "32822E5744A45EDE319D2C5, 32822e5744a45ede319d2c5, false",
        "32822E5744A45EDE319D2C500, 32822e5744a45ede319d2c500, false",
        "aB-1, Ab-1, false"
    })
    void takes_a_package_in_another_case_only_if_its_id_has_a_form_that_the_platform_makes(
            String asked, String sent, boolean isTaken) {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson("{\"package_id\":\"" + sent + "\",\"version\":\"1\"}")));

        try (Backend backend = HuaweiFixture.open(settings)) {
            assertThat(backend.firmware().find(FirmwareId.of(asked)).isRight()).isEqualTo(isTaken);
        }
    }

    @Test
    void takes_products_that_people_named_in_their_own_case_only() {
        SERVER.stubFor(
                any(anyUrl()).willReturn(okJson(payload("packages-page").replace("5ba24f5ebbe8f56f5a14f605", "Lamp"))));

        assertThat(listFirmware(NARROW.product(ProductId.of("lamp")), PageToken.FIRST)
                        .getLeft())
                .isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void refuses_a_version_that_no_package_can_have() {
        FirmwareFilter filter = FirmwareFilter.all().version(FirmwareVersion.of("1 0"));

        assertThat(listFirmware(filter, PageToken.FIRST).getLeft().summary()).contains("\"1 0\"");
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    @Test
    void asks_for_the_newest_of_one_module_no_further_than_it_stands() {
        answerModulePackages(absent(), "modem", 1, 50, 100, "aaaaaaaaaaaaaaaaaaaaaaa3");
        answerModulePackages(equalTo("aaaaaaaaaaaaaaaaaaaaaaa3"), "MCU", 51, 50, 100, "aaaaaaaaaaaaaaaaaaaaaaa2");

        assertThat(newest(FirmwareTarget.module("MCU")).get().id()).isEqualTo(FirmwareId.of("p51"));

        SERVER.verify(2, getRequestedFor(anyUrl()));
        SERVER.verify(2, getRequestedFor(anyUrl()).withQueryParam("package_type", equalTo("modulePackage")));
    }

    @Test
    void asks_to_the_end_of_one_type_if_there_is_no_newest() {
        answerModulePackages(absent(), "modem", 1, 50, 53, "aaaaaaaaaaaaaaaaaaaaaaa3");
        answerModulePackages(equalTo("aaaaaaaaaaaaaaaaaaaaaaa3"), "modem", 51, 3, 53, "aaaaaaaaaaaaaaaaaaaaaaa2");

        assertThat(newest(FirmwareTarget.module("MCU")).getLeft()).isInstanceOf(OtaFailure.NotFound.class);

        SERVER.verify(2, getRequestedFor(anyUrl()));
    }

    @Test
    void asks_once_for_the_newest_of_the_whole_device() {
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/packages")).willReturn(okJson(payload("packages-page"))));

        assertThat(newest(FirmwareTarget.wholeDevice()).get().id()).isEqualTo(FirmwareId.of(ID));

        SERVER.verify(1, getRequestedFor(anyUrl()));
    }

    @Test
    void ends_a_walk_over_packages_in_the_failure_of_a_later_type() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(payload("packages-page"))));
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/packages"))
                .withQueryParam("package_type", equalTo("softwarePackage"))
                .willReturn(jsonResponse(payload("error-403-throttled"), 403)));

        try (Backend backend = HuaweiFixture.open(settings)) {
            assertThat(PageIterator.stream(backend.firmware().list(FirmwareFilter.all())))
                    .hasSize(2)
                    .last()
                    .satisfies(end -> assertThat(end.getLeft()).isInstanceOf(OtaFailure.RateLimited.class));
        }
    }

    @Test
    void walks_the_modules_of_a_product_by_marker() {
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/modules"))
                .withQueryParam("marker", absent())
                .willReturn(okJson(page(1, 50, "aaaaaaaaaaaaaaaaaaaaaaa2"))));
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/modules"))
                .withQueryParam("marker", equalTo("aaaaaaaaaaaaaaaaaaaaaaa2"))
                .willReturn(okJson(page(51, 50, "aaaaaaaaaaaaaaaaaaaaaaa1"))));
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/modules"))
                .withQueryParam("marker", equalTo("aaaaaaaaaaaaaaaaaaaaaaa1"))
                .willReturn(okJson(payload("modules-page"))));

        assertThat(findModule(BY_NAME).get().name()).isEqualTo(ModuleName.of("MCU"));

        SERVER.verify(
                3,
                getRequestedFor(urlPathEqualTo(BASE + "/modules"))
                        .withQueryParam("app_id", equalTo(HuaweiFixture.APP_ID))
                        .withQueryParam("product_id", equalTo("5ba24f5ebbe8f56f5a14f605"))
                        .withQueryParam("limit", equalTo("50"))
                        .withQueryParam("offset", absent()));
    }

    @Test
    void stops_walking_once_the_module_is_found() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(page(1, 50, "aaaaaaaaaaaaaaaaaaaaaaa2"))));

        ModuleRef first = ModuleRef.named(ProductId.of("5ba24f5ebbe8f56f5a14f605"), ModuleName.of("module1"));

        assertThat(findModule(first).isRight()).isTrue();
        SERVER.verify(1, getRequestedFor(anyUrl()));
    }

    @Test
    void does_not_walk_in_circles() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(page(1, 50, "aaaaaaaaaaaaaaaaaaaaaaa2"))));

        OtaFailure failure = findModule(BY_NAME).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.summary()).contains("marker");
        SERVER.verify(2, getRequestedFor(anyUrl()));
    }

    @Test
    void does_not_walk_in_wider_circles() {
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/modules")).willReturn(okJson(page(1, 50, "a"))));
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/modules"))
                .withQueryParam("marker", equalTo("a"))
                .willReturn(okJson(page(1, 50, "b"))));

        assertThat(findModule(BY_NAME).getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
        SERVER.verify(2, getRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"package_id", "obs_location"})
    void invents_neither_a_package_nor_a_file(String member) {
        String body = payload("package-found");
        SERVER.stubFor(any(anyUrl())
                .willReturn(okJson(
                        member.equals("package_id")
                                ? body.replace("28f61af5", "00000000")
                                : body.replaceFirst("(?s)\"obs_location\": \\{.*?\\}", "\"obs_location\": {}"))));

        Either<OtaFailure, Firmware> answer =
                HuaweiFixture.open(settings).firmware().find(FirmwareId.of(ID));

        if (member.equals("package_id")) {
            assertThat(answer.getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
        } else {
            assertThat(answer.get().files()).isEmpty();
        }
    }

    @Test
    void takes_a_blank_digest_for_none() {
        SERVER.stubFor(any(anyUrl())
                .willReturn(okJson(payload("package-found").replaceFirst("\"sign\": \".*?\"", "\"sign\": \"  \""))));

        Firmware firmware =
                HuaweiFixture.open(settings).firmware().find(FirmwareId.of(ID)).get();

        assertThat(firmware.files().single().checksums()).isEmpty();
        assertThat(firmware.files().single().location())
                .isEqualTo(HuaweiFixture.PACKAGE.files().single().location());
    }

    @Test
    void tells_of_a_thousand_problems_in_a_few_words() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson("{\"modules\":[" + "null,".repeat(1_000) + "null]}")));

        assertThat(findModule(BY_NAME).getLeft().summary())
                .contains("and 996 more")
                .hasSizeLessThan(600);
    }

    @Test
    void takes_no_module_of_another_product() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(payload("modules-page").replace("5ba24f5e", "00000000"))));

        assertThat(findModule(BY_NAME).getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void ends_a_walk_in_the_failure_of_a_later_page() {
        SERVER.stubFor(
                get(urlPathEqualTo(BASE + "/modules")).willReturn(okJson(page(1, 50, "aaaaaaaaaaaaaaaaaaaaaaa2"))));
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/modules"))
                .withQueryParam("marker", equalTo("aaaaaaaaaaaaaaaaaaaaaaa2"))
                .willReturn(jsonResponse(payload("error-403-throttled"), 403)));

        try (Backend backend = HuaweiFixture.open(settings)) {
            assertThat(PageIterator.stream(backend.modules().list(ProductId.of("5ba24f5ebbe8f56f5a14f605"))))
                    .hasSize(51)
                    .last()
                    .satisfies(end -> assertThat(end.getLeft()).isInstanceOf(OtaFailure.RateLimited.class));
        }
        SERVER.verify(2, getRequestedFor(anyUrl()));
    }

    @Test
    void does_not_call_absent_what_it_stopped_looking_for() {
        answerPagesOfModules(21);

        OtaFailure failure = findModule(BY_NAME).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.summary())
                .isEqualTo("Backend prod answers more than 1000 modules of product 5ba24f5ebbe8f56f5a14f605, where the"
                        + " vendor allows ten");
        SERVER.verify(21, getRequestedFor(anyUrl()));
    }

    @Test
    void neither_deletes_nor_creates_what_it_stopped_looking_for() {
        answerPagesOfModules(21);

        try (Backend backend = HuaweiFixture.open(settings)) {
            assertThat(backend.moduleCommands().delete(BY_NAME).getLeft())
                    .isInstanceOf(OtaFailure.UnreadableResponse.class);
            assertThat(backend.moduleCommands()
                            .create(NewModule.named(ProductId.of("5ba24f5ebbe8f56f5a14f605"), ModuleName.of("MCU")))
                            .getLeft())
                    .isInstanceOf(OtaFailure.UnreadableResponse.class);
        }
        SERVER.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void calls_absent_what_is_not_among_a_thousand() {
        answerPagesOfModules(20);

        assertThat(findModule(BY_NAME).getLeft()).isInstanceOf(OtaFailure.NotFound.class);
    }

    @Test
    void does_not_take_a_full_page_without_marker_for_the_end() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(page(1, 50, ""))));

        assertThat(findModule(BY_NAME).getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void names_the_malformed_entry_of_a_page() {
        SERVER.stubFor(
                any(anyUrl()).willReturn(okJson("{\"modules\":[{\"module_id\":\"1\",\"product_id\":\"p\"},null]}")));

        assertThat(findModule(BY_NAME).getLeft().summary())
                .contains("modules[0]: member module_name is missing; modules[1]: the element is null");
    }

    @Test
    void finds_no_module_by_name_without_a_resource_space() {
        settings.remove("app-id");

        OtaFailure failure = findModule(BY_NAME).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.advice()).contains("app-id");
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    @Test
    void reads_a_compressed_answer() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok(payload("module-found"))));

        assertThat(findModule(ModuleRef.id(ModuleId.of(ID))).isRight()).isTrue();
        SERVER.verify(getRequestedFor(anyUrl()).withHeader("Accept-Encoding", equalTo("gzip")));
    }

    private Either<OtaFailure, FirmwareSummary> newest(FirmwareTarget target) {
        try (Backend backend = HuaweiFixture.open(settings)) {
            return backend.firmware().newest(FirmwareFilter.all().target(target), FirmwareOrder.byCreation());
        }
    }

    private static void answerModulePackages(
            StringValuePattern marker, String module, int first, int count, int total, String next) {
        String packages = IntStream.range(first, first + count)
                .mapToObj(i ->
                        "{\"package_id\":\"p%d\",\"version\":\"V%d\",\"package_type\":\"modulePackage\",\"module_name\":\"%s\"}"
                                .formatted(i, i, module))
                .collect(Collectors.joining(","));
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/packages"))
                .withQueryParam("marker", marker)
                .willReturn(okJson("{\"packages\":[" + packages + "],\"page\":{\"count\":" + total + ",\"marker\":\""
                        + next + "\"}}")));
    }

    private static void answerPagesOfModules(int pages) {
        for (int i = 0; i < pages; i++) {
            SERVER.stubFor(get(urlPathEqualTo(BASE + "/modules"))
                    .withQueryParam("marker", i == 0 ? absent() : equalTo("f" + (100 - i)))
                    .willReturn(okJson(page(1 + 50 * i, 50, "f" + (99 - i)))));
        }
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/modules"))
                .withQueryParam("marker", equalTo("f" + (100 - pages)))
                .willReturn(okJson("{\"modules\":[]}")));
    }

    private Either<OtaFailure, Page<FirmwareSummary>> listFirmware(FirmwareFilter filter, PageToken from) {
        try (Backend backend = HuaweiFixture.open(settings)) {
            return backend.firmware().list(filter).page(from);
        }
    }

    private Either<OtaFailure, OtaModule> findModule(ModuleRef ref) {
        try (Backend backend = HuaweiFixture.open(settings)) {
            return backend.modules().find(ref);
        }
    }

    private static String page(int first, int count, String marker) {
        String modules = IntStream.range(first, first + count)
                .mapToObj(i ->
                        "{\"module_id\":\"id%d\",\"product_id\":\"5ba24f5ebbe8f56f5a14f605\",\"module_name\":\"module%d\"}"
                                .formatted(i, i))
                .collect(Collectors.joining(","));
        return "{\"modules\":[" + modules + "],\"page\":{\"marker\":\"" + marker + "\"}}";
    }
}
