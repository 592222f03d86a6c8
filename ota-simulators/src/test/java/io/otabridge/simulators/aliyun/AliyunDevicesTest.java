package io.otabridge.simulators.aliyun;

import static io.otabridge.simulators.aliyun.SimulatedJobs.PRODUCT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.simulators.fleet.DeviceStatus;
import io.otabridge.simulators.fleet.FleetDevice;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Devices in the simulator and their versions. */
class AliyunDevicesTest {

    private final SimulatedJobs jobs = SimulatedJobs.start();

    @AfterEach
    void stop() {
        jobs.close();
    }

    @Test
    void lists_the_newest_device_first_with_its_secret() throws Exception {
        jobs.device("first");
        jobs.add(new FleetDevice(PRODUCT, "second", DeviceStatus.INACTIVE, Map.of()));

        JsonNode body = jobs.call("QueryDevice", "ProductKey", PRODUCT);

        assertThat(body.at("/Data/DeviceInfo")).hasSize(2);
        assertThat(body.at("/Data/DeviceInfo/0/DeviceName").asText()).isEqualTo("second");
        assertThat(body.at("/Data/DeviceInfo/0/DeviceStatus").asText()).isEqualTo("UNACTIVE");
        assertThat(body.at("/Data/DeviceInfo/0/DeviceSecret").asText()).hasSize(32);
        assertThat(body.at("/Data/DeviceInfo/0/GmtCreate").asText()).isEqualTo("Fri, 01-Jan-2021 00:01:00 GMT");
        assertThat(body.at("/Data/DeviceInfo/0/UtcCreate").asText()).isEqualTo("2021-01-01T00:01:00.000Z");
        assertThat(body.get("Total").asInt()).isEqualTo(2);
        assertThat(body.get("Page").asInt()).isEqualTo(1);
        assertThat(body.has("NextToken")).isFalse();
    }

    @Test
    void pages_after_the_first_10000_devices_need_the_token_of_the_page_before() throws Exception {
        jobs.simulator.generateJob(20_000);
        String product = AliyunSimulator.GENERATED_PRODUCT;

        JsonNode before = jobs.call("QueryDevice", "ProductKey", product, "PageSize", "50", "CurrentPage", "200");
        String token = before.get("NextToken").asText();

        assertThat(before.at("/Data/DeviceInfo")).hasSize(50);
        assertThat(page(product, "201").get("Code").asText()).isEqualTo("iot.common.InvalidPageParams");
        assertThat(page(product, "201", "NextToken", token)
                        .at("/Data/DeviceInfo/0/DeviceName")
                        .asText())
                .isEqualTo("device-0009999");
        assertThat(page(product, "202", "NextToken", token).get("Success").asBoolean())
                .isFalse();
    }

    private JsonNode page(String product, String number, String... more) throws Exception {
        String[] parameters = new String[6 + more.length];
        System.arraycopy(
                new String[] {"ProductKey", product, "PageSize", "50", "CurrentPage", number}, 0, parameters, 0, 6);
        System.arraycopy(more, 0, parameters, 6, more.length);
        return jobs.call("QueryDevice", parameters);
    }

    @ParameterizedTest
    @CsvSource({"51, 1", "0, 1", "10, 0", "x, 1"})
    void rejects_a_wrong_page_of_devices(String size, String page) throws Exception {
        JsonNode body = jobs.call("QueryDevice", "ProductKey", PRODUCT, "PageSize", size, "CurrentPage", page);

        assertThat(body.get("Code").asText()).isEqualTo("iot.common.InvalidPageParams");
    }

    @Test
    void rejects_an_unknown_product() throws Exception {
        assertThat(jobs.call("QueryDevice", "ProductKey", "a1Unknown")
                        .get("Code")
                        .asText())
                .isEqualTo("iot.prod.NotExistedProduct");
    }

    @Test
    void lists_the_versions_of_a_device_by_name_or_id() throws Exception {
        jobs.device("thermo", "default", "MCU");

        JsonNode byName = versions("ProductKey", PRODUCT, "DeviceName", "thermo");
        String iotId = byName.at("/Data/SimpleOTAModuleInfo/0/IotId").asText();

        assertThat(byName.at("/Data/SimpleOTAModuleInfo").findValuesAsText("ModuleName"))
                .containsExactly("MCU", "default");
        assertThat(versions("IotId", iotId, "ProductKey", "a1Other", "DeviceName", "x")
                        .at("/Data"))
                .isEqualTo(byName.at("/Data"));
    }

    @ParameterizedTest
    @CsvSource({
        "ProductKey, a1JobsOfTest, DeviceName, unknown, iot.device.NotExistedDevice",
        "ProductKey, a1JobsOfTest, X, x, iot.device.NullDeviceName",
        "DeviceName, thermo, X, x, iot.prod.NullProductKey",
        "IotId, unknown, X, x, iot.device.InvalidIoTId"
    })
    void rejects_an_unknown_device(String name1, String value1, String name2, String value2, String code)
            throws Exception {
        assertThat(versions(name1, value1, name2, value2).get("Code").asText()).isEqualTo(code);
    }

    private JsonNode versions(String... device) throws Exception {
        String[] parameters = new String[4 + device.length];
        System.arraycopy(new String[] {"CurrentPage", "1", "PageSize", "200"}, 0, parameters, 0, 4);
        System.arraycopy(device, 0, parameters, 4, device.length);
        return jobs.call("ListOTAModuleVersionsByDevice", parameters);
    }

    @Test
    void responds_with_the_documented_lower_case_envelope_if_asked_to() throws Exception {
        jobs.device("thermo");
        jobs.simulator.useLowerCaseEnvelopes(true);

        JsonNode body = versions("ProductKey", PRODUCT, "DeviceName", "thermo");

        assertThat(body.has("Success")).isFalse();
        assertThat(body.get("success").asBoolean()).isTrue();
        assertThat(body.get("errorMessage").isNull()).isTrue();
        assertThat(body.at("/Data/SimpleOTAModuleInfo/0/ModuleVersion").asText())
                .isEqualTo("1.0.0");
        assertThat(jobs.call("QueryDevice", "ProductKey", PRODUCT).has("Success"))
                .isTrue();
    }

    @Test
    void initial_products_have_devices_of_which_some_have_the_newest_version() throws Exception {
        assertThat(jobs.simulator.products()).allSatisfy(product -> {
            JsonNode devices = jobs.call("QueryDevice", "ProductKey", product.productKey());
            if (!product.productKey().equals(PRODUCT)) {
                assertThat(devices.get("Total").asInt()).isEqualTo(product.deviceCount());
            }
        });
    }
}
