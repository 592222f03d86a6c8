package io.otabridge.simulators.huawei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.otabridge.simulators.huawei.HuaweiClient.Reply;
import io.otabridge.simulators.huawei.store.HuaweiModule;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Creation, update and deletion in the simulator. */
class HuaweiChangesTest {

    private static final Instant NOW = Instant.parse("2026-01-15T08:15:30Z");
    private static final String MODULES = "/ota-upgrades/modules";
    private static final String DOCUMENTED = MODULES + "/" + HuaweiSimulator.DOCUMENTED_MODULE;
    private static final String PACKAGE = "/ota-upgrades/packages/" + HuaweiSimulator.DOCUMENTED_PACKAGE;
    private static final String RADIO = """
            {"app_id": "61f7e74d036aca5be29e1ed4", "product_id": "5ba24f5ebbe8f56f5a14f605",
             "module_name": "Radio", "alias_name": "微控制单元", "description": "微控制单元固件模块"}""";

    private HuaweiSimulator simulator;

    @BeforeEach
    void start() {
        simulator = HuaweiSimulator.start(0, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void creates_a_module_and_lists_it_first() throws Exception {
        Reply reply = send("POST", MODULES, RADIO);

        assertThat(reply.status()).isEqualTo(201);
        HuaweiModule created = simulator.modules().get(0);
        assertThat(created)
                .isEqualTo(new HuaweiModule(
                        reply.body().get("module_id").asText(),
                        simulator.appId(),
                        "5ba24f5ebbe8f56f5a14f605",
                        "Thermometer",
                        "Radio",
                        "微控制单元",
                        "微控制单元固件模块",
                        "20260115T081530Z"));
        assertThat(created.moduleId()).matches("[0-9a-f]{32}");
        assertThat(send("GET", MODULES + "/" + created.moduleId(), "").body()).isEqualTo(reply.body());
    }

    @Test
    void creates_the_first_module_of_a_product() throws Exception {
        Reply reply = send("POST", MODULES, without("alias_name", RADIO.replace("5ba24f5e", "00000000")));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.body().has("product_name")).isFalse();
        assertThat(reply.body().has("alias_name")).isFalse();
    }

    @Test
    void rejects_a_duplicate_module_name() throws Exception {
        send("POST", MODULES, RADIO);

        Reply reply = send("POST", MODULES, RADIO);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.errorCode()).isEqualTo(HuaweiError.MODULE_EXISTS);
    }

    @Test
    void module_names_are_case_sensitive() throws Exception {
        send("POST", MODULES, RADIO);

        assertThat(send("POST", MODULES, RADIO.replace("Radio", "RADIO")).status())
                .isEqualTo(201);
    }

