package io.otabridge.simulators.huawei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.otabridge.simulators.huawei.HuaweiClient.Answer;
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

/** What the simulator does to those who create, change and delete. */
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
        Answer answer = send("POST", MODULES, RADIO);

        assertThat(answer.status()).isEqualTo(201);
        HuaweiModule made = simulator.modules().get(0);
        assertThat(made)
                .isEqualTo(new HuaweiModule(
                        answer.body().get("module_id").asText(),
                        simulator.appId(),
                        "5ba24f5ebbe8f56f5a14f605",
                        "Thermometer",
                        "Radio",
                        "微控制单元",
                        "微控制单元固件模块",
                        "20260115T081530Z"));
        assertThat(made.moduleId()).matches("[0-9a-f]{32}");
        assertThat(send("GET", MODULES + "/" + made.moduleId(), "").body()).isEqualTo(answer.body());
    }

    @Test
    void creates_the_first_module_of_a_product() throws Exception {
        Answer answer = send("POST", MODULES, without("alias_name", RADIO.replace("5ba24f5e", "00000000")));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().has("product_name")).isFalse();
        assertThat(answer.body().has("alias_name")).isFalse();
    }

    @Test
    void refuses_a_second_module_of_the_same_name() throws Exception {
        send("POST", MODULES, RADIO);

        Answer answer = send("POST", MODULES, RADIO);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo(HuaweiError.MODULE_EXISTS);
    }

    @Test
    void creates_a_name_that_differs_in_case() throws Exception {
        send("POST", MODULES, RADIO);

        assertThat(send("POST", MODULES, RADIO.replace("Radio", "RADIO")).status())
                .isEqualTo(201);
    }

    @Test
    void refuses_an_eleventh_module_of_a_product() throws Exception {
        for (int i = 1; i < 10; i++) {
            assertThat(send("POST", MODULES, RADIO.replace("Radio", "Radio" + i))
                            .status())
                    .isEqualTo(201);
        }

        Answer answer = send("POST", MODULES, RADIO);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo(HuaweiError.TOO_MANY_MODULES);
    }

    @Test
    void creates_one_module_for_many_who_want_it() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Integer> wanting = () -> send("POST", MODULES, RADIO).status();
            List<Future<Integer>> statuses = threads.invokeAll(
                    IntStream.range(0, 16).mapToObj(i -> wanting).toList());

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
    void refuses_a_member_that_breaks_its_rule(String member, String value, String code) throws Exception {
        Answer answer = send("POST", MODULES, with(member, TextNode.valueOf(value)));

        assertThat(answer.errorCode()).isEqualTo(code);
        assertThat(simulator.modules())
                .extracting(HuaweiModule::moduleId)
                .contains(HuaweiSimulator.DOCUMENTED_MODULE)
                .hasSize(33);
    }

    @ParameterizedTest
    @CsvSource({"module_name, 65", "alias_name, 65", "description, 1025", "product_id, 37"})
    void refuses_a_member_that_is_too_long(String member, int length) throws Exception {
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
    void refuses_a_module_without(String member) throws Exception {
        Answer answer = send("POST", MODULES, without(member, RADIO));

        assertThat(answer.errorCode()).isEqualTo("IOTDA.000006");
        assertThat(answer.errorMessage()).contains(member);
    }

    @ParameterizedTest
    @ValueSource(strings = {"module_name", "alias_name"})
    void refuses_a_member_that_is_no_text(String member) throws Exception {
        assertThat(send("POST", MODULES, with(member, new ObjectMapper().createObjectNode()))
                        .errorCode())
                .isEqualTo("IOTDA.000006");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{", "module_name=Radio"})
    void refuses_a_body_that_is_no_object(String body) throws Exception {
        assertThat(send("POST", MODULES, body).errorCode()).isEqualTo("IOTDA.000008");
    }

    @Test
    void refuses_a_body_of_another_media_type() throws Exception {
        Answer answer = new HuaweiClient(simulator)
                .date(NOW)
                .adding("content-type", "text/plain")
                .send("POST", MODULES, RADIO);

        assertThat(answer.errorCode()).isEqualTo("IOTDA.000008");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT"})
    void refuses_a_body_that_was_changed_on_the_way(String method) throws Exception {
        Answer answer = new HuaweiClient(simulator)
                .date(NOW)
                .adding("content-type", "application/json")
                .sendInsteadOf(RADIO, method, method.equals("PUT") ? DOCUMENTED : MODULES, RADIO + " ");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.errorMessage()).contains("verify aksk signature fail");
        assertThat(simulator.modules().get(0).moduleId()).isEqualTo(HuaweiSimulator.DOCUMENTED_MODULE);
    }

    @Test
    void changes_a_module_and_clears_what_is_left_out() throws Exception {
        Answer answer = send("PUT", DOCUMENTED, "{\"alias_name\":\"控制器\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("alias_name").asText()).isEqualTo("控制器");
        assertThat(answer.body().has("description")).isFalse();
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
    void refuses_a_change_that_breaks_a_rule() throws Exception {
        assertThat(send("PUT", DOCUMENTED, "{\"alias_name\":\"a/b\"}").errorCode())
                .isEqualTo("IOTDA.000006");
        assertThat(simulator.findModule(HuaweiSimulator.DOCUMENTED_MODULE).get().aliasName())
                .isEqualTo("Micro Controller Unit");
    }

    @Test
    void deletes_a_module_and_answers_nothing() throws Exception {
        Answer answer = send("DELETE", DOCUMENTED, "");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body().isMissingNode()).isTrue();
        assertThat(answer.requestId()).isNotEmpty();
        assertThat(simulator.findModule(HuaweiSimulator.DOCUMENTED_MODULE)).isEmpty();
    }

    @Test
    void deletes_a_package_and_answers_nothing() throws Exception {
        assertThat(send("DELETE", PACKAGE, "").status()).isEqualTo(204);
        assertThat(simulator.findPackage(HuaweiSimulator.DOCUMENTED_PACKAGE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PUT, modules", "DELETE, modules", "DELETE, packages"})
    void answers_404_to_a_change_of_what_is_not_there(String method, String kind) throws Exception {
        Answer answer = send(method, "/ota-upgrades/" + kind + "/nobody", "{}");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.errorCode()).isEqualTo(HuaweiError.UNKNOWN_MODULE_OR_PACKAGE);
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
    void answers_as_the_gateway_to_an_unknown_operation(String method, String path) throws Exception {
        assertThat(send(method, "/ota-upgrades" + path, "{}").errorCode()).isEqualTo("APIGW.0101");
    }

    @Test
    void loses_the_answer_to_a_change_that_it_makes() throws Exception {
        simulator.loseNextAnswer();

        assertThat(send("GET", DOCUMENTED, "").status()).isEqualTo(200);
        assertThat(send("DELETE", MODULES + "/nobody", "").status()).isEqualTo(404);
        assertThatThrownBy(() -> send("POST", MODULES, RADIO)).isInstanceOf(IOException.class);
        assertThat(simulator.modules().get(0).moduleName()).isEqualTo("Radio");
        assertThat(send("DELETE", DOCUMENTED, "").status()).isEqualTo(204);
    }

    private Answer send(String method, String path, String body) throws Exception {
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
