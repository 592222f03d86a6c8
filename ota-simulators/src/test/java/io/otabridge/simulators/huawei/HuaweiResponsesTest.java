package io.otabridge.simulators.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.otabridge.simulators.huawei.HuaweiClient.Reply;
import io.otabridge.simulators.huawei.store.HuaweiModule;
import io.otabridge.simulators.huawei.store.HuaweiPackage;
import io.otabridge.simulators.objectstore.StoredObject;
import io.otabridge.simulators.server.Digests;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses of the simulator to authenticated requests. */
class HuaweiResponsesTest {

    private static final String MODULES = "/ota-upgrades/modules";
    private static final String OF_APP = MODULES + "?app_id=" + HuaweiSimulator.APP_ID;

    private static HuaweiSimulator simulator;

    @BeforeAll
    static void start() {
        simulator = HuaweiSimulator.start();
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @Test
    void returns_the_documented_module() throws Exception {
        Reply reply = get(MODULES + "/" + HuaweiSimulator.DOCUMENTED_MODULE);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.requestId()).isNotEmpty();
        assertThat(reply.body()).isEqualTo(json("""
                {"module_id": "28f61af50fc9452aa0ed5ea25c3cc3d3", "app_id": "61f7e74d036aca5be29e1ed4",
                 "product_id": "5ba24f5ebbe8f56f5a14f605", "product_name": "Thermometer", "module_name": "MCU",
                 "alias_name": "Micro Controller Unit", "description": "Microcontroller unit firmware module.",
                 "create_time": "20230211T121212Z"}"""));
    }

    @Test
    void returns_the_documented_package() throws Exception {
        Reply reply = get("/ota-upgrades/packages/" + HuaweiSimulator.DOCUMENTED_PACKAGE);

        assertThat(reply.body()).isEqualTo(json("""
                {"package_id": "28f61af50fc9452aa0ed5ea25c3cc3d3", "app_id": "61f7e74d036aca5be29e1ed4",
                 "package_type": "firmwarePackage", "product_id": "5ba24f5ebbe8f56f5a14f605", "version": "V2.0",
                 "support_source_versions": ["V1.0", "V1.1"], "description": "package for version V1.0 and V1.1",
                 "custom_info": "更新了XX功能,修复了XXXX问题", "create_time": "20230211T121212Z",
                 "file_location": {"obs_location": {"region_name": "cn-north-4", "bucket_name": "abc",
                   "object_key": "bbb/upgrade.bin",
                   "sign": "595124473f866b033dfa1f7e831c8c99a12f6143f392dfa996a819010842c99d"}}}"""));
    }

    @Test
    void returns_added_and_not_removed_packages() throws Exception {
        HuaweiPackage added = HuaweiPackage.builder("added-1", "p1", "1.0").build();
        simulator.addPackage(added);
        Reply beforeRemoval = get("/ota-upgrades/packages/added-1");

        assertThat(simulator.removePackage("added-1")).isTrue();
        assertThat(simulator.removePackage("added-1")).isFalse();
        assertThat(beforeRemoval.status()).isEqualTo(200);
        assertThat(get("/ota-upgrades/packages/added-1").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"modules", "packages"})
    void returns_404_for_an_unknown_id(String kind) throws Exception {
        Reply reply = get("/ota-upgrades/" + kind + "/unknown");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.errorCode()).isEqualTo(HuaweiError.UNKNOWN_MODULE_OR_PACKAGE);
        assertThat(reply.body().has("request_id")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ota-upgrades/module/x", "/ota-upgrades", "/gateways", "/ota-upgrades/package"})
    void returns_a_gateway_error_for_an_unknown_path(String path) throws Exception {
        Reply reply = get(path);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.errorCode()).isEqualTo("APIGW.0101");
        assertThat(reply.body().get("request_id").asText()).isEqualTo(reply.requestId());
    }

