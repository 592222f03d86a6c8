package io.otabridge.simulators.aliyun;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.simulators.aliyun.AliyunClient.Reply;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.aliyun.store.AliyunModule;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Responses of the simulator to authenticated requests. */
class AliyunResponsesTest {

    private static AliyunSimulator simulator;

    @BeforeAll
    static void start() {
        simulator = AliyunSimulator.start();
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @Test
    void returns_the_documented_firmware() throws Exception {
        JsonNode body = query(AliyunSimulator.DOCUMENTED_FIRMWARE).json();

        assertThat(body.get("RequestId").asText()).hasSize(36);
        assertThat(body.get("Success").asBoolean()).isTrue();
        assertThat(((ObjectNode) body.get("FirmwareInfo")).remove("FirmwareUrl").asText())
                .startsWith(simulator.objectStore().endpoint() + "/ota/")
                .contains("5E962CF83DB1495E8337E9C8A4D1", ".bin?Expires=", "&OSSAccessKeyId=", "&Signature=");
        assertThat(body.get("FirmwareInfo")).isEqualTo(json("""
                {"SrcVersion": "", "FirmwareSign": "3d04ab6462633508606e5f3daac8****", "ProductKey": "a19mzPZ****",
                 "Type": 0, "UtcModified": "2019-12-28T02:42:41.000Z", "SignMethod": "MD5",
                 "UtcCreate": "2019-12-28T02:42:22.000Z", "FirmwareSize": 924, "Status": 2,
                 "FirmwareId": "UfuxnwygsuSkVE0VCN****0100", "FirmwareDesc": "modified-WiFi-module",
                 "DestVersion": "4.0.0", "ProductName": "MyProduct", "FirmwareName": "t3q5rkNm",
                 "ModuleName": "WifiConfigModify", "VerifyProgress": 0,
                 "Udi": "{\\"ota_notice\\":\\" Upgrade the underlying camera driver to solve the problem of blurred video images. \\"}"}"""));
    }

    @Test
    void returns_several_files_as_an_array() throws Exception {
        JsonNode info = query(AliyunSimulator.MULTI_FILE_FIRMWARE).json().get("FirmwareInfo");

        assertThat(info.get("MultiFiles"))
                .extracting(file -> file.get("Name").asText())
                .containsExactly("firmware1", "firmware2");
        assertThat(info.has("FirmwareUrl")).isFalse();
        assertThat(info.has("FirmwareSize")).isFalse();
        assertThat(info.has("FirmwareSign")).isFalse();
    }

    @Test
    void returns_the_source_version_of_a_delta() throws Exception {
        JsonNode info = query(AliyunSimulator.DELTA_FIRMWARE).json().get("FirmwareInfo");

        assertThat(info.get("Type").asInt()).isEqualTo(1);
        assertThat(info.get("SrcVersion").asText()).isEqualTo("1.0.0");
    }

    @Test
    void lists_modules_as_an_array() throws Exception {
        JsonNode body = modules("a1uctKe****").v3("ListOTAModuleByProduct").json();

        assertThat(body.get("Data")).isEqualTo(json("""
                [{"Desc": "", "GmtCreate": "2020-10-13T09:46Z", "ModuleName": "default", "AliasName": "default",
                  "GmtModified": "2020-10-13T09:46Z", "ProductKey": "a1uctKe****"},
                 {"Desc": "This module represents the firmware of the barcode scanner.",
                  "GmtCreate": "2020-10-13T09:46Z", "ModuleName": "barcodeScanner", "AliasName": "Barcode_scanner",
                  "GmtModified": "2020-10-19T09:46Z", "ProductKey": "a1uctKe****"}]"""));
    }

    @Test
    void returns_added_and_not_removed_firmware() throws Exception {
        simulator.addFirmware(AliyunFirmware.builder("added", "p1", "1.0").build());
        Reply beforeRemoval = query("added");

        assertThat(simulator.removeFirmware("added")).isTrue();
        assertThat(simulator.removeFirmware("added")).isFalse();
        assertThat(beforeRemoval.json().get("Success").asBoolean()).isTrue();
        assertThat(query("added").code()).isEqualTo("iot.ota.FirmwareNotFound");
    }

    @Test
    void a_product_exists_without_modules() throws Exception {
        simulator.addModule(new AliyunModule("p2", "Wifi", "", "", "2020-10-13T09:46Z", "2020-10-13T09:46Z"));
        simulator.addModule(new AliyunModule("p2", "WIFI", "", "", "2020-10-13T09:46Z", "2020-10-13T09:46Z"));

        assertThat(simulator.modules("p2")).extracting(AliyunModule::moduleName).containsExactly("WIFI");
        assertThat(simulator.removeModule("p2", "wifi")).isTrue();
        assertThat(simulator.removeModule("p2", "wifi")).isFalse();
        assertThat(modules("p2").v1("ListOTAModuleByProduct").json().get("Data"))
                .isEmpty();
        assertThat(modules("p3").v1("ListOTAModuleByProduct").code()).isEqualTo("iot.prod.NotExistedProduct");
    }

    @Test
    void reports_missing_firmware_with_status_200() throws Exception {
        Reply reply = query("unknown");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().get("Success").asBoolean()).isFalse();
        assertThat(reply.code()).isEqualTo("iot.ota.FirmwareNotFound");
        assertThat(reply.json().get("ErrorMessage").asText()).isEqualTo("The specified firmware does not exist.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "iot-cn-another"})
    void rejects_a_missing_or_wrong_instance(String instance) throws Exception {
        Reply reply = firmware(AliyunSimulator.DOCUMENTED_FIRMWARE)
                .with("IotInstanceId", instance)
                .v1("QueryOTAFirmware");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.code()).isEqualTo("iot.system.InstanceNotFound");
    }

    @Test
    void rejects_an_instance_id_for_an_old_public_instance() throws Exception {
        try (AliyunSimulator old = AliyunSimulator.start()) {
            old.requireInstance(false);
            String id = AliyunSimulator.DOCUMENTED_FIRMWARE;
            AliyunClient with = new AliyunClient(old).with("FirmwareId", id);
            AliyunClient without = new AliyunClient(old).with("FirmwareId", id).with("IotInstanceId", "");

            assertThat(with.v1("QueryOTAFirmware").code()).isEqualTo("iot.system.InstanceNotFound");
            assertThat(without.v1("QueryOTAFirmware").json().get("Success").asBoolean())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "QueryOTAFirmware, MissingFirmwareId, FirmwareId is mandatory for this action.",
        "ListOTAModuleByProduct, MissingProductKey, ProductKey is mandatory for this action.",
        "QueryProductList, MissingCurrentPage, CurrentPage is mandatory for this action.",
        "DeleteEverything, UnsupportedOperation, The specified action is not supported."
    })
    void rejects_invalid_operations(String action, String code, String message) throws Exception {
        Reply reply = new AliyunClient(simulator).v3(action);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.json().get("Message").asText()).isEqualTo(message);
    }

