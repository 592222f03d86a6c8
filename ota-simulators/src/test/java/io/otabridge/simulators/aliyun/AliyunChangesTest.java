package io.otabridge.simulators.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.simulators.aliyun.AliyunClient.Reply;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.aliyun.store.AliyunModule;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Creation, update and deletion in the simulator. */
class AliyunChangesTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String PRODUCT = "a1Changing";

    private final AliyunSimulator simulator = AliyunSimulator.start(0, Clock.fixed(NOW, ZoneOffset.UTC));

    AliyunChangesTest() {
        simulator.addProduct(PRODUCT);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void creates_the_first_module_of_a_product() throws Exception {
        Reply reply = module("Radio")
                .with("AliasName", "无线电")
                .with("Desc", "the radio")
                .v3("CreateOTAModule");

        assertThat(reply.json().size()).isEqualTo(2);
        assertThat(reply.json().get("Success").asBoolean()).isTrue();
        assertThat(simulator.modules(PRODUCT))
                .containsExactly(new AliyunModule(
                        PRODUCT, "Radio", "无线电", "the radio", "2026-01-02T03:04Z", "2026-01-02T03:04Z"));
    }

    @Test
    void an_update_clears_omitted_members() throws Exception {
        simulator.addModule(new AliyunModule(PRODUCT, "Radio", "old", "words", "2020-01-01T00:00Z", "x"));

        module("radio").with("AliasName", "new").v1("UpdateOTAModule");

        assertThat(simulator.modules(PRODUCT))
                .containsExactly(
                        new AliyunModule(PRODUCT, "Radio", "new", "", "2020-01-01T00:00Z", "2026-01-02T03:04Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CreateOTAModule", "UpdateOTAModule", "DeleteOTAModule"})
    void accepts_changes_of_modules_only_with_post(String action) throws Exception {
        assertThat(module("Radio").method("GET").v3(action).code()).isEqualTo("UnsupportedHTTPMethod");
        assertThat(simulator.modules(PRODUCT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Radio!, a, d", "'', a, d", "NAME65, a, d", "Radio, ALIAS65, d", "Radio, a, DESC101"})
    void rejects_a_module_with_invalid_texts(String name, String alias, String desc) throws Exception {
        Reply reply = module(name.replace("NAME65", "n".repeat(65)))
                .with("AliasName", alias.replace("ALIAS65", "名".repeat(65)))
                .with("Desc", desc.replace("DESC101", "d".repeat(101)))
                .v3("CreateOTAModule");

        assertThat(reply.code()).isIn("iot.ota.CreateOTAModuleParamError", "MissingModuleName");
        assertThat(simulator.modules(PRODUCT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Radio", "RADIO", "default", "Default"})
    void rejects_a_duplicate_module_name_ignoring_case(String name) throws Exception {
        module("Radio").v3("CreateOTAModule");

        assertThat(module(name).v3("CreateOTAModule").code()).isEqualTo("iot.ota.CreateOTAModuleNameExist");
        assertThat(simulator.modules(PRODUCT)).hasSize(1);
    }

    @Test
    void limits_a_product_to_ten_custom_modules() throws Exception {
        simulator.addModule(new AliyunModule(PRODUCT, "default", "", "", "x", "x"));
        for (int i = 0; i < 10; i++) {
            assertThat(module("m" + i).v3("CreateOTAModule").code()).isEmpty();
        }

        assertThat(module("m10").v3("CreateOTAModule").code()).isEqualTo("iot.ota.CreateOTAModuleExceedLimit");
        assertThat(simulator.modules(PRODUCT)).hasSize(11);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CreateOTAModule", "UpdateOTAModule", "DeleteOTAModule"})
    void rejects_changes_in_an_unknown_product(String action) throws Exception {
        assertThat(module("Radio").with("ProductKey", "unknown").v3(action).code())
                .isEqualTo("iot.prod.NotExistedProduct");
    }

    @ParameterizedTest
    @CsvSource({
        "DeleteOTAModule, default, iot.ota.DeleteOtaDefaultModule",
        "DeleteOTAModule, Unknown, iot.ota.DeleteOTAModuleParamError",
        "DeleteOTAModule, Full, iot.ota.DeleteOTAModulePackageExist",
        "UpdateOTAModule, Unknown, iot.ota.UpdateOTAModuleParamError"
    })
    void returns_the_documented_error_code(String action, String name, String code) throws Exception {
        simulator.addModule(new AliyunModule(PRODUCT, "Full", "", "", "x", "x"));
        simulator.addFirmware(
                AliyunFirmware.builder("f1", PRODUCT, "1.0").moduleName("Full").build());

        assertThat(module(name).v3(action).code()).isEqualTo(code);
        assertThat(simulator.modules(PRODUCT)).hasSize(1);
    }

    @Test
    void deletes_a_module_after_its_packages() throws Exception {
        simulator.addModule(new AliyunModule(PRODUCT, "Full", "", "", "x", "x"));
        simulator.addFirmware(
                AliyunFirmware.builder("f1", PRODUCT, "1.0").moduleName("Full").build());

        assertThat(firmware("f1").v3("DeleteOTAFirmware").code()).isEmpty();
        assertThat(firmware("f1").v3("DeleteOTAFirmware").code()).isEqualTo("iot.ota.FirmwareNotFound");
        assertThat(module("FULL").v3("DeleteOTAModule").code()).isEmpty();
        assertThat(simulator.modules(PRODUCT)).isEmpty();
    }

    @Test
    void loses_only_the_response_of_the_next_change() throws Exception {
        simulator.loseNextResponse();

        assertThat(firmware("unknown").v3("DeleteOTAFirmware").code()).isEqualTo("iot.ota.FirmwareNotFound");
        assertThat(module("").method("GET").v3("ListOTAModuleByProduct").code()).isEmpty();
        assertThatThrownBy(() -> module("Radio").v3("CreateOTAModule")).isInstanceOf(IOException.class);
        assertThat(simulator.modules(PRODUCT)).hasSize(1);
        assertThat(module("Second").v3("CreateOTAModule").code()).isEmpty();
    }

    @Test
    void lists_a_million_packages() throws Exception {
        int others = simulator.firmware().size();
        simulator.generateFirmware(1_000_000);

        JsonNode last = list("", "", 10_000).json();
        assertThat(last.get("Total").asInt()).isEqualTo(1_000_000 + others);
        assertThat(last.get("PageCount").asInt()).isEqualTo(10_001);
        assertThat(last.at("/FirmwareInfo/SimpleFirmwareInfo")).hasSize(100);
        JsonNode one = list(AliyunSimulator.GENERATED_PRODUCT, "1.0.999999", 1).json();
        assertThat(one.get("Total").asInt()).isEqualTo(1);
        assertThat(list("another", "1.0.7", 1).json().get("Total").asInt()).isZero();
        assertThat(list("", "1.0.1000000", 1).json().get("Total").asInt()).isZero();
    }

    @Test
    void lists_skip_deleted_packages() throws Exception {
        simulator.generateFirmware(1_000);
        for (int i : new int[] {3, 0, 1, 500}) {
            assertThat(firmware(String.valueOf(9_000_000_000L + i))
                            .v3("DeleteOTAFirmware")
                            .code())
                    .isEmpty();
        }

        assertThat(simulator.firmware().stream()
                        .filter(firmware -> firmware.productKey().equals(AliyunSimulator.GENERATED_PRODUCT))
                        .map(AliyunFirmware::destVersion))
                .containsExactlyElementsOf(IntStream.range(0, 1_000)
                        .filter(i -> i != 3 && i != 0 && i != 1 && i != 500)
                        .mapToObj(i -> "1.0." + i)
                        .toList());
        assertThat(firmware("9000000000").v3("QueryOTAFirmware").code()).isEqualTo("iot.ota.FirmwareNotFound");
        assertThat(firmware("9000000000").v3("DeleteOTAFirmware").code()).isEqualTo("iot.ota.FirmwareNotFound");
    }

    private AliyunClient module(String name) {
        return client().with("ProductKey", PRODUCT).with("ModuleName", name);
    }

    private AliyunClient firmware(String id) {
        return client().with("FirmwareId", id);
    }

    private Reply list(String product, String version, int page) throws Exception {
        return client().with("ProductKey", product)
                .with("DestVersion", version)
                .with("CurrentPage", String.valueOf(page))
                .with("PageSize", "100")
                .v3("ListOTAFirmware");
    }

    private AliyunClient client() {
        return new AliyunClient(simulator).method("POST").time(NOW);
    }
}
