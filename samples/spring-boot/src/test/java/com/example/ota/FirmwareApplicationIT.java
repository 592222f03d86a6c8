package com.example.ota;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Starts the executable jar against simulated clouds, configured by environment variables, and calls it over HTTP. */
class FirmwareApplicationIT {

    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

    private static HuaweiSimulator huawei;
    private static AliyunSimulator aliyun;
    private static Process application;
    private static String address;

    @BeforeAll
    static void start() throws IOException {
        huawei = HuaweiSimulator.start();
        aliyun = AliyunSimulator.start();
        ProcessBuilder command = new ProcessBuilder(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("application.jar"),
                "--server.port=0"));
        command.environment()
                .putAll(Map.of(
                        "HW_PROJECT", huawei.projectId(),
                        "HW_AK", huawei.accessKey(),
                        "HW_SK", huawei.secretKey(),
                        "ALI_INSTANCE", aliyun.instanceId(),
                        "ALI_AK", aliyun.accessKey(),
                        "OTA_BACKENDS_PROD_ENDPOINT", huawei.endpoint().toString(),
                        "OTA_BACKENDS_LEGACY_ENDPOINT", aliyun.endpoint().toString(),
                        "OTA_BACKENDS_LEGACY_CREDENTIALS_SECRETKEY", aliyun.secretKey(),
                        "OTA_HEALTH_TTL", "0s"));
        application = command.redirectErrorStream(true).start();
        address = "http://localhost:" + port(application.inputReader());
    }

    private static String port(BufferedReader log) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            lines.append(line).append('\n');
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                Thread rest = new Thread(() -> log.lines().forEach(ignored -> {}));
                rest.setDaemon(true);
                rest.start();
                return started.group(1);
            }
        }
        throw new AssertionError("the application did not start:\n" + lines);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (application != null) {
            application.destroy();
            application.waitFor();
        }
        aliyun.close();
        huawei.close();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address + path)).build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void an_unknown_package_or_backend_is_a_problem() throws Exception {
        assertThat(get("/firmware/prod/missing").statusCode()).isEqualTo(404);
        assertThat(get("/firmware/stage/missing").statusCode()).isEqualTo(404);
        assertThat(get("/firmware/prod/missing").body()).contains("\"kind\":\"NotFound\"");
    }

    @Test
    void a_failing_backend_is_down_in_its_health_and_the_application_stays_up() throws Exception {
        huawei.permitPackages(false);
        try {
            assertThat(get("/firmware/prod/" + HuaweiSimulator.DOCUMENTED_PACKAGE).statusCode()).isEqualTo(502);
            assertThat(get("/actuator/health/ota").statusCode()).isEqualTo(503);
            assertThat(get("/actuator/health").statusCode()).isEqualTo(200);
        } finally {
            huawei.permitPackages(true);
        }
    }

    @Test
    void packages_of_both_clouds_are_json() throws Exception {
        assertThat(get("/firmware/prod/" + HuaweiSimulator.DOCUMENTED_PACKAGE).body())
                .startsWith("{\"id\":\"" + HuaweiSimulator.DOCUMENTED_PACKAGE + "\"")
                .contains("\"files\":[{");
        assertThat(get("/firmware/legacy/" + AliyunSimulator.DOCUMENTED_FIRMWARE).body())
                .startsWith("{\"id\":\"" + AliyunSimulator.DOCUMENTED_FIRMWARE + "\"");
        assertThat(get("/actuator/metrics/ota.calls").body()).contains("legacy", "prod");
    }
}
