package io.otabridge.huawei;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Reported;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceFilter;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceQueryPort;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.device.DeviceStatus;
import io.otabridge.domain.device.InstalledVersion;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices and their versions. */
class HuaweiDeviceTest {

    private static final String BASE = "/v5/iot/" + HuaweiFixture.PROJECT_ID;
    private static final ProductId PRODUCT = ProductId.of("b640f4c203b7910fc3cbd446ed437cbd");
    private static final DeviceId ID = DeviceId.of("d4922d8a-6c8e-4396-852c-164aefa6638f");
    private static final String DEVICE = """
            {"app_id": "jeQDJQZltU8iKgFFoW060F5SGZka", "device_id": "d4922d8a-6c8e-4396-852c-164aefa6638f",
             "node_id": "ABC123456789", "device_name": "dianadevice", "node_type": "ENDPOINT", "fw_version": "1.1.0",
             "sw_version": "1.2.0", "product_id": "b640f4c203b7910fc3cbd446ed437cbd", "status": "INACTIVE",
             "auth_info": {"auth_type": "SECRET", "secret": "3b93deadbeefdc3c", "timeout": 0},
             "create_time": "20190303T081011Z", "active_time": "2015-12-12T12:12:122Z",
             "tags": [{"tag_key": "testTagName"}], "extension_info": {"aaa": "xxx", "bbb": 0},
             "modules": [{"module_name": "MCU", "module_version": "V1.0"}, {"module_name": "BLE"}]}""";

    private static final String NO_DEVICES = "{\"devices\": []}";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    @Test
    void finds_a_device_with_all_versions() {
        SERVER.stubFor(get(urlEqualTo(BASE + "/devices/" + ID)).willReturn(okJson(DEVICE)));

        Device device = devices().find(DeviceRef.of(PRODUCT, ID)).get();

        assertThat(device.product()).contains(PRODUCT);
        assertThat(device.name()).contains("dianadevice");
        assertThat(device.vendorId()).isEmpty();
        assertThat(device.status()).contains(new Reported<>(DeviceStatus.INACTIVE, "INACTIVE"));
        assertThat(device.versions())
                .contains(List.of(
                        new InstalledVersion(FirmwareTarget.wholeDevice(), FirmwareVersion.of("1.1.0")),
                        new InstalledVersion(FirmwareTarget.software(), FirmwareVersion.of("1.2.0")),
                        new InstalledVersion(FirmwareTarget.module("MCU"), FirmwareVersion.of("V1.0"))));
        assertThat(device.created().get().text()).isEqualTo("20190303T081011Z");
    }

    @Test
    void does_not_read_the_secret_of_a_device() {
        SERVER.stubFor(get(anyUrl()).willReturn(okJson(DEVICE)));

        assertThat(devices().find(DeviceRef.of(ID)).get().toString()).doesNotContain("3b93");
    }

    @Test
    void does_not_quote_a_device_that_cannot_be_read() {
        SERVER.stubFor(get(anyUrl()).willReturn(okJson(DEVICE.replace("\"device_id\"", "\"id\""))));

        OtaFailure failure = devices().find(DeviceRef.of(ID)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.vendorMessage()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ONLINE, ONLINE",
        "OFFLINE, OFFLINE",
        "INACTIVE, INACTIVE",
        "ABNORMAL, ABNORMAL",
        "FROZEN, DISABLED",
        "SLEEPING, UNKNOWN"
    })
    void gives_each_status_a_meaning(String raw, DeviceStatus expected) {
        SERVER.stubFor(get(anyUrl()).willReturn(okJson(DEVICE.replace("INACTIVE", raw))));

        assertThat(devices().find(DeviceRef.of(ID)).get().status()).contains(new Reported<>(expected, raw));
    }

    @Test
    void leaves_out_a_version_that_is_not_valid_and_keeps_the_device() {
        SERVER.stubFor(get(anyUrl())
                .willReturn(okJson("{\"device_id\": \"" + ID + "\", \"fw_version\": \"1\\u0000\", \"sw_version\": \""
                        + "9".repeat(5000) + "\", \"modules\": [{\"module_name\": \"mcu\", \"module_version\":"
                        + " \"\\u0007\"}, {\"module_name\": \"gps\", \"module_version\": \"1.2\"}]}")));

        Device device = devices().find(DeviceRef.of(PRODUCT, ID)).get();

        assertThat(device.versions().get().map(version -> version.version().value()))
                .containsExactly("1.2");
    }

