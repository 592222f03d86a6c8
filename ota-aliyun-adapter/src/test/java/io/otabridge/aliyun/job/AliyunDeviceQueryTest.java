package io.otabridge.aliyun.job;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okXml;
import static io.otabridge.aliyun.AliyunFixture.payload;
import static io.otabridge.aliyun.job.JobServer.page;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.aliyun.AliyunFixture;
import io.otabridge.aliyun.wire.DeviceInfoDto;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Reported;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceFilter;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.device.DeviceStatus;
import io.otabridge.domain.device.InstalledVersion;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.page.PageToken;
import io.vavr.collection.List;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries of devices on the wire. */
class AliyunDeviceQueryTest {

    private static final String SECRET = "sLefbFmN9SYfnWLJTePG893XNuRV0001";
    private static final ProductId PRODUCT = ProductId.of("p1");
    private static final DeviceFilter ALL = DeviceFilter.ofProduct(PRODUCT);

    @RegisterExtension
    static final WireMockExtension SERVER = JobServer.start();

    private final JobServer vendor = new JobServer(SERVER);
    private final Backend backend = AliyunFixture.open(AliyunFixture.settings(SERVER.baseUrl()));

    @AfterEach
    void close() {
        backend.close();
    }

    private static String device(int number) {
        return "{\"ProductKey\":\"p1\",\"DeviceName\":\"d" + number + "\",\"DeviceSecret\":\"" + SECRET + "\"}";
    }

    private static String devices(int from, int to) {
        return List.rangeClosed(from, to).map(AliyunDeviceQueryTest::device).mkString("{\"DeviceInfo\":[", ",", "]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ListOTAModuleVersionsByDevice.json",
                "ListOTAModuleVersionsByDevice.doc-lowercase-envelope.json",
            })
    void reads_the_versions_of_a_device(String file) {
        vendor.respond("ListOTAModuleVersionsByDevice", payload(file));
        DeviceRef ref = DeviceRef.of(ProductId.of("a14***S"), DeviceId.of("newDevice"));

        assertThat(backend.devices().find(ref).get())
                .isEqualTo(Device.builder(ref.id())
                        .product(ProductId.of("a14***S"))
                        .vendorId("QjIFT***000101")
                        .versions(List.of(
                                new InstalledVersion(FirmwareTarget.wholeDevice(), FirmwareVersion.of("1.6940.1"))))
                        .build());
        assertThat(vendor.parameters("ListOTAModuleVersionsByDevice"))
                .isEqualTo(java.util.Map.of(
                        "ProductKey", "a14***S", "DeviceName", "newDevice", "CurrentPage", "1", "PageSize", "200"));
    }

    @Test
    void a_device_that_reported_nothing_has_no_versions_and_an_unknown_one_does_not_exist() {
        DeviceRef ref = DeviceRef.of(PRODUCT, DeviceId.of("d1"));
        vendor.respond("ListOTAModuleVersionsByDevice", "{\"Success\":true,\"Total\":0,\"Data\":{}}");
        assertThat(backend.devices().versions(ref).get()).isEmpty();

        vendor.respond(
                "ListOTAModuleVersionsByDevice",
                "{\"Success\":false,\"Code\":\"iot.device.NotExistedDevice\",\"ErrorMessage\":\"none\"}");
        OtaFailure failure = backend.devices().find(ref).getLeft();
        assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(failure.summary()).startsWith("Device d1 of product p1 does not exist");
    }

    @Test
    void versions_of_another_device_or_without_a_module_are_unreadable() {
        DeviceRef ref = DeviceRef.of(PRODUCT, DeviceId.of("d1"));
        for (String version : List.of(
                "{\"DeviceName\":\"d2\",\"ModuleName\":\"default\",\"ModuleVersion\":\"1\"}",
                "{\"ProductKey\":\"p2\",\"ModuleName\":\"default\",\"ModuleVersion\":\"1\"}",
                "{\"ModuleVersion\":\"1\"}",
                "{\"ModuleName\":\"default\"}")) {
            vendor.respond("ListOTAModuleVersionsByDevice", page("SimpleOTAModuleInfo", 1, version));
            assertThat(backend.devices().find(ref).getLeft())
                    .as(version)
                    .isInstanceOf(OtaFailure.UnreadableResponse.class);
        }
    }

    @Test
    void a_version_that_is_not_valid_hides_neither_the_device_nor_its_other_versions() {
        vendor.respond(
                "ListOTAModuleVersionsByDevice",
                page(
                        "SimpleOTAModuleInfo",
                        2,
                        "{\"ModuleName\":\"a\",\"ModuleVersion\":\"" + "x".repeat(500) + "\"}",
                        "{\"ModuleName\":\"b\",\"ModuleVersion\":\"1\"}"));

        assertThat(backend.devices()
                        .find(DeviceRef.of(PRODUCT, DeviceId.of("d1")))
                        .get()
                        .versions()
                        .get())
                .containsExactly(new InstalledVersion(FirmwareTarget.module("b"), FirmwareVersion.of("1")));
    }

