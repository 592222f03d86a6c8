package io.otabridge.simulators.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Differences between a simulated Tuya deployment and Alibaba Cloud. */
class TuyaDialectTest {

    private static AliyunSimulator simulator;

    @BeforeAll
    static void start() {
        simulator = AliyunSimulator.startTuya();
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @Test
    void responds_in_lower_camel_case() throws Exception {
        JsonNode body = firmware().v1("QueryOTAFirmware").json();
        List<String> names = new ArrayList<>();
        body.fieldNames().forEachRemaining(names::add);
        body.get("firmwareInfo").fieldNames().forEachRemaining(names::add);

        assertThat(names)
                .allMatch(name -> Character.isLowerCase(name.charAt(0)))
                .contains("code", "requestId", "success", "firmwareId", "destVersion")
                .doesNotContain("verifyProgress", "multiFiles");
        assertThat(body.get("code").asText()).isEmpty();
        assertThat(body.at("/firmwareInfo/firmwareId").asText()).isEqualTo(AliyunSimulator.TUYA_FIRMWARE);
    }

    @Test
    void returns_a_single_module_as_an_object() throws Exception {
        assertThat(modules(AliyunSimulator.TUYA_PRODUCT).at("/data/moduleName").asText())
                .isEqualTo("ble");
        assertThat(modules(AliyunSimulator.SHARED_PRODUCT).get("data")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Version", "Format", "RegionId", "SignatureVersion", "SecurityToken", "IotInstanceId"})
    void rejects_an_unsupported_parameter(String name) throws Exception {
        JsonNode error = firmware()
                .with(name, name.equals("SignatureVersion") ? "1.0" : "x")
                .v1("QueryOTAFirmware")
                .json();

        assertThat(error.get("code").asText()).isIn("Invalid" + name, "InvalidSecurityToken.Malformed");
    }

    @Test
    void rejects_signature_v3() throws Exception {
        assertThat(firmware().v3("QueryOTAFirmware").json().get("code").asText())
                .isEqualTo("MissingAction");
    }

    @Test
    void rejects_a_wrong_secret() throws Exception {
        assertThat(firmware()
                        .secretKey("another")
                        .v1("QueryOTAFirmware")
                        .json()
                        .get("code")
                        .asText())
                .isEqualTo("SignatureDoesNotMatch");
    }

    @ParameterizedTest
    @CsvSource({
        "DeleteOTAModule, default, iot.ota.DeleteOtaDefaultModule",
        "CreateOTAModule, mcu, iot.ota.CreateOTAModuleNameExist",
        "DeleteOTAModule, MCU, iot.ota.DeleteOTAModulePackageExist"
    })
    void shares_the_rules_for_changes(String action, String module, String code) throws Exception {
        JsonNode error = client().method("POST")
                .with("ProductKey", AliyunSimulator.SHARED_PRODUCT)
                .with("ModuleName", module)
                .v1(action)
                .json();

        assertThat(error.get("code").asText()).isEqualTo(code);
        assertThat(error.get("success").asBoolean()).isFalse();
        assertThat(error.get("errorMessage").asText()).isNotEmpty();
    }

    private static JsonNode modules(String product) throws Exception {
        return client().with("ProductKey", product).v1("ListOTAModuleByProduct").json();
    }

    private static AliyunClient firmware() {
        return client().with("FirmwareId", AliyunSimulator.TUYA_FIRMWARE);
    }

    /** Returns a client without the parameters that Tuya rejects. */
    private static AliyunClient client() {
        return new AliyunClient(simulator)
                .common("Version", "")
                .common("Format", "")
                .common("SignatureVersion", "")
                .with("IotInstanceId", "");
    }
}
