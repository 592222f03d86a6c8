package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.otabridge.aliyun.AliyunFixture.payload;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only Alibaba has: one path, two signatures, JSON and XML, lists in several forms. */
class AliyunWireTest {

    private static final ModuleRef SCANNER =
            ModuleRef.named(ProductId.of("a1uctKe****"), ModuleName.of("barcodeScanner"));

    private static final FirmwareFilter NARROW =
            FirmwareFilter.all().product(ProductId.of("a19mzPZ****")).version(AliyunFixture.VERSION);

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final Map<String, Object> settings = AliyunFixture.settings(SERVER.baseUrl());

    @Test
    void asks_for_firmware_with_acs3_and_the_instance() {
        answer(payload("QueryOTAFirmware.json"));

        assertThat(findFirmware().get()).isEqualTo(AliyunFixture.SINGLE_FILE);

        SERVER.verify(postRequestedFor(urlPathEqualTo("/"))
                .withQueryParam("FirmwareId", equalTo("UfuxnwygsuSkVE0VCN****0100"))
                .withQueryParam("IotInstanceId", equalTo(AliyunFixture.INSTANCE_ID))
                .withQueryParam("Action", absent())
                .withHeader("Accept", equalTo("application/json"))
                .withHeader("x-acs-action", equalTo("QueryOTAFirmware"))
                .withHeader("x-acs-version", equalTo("2018-01-20"))
                .withHeader("x-acs-date", equalTo("2026-01-02T03:04:05Z"))
                .withHeader("x-acs-security-token", absent())
                .withHeader(
                        "Authorization",
                        matching("ACS3-HMAC-SHA256 Credential=" + AliyunFixture.ACCESS_KEY
                                + ",SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;"
                                + "x-acs-version,Signature=[0-9a-f]{64}")));
    }

    @Test
    void gives_one_call_less_time_than_others() {
        SERVER.stubFor(any(anyUrl())
                .willReturn(okJson(payload("QueryOTAFirmware.json")).withFixedDelay(1_000)));

        try (Backend backend = AliyunFixture.open(settings)) {
            Backend hurried = backend.within(Duration.ofMillis(200));

            assertThat(hurried.name()).isEqualTo(backend.name());
            assertThat(hurried.firmware().find(AliyunFixture.ID).getLeft().summary())
                    .contains("deadline of 200 ms");
            assertThat(backend.firmware().find(AliyunFixture.ID).isRight()).isTrue();
        }
    }

