package io.otabridge.simulators.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.simulators.fleet.DeviceStatus;
import io.otabridge.simulators.fleet.FailureRates;
import io.otabridge.simulators.fleet.FleetOptions;
import io.otabridge.simulators.huawei.HuaweiClient.Reply;
import io.otabridge.simulators.huawei.device.HuaweiDevice;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices are shown, listed and searched as documented. */
class HuaweiDeviceTest {

    private final HuaweiSimulator simulator = HuaweiSimulator.start(0, 0, Clock.systemUTC(), FleetOptions.FOR_TESTS);
    private final HuaweiClient client = new HuaweiClient(simulator);

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void shows_a_device_with_all_versions_and_its_secret() throws Exception {
        simulator.addDevice(HuaweiDevice.of(
                "p1",
                "n1",
                DeviceStatus.OFFLINE,
                Map.of(HuaweiDevice.FIRMWARE, "1.0", HuaweiDevice.SOFTWARE, "2.0", "MCU", "3.0")));

        JsonNode device = client.get("/devices/p1_n1").body();

        assertThat(device.path("fw_version").asText()).isEqualTo("1.0");
        assertThat(device.path("sw_version").asText()).isEqualTo("2.0");
        assertThat(device.path("modules").toString())
                .isEqualTo("[{\"module_name\":\"MCU\",\"module_version\":\"3.0\"}]");
        assertThat(device.path("status").asText()).isEqualTo("OFFLINE");
        assertThat(device.path("auth_info").path("secret").asText()).hasSize(32);
    }

    @Test
    void a_device_that_never_reported_has_no_versions() throws Exception {
        simulator.addDevice(HuaweiDevice.of("p1", "n1", DeviceStatus.INACTIVE, Map.of()));

        JsonNode device = client.get("/devices/p1_n1").body();

        assertThat(device.has("fw_version") || device.has("sw_version") || device.has("modules"))
                .isFalse();
    }

