package io.otabridge.simulators.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.otabridge.simulators.huawei.HuaweiClient.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the simulator answers to those it lets in. */
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
    void shows_the_documented_module() throws Exception {
        Answer answer = get(MODULES + "/" + HuaweiSimulator.DOCUMENTED_MODULE);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.requestId()).isNotEmpty();
        assertThat(answer.body()).isEqualTo(json("""
                {"module_id": "28f61af50fc9452aa0ed5ea25c3cc3d3", "app_id": "61f7e74d036aca5be29e1ed4",
                 "product_id": "5ba24f5ebbe8f56f5a14f605", "product_name": "Thermometer", "module_name": "MCU",
                 "alias_name": "Micro Controller Unit", "description": "Microcontroller unit firmware module.",
                 "create_time": "20230211T121212Z"}"""));
    }

    @Test
    void shows_the_documented_package() throws Exception {
        Answer answer = get("/ota-upgrades/packages/" + HuaweiSimulator.DOCUMENTED_PACKAGE);

        assertThat(answer.body()).isEqualTo(json("""
                {"package_id": "28f61af50fc9452aa0ed5ea25c3cc3d3", "app_id": "61f7e74d036aca5be29e1ed4",
                 "package_type": "firmwarePackage", "product_id": "5ba24f5ebbe8f56f5a14f605", "version": "V2.0",
                 "support_source_versions": ["V1.0", "V1.1"], "description": "package for version V1.0 and V1.1",
                 "custom_info": "更新了XX功能,修复了XXXX问题", "create_time": "20230211T121212Z",
                 "file_location": {"obs_location": {"region_name": "cn-north-4", "bucket_name": "abc",
                   "object_key": "bbb/upgrade.bin",
                   "sign": "595124473f866b033dfa1f7e831c8c99a12f6143f392dfa996a819010842c99d"}}}"""));
    }

    @Test
    void shows_what_was_added_and_not_what_was_removed() throws Exception {
        HuaweiPackage added = HuaweiPackage.builder("added-1", "p1", "1.0").build();
        simulator.addPackage(added);
        Answer whileThere = get("/ota-upgrades/packages/added-1");

        assertThat(simulator.removePackage("added-1")).isTrue();
        assertThat(simulator.removePackage("added-1")).isFalse();
        assertThat(whileThere.status()).isEqualTo(200);
        assertThat(get("/ota-upgrades/packages/added-1").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"modules", "packages"})
    void answers_404_for_an_unknown_id(String kind) throws Exception {
        Answer answer = get("/ota-upgrades/" + kind + "/nobody");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.errorCode()).isEqualTo(HuaweiError.UNKNOWN_MODULE_OR_PACKAGE);
        assertThat(answer.body().has("request_id")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ota-upgrades/module/x", "/ota-upgrades", "/devices", "/ota-upgrades/package"})
    void answers_as_the_gateway_for_an_unknown_path(String path) throws Exception {
        Answer answer = get(path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.errorCode()).isEqualTo("APIGW.0101");
        assertThat(answer.body().get("request_id").asText()).isEqualTo(answer.requestId());
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
    void refuses_a_bad_parameter_of_the_list(String query, String code, int status) throws Exception {
        Answer answer = get(MODULES + query);

        assertThat(answer.errorCode()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void refuses_a_malformed_id() throws Exception {
        assertThat(get(MODULES + "/a_b").errorCode()).isEqualTo("IOTDA.000006");
        assertThat(get(MODULES + "/" + "a".repeat(37)).errorCode()).isEqualTo("IOTDA.000006");
    }

    @Test
    void lists_ten_at_first_newest_on_top() throws Exception {
        JsonNode body = get(OF_APP).body();

        assertThat(body.get("modules")).hasSize(10);
        assertThat(body.at("/modules/0/module_id").asText()).isEqualTo(HuaweiSimulator.DOCUMENTED_MODULE);
        assertThat(body.at("/page/count").asLong())
                .isEqualTo(simulator.modules().size());
    }

    @Test
    void a_walk_by_marker_meets_each_module_once() throws Exception {
        List<String> walked = new ArrayList<>();
        String marker = "ffffffffffffffffffffffff";
        JsonNode page;
        do {
            page = get(OF_APP + "&limit=7&marker=" + marker).body();
            page.get("modules").forEach(m -> walked.add(m.get("module_id").asText()));
            marker = page.at("/page/marker").asText();
        } while (!page.get("modules").isEmpty()
                && walked.size() <= simulator.modules().size());

        assertThat(walked)
                .containsExactlyElementsOf(
                        simulator.modules().stream().map(HuaweiModule::moduleId).toList());
    }

    @Test
    void a_walk_by_offset_meets_the_same_modules() throws Exception {
        List<String> walked = new ArrayList<>();
        for (int offset = 0; offset < simulator.modules().size(); offset += 10) {
            get(OF_APP + "&offset=" + offset)
                    .body()
                    .get("modules")
                    .forEach(m -> walked.add(m.get("module_id").asText()));
        }

        assertThat(walked)
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
        JsonNode body = get(OF_APP + "&product_id=nobody").body();

        assertThat(body).isEqualTo(json("{\"modules\": [], \"page\": {\"count\": 0}}"));
    }

    @Test
    void holds_some_dozens_in_variety_from_the_start() {
        assertThat(simulator.packages()).hasSizeGreaterThan(30);
        assertThat(simulator.packages())
                .extracting(HuaweiPackage::packageType)
                .contains("firmwarePackage", "softwarePackage", "modulePackage");
        assertThat(simulator.packages())
                .extracting(kept -> kept.supportSourceVersions().size())
                .contains(0, 1, 20);
        assertThat(simulator.findPackage(HuaweiSimulator.SHARED_PRODUCT_PACKAGE))
                .isNotEmpty();
    }

    @Test
    void holds_the_same_at_every_start() {
        try (HuaweiSimulator other = HuaweiSimulator.start()) {
            try (HuaweiSimulator third = HuaweiSimulator.start()) {
                assertThat(other.packages()).isEqualTo(third.packages());
                assertThat(other.modules()).isEqualTo(third.modules());
            }
        }
    }

    private static Answer get(String path) throws Exception {
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