    @Test
    void lists_products_and_groups_newest_first() throws Exception {
        JsonNode products = firstPage("1").v3("QueryProductList").json();
        JsonNode groups = firstPage("1").v3("QueryDeviceGroupList").json();
        JsonNode defaults =
                new AliyunClient(simulator).v3("QueryDeviceGroupList").json();

        assertThat(products.at("/Data/Total").asInt())
                .isEqualTo(products.at("/Data/PageCount").asInt())
                .isEqualTo(simulator.products().size());
        assertThat(products.at("/Data/List/ProductInfo")).hasSize(1);
        assertThat(products.at("/Data/List/ProductInfo/0/ProductKey").asText())
                .isEqualTo(AliyunSimulator.SHARED_PRODUCT);
        assertThat(groups.at("/Data/GroupInfo")).hasSize(1);
        assertThat(groups.at("/Data/GroupInfo/0/GroupName").asText()).isEqualTo("canary");
        assertThat(defaults.at("/PageSize").asInt()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"QueryProductList", "QueryDeviceGroupList"})
    void rejects_a_page_of_more_than_200_entries(String action) throws Exception {
        assertThat(firstPage("201").v3(action).code()).isEqualTo("iot.common.InvalidPageParams");
        assertThat(firstPage("200").v3(action).json().get("Success").asBoolean())
                .isTrue();
    }

    @Test
    void rejects_another_api_version() throws Exception {
        assertThat(firmware("f")
                        .common("Version", "2017-04-20")
                        .v1("QueryOTAFirmware")
                        .code())
                .isEqualTo("NoSuchVersion");
    }

    @Test
    void rejects_an_unsupported_http_method() throws Exception {
        assertThat(modules("a1uctKe****")
                        .method("POST")
                        .v1("ListOTAModuleByProduct")
                        .code())
                .isEqualTo("UnsupportedHTTPMethod");
    }

