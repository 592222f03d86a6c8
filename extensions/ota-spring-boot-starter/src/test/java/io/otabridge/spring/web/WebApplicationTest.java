package io.otabridge.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.app.OtaBridge;
import io.otabridge.domain.OtaException;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.vavr.control.Either;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A web application on both simulated clouds, called over HTTP. The backend {@code down} has no server. */
class WebApplicationTest {

    private static HuaweiSimulator huawei;
    private static AliyunSimulator aliyun;
    private static ConfigurableApplicationContext application;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class Application {

        private final OtaBridge ota;

        Application(OtaBridge ota) {
            this.ota = ota;
        }

        @GetMapping("/result/{backend}/{id}")
        Either<OtaFailure, Firmware> result(@PathVariable String backend, @PathVariable FirmwareId id) {
            return ota.backend(backend).firmware().find(id);
        }

        @GetMapping("/thrown/{backend}/{id}")
        Firmware thrown(@PathVariable String backend, @PathVariable FirmwareId id) {
            return ota.backend(backend).firmware().find(id).getOrElseThrow(OtaException::new);
        }

        @GetMapping("/entity/{backend}/{id}")
        ResponseEntity<Either<OtaFailure, Firmware>> entity(@PathVariable String backend, @PathVariable FirmwareId id) {
            return ResponseEntity.ok().header("X-Test", "kept").body(result(backend, id));
        }

        @GetMapping("/module/{name}")
        String module(@PathVariable String name) {
            return FirmwareTarget.module(name).toString();
        }

        @GetMapping("/product/{backend}/{name}")
        String product(@PathVariable String backend, @PathVariable String name) {
            return ota.products().resolve(name, backend).value();
        }

        @GetMapping("/number/{value}")
        int number(@PathVariable int value) {
            return value;
        }

        @GetMapping("/other")
        Either<String, String> other() {
            return Either.left("not ours");
        }
    }

    @BeforeAll
    static void start() {
        huawei = HuaweiSimulator.start();
        aliyun = AliyunSimulator.start();
        application = SpringApplication.run(
                Application.class,
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--management.endpoints.web.exposure.include=health,metrics",
                "--management.endpoint.health.show-details=always",
                "--ota.default=prod",
                "--ota.health.ttl=0s",
                "--ota.products.thermometer.prod=p-1",
                "--ota.backends.prod.vendor=huawei",
                "--ota.backends.prod.endpoint=" + huawei.endpoint(),
                "--ota.backends.prod.project-id=" + huawei.projectId(),
                "--ota.backends.prod.credentials.access-key=" + huawei.accessKey(),
                "--ota.backends.prod.credentials.secret-key=" + huawei.secretKey(),
                "--ota.backends.prod.retries=0",
                "--ota.backends.legacy.vendor=aliyun",
                "--ota.backends.legacy.endpoint=" + aliyun.endpoint(),
                "--ota.backends.legacy.region=cn-shanghai",
                "--ota.backends.legacy.instance-id=" + aliyun.instanceId(),
                "--ota.backends.legacy.credentials.access-key=" + aliyun.accessKey(),
                "--ota.backends.legacy.credentials.secret-key=" + aliyun.secretKey(),
                "--ota.backends.down.vendor=tuya",
                "--ota.backends.down.endpoint=http://localhost:1",
                "--ota.backends.down.credentials.access-key=key",
                "--ota.backends.down.credentials.secret-key=TheSecretOfTheDownBackend");
    }