    @Test
    void a_device_without_a_product_or_with_an_invalid_name_is_rejected_before_a_request() {
        assertThat(backend.devices().find(DeviceRef.of(DeviceId.of("d1"))).getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);
        assertThat(backend.devices()
                        .find(DeviceRef.of(PRODUCT, DeviceId.of("a,b")))
                        .getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);
        assertThat(vendor.requests()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "ONLINE, ONLINE",
        "OFFLINE, OFFLINE",
        "UNACTIVE, INACTIVE",
        "DISABLE, DISABLED",
        "SLEEPING, UNKNOWN",
    })
    void reads_a_listed_device_with_its_status(String raw, DeviceStatus status) {
        vendor.respond(
                "QueryDevice",
                page(
                        "DeviceInfo",
                        1,
                        "{\"ProductKey\":\"p1\",\"DeviceName\":\"d1\",\"IotId\":\"i1\",\"Nickname\":\"灯\",\"DeviceStatus\":\""
                                + raw + "\",\"DeviceSecret\":\"" + SECRET
                                + "\",\"UtcCreate\":\"2019-02-20T02:16:09.000Z\"}"));

        assertThat(backend.devices().list(ALL).toList().get())
                .containsExactly(Device.builder(DeviceId.of("d1"))
                        .product(PRODUCT)
                        .vendorId("i1")
                        .name("灯")
                        .status(new Reported<>(status, raw))
                        .created(VendorTimestamp.of("2019-02-20T02:16:09.000Z", Instant.parse("2019-02-20T02:16:09Z")))
                        .build());
        assertThat(vendor.parameters("QueryDevice"))
                .isEqualTo(java.util.Map.of("ProductKey", "p1", "CurrentPage", "1", "PageSize", "50"));
    }

    @Test
    void continues_a_long_list_with_the_token_of_the_vendor() {
        vendor.respond(
                "QueryDevice",
                "{\"Success\":true,\"Total\":52,\"PageCount\":2,\"NextToken\":\"TGlz/dFJl@c29=\",\"Data\":"
                        + devices(1, 50) + "}",
                "CurrentPage",
                "1");
        vendor.respond(
                "QueryDevice",
                "{\"Success\":true,\"Total\":52,\"PageCount\":2,\"NextToken\":\"\",\"Data\":" + devices(51, 52) + "}",
                "CurrentPage",
                "2",
                "NextToken",
                "TGlz/dFJl@c29=");

        assertThat(backend.devices().list(ALL).toList().get()).hasSize(52);
        assertThat(vendor.requests()).isEqualTo(2);
    }

    @Test
    void devices_that_are_registered_while_the_list_is_read_do_not_make_it_incomplete() {
        vendor.respond(
                "QueryDevice",
                "{\"Success\":true,\"Total\":52,\"PageCount\":2,\"Data\":" + devices(1, 50) + "}",
                "CurrentPage",
                "1");
        vendor.respond(
                "QueryDevice",
                "{\"Success\":true,\"Total\":53,\"PageCount\":2,\"Data\":" + devices(50, 52) + "}",
                "CurrentPage",
                "2");

        assertThat(backend.devices().list(ALL).toList().get()).hasSize(52);
        assertThat(vendor.requests()).isEqualTo(2);
    }

    @Test
    void a_list_that_lost_a_device_is_read_again() {
        vendor.respond(
                "QueryDevice",
                "{\"Success\":true,\"Total\":52,\"PageCount\":2,\"Data\":" + devices(1, 50) + "}",
                "CurrentPage",
                "1");
        vendor.respond(
                "QueryDevice",
                "{\"Success\":true,\"Total\":51,\"PageCount\":2,\"Data\":" + devices(52, 52) + "}",
                "CurrentPage",
                "2");

        assertThat(backend.devices().list(ALL).toList().getLeft()).isInstanceOf(OtaFailure.class);
        assertThat(vendor.requests()).isGreaterThan(2);
    }

    @Test
    void requests_no_page_beyond_the_last_one_that_the_vendor_lists() {
        assertThat(backend.devices()
                        .list(ALL)
                        .page(PageToken.of("20001:1000000"))
                        .getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);
        assertThat(vendor.requests()).isZero();
    }

    @Test
    void a_list_of_another_product_is_unreadable() {
        vendor.respond(
                "QueryDevice",
                page(
                        "DeviceInfo",
                        1,
                        "{\"ProductKey\":\"p2\",\"DeviceName\":\"d1\",\"DeviceSecret\":\"" + SECRET + "\"}"));

        assertThat(backend.devices().list(ALL).toList().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void no_type_of_the_wire_has_a_field_for_the_secret_of_a_device() {
        assertThat(Arrays.stream(DeviceInfoDto.class.getRecordComponents()).map(RecordComponent::getName))
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).contains("secret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // cut off, so that it is no JSON
                "{\"Success\":true,\"Total\":1,\"Data\":{\"DeviceInfo\":[{\"DeviceName\":\"d1\",\"DeviceSecret\":\"%s\"",
                // an unusual name and form
                "{\"Success\":true,\"Total\":1,\"Data\":[[\"%s\"]]}",
                "{\"Success\":true,\"Total\":1,\"Data\":{\"DeviceInfo\":[{\"Key\":\"%s\"}]}}",
                "%s",
                "<R><Success>true</Success><Data><DeviceInfo><DeviceSecret>%s</DeviceSecret></DeviceInfo></Data></R>",
            })
    void an_unreadable_list_of_devices_is_not_quoted(String form) {
        String body = form.formatted(SECRET);
        vendor.respond(
                "QueryDevice", body.startsWith("<R") ? okXml(body) : aResponse().withBody(body));

        OtaFailure failure = backend.devices().list(ALL).toList().getLeft();

        assertThat(failure.toString()).doesNotContain(SECRET.substring(0, 8));
    }

    @Test
    void a_failed_request_for_devices_quotes_no_body() {
        vendor.respond("QueryDevice", aResponse().withStatus(500).withBody(SECRET));

        assertThat(backend.devices().list(ALL).toList().getLeft().toString()).doesNotContain(SECRET.substring(0, 8));
    }
}
