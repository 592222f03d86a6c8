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

/** What is specific to Alibaba: one path, two signatures, JSON and XML, several forms of lists. */
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
    void requests_firmware_with_acs3_and_the_instance() {
        stub(payload("QueryOTAFirmware.json"));

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
    void applies_a_shorter_deadline_to_one_call() {
        SERVER.stubFor(any(anyUrl())
                .willReturn(okJson(payload("QueryOTAFirmware.json")).withFixedDelay(1_000)));

        try (Backend backend = AliyunFixture.open(settings)) {
            Backend limited = backend.within(Duration.ofMillis(200));

            assertThat(limited.name()).isEqualTo(backend.name());
            assertThat(limited.firmware().find(AliyunFixture.ID).getLeft().summary())
                    .contains("deadline of 200 ms");
            assertThat(backend.firmware().find(AliyunFixture.ID).isRight()).isTrue();
        }
    }

    @Test
    void signs_with_hmac_sha1_if_configured() {
        settings.put("signature", "hmac-sha1");
        settings.put("region", "cn-shanghai");
        stub(payload("QueryOTAFirmware.json"));

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
        stub(payload("QueryOTAFirmware.json"));

        findFirmware();

        SERVER.verify(
                signature.equals("hmac-sha1")
                        ? anyRequestedFor(anyUrl()).withQueryParam("SecurityToken", equalTo("tok+/="))
                        : anyRequestedFor(anyUrl())
                                .withHeader("x-acs-security-token", equalTo("tok+/="))
                                .withHeader("Authorization", matching(".*;x-acs-security-token;.*")));
    }

    @Test
    void omits_the_instance_id_if_none_is_configured() {
        settings.remove("instance-id");
        stub(payload("QueryOTAFirmware.json"));

        findFirmware();

        SERVER.verify(anyRequestedFor(anyUrl()).withQueryParam("IotInstanceId", absent()));
    }

    @Test
    void uses_each_nonce_once() {
        stub(payload("QueryOTAFirmware.json"));

        findFirmware();
        findFirmware();

        assertThat(SERVER.getAllServeEvents().stream()
                        .map(event -> event.getRequest().getHeader("x-acs-signature-nonce")))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void requests_modules_with_get() {
        stub(payload("ListOTAModuleByProduct.json"));

        assertThat(findModule().get()).isEqualTo(AliyunFixture.MODULE);

        SERVER.verify(getRequestedFor(urlPathEqualTo("/"))
                .withQueryParam("ProductKey", equalTo("a1uctKe****"))
                .withHeader("x-acs-action", equalTo("ListOTAModuleByProduct")));
    }

    @Test
    void reads_a_delta_package() {
        stub(payload("QueryOTAFirmware.delta.json"));

        Firmware firmware = findFirmware().get();

        FirmwareVersion source = FirmwareVersion.of("1.0.0");
        assertThat(firmware.kind()).isEqualTo(UpdateKind.delta(source));
        assertThat(firmware.sourceVersions()).isEqualTo(List.of(source));
        assertThat(firmware.verification()).isEqualTo(Verification.notRequired());
    }

    @Test
    void reads_the_older_format_without_udi() {
        stub(payload("QueryOTAFirmware.without-udi.json"));

        assertThat(findFirmware().get().customInfo()).isEmpty();
    }

    @Test
    void maps_the_default_module_to_the_whole_device() {
        stub(payload("QueryOTAFirmware.json").replace("WifiConfigModify", "default"));

        assertThat(findFirmware().get().target()).isEqualTo(FirmwareTarget.wholeDevice());
    }

    @ParameterizedTest
    @CsvSource({"0, Unverified", "1, Verified", "3, Failed", "-1, NotRequired"})
    void reads_every_state_of_verification(String status, String expected) {
        stub(payload("QueryOTAFirmware.json").replace("\"Status\": 2", "\"Status\": " + status));

        assertThat(findFirmware().get().verification().getClass().getSimpleName())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void reads_the_progress_of_a_verification(int percent) {
        stub(payload("QueryOTAFirmware.json").replace("\"VerifyProgress\": 0", "\"VerifyProgress\": " + percent));

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
    void reads_as_many_files_as_are_described(String members, int files) {
        stub("{\"Success\":true,\"FirmwareInfo\":{\"FirmwareId\":\"%s\",\"DestVersion\":\"1.0\",%s}}"
                .formatted(AliyunFixture.ID.value(), members));

        assertThat(findFirmware().get().files()).hasSize(files);
    }

    @ParameterizedTest
    @CsvSource({"MD5, MD5", "Md5, MD5", "SHA256, SHA-256", "sha-256, SHA-256", "SM3, SM3"})
    void reads_the_algorithm_of_a_checksum_in_any_spelling(String sent, String read) {
        stub(payload("QueryOTAFirmware.json").replace("\"MD5\"", "\"" + sent + "\""));

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
    void rejects_values_that_cannot_be_read(String original, String replacement) {
        String body = payload("QueryOTAFirmware.json");
        assertThat(body).contains(original);
        stub(body.replace(original, replacement));

        assertThat(findFirmware().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void accepts_numbers_and_texts_for_each_other() {
        stub(payload("QueryOTAFirmware.json")
                .replace("\"FirmwareSize\": 924", "\"FirmwareSize\": \"924\"")
                .replace("\"Type\": 0", "\"Type\": \"0\"")
                .replace("\"Success\": true", "\"Success\": \"true\""));

        assertThat(findFirmware().get()).isEqualTo(AliyunFixture.SINGLE_FILE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%d.0", "%de0", "\"%d.0\"", "%d.00E+0"})
    void reads_whole_numbers_in_other_notations(String form) {
        String body = payload("QueryOTAFirmware.json");
        for (String member : new String[] {"FirmwareSize\": 924", "Type\": 0", "Status\": 2", "VerifyProgress\": 0"}) {
            String[] parts = member.split(" ");
            assertThat(body).contains(member);
            String notation = form.formatted(Integer.valueOf(parts[1]));
            stub(body.replace(member, parts[0] + " " + notation));

            assertThat(findFirmware().get()).as(notation).isEqualTo(AliyunFixture.SINGLE_FILE);
        }
    }

    @Test
    void keeps_every_digit_of_a_size_in_another_notation() {
        stub(payload("QueryOTAFirmware.json").replace("Size\": 924", "Size\": 9007199254740993.0"));

        assertThat(findFirmware().get().files().head().size()).contains(9_007_199_254_740_993L);
    }

    @Test
    void reads_names_in_any_case() {
        stub("{\"code\":\"\",\"success\":true,\"requestId\":\"r\",\"errorMessage\":null,\"data\":[{\"productKey\":"
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
        stub(payload(name));

        OtaModule module = findModule().get();

        assertThat(module.alias()).contains("Barcode_scanner");
        assertThat(module.created().get().instant()).isNotEmpty();
    }

    @Test
    void reads_the_older_form_of_a_time() {
        stub(payload("ListOTAModuleByProduct.doc-single-object.json"));

        assertThat(findModule().get().created().get().instant()).contains(Instant.parse("2019-02-20T02:16:09Z"));
    }

    @Test
    void reads_the_list_of_the_compatible_platform() {
        stub(payload("tuya.ListOTAModuleByProduct.json"));

        assertThat(find(ModuleRef.named(ProductId.of("k4in4Ke****"), ModuleName.of("ble")))
                        .get()
                        .alias())
                .contains("BLE模块");
    }

    /** The tree of an XML list with one module. */
    @Test
    void reads_a_list_whose_only_element_is_an_object() {
        stub("{\"Success\":true,\"RequestId\":\"r\",\"Data\":{\"Module\":{\"ProductKey\":\"a1uctKe****\","
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
        stub("{\"Success\":true,\"RequestId\":\"r\"," + data + "}");

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
    void does_not_read_a_broken_list_as_empty(String data) {
        stub("{\"Success\":true,\"RequestId\":\"r\"," + data + "}");

        assertThat(findModule().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void keeps_the_text_of_a_time_in_an_ambiguous_zone() {
        stub(payload("ListOTAModuleByProduct.doc-single-object.json").replace("GMT", "CST"));

        assertThat(findModule().get().created().get().instant()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "UfuxnwygsuSkVE0VCN, OTHER",
        "UfuxnwygsuSkVE0VCN, ufuxnwygsuskve0vcn",
        "\"Name\": \"firmware1\", \"Name\": null"
    })
    void does_not_invent_firmware_or_a_file(String original, String replacement) {
        String body = payload("QueryOTAFirmware.multi-file.json");
        stub(
                original.startsWith("Ufu")
                        ? body.replace(original, replacement)
                        : body.replaceFirst("(?s)\\{[^{}]*firmware1[^{}]*\\}", "{}"));

        assertThat(findFirmware().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void rejects_xml_with_invalid_bytes() {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withBody(new byte[] {'<', 'a', '>', (byte) 0xc3, '<'})));

        assertThat(findFirmware().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @ParameterizedTest
    @CsvSource({"40000, true", "50001, false"})
    void rejects_xml_with_too_many_elements(int elements, boolean readable) {
        stub(withinResponse("<b/>".repeat(elements)));

        assertThat(findFirmware().isRight()).isEqualTo(readable);
    }

    /** The root is the first of the 32 levels. */
    @ParameterizedTest
    @CsvSource({"31, true", "32, false"})
    void rejects_xml_that_is_too_deep(int depth, boolean readable) {
        stub(withinResponse("<b>".repeat(depth) + "</b>".repeat(depth)));

        assertThat(findFirmware().isRight()).isEqualTo(readable);
    }

    private static String withinResponse(String xml) {
        String body = payload("QueryOTAFirmware.multi-file.xml");
        int end = body.lastIndexOf("</");
        return body.substring(0, end) + xml + body.substring(end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"QueryOTAFirmware.multi-file-flat.xml", "QueryOTAFirmware.multi-file.xml"})
    void reads_a_multi_file_package_in_both_forms_of_xml(String name) {
        stub(payload(name));

        assertThat(findFirmware().get()).isEqualTo(AliyunFixture.MULTI_FILE);
    }

    @Test
    void reads_the_xml_example_of_the_document() {
        stub(payload("QueryOTAFirmware.xml").replace("yLYuCqfqQNQ1JOqkDa****0100", AliyunFixture.ID.value()));

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
    void rejects_hostile_or_broken_xml(String body) {
        stub(body);

        assertThat(findFirmware().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void reads_xml_names_without_their_prefix() {
        stub(payload("QueryOTAFirmware.xml")
                .replace("yLYuCqfqQNQ1JOqkDa****0100", AliyunFixture.ID.value())
                .replace("<FirmwareInfo>", "<n:FirmwareInfo xmlns:n=\"u\">")
                .replace("</FirmwareInfo>", "</n:FirmwareInfo>"));

        assertThat(findFirmware().get().files()).isEqualTo(AliyunFixture.SINGLE_FILE.files());
    }

    @ParameterizedTest
    @ValueSource(strings = {"xmlns:a%d='u'", "a%d=''"})
    void rejects_xml_with_many_attributes(String attribute) {
        StringBuilder root = new StringBuilder("<a");
        for (int i = 0; i < 100; i++) {
            root.append(' ').append(attribute.formatted(i));
        }
        stub(root + "><Success>true</Success></a>");

        assertThat(findFirmware().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void rejects_endlessly_nested_xml() {
        stub("<a>".repeat(100_000));

        assertThat(findFirmware().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void reads_the_list_of_the_document() {
        stub(payload("ListOTAFirmware.json"));

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
        stub(payload("ListOTAFirmware.empty.json"));

        assertThat(listFirmware(FirmwareFilter.all(), PageToken.FIRST).get()).isEqualTo(Page.last(List.empty()));
    }

    @Test
    void sends_product_and_version() {
        stub(payload("ListOTAFirmware.json"));

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
    void accepts_firmware_that_omits_its_product(String removed) {
        stub(payload("ListOTAFirmware.json").replace(removed, ""));

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
    void rejects_firmware_that_was_not_requested(String requested, String received, String other) {
        stub(payload("ListOTAFirmware.json").replace(requested, received));

        OtaFailure failure = listFirmware(NARROW, PageToken.FIRST).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.summary()).contains(other);
    }

    @Test
    void adds_no_product_if_none_was_requested() {
        stub(payload("ListOTAFirmware.json").replace("a19mzPZ****", ""));

        assertThat(listFirmware(FirmwareFilter.all(), PageToken.FIRST)
                        .get()
                        .items()
                        .single()
                        .product())
                .isEmpty();
    }

    @Test
    void does_not_support_software_packages() {
        FirmwareFilter software = FirmwareFilter.all().target(FirmwareTarget.software());

        assertThat(listFirmware(software, PageToken.FIRST).getLeft()).isInstanceOf(OtaFailure.Unsupported.class);
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-1", "x", "firmwarePackage:ff", "1000000", "2:", "2:x", "2:1:", "2:1:1:1", "2:1:1000"})
    void rejects_a_page_token_of_another_list(String token) {
        assertThat(listFirmware(FirmwareFilter.all(), new PageToken(token)).getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    private Either<OtaFailure, Page<FirmwareSummary>> listFirmware(FirmwareFilter filter, PageToken from) {
        try (Backend backend = AliyunFixture.open(settings)) {
            return backend.firmware().list(filter).page(from);
        }
    }

    private static void stub(String body) {
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