    @Test
    void responds_to_v1_in_xml_by_default() throws Exception {
        Reply reply = firmware(AliyunSimulator.MULTI_FILE_FIRMWARE)
                .common("Format", "")
                .v1("QueryOTAFirmware");

        Element root = xml(reply);
        assertThat(reply.contentType()).isEqualTo("text/xml;charset=utf-8");
        assertThat(root.getTagName()).isEqualTo("QueryOTAFirmwareResponse");
        assertThat(texts(root, "Name")).containsExactly("firmware1", "firmware2");
        assertThat(root.getElementsByTagName("MultiFiles").getLength()).isEqualTo(2);
        assertThat(texts(root, "Success")).containsExactly("true");
        assertThat(texts(root, "Url").get(0)).containsPattern("\\?Expires=[0-9]+&OSSAccessKeyId=");
    }

    @Test
    void writes_a_list_in_xml_without_a_wrapper() throws Exception {
        Element root =
                xml(modules("a1uctKe****").header("accept", "application/xml").v3("ListOTAModuleByProduct"));

        assertThat(root.getTagName()).isEqualTo("ListOTAModuleByProductResponse");
        assertThat(root.getElementsByTagName("Data").getLength()).isEqualTo(2);
        assertThat(texts(root, "ModuleName")).containsExactly("default", "barcodeScanner");
    }

    @Test
    void writes_an_error_in_xml() throws Exception {
        Reply reply = new AliyunClient(simulator).common("Format", "XML").v1("QueryOTAFirmware");

        Element root = xml(reply);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(root.getTagName()).isEqualTo("Error");
        assertThat(texts(root, "Code")).containsExactly("MissingFirmwareId");
    }

    @Test
    void xml_keeps_every_allowed_character() throws Exception {
        String special = "<a href=\"x\">&amp; ']]>\r\n\t固件🚀\u0000\uD800";
        simulator.addFirmware(AliyunFirmware.builder("special", "p1", "1.0")
                .firmwareDesc(special)
                .build());

        Element root = xml(firmware("special").common("Format", "XML").v1("QueryOTAFirmware"));

        assertThat(texts(root, "FirmwareDesc"))
                .containsExactly(special.replace('\u0000', '\uFFFD').replace('\uD800', '\uFFFD'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*", "text/html,*/*"})
    void responds_to_v3_in_json_by_default(String accept) throws Exception {
        Reply reply = firmware("unknown").header("accept", accept).v3("QueryOTAFirmware");

        assertThat(reply.contentType()).isEqualTo("application/json;charset=utf-8");
        assertThat(query("unknown").code()).isEqualTo("iot.ota.FirmwareNotFound");
    }

    @Test
    void starts_with_varied_packages() {
        List<AliyunFirmware> packages = simulator.firmware();

        assertThat(packages).hasSizeGreaterThan(30);
        assertThat(packages).extracting(AliyunFirmware::status).contains(-1, 0, 1, 2, 3);
        assertThat(packages).extracting(AliyunFirmware::type).contains(0, 1);
        assertThat(packages).anyMatch(f -> f.firmwareSize() != null && f.firmwareSize() > Integer.MAX_VALUE);
        assertThat(packages).anyMatch(f -> f.multiFiles().stream().anyMatch(m -> m.size() > Integer.MAX_VALUE));
        assertThat(simulator.findFirmware(AliyunSimulator.SHARED_PRODUCT_FIRMWARE))
                .isNotEmpty();
        assertThat(simulator.modules(AliyunSimulator.SHARED_PRODUCT))
                .extracting(AliyunModule::moduleName)
                .contains("MCU");
    }

    @Test
    void starts_with_the_same_data() {
        try (AliyunSimulator other = AliyunSimulator.start()) {
            try (AliyunSimulator third = AliyunSimulator.start()) {
                assertThat(withoutEndpoint(other)).isEqualTo(withoutEndpoint(third));
            }
        }
    }

    private static String withoutEndpoint(AliyunSimulator simulator) {
        return simulator
                .firmware()
                .toString()
                .replace(simulator.objectStore().endpoint().toString(), "");
    }

    private static Reply query(String firmwareId) throws Exception {
        return firmware(firmwareId).v3("QueryOTAFirmware");
    }

    private static AliyunClient firmware(String id) {
        return new AliyunClient(simulator).with("FirmwareId", id);
    }

    private static AliyunClient firstPage(String size) {
        return new AliyunClient(simulator).with("CurrentPage", "1").with("PageSize", size);
    }

    private static AliyunClient modules(String productKey) {
        return new AliyunClient(simulator).with("ProductKey", productKey);
    }

    private static Element xml(Reply reply) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(reply.text().getBytes(UTF_8)))
                .getDocumentElement();
    }

    private static List<String> texts(Element root, String name) {
        NodeList found = root.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> found.item(i).getTextContent())
                .toList();
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
