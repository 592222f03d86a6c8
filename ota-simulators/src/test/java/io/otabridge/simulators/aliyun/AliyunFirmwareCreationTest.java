package io.otabridge.simulators.aliyun;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.simulators.aliyun.AliyunClient.Reply;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.aliyun.store.AliyunModule;
import io.otabridge.simulators.server.Digests;
import io.otabridge.simulators.server.SettableClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Creation and modification of packages in the simulator. */
class AliyunFirmwareCreationTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String PRODUCT = "a1Changing";
    private static final byte[] FILE = "firmware".getBytes(UTF_8);
    private static final String MD5 = Digests.md5Hex("firmware");

    private final SettableClock clock = new SettableClock(NOW);
    private final AliyunSimulator simulator = AliyunSimulator.start(0, clock);
    private String url = "";

    @BeforeEach
    void upload() throws Exception {
        simulator.addModule(new AliyunModule(PRODUCT, "Radio", "", "", "2020-01-01T00:00Z", "2020-01-01T00:00Z"));
        url = uploaded(FILE);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void issues_a_form_for_the_object_store() throws Exception {
        JsonNode data = client(simulator)
                .with("FileSuffix", "tar.gz")
                .v3("GenerateOTAUploadURL")
                .json()
                .get("Data");

        assertThat(data.get("Host").asText())
                .isEqualTo(simulator.objectStore().endpoint().toString());
        assertThat(data.get("Key").asText()).endsWith(".tar.gz");
        assertThat(data.get("FirmwareUrl").asText())
                .isEqualTo(data.get("Host").asText() + "/" + data.get("Key").asText());
        assertThat(data.get("UtcCreate").asText()).isEqualTo("2026-01-02T03:04:05.000Z");
        assertThat(data.get("ObjectStorage").asText()).isEqualTo("OSS");
        assertThat(client(simulator)
                        .with("FileSuffix", "exe")
                        .v3("GenerateOTAUploadURL")
                        .code())
                .isEqualTo("iot.firmware.InvalidGenerateOTAUploadURLParam");
    }

    @Test
    void creates_a_package_and_serves_its_file() throws Exception {
        JsonNode created = create().v1("CreateOTAFirmware").json();

        String id = created.path("Data").path("FirmwareId").asText();
        assertThat(created.path("Data").path("UtcCreate").asText()).isEqualTo("2026-01-02T03:04:05.000Z");
        JsonNode info = client(simulator)
                .with("FirmwareId", id)
                .v3("QueryOTAFirmware")
                .json()
                .get("FirmwareInfo");
        assertThat(info.get("Status").asInt()).isZero();
        assertThat(info.get("FirmwareSize").asInt()).isEqualTo(FILE.length);
        assertThat(info.get("FirmwareSign").asText()).isEqualTo(MD5);
        assertThat(info.get("ModuleName").asText()).isEqualTo("Radio");
        assertThat(download(info.get("FirmwareUrl").asText())).isEqualTo(FILE);
    }

    @Test
    void a_package_that_need_not_be_verified_is_usable_at_once() throws Exception {
        String id = id(create().with("NeedToVerify", "false").v3("CreateOTAFirmware"));

        assertThat(simulator.findFirmware(id).map(AliyunFirmware::status)).containsExactly(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "FirmwareName, _name,     IncorrectFormattedFirmwareName",
        "FirmwareName, name.1,    IncorrectFormattedFirmwareName",
        "FirmwareName, t3q5rkNm,  AlreadyExistedFirmwareName",
        "DestVersion,  1/2,       IncorrectFormattedFirmwareVersion",
        "ModuleName,   Unknown,   ModuleNotFound",
        "Type,         2,         InvalidFirmwareType",
        "Type,         1,         SrcVersionIsMandatory",
        "SrcVersion,   1.0.0,     SrcVersionsNotAllowed",
        "SignMethod,   SHA256,    InvalidFirmwareSignMethod",
        "FirmwareSize, 9,         InvalidFirmwareSize",
        "FirmwareSign, 00,        InvalidFirmwareSign",
        "FirmwareUrl,  http://x/, InvalidFirmwareUrl",
        "FirmwareUrl,  '',        NullFirmwareUrl"
    })
    void refuses_invalid_parameters(String parameter, String value, String code) throws Exception {
        Reply reply = create().with(parameter, value).v3("CreateOTAFirmware");

        assertThat(reply.code()).isEqualTo("iot.firmware." + code);
        assertThat(simulator.firmware())
                .noneMatch(firmware -> firmware.productKey().equals(PRODUCT));
    }

    @Test
    void requires_a_product_and_a_name() throws Exception {
        assertThat(create().with("ProductKey", "").v3("CreateOTAFirmware").code())
                .isEqualTo("iot.prod.NotExistedProduct");
        assertThat(create().with("FirmwareName", "").v3("CreateOTAFirmware").code())
                .isEqualTo("MissingFirmwareName");
    }

    @Test
    void a_delta_starts_from_another_version() throws Exception {
        AliyunClient same = create().with("Type", "1").with("SrcVersion", "2.0.0");
        assertThat(same.v3("CreateOTAFirmware").code()).isEqualTo("iot.firmware.SrcDestVersionMatched");

        String id = id(create().with("Type", "1").with("SrcVersion", "1.0.0").v3("CreateOTAFirmware"));

        assertThat(simulator.findFirmware(id).get().srcVersion()).isEqualTo("1.0.0");
    }

    @Test
    void a_module_has_one_full_package_of_a_version() throws Exception {
        create().v3("CreateOTAFirmware");

        assertThat(create().with("FirmwareName", "other")
                        .v3("CreateOTAFirmware")
                        .code())
                .isEqualTo("iot.firmware.AlreadyExistedFirmwareVersion");
        assertThat(id(create().with("FirmwareName", "delta")
                        .with("Type", "1")
                        .with("SrcVersion", "1.0.0")
                        .v3("CreateOTAFirmware")))
                .isNotEmpty();
    }

    @Test
    void an_upload_is_usable_for_an_hour() throws Exception {
        clock.advance(Duration.ofMinutes(60).plusSeconds(1));

        assertThat(create().v3("CreateOTAFirmware").code()).isEqualTo("iot.firmware.InvalidFirmwareUrl");
    }

    @Test
    void creates_a_package_of_several_files() throws Exception {
        String id = id(several().v3("CreateOTAFirmware"));

        JsonNode files = client(simulator)
                .with("FirmwareId", id)
                .v3("QueryOTAFirmware")
                .json()
                .path("FirmwareInfo")
                .path("MultiFiles");
        assertThat(files).hasSize(2);
        assertThat(files.path(1).path("Name").asText()).isEqualTo("boot");
        assertThat(download(files.path(1).path("Url").asText())).isEqualTo(new byte[] {1, 2});
        assertThat(several()
                        .with("MultiFiles.2.Name", "app")
                        .v3("CreateOTAFirmware")
                        .code())
                .isEqualTo("iot.firmware.AlreadyExistedFirmwareName");
        assertThat(several()
                        .with("FirmwareName", "other")
                        .with("DestVersion", "3.0.0")
                        .with("MultiFiles.2.Name", "app")
                        .v3("CreateOTAFirmware")
                        .code())
                .isEqualTo("iot.firmware.InvalidFirmware");
    }

    @Test
    void an_account_has_500_packages_at_most() throws Exception {
        simulator.generateFirmware(500 - simulator.firmware().size() - 1);

        assertThat(id(create().v3("CreateOTAFirmware"))).isNotEmpty();
        assertThat(create().with("FirmwareName", "other")
                        .with("DestVersion", "3.0.0")
                        .v3("CreateOTAFirmware")
                        .code())
                .isEqualTo("iot.firmware.FirmwareCountExceedMax");
    }

    @Test
    void loses_the_response_but_not_the_package() {
        simulator.loseNextResponse();

        assertThatThrownBy(() -> create().method("POST").v3("CreateOTAFirmware"))
                .isInstanceOf(IOException.class);
        assertThat(simulator.firmware())
                .anyMatch(firmware -> firmware.productKey().equals(PRODUCT));
    }

    @Test
    void modifies_the_texts_of_a_package() throws Exception {
        String id = id(create().with("FirmwareDesc", "old").with("Udi", "old").v3("CreateOTAFirmware"));
        clock.advance(Duration.ofSeconds(5));

        Reply reply = modify(id).with("FirmwareUdi", "新").v3("ModifyOTAFirmware");

        assertThat(reply.json().get("Success").asBoolean()).isTrue();
        AliyunFirmware modified = simulator.findFirmware(id).get();
        assertThat(modified.firmwareName()).isEqualTo("radio-2");
        assertThat(modified.udi()).isEqualTo("新");
        assertThat(modified.firmwareDesc()).isNull();
        assertThat(modified.utcModified()).isEqualTo("2026-01-02T03:04:10.000Z");
    }

    @ParameterizedTest
    @CsvSource({
        "FirmwareId,   unknown,        iot.ota.FirmwareNotFound",
        "FirmwareId,   '',             MissingFirmwareId",
        "ProductKey,   a1k9ThermoPlus, iot.firmware.FirmwareAndProductKeyMismatch",
        "ProductKey,   '',             MissingProductKey",
        "FirmwareName, _,              iot.firmware.IncorrectFormattedFirmwareName",
        "FirmwareName, t3q5rkNm,       iot.firmware.AlreadyExistedFirmwareName"
    })
    void refuses_an_invalid_modification(String parameter, String value, String code) throws Exception {
        String id = id(create().v3("CreateOTAFirmware"));

        assertThat(modify(id).with(parameter, value).v3("ModifyOTAFirmware").code())
                .isEqualTo(code);
        assertThat(simulator.findFirmware(id).get().utcModified()).isEqualTo("2026-01-02T03:04:05.000Z");
    }

    @Test
    void tuya_holds_full_packages_of_one_file_only() throws Exception {
        try (AliyunSimulator tuya = AliyunSimulator.startTuya(0, clock)) {
            tuya.objectStore().put("ota/a.bin", FILE);
            String stored = tuya.objectStore().url("ota/a.bin");

            assertThat(tuya(tuya, stored)
                            .with("Type", "1")
                            .v1("CreateOTAFirmware")
                            .text())
                    .contains("iot.firmware.InvalidFirmwareType");
            assertThat(tuya(tuya, "")
                            .with("MultiFiles.1.Name", "app")
                            .with("MultiFiles.1.Url", stored)
                            .v1("CreateOTAFirmware")
                            .text())
                    .contains("iot.firmware.InvalidFirmwareUrl");
            JsonNode created = tuya(tuya, stored).v1("CreateOTAFirmware").json();
            assertThat(created.path("data").path("firmwareId").asText()).matches("[0-9]+");
        }
    }

    private static AliyunClient tuya(AliyunSimulator tuya, String url) {
        return new AliyunClient(tuya)
                .time(NOW)
                .with("IotInstanceId", "")
                .common("Version", "")
                .common("Format", "")
                .common("SignatureVersion", "")
                .with("FirmwareName", "radio")
                .with("DestVersion", "2.0.0")
                .with("ProductKey", AliyunSimulator.TUYA_PRODUCT)
                .with("ModuleName", "ble")
                .with("FirmwareUrl", url);
    }

    private AliyunClient create() {
        return client(simulator)
                .with("FirmwareName", "radio")
                .with("DestVersion", "2.0.0")
                .with("ProductKey", PRODUCT)
                .with("ModuleName", "Radio")
                .with("FirmwareUrl", url);
    }

    private AliyunClient several() throws Exception {
        return create().with("FirmwareUrl", "")
                .with("MultiFiles.1.Name", "app")
                .with("MultiFiles.1.Url", url)
                .with("MultiFiles.1.FileMd5", MD5)
                .with("MultiFiles.2.Name", "boot")
                .with("MultiFiles.2.Url", uploaded(new byte[] {1, 2}));
    }

    private AliyunClient modify(String id) {
        return client(simulator)
                .with("FirmwareId", id)
                .with("ProductKey", PRODUCT)
                .with("FirmwareName", "radio-2");
    }

    private AliyunClient client(AliyunSimulator cloud) {
        return new AliyunClient(cloud).time(clock.instant());
    }

    /** Puts a file into the object store, as a form upload does, and returns its address. */
    private String uploaded(byte[] content) throws Exception {
        JsonNode data = client(simulator).v3("GenerateOTAUploadURL").json().get("Data");
        simulator.objectStore().put(data.get("Key").asText(), content);
        return data.get("FirmwareUrl").asText();
    }

    private static String id(Reply reply) throws IOException {
        return reply.json().path("Data").path("FirmwareId").asText();
    }

    private static byte[] download(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }
}