    @ParameterizedTest
    @CsvSource({
        "'', IOTDA.000006, 400",
        "?app_id=, IOTDA.000006, 400",
        "?app_id=a%2Fb, IOTDA.000006, 400",
        "?app_id=another, IOTDA.001000, 403",
        "?app_id=61f7e74d036aca5be29e1ed4&product_id=, IOTDA.000006, 400",
        "?app_id=61f7e74d036aca5be29e1ed4&limit=0, IOTDA.000017, 400",
        "?app_id=61f7e74d036aca5be29e1ed4&limit=51, IOTDA.000017, 400",
        "?app_id=61f7e74d036aca5be29e1ed4&limit=ten, IOTDA.000017, 400",
        "?app_id=61f7e74d036aca5be29e1ed4&limit=99999999999, IOTDA.000017, 400",
        "?app_id=61f7e74d036aca5be29e1ed4&offset=501, IOTDA.000018, 400",
        "?app_id=61f7e74d036aca5be29e1ed4&offset=-1, IOTDA.000018, 400",
        "?app_id=61f7e74d036aca5be29e1ed4&marker=abc, IOTDA.000006, 400"
    })
    void rejects_an_invalid_list_parameter(String query, String code, int status) throws Exception {
        Reply reply = get(MODULES + query);

        assertThat(reply.errorCode()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "?app_id=another, IOTDA.001000, 403",
        "?app_id=, IOTDA.000006, 400",
        "?limit=51, IOTDA.000017, 400",
        "?offset=501, IOTDA.000018, 400",
        "?marker=abc, IOTDA.000006, 400"
    })
    void rejects_an_invalid_parameter_of_a_list_of_products_or_groups(String query, String code, int status)
            throws Exception {
        for (String path : List.of("/products", "/device-group")) {
            Reply reply = get(path + query);

            assertThat(reply.errorCode()).isEqualTo(code);
            assertThat(reply.status()).isEqualTo(status);
        }
    }

    @Test
    void lists_products_and_groups_of_all_spaces_or_with_a_name() throws Exception {
        JsonNode products = get("/products").body();
        JsonNode named = get("/products?product_name=ThermoPlus&app_id=" + HuaweiSimulator.APP_ID)
                .body();
        JsonNode groups = get("/device-group").body();

        assertThat(products.at("/products/0")).isEqualTo(json("""
                {"app_id": "61f7e74d036aca5be29e1ed4", "app_name": "DefaultApp",
                 "product_id": "5ba24f5ebbe8f56f5a14f605", "name": "Thermometer", "device_type": "Thermometer",
                 "protocol_type": "MQTT", "data_format": "json", "manufacturer_name": "OTA Bridge",
                 "description": "this is a thermometer produced by Huawei", "create_time": "20190303T081011Z"}"""));
        assertThat(products.at("/page/count").asInt())
                .isEqualTo(simulator.products().size());
        assertThat(named.at("/page/count").asInt()).isEqualTo(1);
        assertThat(groups.at("/device_groups/0/super_group_id")).isEqualTo(groups.at("/device_groups/1/group_id"));
        assertThat(get("/products/5ba24f5ebbe8f56f5a14f605").status()).isEqualTo(404);
    }

    @Test
    void rejects_lists_without_permission() throws Exception {
        try (HuaweiSimulator other = HuaweiSimulator.start()) {
            other.permitProducts(false);

            assertThat(new HuaweiClient(other).get("/products").status()).isEqualTo(403);
            assertThat(new HuaweiClient(other).get("/device-group").status()).isEqualTo(403);
        }
    }

    @Test
    void rejects_a_malformed_id() throws Exception {
        assertThat(get(MODULES + "/a_b").errorCode()).isEqualTo("IOTDA.000006");
        assertThat(get(MODULES + "/" + "a".repeat(37)).errorCode()).isEqualTo("IOTDA.000006");
    }

    @Test
    void lists_ten_by_default_newest_first() throws Exception {
        JsonNode body = get(OF_APP).body();

        assertThat(body.get("modules")).hasSize(10);
        assertThat(body.at("/modules/0/module_id").asText()).isEqualTo(HuaweiSimulator.DOCUMENTED_MODULE);
        assertThat(body.at("/page/count").asLong())
                .isEqualTo(simulator.modules().size());
    }