    @AfterAll
    static void stop() {
        application.close();
        aliyun.close();
        huawei.close();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        String port = application.getEnvironment().getProperty("local.server.port");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> problem(int status, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        return response;
    }

    @Test
    void an_unknown_package_is_not_found() throws Exception {
        for (String way : new String[] {"/result", "/thrown", "/entity"}) {
            HttpResponse<String> response = problem(404, way + "/prod/missing");

            assertThat(response.body())
                    .contains("\"title\":\"Not found\"", "\"kind\":\"NotFound\"", "\"backend\":\"prod\"")
                    .contains("\"instance\":\"" + way + "/prod/missing\"")
                    .contains("\"vendorCode\":\"IOTDA.", "\"requestId\":\"");
        }
    }

    @Test
    void an_unknown_backend_is_not_found() throws Exception {
        for (String way : new String[] {"/result", "/thrown", "/entity"}) {
            assertThat(problem(404, way + "/stage/missing").body())
                    .contains("The backend \\\"stage\\\" is unknown")
                    .doesNotContain("legacy");
        }
    }

    @Test
    void an_invalid_id_is_a_bad_request() throws Exception {
        for (String id : new String[] {"%20", "x".repeat(500)}) {
            assertThat(problem(400, "/result/prod/" + id).body())
                    .contains("\"kind\":\"InvalidId\"", "The firmware id is not valid: it must be 1 to 128");
        }
        assertThat(problem(400, "/product/prod/%20").body())
                .contains("\"kind\":\"InvalidId\"", "The product id is not valid");
        assertThat(problem(400, "/module/%20").body()).contains("The module name is not valid");
        assertThat(get("/number/x").statusCode()).isEqualTo(400);
        assertThat(get("/number/x").body()).doesNotContain("InvalidId");
    }

    @Test
    void a_product_without_an_id_for_the_backend_is_not_found() throws Exception {
        assertThat(get("/product/prod/thermometer").body()).isEqualTo("p-1");
        assertThat(problem(404, "/product/legacy/thermometer").body())
                .contains("\"kind\":\"UnknownProduct\"", "thermometer", "legacy");
    }

    @Test
    void an_unavailable_vendor_is_503_without_a_secret() throws Exception {
        for (String way : new String[] {"/result", "/thrown", "/entity"}) {
            assertThat(problem(503, way + "/down/167").body())
                    .contains("\"retryable\":true", "Backend down is not available")
                    .doesNotContain("TheSecretOfTheDownBackend", "localhost");
        }
    }

    @Test
    void a_throttled_call_is_429_with_a_delay_if_the_vendor_names_one() throws Exception {
        huawei.throttle(true);
        try {
            problem(429, "/result/prod/" + HuaweiSimulator.DOCUMENTED_PACKAGE);
        } finally {
            huawei.throttle(false);
        }
    }

    @Test
    void a_package_of_each_vendor_is_json() throws Exception {
        HttpResponse<String> huaweis = get("/result/prod/" + HuaweiSimulator.DOCUMENTED_PACKAGE);

        assertThat(huaweis.statusCode()).isEqualTo(200);
        assertThat(huaweis.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(huaweis.body()).startsWith("{\"id\":\"" + HuaweiSimulator.DOCUMENTED_PACKAGE + "\"");
        assertThat(get("/thrown/prod/" + HuaweiSimulator.DOCUMENTED_PACKAGE).body())
                .isEqualTo(huaweis.body());
        HttpResponse<String> entity = get("/entity/prod/" + HuaweiSimulator.DOCUMENTED_PACKAGE);
        assertThat(entity.body()).isEqualTo(huaweis.body());
        assertThat(entity.headers().firstValue("X-Test")).contains("kept");
        assertThat(get("/result/legacy/" + AliyunSimulator.DOCUMENTED_FIRMWARE).body())
                .startsWith("{\"id\":\"" + AliyunSimulator.DOCUMENTED_FIRMWARE + "\"");
    }

    @Test
    void another_either_is_left_unchanged() throws Exception {
        assertThat(get("/other").statusCode()).isEqualTo(200);
    }

    @Test
    void a_failing_backend_is_down_in_its_group_and_leaves_the_application_up() throws Exception {
        HttpResponse<String> application = get("/actuator/health");
        HttpResponse<String> backends = get("/actuator/health/ota");

        assertThat(application.statusCode()).isEqualTo(200);
        assertThat(application.body()).contains("\"status\":\"UP\"").doesNotContain("legacy");
        assertThat(backends.statusCode()).isEqualTo(503);
        assertThat(backends.body())
                .contains("\"down\":{", "\"connection\":\"failed: ", "\"prod\":{", "\"legacy\":{")
                .contains("\"status\":\"DOWN\"", "\"status\":\"UP\"")
                .doesNotContain("TheSecretOfTheDownBackend", huawei.secretKey());
        assertThat(get("/actuator/health/ota/otaBackends/prod").body()).contains("\"status\":\"UP\"");
    }

    @Test
    void calls_are_metrics() throws Exception {
        get("/result/legacy/" + AliyunSimulator.DOCUMENTED_FIRMWARE);

        assertThat(get("/actuator/metrics/ota.calls?tag=backend:legacy&tag=outcome:success")
                        .body())
                .contains("\"ota.calls\"", "QueryOTAFirmware");
    }
}
