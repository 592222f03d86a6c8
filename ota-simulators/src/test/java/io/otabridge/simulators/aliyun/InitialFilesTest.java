package io.otabridge.simulators.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.server.Digests;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads the files of the initial data by their links. */
class InitialFilesTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** A file as a response describes it. */
    private record File(String url, long size, String sign) {}

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void files_of_invented_products_have_the_size_and_digest_of_the_package(boolean isTuya) throws Exception {
        try (AliyunSimulator simulator = isTuya ? AliyunSimulator.startTuya() : AliyunSimulator.start()) {
            simulator.generateFirmware(3);
            int count = 0;
            for (File file : files(simulator)) {
                if (file.sign().endsWith("****") || file.size() > Integer.MAX_VALUE) {
                    continue;
                }
                HttpResponse<byte[]> response = get(file.url());
                assertThat(response.statusCode()).as(file.toString()).isEqualTo(200);
                assertThat(response.body()).hasSize(Math.toIntExact(file.size()));
                assertThat(file.sign()).isIn(Digests.md5Hex(response.body()), Digests.sha256Hex(response.body()));
                count++;
            }

            assertThat(count).isGreaterThanOrEqualTo(isTuya ? 4 : 35);
            assertThat(simulator.objectStore().receivedBytes()).isZero();
            assertThat(simulator.objectStore().keys()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void no_link_leads_to_another_host_and_other_files_do_not_exist(boolean isTuya) throws Exception {
        try (AliyunSimulator simulator = isTuya ? AliyunSimulator.startTuya() : AliyunSimulator.start()) {
            int missing = 0;
            for (File file : files(simulator)) {
                assertThat(file.url()).startsWith(simulator.objectStore().endpoint() + "/");
                if (file.sign().endsWith("****") || file.size() > Integer.MAX_VALUE) {
                    HttpResponse<byte[]> response = get(file.url());
                    assertThat(response.statusCode()).as(file.toString()).isEqualTo(404);
                    assertThat(new String(response.body(), StandardCharsets.UTF_8))
                            .contains("NoSuchKey");
                    missing++;
                }
            }

            assertThat(missing).isEqualTo(isTuya ? 1 : 6);
        }
    }

    @Test
    void a_generated_file_can_be_deleted_and_replaced() {
        try (AliyunSimulator simulator = AliyunSimulator.start()) {
            String url = simulator
                    .findFirmware(AliyunSimulator.SHARED_PRODUCT_FIRMWARE)
                    .get()
                    .firmwareUrl();
            String key = simulator.objectStore().keyAt(url).get();

            assertThat(simulator.objectStore().remove(key)).isTrue();
            assertThat(simulator.objectStore().remove(key)).isFalse();
            assertThat(simulator.objectStore().find(key)).isEmpty();
            simulator.objectStore().put(key, new byte[] {1});
            assertThat(simulator.objectStore().find(key).get().size()).isEqualTo(1);
        }
    }

    private static List<File> files(AliyunSimulator simulator) throws Exception {
        List<File> files = new ArrayList<>();
        for (AliyunFirmware firmware : simulator.firmware()) {
            JsonNode info = info(simulator, firmware.firmwareId());
            if (info.has("firmwareUrl")) {
                files.add(file(info, "firmwareUrl", "firmwareSize", "firmwareSign"));
            } else if (info.has("FirmwareUrl")) {
                files.add(file(info, "FirmwareUrl", "FirmwareSize", "FirmwareSign"));
            } else {
                info.get("MultiFiles").forEach(part -> files.add(file(part, "Url", "Size", "SignValue")));
            }
        }
        return files;
    }

    private static JsonNode info(AliyunSimulator simulator, String id) throws Exception {
        AliyunClient client = new AliyunClient(simulator).with("FirmwareId", id);
        return simulator.firmware().size() > 10
                ? client.v3("QueryOTAFirmware").json().get("FirmwareInfo")
                : client.common("Version", "")
                        .common("Format", "")
                        .common("SignatureVersion", "")
                        .with("IotInstanceId", "")
                        .v1("QueryOTAFirmware")
                        .json()
                        .get("firmwareInfo");
    }

    private static File file(JsonNode info, String url, String size, String sign) {
        return new File(
                info.get(url).asText(), info.get(size).asLong(), info.get(sign).asText());
    }

    private static HttpResponse<byte[]> get(String url) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