    @Test
    void reports_no_versions_of_a_device_that_reported_none() {
        SERVER.stubFor(get(anyUrl()).willReturn(okJson("{\"device_id\": \"" + ID + "\", \"fw_version\": \"\"}")));

        Device device = devices().find(DeviceRef.of(PRODUCT, ID)).get();

        assertThat(device.versions()).contains(List.empty());
        assertThat(device.status()).isEmpty();
    }

    @Test
    void does_not_find_a_device_of_another_product() {
        SERVER.stubFor(get(anyUrl()).willReturn(okJson(DEVICE)));

        OtaFailure failure =
                devices().find(DeviceRef.of(ProductId.of("other"), ID)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(failure.summary()).contains("device of product b640f4c203b7910fc3cbd446ed437cbd");
    }

    @Test
    void rejects_a_response_with_another_device() {
        SERVER.stubFor(get(anyUrl()).willReturn(okJson(DEVICE)));

        assertThat(devices().find(DeviceRef.of(DeviceId.of("other"))).getLeft())
                .isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a.b", "设备", "a'b"})
    void sends_no_request_for_an_id_that_the_vendor_does_not_allow(String id) {
        assertThat(devices().find(DeviceRef.of(DeviceId.of(id))).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
        SERVER.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void lists_the_devices_of_a_product_by_marker() {
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/devices"))
                .withQueryParam("marker", absent())
                .willReturn(okJson("{\"devices\": [" + device(1) + "," + device(2)
                        + "], \"page\": {\"count\": 3, \"marker\": \"5c90000000000000000000b0\"}}")));
        SERVER.stubFor(get(urlPathEqualTo(BASE + "/devices"))
                .withQueryParam("marker", equalTo("5c90000000000000000000b0"))
                .willReturn(okJson("{\"devices\": [" + device(3)
                        + "], \"page\": {\"count\": 3, \"marker\": \"5c90000000000000000000a0\"}}")));

        List<Device> devices =
                devices().list(DeviceFilter.ofProduct(PRODUCT)).toList().get();

        assertThat(devices.map(device -> device.id().value())).containsExactly("device1", "device2", "device3");
        assertThat(devices.head().versions().get()).hasSize(1);
        SERVER.verify(getRequestedFor(urlPathEqualTo(BASE + "/devices"))
                .withQueryParam("product_id", equalTo(PRODUCT.value()))
                .withQueryParam("app_id", equalTo(HuaweiFixture.APP_ID))
                .withQueryParam("limit", equalTo("50"))
                .withQueryParam("marker", absent()));
    }

    @Test
    void searches_devices_with_a_version_without_the_limit_of_the_offset() {
        givenSearch("", devices(1, 50));
        givenSearch(after(50), devices(51, 53));
        givenSearch(after(53), NO_DEVICES);

        assertThat(search().get()).hasSize(53);
        SERVER.verify(3, postRequestedFor(anyUrl()));
    }

    @Test
    void searches_on_after_a_page_that_a_gateway_cut_short() {
        givenSearch("", devices(1, 20));
        givenSearch(after(20), devices(21, 60));
        givenSearch(after(60), NO_DEVICES);

        assertThat(search().get()).hasSize(60);
    }

    @Test
    void ends_a_search_with_a_short_page_without_a_marker() {
        givenSearch("", withoutMarkers(devices(1, 2)));

        assertThat(search().get()).hasSize(2);
        SERVER.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void rejects_a_search_that_does_not_go_on() {
        SERVER.stubFor(post(anyUrl()).willReturn(okJson(devices(1, 3))));

        assertThat(search().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
        SERVER.verify(2, postRequestedFor(anyUrl()));
    }

    @Test
    void lists_and_searches_the_devices_of_all_products() {
        String several = withoutMarkers(
                "{\"devices\": [" + device(1) + "," + device(2).replace(PRODUCT.value(), "another") + "]}");
        SERVER.stubFor(get(anyUrl()).willReturn(okJson(several)));
        SERVER.stubFor(post(anyUrl()).willReturn(okJson(several)));

        assertThat(devices().list(DeviceFilter.all()).toList().get()).hasSize(2);
        assertThat(devices()
                        .list(DeviceFilter.all().installed(FirmwareTarget.wholeDevice(), FirmwareVersion.of("1.1.0")))
                        .toList()
                        .get())
                .hasSize(2);
        SERVER.verify(getRequestedFor(urlPathEqualTo(BASE + "/devices")).withQueryParam("product_id", absent()));
        SERVER.verify(postRequestedFor(anyUrl())
                .withRequestBody(equalToJson(
                        "{\"sql\": \"" + sql("").replace("product_id = '" + PRODUCT + "' and ", "") + "\"}")));
    }

    @Test
    void searches_software_by_its_own_field() {
        SERVER.stubFor(post(anyUrl()).willReturn(okJson(NO_DEVICES)));

        assertThat(devices()
                        .list(DeviceFilter.ofProduct(PRODUCT)
                                .installed(FirmwareTarget.software(), FirmwareVersion.of("1.1.0")))
                        .toList()
                        .get())
                .isEmpty();
        SERVER.verify(postRequestedFor(anyUrl())
                .withRequestBody(equalToJson("{\"sql\": \"" + sql("").replace("fw_version", "sw_version") + "\"}")));
    }

    @Test
    void rejects_a_search_result_without_the_version() {
        SERVER.stubFor(
                post(anyUrl()).willReturn(okJson("{\"devices\": [" + device(1).replace("1.1.0", "9") + "]}")));

        assertThat(search().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void does_not_search_by_the_version_of_a_module() {
        OtaFailure failure = devices()
                .list(DeviceFilter.ofProduct(PRODUCT).installed(FirmwareTarget.module("MCU"), FirmwareVersion.of("1")))
                .toList()
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unsupported.class);
        assertThat(failure.advice()).contains("List all devices");
        SERVER.verify(0, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1' or '1' = '1", "a b", "12345678901234567890123456789012345678901234567890123456789012345"})
    void sends_no_search_for_a_version_that_does_not_fit_into_a_quotation(String version) {
        assertThat(devices()
                        .list(DeviceFilter.ofProduct(PRODUCT)
                                .installed(FirmwareTarget.wholeDevice(), FirmwareVersion.of(version)))
                        .toList()
                        .getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);
        SERVER.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void does_not_find_an_unknown_device() {
        SERVER.stubFor(get(anyUrl())
                .willReturn(jsonResponse("{\"error_code\": \"IOTDA.014000\", \"error_msg\": \"no device\"}", 404)));

        assertThat(devices().find(DeviceRef.of(ID)).getLeft()).isInstanceOf(OtaFailure.NotFound.class);
    }

    private static Either<OtaFailure, List<Device>> search() {
        return devices()
                .list(DeviceFilter.ofProduct(PRODUCT)
                        .installed(FirmwareTarget.wholeDevice(), FirmwareVersion.of("1.1.0")))
                .toList();
    }

    private static void givenSearch(String condition, String devices) {
        SERVER.stubFor(post(urlEqualTo(BASE + "/search/query-devices"))
                .withRequestBody(equalToJson("{\"sql\": \"" + sql(condition) + "\"}"))
                .willReturn(okJson(devices)));
    }

    private static String after(int number) {
        return " and marker < '" + marker(number) + "'";
    }

    private static String sql(String condition) {
        return "select * from device where product_id = '" + PRODUCT + "' and fw_version = '1.1.0' and app_id = '"
                + HuaweiFixture.APP_ID + "'" + condition + " order by marker desc limit 50";
    }

    private static String devices(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(HuaweiDeviceTest::device)
                .collect(Collectors.joining(",", "{\"devices\": [", "]}"));
    }

    private static String withoutMarkers(String page) {
        return page.replaceAll(", \"marker\": \"[^\"]+\"", "");
    }

    private static String device(int number) {
        return "{\"device_id\": \"device" + number + "\", \"product_id\": \"" + PRODUCT
                + "\", \"fw_version\": \"1.1.0\", \"marker\": \"" + marker(number) + "\"}";
    }

    /** Newer devices have larger markers. */
    private static String marker(int number) {
        return String.format("5c8f3d2d3df1f10d80%06x", 1000 - number);
    }

    private static DeviceQueryPort devices() {
        return HuaweiFixture.open(HuaweiFixture.settings(SERVER.baseUrl())).devices();
    }
}