    @Test
    void rejects_the_eleventh_module_of_a_product() throws Exception {
        for (int i = 1; i < 10; i++) {
            assertThat(send("POST", MODULES, RADIO.replace("Radio", "Radio" + i))
                            .status())
                    .isEqualTo(201);
        }

        Reply reply = send("POST", MODULES, RADIO);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.errorCode()).isEqualTo(HuaweiError.TOO_MANY_MODULES);
    }

    @Test
    void creates_one_module_for_concurrent_requests() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Integer> creation = () -> send("POST", MODULES, RADIO).status();
            List<Future<Integer>> statuses = threads.invokeAll(
                    IntStream.range(0, 16).mapToObj(i -> creation).toList());

            assertThat(statuses).extracting(Future::get).containsOnlyOnce(201).contains(400);
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "app_id, a/b, IOTDA.000006",
        "app_id, another, IOTDA.001000",
        "product_id, p 1, IOTDA.000006",
        "module_name, 微控制单元, IOTDA.000006",
        "module_name, a b, IOTDA.000006",
        "alias_name, a/b, IOTDA.000006"
    })
    void rejects_an_invalid_member(String member, String value, String code) throws Exception {
        Reply reply = send("POST", MODULES, with(member, TextNode.valueOf(value)));

        assertThat(reply.errorCode()).isEqualTo(code);
        assertThat(simulator.modules())
                .extracting(HuaweiModule::moduleId)
                .contains(HuaweiSimulator.DOCUMENTED_MODULE)
                .hasSize(33);
    }

    @ParameterizedTest
    @CsvSource({"module_name, 65", "alias_name, 65", "description, 1025", "product_id, 37"})
    void rejects_a_member_that_is_too_long(String member, int length) throws Exception {
        String tooLong = "m".repeat(length);

        assertThat(send("POST", MODULES, with(member, TextNode.valueOf(tooLong)))
                        .errorCode())
                .isEqualTo("IOTDA.000006");
        assertThat(send("POST", MODULES, with(member, TextNode.valueOf(tooLong.substring(1))))
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app_id", "product_id", "module_name"})
    void rejects_a_module_without(String member) throws Exception {
        Reply reply = send("POST", MODULES, without(member, RADIO));

        assertThat(reply.errorCode()).isEqualTo("IOTDA.000006");
        assertThat(reply.errorMessage()).contains(member);
    }

    @ParameterizedTest
    @ValueSource(strings = {"module_name", "alias_name"})
    void rejects_a_member_that_is_not_a_string(String member) throws Exception {
        assertThat(send("POST", MODULES, with(member, new ObjectMapper().createObjectNode()))
                        .errorCode())
                .isEqualTo("IOTDA.000006");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{", "module_name=Radio"})
    void rejects_a_body_that_is_not_an_object(String body) throws Exception {
        assertThat(send("POST", MODULES, body).errorCode()).isEqualTo("IOTDA.000008");
    }

    @Test
    void rejects_another_media_type() throws Exception {
        Reply reply = new HuaweiClient(simulator)
                .date(NOW)
                .adding("content-type", "text/plain")
                .send("POST", MODULES, RADIO);

        assertThat(reply.errorCode()).isEqualTo("IOTDA.000008");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT"})
    void rejects_a_tampered_body(String method) throws Exception {
        Reply reply = new HuaweiClient(simulator)
                .date(NOW)
                .adding("content-type", "application/json")
                .sendInsteadOf(RADIO, method, method.equals("PUT") ? DOCUMENTED : MODULES, RADIO + " ");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.errorMessage()).contains("verify aksk signature fail");
        assertThat(simulator.modules().get(0).moduleId()).isEqualTo(HuaweiSimulator.DOCUMENTED_MODULE);
    }

    @Test
    void an_update_clears_omitted_members() throws Exception {
        Reply reply = send("PUT", DOCUMENTED, "{\"alias_name\":\"控制器\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().get("alias_name").asText()).isEqualTo("控制器");
        assertThat(reply.body().has("description")).isFalse();
        assertThat(simulator.findModule(HuaweiSimulator.DOCUMENTED_MODULE).get())
                .isEqualTo(new HuaweiModule(
                        HuaweiSimulator.DOCUMENTED_MODULE,
                        simulator.appId(),
                        "5ba24f5ebbe8f56f5a14f605",
                        "Thermometer",
                        "MCU",
                        "控制器",
                        null,
                        "20230211T121212Z"));
        assertThat(simulator.modules().get(0).moduleId()).isEqualTo(HuaweiSimulator.DOCUMENTED_MODULE);
    }

    @Test
    void rejects_an_invalid_update() throws Exception {
        assertThat(send("PUT", DOCUMENTED, "{\"alias_name\":\"a/b\"}").errorCode())
                .isEqualTo("IOTDA.000006");
        assertThat(simulator.findModule(HuaweiSimulator.DOCUMENTED_MODULE).get().aliasName())
                .isEqualTo("Micro Controller Unit");
    }

    @Test
    void deletes_a_module_and_returns_204() throws Exception {
        Reply reply = send("DELETE", DOCUMENTED, "");

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.body().isMissingNode()).isTrue();
        assertThat(reply.requestId()).isNotEmpty();
        assertThat(simulator.findModule(HuaweiSimulator.DOCUMENTED_MODULE)).isEmpty();
    }

    @Test
    void deletes_a_package_and_returns_204() throws Exception {
        assertThat(send("DELETE", PACKAGE, "").status()).isEqualTo(204);
        assertThat(simulator.findPackage(HuaweiSimulator.DOCUMENTED_PACKAGE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PUT, modules", "DELETE, modules", "DELETE, packages"})
    void returns_404_for_a_change_of_a_missing_item(String method, String kind) throws Exception {
        Reply reply = send(method, "/ota-upgrades/" + kind + "/unknown", "{}");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.errorCode()).isEqualTo(HuaweiError.UNKNOWN_MODULE_OR_PACKAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /packages/x",
        "POST, /packages/x",
        "POST, /modules/x",
        "PUT, /modules",
        "DELETE, /modules",
        "DELETE, /packages",
        "PATCH, /modules/x"
    })
    void returns_a_gateway_error_for_an_unknown_operation(String method, String path) throws Exception {
        assertThat(send(method, "/ota-upgrades" + path, "{}").errorCode()).isEqualTo("APIGW.0101");
    }

    @Test
    void loses_only_the_response_of_the_next_change() throws Exception {
        simulator.loseNextResponse();

        assertThat(send("GET", DOCUMENTED, "").status()).isEqualTo(200);
        assertThat(send("DELETE", MODULES + "/unknown", "").status()).isEqualTo(404);
        assertThatThrownBy(() -> send("POST", MODULES, RADIO)).isInstanceOf(IOException.class);
        assertThat(simulator.modules().get(0).moduleName()).isEqualTo("Radio");
        assertThat(send("DELETE", DOCUMENTED, "").status()).isEqualTo(204);
    }

    private Reply send(String method, String path, String body) throws Exception {
        return new HuaweiClient(simulator)
                .date(NOW)
                .adding("content-type", "application/json")
                .send(method, path, body);
    }

    private static String with(String member, JsonNode value) throws Exception {
        return ((ObjectNode) new ObjectMapper().readTree(RADIO))
                .set(member, value)
                .toString();
    }

    private static String without(String member, String body) throws Exception {
        return ((ObjectNode) new ObjectMapper().readTree(body)).without(member).toString();
    }
}
