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

/** What a simulated deployment of Tuya has in common with Alibaba, and what not. */
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
    void answers_in_lower_camel_case() throws Exception {
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
    void answers_a_module_alone_as_an_object() throws Exception {
        assertThat(modules(AliyunSimulator.TUYA_PRODUCT).at("/data/moduleName").asText())
                .isEqualTo("ble");
        assertThat(modules(AliyunSimulator.SHARED_PRODUCT).get("data")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Version", "Format", "RegionId", "SignatureVersion", "SecurityToken", "IotInstanceId"})
    void refuses_a_parameter_it_does_not_have(String name) throws Exception {
        JsonNode refusal = firmware()
                .with(name, name.equals("SignatureVersion") ? "1.0" : "x")
                .v1("QueryOTAFirmware")
                .json();

        assertThat(refusal.get("code").asText()).isIn("Invalid" + name, "InvalidSecurityToken.Malformed");
    }

    @Test
    void refuses_the_newer_signature() throws Exception {
        assertThat(firmware().v3("QueryOTAFirmware").json().get("code").asText())
                .isEqualTo("MissingAction");
    }

    @Test
    void refuses_a_wrong_secret() throws Exception {
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
    void has_the_rules_for_changes_in_common(String action, String module, String code) throws Exception {
        JsonNode refusal = client().method("POST")
                .with("ProductKey", AliyunSimulator.SHARED_PRODUCT)
                .with("ModuleName", module)
                .v1(action)
                .json();

        assertThat(refusal.get("code").asText()).isEqualTo(code);
        assertThat(refusal.get("success").asBoolean()).isFalse();
        assertThat(refusal.get("errorMessage").asText()).isNotEmpty();
    }

    private static JsonNode modules(String product) throws Exception {
        return client().with("ProductKey", product).v1("ListOTAModuleByProduct").json();
    }

    private static AliyunClient firmware() {
        return client().with("FirmwareId", AliyunSimulator.TUYA_FIRMWARE);
    }

    /** Without what Tuya refuses. */
    private static AliyunClient client() {
        return new AliyunClient(simulator)
                .common("Version", "")
                .common("Format", "")
                .common("SignatureVersion", "")
                .with("IotInstanceId", "");
    }
}