    @Test
    void pagination_by_marker_lists_each_module_once() throws Exception {
        List<String> listed = new ArrayList<>();
        String marker = "ffffffffffffffffffffffff";
        JsonNode page;
        do {
            page = get(OF_APP + "&limit=7&marker=" + marker).body();
            page.get("modules").forEach(m -> listed.add(m.get("module_id").asText()));
            marker = page.at("/page/marker").asText();
        } while (!page.get("modules").isEmpty()
                && listed.size() <= simulator.modules().size());

        assertThat(listed)
                .containsExactlyElementsOf(
                        simulator.modules().stream().map(HuaweiModule::moduleId).toList());
    }

    @Test
    void pagination_by_offset_lists_the_same_modules() throws Exception {
        List<String> listed = new ArrayList<>();
        for (int offset = 0; offset < simulator.modules().size(); offset += 10) {
            get(OF_APP + "&offset=" + offset)
                    .body()
                    .get("modules")
                    .forEach(m -> listed.add(m.get("module_id").asText()));
        }

        assertThat(listed)
                .containsExactlyElementsOf(
                        simulator.modules().stream().map(HuaweiModule::moduleId).toList());
    }

    @Test
    void lists_the_modules_of_one_product() throws Exception {
        JsonNode body =
                get(OF_APP + "&product_id=" + HuaweiSimulator.SHARED_PRODUCT).body();

        assertThat(body.at("/page/count").asInt()).isEqualTo(1);
        assertThat(body.at("/modules/0/module_name").asText()).isEqualTo("MCU");
    }

    @Test
    void an_empty_page_has_no_marker() throws Exception {
        JsonNode body = get(OF_APP + "&product_id=unknown").body();

        assertThat(body).isEqualTo(json("{\"modules\": [], \"page\": {\"count\": 0}}"));
    }

    @Test
    void starts_with_varied_packages() {
        assertThat(simulator.packages()).hasSizeGreaterThan(30);
        assertThat(simulator.packages())
                .extracting(HuaweiPackage::packageType)
                .contains("firmwarePackage", "softwarePackage", "modulePackage");
        assertThat(simulator.packages())
                .extracting(source -> source.supportSourceVersions().size())
                .contains(0, 1, 20);
        assertThat(simulator.findPackage(HuaweiSimulator.SHARED_PRODUCT_PACKAGE))
                .isNotEmpty();
    }

    @Test
    void objects_of_invented_packages_have_the_digest_of_the_package() throws Exception {
        try (HuaweiSimulator own = HuaweiSimulator.start()) {
            int count = 0;
            for (HuaweiPackage stored : withGenerated(own, 3)) {
                if (!stored.packageId().equals(HuaweiSimulator.DOCUMENTED_PACKAGE)) {
                    HuaweiPackage.ObsLocation location = stored.obsLocation();
                    StoredObject object = own.objectStore()
                            .find(location.bucketName(), location.objectKey())
                            .get();
                    assertThat(location.sign()).isIn(null, Digests.sha256Hex(Files.readAllBytes(object.file())));
                    count++;
                }
            }

            assertThat(count).isGreaterThanOrEqualTo(30 + 3);
            assertThat(own.objectStore().find("ota-firmware", "generated/none.bin"))
                    .isEmpty();
        }
    }

    private static List<HuaweiPackage> withGenerated(HuaweiSimulator own, int count) throws Exception {
        own.generatePackages("generated", count);
        List<HuaweiPackage> packages = new ArrayList<>(own.packages());
        new HuaweiClient(own)
                .get("/ota-upgrades/packages?package_type=firmwarePackage&product_id=generated")
                .body()
                .get("packages")
                .forEach(found -> packages.add(
                        own.findPackage(found.get("package_id").asText()).get()));
        return packages;
    }

    @Test
    void starts_with_the_same_data() {
        try (HuaweiSimulator other = HuaweiSimulator.start()) {
            try (HuaweiSimulator third = HuaweiSimulator.start()) {
                assertThat(other.packages()).isEqualTo(third.packages());
                assertThat(other.modules()).isEqualTo(third.modules());
            }
        }
    }

    private static Reply get(String path) throws Exception {
        String[] parts = path.split("\\?", 2);
        String query = parts.length == 1 || parts[1].isEmpty() ? "" : "?" + sorted(parts[1]);
        return new HuaweiClient(simulator).get(parts[0] + query);
    }

    private static String sorted(String query) {
        return String.join("&", List.of(query.split("&")).stream().sorted().toList());
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