    @Test
    void asks_with_hmac_sha1_where_configured() {
        settings.put("signature", "hmac-sha1");
        settings.put("region", "cn-shanghai");
        answer(payload("QueryOTAFirmware.json"));

        assertThat(findFirmware().isRight()).isTrue();

        SERVER.verify(postRequestedFor(urlPathEqualTo("/"))
                .withQueryParam("Action", equalTo("QueryOTAFirmware"))
                .withQueryParam("Format", equalTo("JSON"))
                .withQueryParam("RegionId", equalTo("cn-shanghai"))
                .withQueryParam("SignatureMethod", equalTo("HMAC-SHA1"))
                .withQueryParam("Signature", matching("[A-Za-z0-9+/]{27}="))
                .withHeader("Authorization", absent())
                .withHeader("x-acs-action", absent()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"acs3-hmac-sha256", "hmac-sha1"})
    void sends_the_security_token_of_temporary_keys(String signature) {
        settings.put("signature", signature);
        settings.put("credentials", Map.of("access-key", "STS.A", "secret-key", "secret", "security-token", "tok+/="));
        answer(payload("QueryOTAFirmware.json"));

        findFirmware();

        SERVER.verify(
                signature.equals("hmac-sha1")
                        ? anyRequestedFor(anyUrl()).withQueryParam("SecurityToken", equalTo("tok+/="))
                        : anyRequestedFor(anyUrl())
                                .withHeader("x-acs-security-token", equalTo("tok+/="))
                                .withHeader("Authorization", matching(".*;x-acs-security-token;.*")));
    }

    @Test
    void leaves_the_instance_out_if_none_is_configured() {
        settings.remove("instance-id");
        answer(payload("QueryOTAFirmware.json"));

        findFirmware();

        SERVER.verify(anyRequestedFor(anyUrl()).withQueryParam("IotInstanceId", absent()));
    }

    @Test
    void uses_a_nonce_once() {
        answer(payload("QueryOTAFirmware.json"));

        findFirmware();
        findFirmware();

        assertThat(SERVER.getAllServeEvents().stream()
                        .map(event -> event.getRequest().getHeader("x-acs-signature-nonce")))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void asks_for_modules_with_get() {
        answer(payload("ListOTAModuleByProduct.json"));

        assertThat(findModule().get()).isEqualTo(AliyunFixture.MODULE);

        SERVER.verify(getRequestedFor(urlPathEqualTo("/"))
                .withQueryParam("ProductKey", equalTo("a1uctKe****"))
                .withHeader("x-acs-action", equalTo("ListOTAModuleByProduct")));
    }

    @Test
    void reads_a_delta_package() {
        answer(payload("QueryOTAFirmware.delta.json"));

        Firmware firmware = findFirmware().get();

        FirmwareVersion source = FirmwareVersion.of("1.0.0");
        assertThat(firmware.kind()).isEqualTo(UpdateKind.delta(source));
        assertThat(firmware.sourceVersions()).isEqualTo(List.of(source));
        assertThat(firmware.verification()).isEqualTo(Verification.notRequired());
    }

    @Test
    void reads_the_older_form_without_udi() {
        answer(payload("QueryOTAFirmware.without-udi.json"));

        assertThat(findFirmware().get().customInfo()).isEmpty();
    }

    @Test
    void takes_the_default_module_for_the_whole_device() {
        answer(payload("QueryOTAFirmware.json").replace("WifiConfigModify", "default"));

        assertThat(findFirmware().get().target()).isEqualTo(FirmwareTarget.wholeDevice());
    }

    @ParameterizedTest
    @CsvSource({"0, Unverified", "1, Verified", "3, Failed", "-1, NotRequired"})
    void reads_every_state_of_verification(String status, String state) {
        answer(payload("QueryOTAFirmware.json").replace("\"Status\": 2", "\"Status\": " + status));

        assertThat(findFirmware().get().verification().getClass().getSimpleName())
                .isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void reads_how_far_a_verification_is(int percent) {
        answer(payload("QueryOTAFirmware.json").replace("\"VerifyProgress\": 0", "\"VerifyProgress\": " + percent));

        assertThat(findFirmware().get().verification()).isEqualTo(Verification.verifying(percent));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"FirmwareName\":\"n\" | 0",
                "\"FirmwareSign\":\"  \" | 0",
                "\"FirmwareSign\":\"3d04ab64\" | 1",
                "\"FirmwareSize\":0 | 1",
                "\"FirmwareUrl\":\"https://h/f\" | 1",
                "\"FirmwareSize\":5,\"FirmwareSign\":\"3d04ab64\",\"MultiFiles\":[{\"Name\":\"a\"},{\"Name\":\"b\"}] | 2",
                "\"FirmwareUrl\":\"https://h/f\",\"MultiFiles\":[{\"Name\":\"a\"},{\"Name\":\"b\"}] | 3"
            })
    void sees_as_many_files_as_are_spoken_of(String members, int files) {
        answer("{\"Success\":true,\"FirmwareInfo\":{\"FirmwareId\":\"%s\",\"DestVersion\":\"1.0\",%s}}"
                .formatted(AliyunFixture.ID.value(), members));

        assertThat(findFirmware().get().files()).hasSize(files);
    }

    @ParameterizedTest
    @CsvSource({"MD5, MD5", "Md5, MD5", "SHA256, SHA-256", "sha-256, SHA-256", "SM3, SM3"})
    void reads_the_algorithm_of_a_checksum_in_any_spelling(String sent, String read) {
        answer(payload("QueryOTAFirmware.json").replace("\"MD5\"", "\"" + sent + "\""));

        assertThat(findFirmware().get().files().head().checksums().head().algorithm())
                .contains(read);
    }

    @ParameterizedTest
    @CsvSource({
        "\"FirmwareSize\": 924, \"FirmwareSize\": -1",
        "\"FirmwareSize\": 924, \"FirmwareSize\": 1.5",
        "\"FirmwareSize\": 924, \"FirmwareSize\": 9223372036854775808",
        "\"FirmwareSize\": 924, \"FirmwareSize\": \"big\"",
        "\"FirmwareSize\": 924, \"FirmwareSize\": 1e30",
        "\"Type\": 0, \"Type\": 0.5",
        "\"Status\": 2, \"Status\": 2.5",
        "\"DestVersion\": \"4.0.0\", \"DestVersion\": 4.0",
        "\"Success\": true, '\"Success\": false, \"Success\": true'",
        "\"Success\": true, '\"success\": false, \"Success\": true'",
        "\"VerifyProgress\": 0, \"VerifyProgress\": 101",
        "\"VerifyProgress\": 0, \"VerifyProgress\": -1",
        "\"DestVersion\": \"4.0.0\", \"DestVersion\": true",
        "\"DestVersion\": \"4.0.0\", \"DestVersion\": [\"4.0.0\"]",
        "\"Success\": true, \"Success\": 1",
        "\"Success\": true, \"Succeeded\": true",
        "\"FirmwareInfo\", \"FirmwareInformation\""
    })
    void invents_nothing_for_a_value_it_cannot_read(String good, String bad) {
        String body = payload("QueryOTAFirmware.json");
        assertThat(body).contains(good);
        answer(body.replace(good, bad));

        assertThat(findFirmware().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void accepts_numbers_and_texts_for_each_other() {
        answer(payload("QueryOTAFirmware.json")
                .replace("\"FirmwareSize\": 924", "\"FirmwareSize\": \"924\"")
                .replace("\"Type\": 0", "\"Type\": \"0\"")
                .replace("\"Success\": true", "\"Success\": \"true\""));

        assertThat(findFirmware().get()).isEqualTo(AliyunFixture.SINGLE_FILE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%d.0", "%de0", "\"%d.0\"", "%d.00E+0"})
    void reads_whole_numbers_that_were_written_anew(String form) {
        String body = payload("QueryOTAFirmware.json");
        for (String member : new String[] {"FirmwareSize\": 924", "Type\": 0", "Status\": 2", "VerifyProgress\": 0"}) {
            String[] parts = member.split(" ");
            assertThat(body).contains(member);
            String anew = form.formatted(Integer.valueOf(parts[1]));
            answer(body.replace(member, parts[0] + " " + anew));

            assertThat(findFirmware().get()).as(anew).isEqualTo(AliyunFixture.SINGLE_FILE);
        }
    }

    @Test
    void keeps_every_digit_of_a_size_that_was_written_anew() {
        answer(payload("QueryOTAFirmware.json").replace("Size\": 924", "Size\": 9007199254740993.0"));

        assertThat(findFirmware().get().files().head().size()).contains(9_007_199_254_740_993L);
    }

    @Test
    void reads_names_in_any_case() {
        answer("{\"code\":\"\",\"success\":true,\"requestId\":\"r\",\"errorMessage\":null,\"data\":[{\"productKey\":"
                + "\"a1uctKe****\",\"moduleName\":\"barcodeScanner\"}]}");

        assertThat(findModule().get().name()).isEqualTo(ModuleName.of("barcodeScanner"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ListOTAModuleByProduct.doc-single-object.json",
                "ListOTAModuleByProduct.xml",
                "ListOTAModuleByProduct.nested.xml"
            })
    void reads_every_form_of_a_list_of_modules(String name) {
        answer(payload(name));

        OtaModule module = findModule().get();

        assertThat(module.alias()).contains("Barcode_scanner");
        assertThat(module.created().get().instant()).isNotEmpty();
    }

    @Test
    void reads_the_older_form_of_a_time() {
        answer(payload("ListOTAModuleByProduct.doc-single-object.json"));

        assertThat(findModule().get().created().get().instant()).contains(Instant.parse("2019-02-20T02:16:09Z"));
    }

    @Test
    void reads_the_list_of_the_compatible_platform() {
        answer(payload("tuya.ListOTAModuleByProduct.json"));

        assertThat(find(ModuleRef.named(ProductId.of("k4in4Ke****"), ModuleName.of("ble")))
                        .get()
                        .alias())
                .contains("BLE模块");
    }

    /** As XML with one module becomes a tree. */
    @Test
    void reads_a_list_whose_only_element_stands_in_an_object() {
        answer("{\"Success\":true,\"RequestId\":\"r\",\"Data\":{\"Module\":{\"ProductKey\":\"a1uctKe****\","
                + "\"ModuleName\":\"barcodeScanner\"}}}");

        assertThat(findModule().get().name()).isEqualTo(ModuleName.of("barcodeScanner"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Code\":\"\"",
                "\"Total\":0",
                "\"Data\":null",
                "\"Data\":[]",
                "\"Data\":\"\"",
                "\"Data\":{\"Module\":[]}"
            })
    void reads_every_form_of_an_empty_list(String data) {
        answer("{\"Success\":true,\"RequestId\":\"r\"," + data + "}");

        assertThat(findModule().getLeft()).isInstanceOf(OtaFailure.NotFound.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Total\":2",
                "\"Total\":2,\"Data\":[{\"ProductKey\":\"a1uctKe****\",\"ModuleName\":\"other\"}]",
                "\"Data\":[null]",
                "\"Data\":[7]",
                "\"Data\":\"text\"",
                "\"Data\":[{\"ProductKey\":\"OTHER\",\"ModuleName\":\"barcodeScanner\"}]"
            })
    void takes_no_broken_list_for_an_empty_one(String data) {
        answer("{\"Success\":true,\"RequestId\":\"r\"," + data + "}");

        assertThat(findModule().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void keeps_a_time_in_a_zone_it_cannot_be_sure_of() {
        answer(payload("ListOTAModuleByProduct.doc-single-object.json").replace("GMT", "CST"));

        assertThat(findModule().get().created().get().instant()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "UfuxnwygsuSkVE0VCN, OTHER",
        "UfuxnwygsuSkVE0VCN, ufuxnwygsuskve0vcn",
        "\"Name\": \"firmware1\", \"Name\": null"
    })
    void invents_neither_a_firmware_nor_a_file(String good, String bad) {
        String body = payload("QueryOTAFirmware.multi-file.json");
        answer(
                good.startsWith("Ufu")
                        ? body.replace(good, bad)
                        : body.replaceFirst("(?s)\\{[^{}]*firmware1[^{}]*\\}", "{}"));

        assertThat(findFirmware().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void refuses_xml_of_wrong_bytes() {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withBody(new byte[] {'<', 'a', '>', (byte) 0xc3, '<'})));

        assertThat(findFirmware().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @ParameterizedTest
    @CsvSource({"40000, true", "50001, false"})
    void refuses_xml_of_more_elements_than_any_answer_has(int elements, boolean readable) {
        answer(withinAnswer("<b/>".repeat(elements)));

        assertThat(findFirmware().isRight()).isEqualTo(readable);
    }

    /** The root is the first of the 32. */
    @ParameterizedTest
    @CsvSource({"31, true", "32, false"})
    void refuses_xml_that_is_deeper_than_any_answer_is(int depth, boolean readable) {
        answer(withinAnswer("<b>".repeat(depth) + "</b>".repeat(depth)));

        assertThat(findFirmware().isRight()).isEqualTo(readable);
    }

    private static String withinAnswer(String xml) {
        String body = payload("QueryOTAFirmware.multi-file.xml");
        int end = body.lastIndexOf("</");
        return body.substring(0, end) + xml + body.substring(end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"QueryOTAFirmware.multi-file-flat.xml", "QueryOTAFirmware.multi-file.xml"})
    void reads_a_multi_file_package_in_both_forms_of_xml(String name) {
        answer(payload(name));

        assertThat(findFirmware().get()).isEqualTo(AliyunFixture.MULTI_FILE);
    }

    @Test
    void reads_the_xml_example_of_the_document() {
        answer(payload("QueryOTAFirmware.xml").replace("yLYuCqfqQNQ1JOqkDa****0100", AliyunFixture.ID.value()));

        Firmware firmware = findFirmware().get();

        assertThat(firmware.files()).isEqualTo(AliyunFixture.SINGLE_FILE.files());
        assertThat(firmware.verification()).isEqualTo(Verification.unverified());
        assertThat(firmware.sourceVersions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a><Success>true</Success><b>&x;</b></a>",
                "<!DOCTYPE a [<!ENTITY x \"y\"><!ENTITY z \"&x;&x;&x;\">]><a><Success>true</Success><b>&z;</b></a>",
                "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/a.dtd\"><a><Success>true</Success></a>",
                "<a><Success>true</Success><b>&undeclared;</b></a>",
                "<a><Success>true</Success>",
                "<a>plain</a>",
                "<?xml version=\"1.0\"?>"
            })
    void refuses_xml_that_is_hostile_or_broken(String body) {
        answer(body);

        assertThat(findFirmware().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void reads_xml_names_without_their_prefix() {
        answer(payload("QueryOTAFirmware.xml")
                .replace("yLYuCqfqQNQ1JOqkDa****0100", AliyunFixture.ID.value())
                .replace("<FirmwareInfo>", "<n:FirmwareInfo xmlns:n=\"u\">")
                .replace("</FirmwareInfo>", "</n:FirmwareInfo>"));

        assertThat(findFirmware().get().files()).isEqualTo(AliyunFixture.SINGLE_FILE.files());
    }

    @ParameterizedTest
    @ValueSource(strings = {"xmlns:a%d='u'", "a%d=''"})
    void refuses_xml_with_many_attributes(String attribute) {
        StringBuilder root = new StringBuilder("<a");
        for (int i = 0; i < 100; i++) {
            root.append(' ').append(attribute.formatted(i));
        }
        answer(root + "><Success>true</Success></a>");

        assertThat(findFirmware().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void refuses_xml_that_is_nested_without_end() {
        answer("<a>".repeat(100_000));

        assertThat(findFirmware().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void reads_the_list_of_the_document() {
        answer(payload("ListOTAFirmware.json"));

        FirmwareSummary firmware = listFirmware(FirmwareFilter.all(), PageToken.FIRST)
                .get()
                .items()
                .head();

        assertThat(firmware.id()).isEqualTo(AliyunFixture.ID);
        assertThat(firmware.size()).contains(924L);
        assertThat(firmware.checksums().head().algorithm()).contains("MD5");
        assertThat(firmware.sourceVersions()).isEqualTo(List.of(FirmwareVersion.of("1.0.0")));
        assertThat(firmware.verification()).isEqualTo(Verification.unverified());
    }

    @Test
    void reads_the_empty_list() {
        answer(payload("ListOTAFirmware.empty.json"));

        assertThat(listFirmware(FirmwareFilter.all(), PageToken.FIRST).get()).isEqualTo(Page.last(List.empty()));
    }

    @Test
    void asks_the_server_for_product_and_version() {
        answer(payload("ListOTAFirmware.json"));

        listFirmware(NARROW, new PageToken("3"));

        SERVER.verify(postRequestedFor(urlPathEqualTo("/"))
                .withHeader("x-acs-action", equalTo("ListOTAFirmware"))
                .withQueryParam("ProductKey", equalTo("a19mzPZ****"))
                .withQueryParam("DestVersion", equalTo("4.0.0"))
                .withQueryParam("CurrentPage", equalTo("3"))
                .withQueryParam("PageSize", equalTo("100"))
                .withQueryParam("IotInstanceId", equalTo(AliyunFixture.INSTANCE_ID)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"ProductKey\": \"a19mzPZ****\",", "a19mzPZ****"})
    void misses_no_firmware_that_does_not_repeat_its_product(String told) {
        answer(payload("ListOTAFirmware.json").replace(told, ""));

        FirmwareSummary found =
                listFirmware(NARROW, PageToken.FIRST).get().items().single();

        assertThat(found.product().get().id()).isEqualTo(NARROW.product().get());
        try (Backend backend = AliyunFixture.open(settings)) {
            assertThat(backend.firmware()
                            .newest(NARROW, FirmwareOrder.byCreation())
                            .get())
                    .isEqualTo(found);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a19mzPZ****, a19mzPZ2222, product a19mzPZ2222",
        "a19mzPZ****, A19MZPZ****, product A19MZPZ****",
        "4.0.0, 4.0.1, version 4.0.1"
    })
    void takes_no_firmware_that_was_not_asked_for(String asked, String answered, String other) {
        answer(payload("ListOTAFirmware.json").replace(asked, answered));

        OtaFailure failure = listFirmware(NARROW, PageToken.FIRST).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.summary()).contains("it names " + other);
    }

    @Test
    void leaves_firmware_without_a_product_so_if_none_was_asked_for() {
        answer(payload("ListOTAFirmware.json").replace("a19mzPZ****", ""));

        assertThat(listFirmware(FirmwareFilter.all(), PageToken.FIRST)
                        .get()
                        .items()
                        .single()
                        .product())
                .isEmpty();
    }

    @Test
    void has_no_software_packages_to_ask_for() {
        FirmwareFilter software = FirmwareFilter.all().target(FirmwareTarget.software());

        assertThat(listFirmware(software, PageToken.FIRST).getLeft()).isInstanceOf(OtaFailure.Unsupported.class);
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-1", "x", "firmwarePackage:ff", "1000000", "2:", "2:x", "2:1:", "2:1:1:1", "2:1:1000"})
    void refuses_a_token_of_another_list(String token) {
        assertThat(listFirmware(FirmwareFilter.all(), new PageToken(token)).getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    private Either<OtaFailure, Page<FirmwareSummary>> listFirmware(FirmwareFilter filter, PageToken from) {
        try (Backend backend = AliyunFixture.open(settings)) {
            return backend.firmware().list(filter).page(from);
        }
    }

    private static void answer(String body) {
        SERVER.stubFor(any(anyUrl()).willReturn(body.startsWith("<") ? xml(body) : okJson(body)));
    }

    private static com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder xml(String body) {
        return aResponse().withHeader("Content-Type", "text/xml;charset=utf-8").withBody(body);
    }

    private Either<OtaFailure, Firmware> findFirmware() {
        try (Backend backend = AliyunFixture.open(settings)) {
            return backend.firmware().find(AliyunFixture.ID);
        }
    }

    private Either<OtaFailure, OtaModule> findModule() {
        return find(SCANNER);
    }

    private Either<OtaFailure, OtaModule> find(ModuleRef ref) {
        try (Backend backend = AliyunFixture.open(settings)) {
            return backend.modules().find(ref);
        }
    }
}
