package io.otabridge.huawei;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.product.DeviceGroup;
import io.otabridge.domain.product.DeviceGroupId;
import io.otabridge.domain.product.ProductSummary;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of products and device groups on the wire. */
class HuaweiResourceListTest {

    private static final String ROOT = "/v5/iot/" + HuaweiFixture.PROJECT_ID + "/";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final Map<String, Object> settings = HuaweiFixture.settings(SERVER.baseUrl());
    private Backend backend = HuaweiFixture.open(settings);

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void reads_every_documented_field_of_a_product() {
        respondWith(HuaweiFixture.payload("products-page"));

        assertThat(backend.products().list().toList().get())
                .containsExactly(
                        ProductSummary.builder(Product.of(ProductId.of("5ba24f5ebbe8f56f5a14f605"), "Thermometer"))
                                .deviceType("Thermometer")
                                .description("this is a thermometer produced by Huawei")
                                .resourceSpace(HuaweiFixture.APP_ID)
                                .created(VendorTimestamp.of("20190303T081011Z", Instant.parse("2019-03-03T08:10:11Z")))
                                .build());
    }

    @Test
    void reads_every_documented_field_of_a_device_group() {
        respondWith(HuaweiFixture.payload("device-groups-page"));

        assertThat(backend.deviceGroups().list().toList().get())
                .containsExactly(DeviceGroup.builder(DeviceGroupId.of("04ed32dc1b0025b52fe3c01a27c2babc"))
                        .name("GroupA")
                        .parent(DeviceGroupId.of("04ed32dc1b0025b52fe3c01a27c2b0a8"))
                        .description("群组A")
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"name\":null,\"description\":null", ",\"name\":\"\",\"create_time\":\"\""})
    void fields_other_than_the_id_may_be_absent(String others) {
        respondWith("{\"products\":[{\"product_id\":\"p\"" + others
                + "}],\"device_groups\":[{\"group_id\":\"g\",\"super_group_id\":\"\"" + others
                + "}],\"page\":{\"count\":1}}");

        assertThat(backend.products().list().toList().get())
                .containsExactly(
                        ProductSummary.builder(Product.of(ProductId.of("p"))).build());
        assertThat(backend.deviceGroups().list().toList().get())
                .containsExactly(DeviceGroup.builder(DeviceGroupId.of("g")).build());
    }

    @Test
    void an_entry_without_an_id_is_unreadable() {
        respondWith("{\"products\":[{\"name\":\"P\"}],\"device_groups\":[{\"name\":\"G\"}],\"page\":{\"count\":1}}");

        assertThat(backend.products().list().toList().getLeft())
                .isInstanceOf(OtaFailure.UnreadableResponse.class)
                .extracting(OtaFailure::summary)
                .asString()
                .contains("products[0]: member product_id is missing");
        assertThat(backend.deviceGroups().list().toList().getLeft().summary())
                .contains("device_groups[0]: member group_id is missing");
    }

    @Test
    void a_response_with_neither_list_nor_count_is_unreadable() {
        respondWith("{}");

        assertThat(backend.products().list().toList().getLeft().summary()).contains("member products is missing");
        assertThat(backend.deviceGroups().list().toList().getLeft().summary())
                .contains("member device_groups is missing");
    }

    @Test
    void requests_the_configured_resource_space_and_instance() {
        respondWith("{\"products\":[],\"device_groups\":[],\"page\":{\"count\":0}}");

        assertThat(backend.products().list().toList().get()).isEmpty();
        assertThat(backend.deviceGroups().list().toList().get()).isEmpty();

        for (String path : new String[] {"products", "device-group"}) {
            SERVER.verify(
                    1,
                    getRequestedFor(urlPathEqualTo(ROOT + path))
                            .withQueryParam("app_id", equalTo(HuaweiFixture.APP_ID))
                            .withQueryParam("limit", equalTo("50"))
                            .withQueryParam("marker", absent())
                            .withHeader("Instance-Id", equalTo(HuaweiFixture.INSTANCE_ID)));
        }
    }

    @Test
    void lists_all_resource_spaces_without_an_app_id() {
        settings.remove("app-id");
        backend = HuaweiFixture.open(settings);
        respondWith("{\"products\":[],\"page\":{\"count\":0}}");

        assertThat(backend.products().list().toList().get()).isEmpty();

        SERVER.verify(1, getRequestedFor(urlPathEqualTo(ROOT + "products")).withQueryParam("app_id", absent()));
    }

    private static void respondWith(String body) {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(body)));
    }
}