    @Test
    void an_unknown_device_is_not_found() throws Exception {
        Reply reply = client.get("/devices/unknown");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.errorCode()).isEqualTo("IOTDA.014000");
        assertThat(client.get("/devices/no%20spaces").status()).isEqualTo(400);
    }

    @Test
    void lists_the_devices_of_a_product_without_modules() throws Exception {
        JsonNode page = client.get("/devices?limit=3&product_id=" + HuaweiSimulator.SHARED_PRODUCT)
                .body();

        assertThat(page.path("devices")).hasSize(3);
        assertThat(page.path("page").path("count").asInt()).isEqualTo(4);
        assertThat(page.findValues("modules")).isEmpty();
        assertThat(page.findValues("fw_version")).hasSize(3);
        assertThat(client.get("/devices?product_id=unknown").body().path("devices"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fw_version = '1.1.0'                                                       | 1
            fw_version != '1.1.0' and product_id = '5ba24f5ebbe8f56f5a14f605'          | 4
            product_id = '63e48a2f1c7d4b05a9f3e6d8' and status = 'ONLINE'              | 4
            node_id like 'ther%'                                                       | 4
            node_id in ('thermo1', 'thermo2')                                          | 2
            product_id = '63e48a2f1c7d4b05a9f3e6d8' AND node_id NOT IN ('thermo1')     | 3
            node_id = 'thermo1' or node_id = 'thermo2' and status = 'OFFLINE'          | 1
            create_time > '20990101T000000Z'                                           | 0
            marker < 'ffffffffffffffffffffffff' and sw_version = '1.1.0'               | 1
            """)
    void searches_by_conditions(String conditions, int count) throws Exception {
        assertThat(search("select count(*) from device where " + conditions)
                        .body()
                        .path("count")
                        .asInt())
                .isEqualTo(count);
        assertThat(search("select * from device where " + conditions).body().path("devices"))
                .hasSize(count);
    }

    @Test
    void a_search_returns_modules_but_cannot_find_them() throws Exception {
        JsonNode found =
                search("select * from device where node_id = 'thermo1'").body();

        assertThat(found.findValuesAsText("module_version")).containsExactly("3.2.0");
        assertThat(search("select * from device where module_version = '3.2.0'").errorMessage())
                .contains("module_version cannot be searched");
    }

    @Test
    void only_a_search_in_the_order_of_markers_can_be_continued() throws Exception {
        IntStream.range(0, 20)
                .forEach(number ->
                        simulator.addDevice(HuaweiDevice.of("p1", "n" + number, DeviceStatus.ONLINE, Map.of())));
        String sql = "select * from device where product_id = 'p1'";

        List<String> first = markers(sql + " order by marker limit 0,10");
        List<String> second = markers(sql + " and marker > '" + first.get(9) + "' order by marker limit 10");

        assertThat(first).isSorted().hasSize(10).doesNotContainAnyElementsOf(second);
        assertThat(second).isSorted().hasSize(10);
        assertThat(markers(sql + " order by marker desc limit 20").get(0)).isEqualTo(second.get(9));
        assertThat(markers(sql + " limit 20")).isNotEqualTo(markers(sql + " limit 20"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "select * from devices",
                "select name from device",
                "delete from device",
                "select * from device where",
                "select * from device where fw_version = 1",
                "select * from device where fw_version > '1.0'",
                "select * from device where fw_version like '1.00%'",
                "select * from device where node_id like 'the%'",
                "select * from device where node_id = ''",
                "select * from device where node_id = 'it''s'",
                "select * from device where tag_key in ('a')",
                "select * from device where node_id = 'a' limit 501,1",
                "select * from device limit 51",
                "select * from device limit 0",
                "select * from device order by node_id",
                "select * from device; drop",
                "select * from device where node_id = 'a' and node_id = 'a' and node_id = 'a' and node_id = 'a'"
                        + " and node_id = 'a' and node_id = 'a'",
                "select * from device where fw_version ="
                        + " '12345678901234567890123456789012345678901234567890123456789012345'"
            })
    void rejects_what_the_language_does_not_allow(String sql) throws Exception {
        Reply reply = search(sql);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.errorCode()).isEqualTo("IOTDA.000006");
    }

    @Test
    void searches_can_be_throttled_and_unsupported() throws Exception {
        simulator.limitSearches(1);
        assertThat(search("select * from device").status()).isEqualTo(200);
        assertThat(search("select * from device").errorCode()).isEqualTo("IOTDA.021101");
        simulator.supportSearch(false);
        assertThat(search("select * from device").status()).isEqualTo(403);
    }

    @Test
    void a_user_without_permission_is_rejected() throws Exception {
        simulator.permitDevices(false);

        assertThat(client.get("/devices").errorCode()).isEqualTo("APIGW.0302");
        assertThat(search("select * from device").errorCode()).isEqualTo("APIGW.0302");
    }

    @Test
    void the_seed_determines_additional_devices() throws Exception {
        FleetOptions options = new FleetOptions(30, 5, FailureRates.NONE, false);
        try (HuaweiSimulator one = HuaweiSimulator.start(0, 0, Clock.systemUTC(), options);
                HuaweiSimulator same = HuaweiSimulator.start(0, 0, Clock.systemUTC(), options)) {
            assertThat(versions(one)).isEqualTo(versions(same)).hasSize(34);
            assertThat(new TreeSet<>(versions(one)).toString()).contains("MCU=3.1.0", "MCU=3.2.0");
        }
    }

    private static List<String> versions(HuaweiSimulator simulator) {
        return simulator.devices().stream()
                .filter(device -> device.productId().equals(HuaweiSimulator.SHARED_PRODUCT))
                .map(device -> device.id() + " " + device.status() + " "
                        + device.device().versions())
                .toList();
    }

    private List<String> markers(String sql) throws IOException, InterruptedException {
        return search(sql).body().findValuesAsText("marker");
    }

    private Reply search(String sql) throws IOException, InterruptedException {
        return client.adding("content-type", "application/json")
                .send("POST", "/search/query-devices", "{\"sql\":\"" + sql + "\"}");
    }
}
