package io.otabridge.simulators.huawei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.simulators.huawei.HuaweiClient.Reply;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Creation of packages in the simulator. */
class HuaweiPackageCreationTest {

    private static final Instant NOW = Instant.parse("2026-01-15T08:15:30Z");
    private static final String PACKAGES = "/ota-upgrades/packages";
    private static final String BODY = """
            {"app_id": "61f7e74d036aca5be29e1ed4", "package_type": "modulePackage",
             "product_id": "5ba24f5ebbe8f56f5a14f605", "module_name": "MCU", "version": "V3.0",
             "support_source_versions": ["V1.0", "V1.1"], "description": "升级包", "custom_info": "更新了XX功能",
             "file_location": {"obs_location": {"region_name": "cn-north-4", "bucket_name": "ota-firmware",
                 "object_key": "ota/固件.bin", "sign_method": "SHA256",
                 "sign": "595124473F866b033dfa1f7e831c8c99a12f6143f392dfa996a819010842c99d"}}}""";

    private final HuaweiSimulator simulator = HuaweiSimulator.start(0, Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeEach
    void upload() {
        simulator.objectStore().put("ota-firmware", "ota/固件.bin", new byte[] {1});
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void creates_a_package_with_the_digest_as_sent() throws Exception {
        Reply reply = send(PACKAGES, BODY);

        assertThat(reply.status()).isEqualTo(201);
        ObjectNode expected = (ObjectNode) new ObjectMapper().readTree(BODY);
        expected.put("package_id", reply.body().get("package_id").asText());
        expected.put("product_name", "Thermometer");
        expected.put("create_time", "20260115T081530Z");
        assertThat(reply.body()).isEqualTo(expected);
        assertThat(new HuaweiClient(simulator)
                        .date(NOW)
                        .get(PACKAGES + "/" + reply.body().get("package_id").asText())
                        .body())
                .isEqualTo(expected);
    }

    @Test
    void creates_a_package_with_the_mandatory_members_only() throws Exception {
        JsonNode created = send(PACKAGES, """
                        {"app_id": "61f7e74d036aca5be29e1ed4", "package_type": "firmwarePackage", "product_id": "p1",
                         "version": "1", "file_location": {"obs_location": {"region_name": "cn-north-4",
                         "bucket_name": "ota-firmware", "object_key": "ota/固件.bin"}}}""").body();

        assertThat(created.has("support_source_versions")).isFalse();
        assertThat(created.path("file_location").path("obs_location").has("sign"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/app_id,                  '',          IOTDA.000006",
        "/app_id,                  other,       IOTDA.001000",
        "/package_type,            wrong,       IOTDA.000006",
        "/package_type,            softwarePackage, IOTDA.000006",
        "/module_name,             '',          IOTDA.000006",
        "/version,                 1/2,         IOTDA.000006",
        "/support_source_versions, V1.0,        IOTDA.000006",
        "/file_location,           '',          IOTDA.000006",
        "/file_location/obs_location/sign,        00,             IOTDA.000006",
        "/file_location/obs_location/sign_method, MD5,            IOTDA.000006",
        "/file_location/obs_location/bucket_name, none,           IOTDA.019305",
        "/file_location/obs_location/region_name, ap-southeast-1, IOTDA.019305",
        "/file_location/obs_location/object_key,  other,          IOTDA.019305"
    })
    void refuses_invalid_members(String pointer, String value, String code) throws Exception {
        ObjectNode body = (ObjectNode) new ObjectMapper().readTree(BODY);
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) body.at(pointer.substring(0, slash))).put(pointer.substring(slash + 1), value);
        int before = simulator.packages().size();

        Reply reply = send(PACKAGES, body.toString());

        assertThat(reply.errorCode()).isEqualTo(code);
        assertThat(simulator.packages()).hasSize(before);
    }

    @Test
    void a_resource_space_has_200_packages_at_most() throws Exception {
        simulator.generatePackages("p1", 200 - simulator.packages().size() - 1);

        assertThat(send(PACKAGES, BODY).status()).isEqualTo(201);
        assertThat(send(PACKAGES, BODY).errorCode()).isEqualTo("IOTDA.019304");
    }

    @Test
    void loses_the_response_but_not_the_package() {
        simulator.loseNextResponse();

        assertThatThrownBy(() -> send(PACKAGES, BODY)).isInstanceOf(IOException.class);
        assertThat(simulator.packages()).anyMatch(created -> created.version().equals("V3.0"));
    }

    private Reply send(String path, String body) throws Exception {
        return new HuaweiClient(simulator)
                .date(NOW)
                .signing("content-type", "application/json")
                .send("POST", path, body);
    }
}
