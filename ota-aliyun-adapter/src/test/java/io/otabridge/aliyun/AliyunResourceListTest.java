package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okXml;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of products and device groups on the wire. */
class AliyunResourceListTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private static final String ONE_PRODUCT = "{\"Success\":true,\"Data\":{\"Total\":1,\"PageCount\":1,\"List\":%s}}";

    private final Backend backend = AliyunFixture.open(AliyunFixture.settings(SERVER.baseUrl()));

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void reads_every_documented_field_of_a_product_and_one_with_only_a_key() {
        respondWith(AliyunFixture.payload("QueryProductList.json"));

        assertThat(backend.products().list().toList().get())
                .containsExactly(
                        ProductSummary.builder(Product.of(ProductId.of("a19mzPZ****"), "MyProduct"))
                                .deviceCount(5)
                                .description("路灯")
                                .created(VendorTimestamp.of("1581417837000", Instant.parse("2020-02-11T10:43:57Z")))
                                .build(),
                        ProductSummary.builder(Product.of(ProductId.of("a1uctKe****")))
                                .build());
        SERVER.verify(
                1,
                postRequestedFor(anyUrl())
                        .withHeader("x-acs-action", equalTo("QueryProductList"))
                        .withQueryParam("IotInstanceId", equalTo(AliyunFixture.INSTANCE_ID))
                        .withQueryParam("CurrentPage", equalTo("1"))
                        .withQueryParam("PageSize", equalTo("200")));
    }

    @Test
    void reads_every_documented_field_of_a_device_group() {
        respondWith(AliyunFixture.payload("QueryDeviceGroupList.json"));

        assertThat(backend.deviceGroups().list().toList().get())
                .containsExactly(DeviceGroup.builder(DeviceGroupId.of("W16X8Tvdosec****"))
                        .name("test")
                        .description("usefulGroup")
                        .created(VendorTimestamp.of("2018-10-17T11:19:31.000Z", Instant.parse("2018-10-17T11:19:31Z")))
                        .build());
        SERVER.verify(
                1,
                postRequestedFor(anyUrl())
                        .withHeader("x-acs-action", equalTo("QueryDeviceGroupList"))
                        .withQueryParam("IotInstanceId", equalTo(AliyunFixture.INSTANCE_ID))
                        .withQueryParam("CurrentPage", equalTo("1"))
                        .withQueryParam("PageSize", equalTo("200")));
    }

    @Test
    void reads_a_single_entry_in_place_of_a_list() {
        respondWith(ONE_PRODUCT.formatted("{\"ProductInfo\":{\"ProductKey\":\"a1\",\"ProductName\":\"one\"}}"));
        assertThat(backend.products()
                        .list()
                        .toList()
                        .get()
                        .map(found -> found.product().id().value()))
                .containsExactly("a1");

        SERVER.stubFor(any(anyUrl())
                .willReturn(
                        okXml("<QueryDeviceGroupListResponse><Success>true</Success><Total>1</Total><Data><GroupInfo>"
                                + "<GroupId>g1</GroupId><GroupName>one</GroupName></GroupInfo></Data>"
                                + "</QueryDeviceGroupListResponse>")));
        assertThat(backend.deviceGroups().list().toList().get())
                .containsExactly(
                        DeviceGroup.builder(DeviceGroupId.of("g1")).name("one").build());
    }

    @ParameterizedTest
    @CsvSource({
        "1581417837000, 2020-02-11T10:43:57Z",
        "2020-02-11T10:43:57.000Z, 2020-02-11T10:43:57Z",
        "1581417837, ",
        "yesterday, ",
    })
    void keeps_the_creation_time_as_sent_and_parses_known_forms(String sent, Instant instant) {
        respondWith(
                ONE_PRODUCT.formatted("{\"ProductInfo\":[{\"ProductKey\":\"a1\",\"GmtCreate\":\"" + sent + "\"}]}"));

        VendorTimestamp created =
                backend.products().list().toList().get().head().created().get();

        assertThat(created.text()).isEqualTo(sent);
        assertThat(created.instant().getOrNull()).isEqualTo(instant);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"Success\":true} | member Data is missing",
                "{\"Success\":true,\"Data\":null} | member Data is missing",
                "{\"Success\":true,\"Data\":{}} | member List is missing",
                "{\"Success\":true,\"Data\":{\"List\":null}} | member List is missing",
                "{\"Success\":true,\"Data\":{\"List\":\"\"}} | member List is missing",
                "{\"Success\":true,\"Data\":{\"List\":{}}} | member List is missing",
                "{\"Success\":true,\"Data\":{\"List\":[{\"ProductName\":\"P\"}]}} | List[0]: member ProductKey is missing",
                "{\"Success\":true,\"Data\":{\"List\":[{\"ProductKey\":\"a\",\"DeviceCount\":-1}]}} | DeviceCount is -1",
            })
    void a_product_list_without_required_members_is_unreadable(String body, String problem) {
        respondWith(body);

        OtaFailure failure = backend.products().list().toList().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.summary()).contains(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"Success\":true} | member Data is missing",
                "{\"Success\":true,\"Data\":null} | member Data is missing",
                "{\"Success\":true,\"Data\":\"\"} | member Data is missing",
                "{\"Success\":true,\"Data\":{}} | member Data is missing",
                "{\"Success\":true,\"Data\":[{\"GroupName\":\"G\"}]} | Data[0]: member GroupId is missing",
            })
    void a_device_group_list_without_required_members_is_unreadable(String body, String problem) {
        respondWith(body);

        OtaFailure failure = backend.deviceGroups().list().toList().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.summary()).contains(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Total\":0", "\"Total\":0,\"Data\":null", "\"Total\":0,\"Data\":\"\"", "\"Data\":[]"})
    void a_device_group_list_is_empty_if_the_count_or_an_array_confirms_it(String members) {
        respondWith("{\"Success\":true," + members + "}");

        assertThat(backend.deviceGroups().list().toList().get()).isEmpty();
    }

    private static void respondWith(String body) {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(body)));
    }
}
