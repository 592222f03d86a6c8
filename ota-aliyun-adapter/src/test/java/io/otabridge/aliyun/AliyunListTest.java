package io.otabridge.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.VersionComparator;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageIterator;
import io.otabridge.domain.page.PageToken;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists with numbered pages whose counters contradict the entries or each other. */
class AliyunListTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private Backend backend;

    @BeforeEach
    void open() {
        backend = AliyunFixture.open(AliyunFixture.settings(SERVER.baseUrl()));
    }

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void sends_one_request_per_page_if_the_counters_agree() {
        page(1, "\"Total\":205,\"PageCount\":3", 0, 100);
        page(2, "\"Total\":205,\"PageCount\":3", 100, 100);
        page(3, "\"Total\":205,\"PageCount\":3", 200, 5);

        assertThat(listed()).hasSize(205);
        SERVER.verify(3, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Total\":205,\"PageCount\":0",
                "\"Total\":205,\"PageCount\":1",
                "\"Total\":205,\"PageCount\":-1",
                "\"Total\":\"205\",\"PageCount\":\"0\"",
                "\"Total\":205",
                "\"Total\":0,\"PageCount\":0",
                "\"Total\":-1,\"PageCount\":1",
                "\"PageCount\":0",
                "\"PageCount\":1",
                "\"Total\":null,\"PageCount\":\"\"",
                "\"Total\":205,\"PageCount\":9",
                "\"PageSize\":100"
            })
    void lists_all_entries_if_one_counter_is_wrong(String counters) {
        page(1, counters, 0, 100);
        page(2, counters, 100, 100);
        page(3, counters, 200, 5);
        page(4, counters, 205, 0);
        page(5, counters, 205, 0);

        assertThat(listed()).hasSize(205).doesNotHaveDuplicates();
    }

    @Test
    void skips_an_empty_page_before_the_last_page() {
        page(1, "\"Total\":105,\"PageCount\":3", 0, 100);
        page(2, "\"Total\":105,\"PageCount\":3", 100, 0);
        page(3, "\"Total\":105,\"PageCount\":3", 100, 5);

        assertThat(listed()).hasSize(105);
        assertThat(pageByPage()).hasSize(105);
    }

    @Test
    void lists_all_entries_of_pages_that_are_smaller_than_requested() {
        for (int i = 0; i < 3; i++) {
            page(i + 1, "\"Total\":25,\"PageSize\":10,\"PageCount\":1", 10 * i, Math.min(10, 25 - 10 * i));
        }

        assertThat(listed()).hasSize(25);
        assertThat(pageByPage()).hasSize(25);
    }

    @Test
    void reports_both_counts_after_a_second_short_list() {
        page(1, "\"Total\":250,\"PageCount\":3", 0, 100);
        page(2, "\"Total\":250,\"PageCount\":3", 100, 0);
        page(3, "\"Total\":250,\"PageCount\":3", 100, 0);

        List<Either<OtaFailure, FirmwareSummary>> stream = stream();

        assertThat(stream).hasSize(101);
        assertThat(stream.last().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(stream.last().getLeft().summary()).contains("announced 250").contains("sent 100");
        SERVER.verify(6, anyRequestedFor(anyUrl()));
    }

    @Test
    void fails_every_search_in_a_short_list() {
        page(1, "\"Total\":250,\"PageCount\":1", 0, 100);
        page(2, "\"Total\":250,\"PageCount\":1", 100, 0);
        page(3, "\"Total\":250,\"PageCount\":1", 100, 0);

        for (Function<Backend, Either<OtaFailure, ?>> search : List.<Function<Backend, Either<OtaFailure, ?>>>of(
                open -> open.firmware()
                        .newest(
                                FirmwareFilter.all(),
                                FirmwareOrder.byVersion(VersionComparator.of(
                                        (one, other) -> one.value().compareTo(other.value())))),
                open -> open.firmware()
                        .find(FirmwareCoordinates.wholeDevice(ProductId.of("p"), FirmwareVersion.of("1"))),
                open -> listPageByPage(FirmwareFilter.all()))) {
            assertThat(search.apply(backend).getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
        }
    }

    @Test
    void ends_if_the_platform_repeats_one_page() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(body("\"Total\":250,\"PageCount\":0", 0, 100))));

        assertThat(stream().last().getLeft().summary())
                .contains("announced 250")
                .contains("sent 100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"PageSize\":100", "\"PageCount\":0", "\"Total\":-1"})
    void fails_if_the_platform_repeats_one_page_without_a_total(String counters) {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(body(counters, 0, 100))));

        assertThat(stream())
                .hasSize(101)
                .last()
                .satisfies(end -> assertThat(end.getLeft())
                        .isInstanceOf(OtaFailure.UnreadableResponse.class)
                        .satisfies(
                                failure -> assertThat(failure.summary()).contains("the same page of", "repeatedly")));
    }

    @Test
    void treats_a_repeated_short_page_as_the_end() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(body("\"PageSize\":100", 100, 5))));
        page(1, "\"PageSize\":100", 0, 100);

        assertThat(listed()).hasSize(105);
    }

    @Test
    void fails_if_only_the_page_count_announces_more() {
        page(1, "\"PageCount\":5", 0, 100);
        page(2, "\"PageCount\":5", 100, 0);
        page(3, "\"PageCount\":5", 100, 0);

        assertThat(stream().last().getLeft().summary()).contains("pages 2 and 3 of 5 are empty");
    }

    /** Package 100 moves to the first page after that page was read. */
    @Test
    void lists_everything_after_a_concurrent_deletion() {
        changing(1, "\"Total\":150,\"PageCount\":2", 0, 100, "\"Total\":149,\"PageCount\":2", 1, 100);
        page(2, "\"Total\":149,\"PageCount\":2", 101, 49);

        assertThat(listed()).hasSize(150).doesNotHaveDuplicates();
        SERVER.verify(4, anyRequestedFor(anyUrl()));
    }

    /** One package is deleted on the first page and two are added at the end. */
    @Test
    void lists_everything_after_concurrent_additions() {
        changing(1, "\"Total\":150,\"PageCount\":2", 0, 100, "\"Total\":151,\"PageCount\":2", 1, 100);
        page(2, "\"Total\":151,\"PageCount\":2", 101, 51);

        assertThat(listed()).hasSize(152).doesNotHaveDuplicates();
    }

    @Test
    void ends_a_list_that_changes_on_every_attempt() {
        page(1, "\"Total\":1000,\"PageCount\":2", 0, 1);
        page(2, "\"Total\":999,\"PageCount\":2", 1, 1);
        page(3, "\"Total\":999,\"PageCount\":2", 2, 0);
        page(4, "\"Total\":999,\"PageCount\":2", 2, 0);

        assertThat(stream())
                .hasSize(3)
                .last()
                .satisfies(end -> assertThat(end.isLeft()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"FirmwareInfo\":null", ",\"FirmwareInfo\":{}", ",\"FirmwareInfo\":\"\""})
    void treats_an_absent_list_with_count_zero_as_empty(String info) {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson("{\"Success\":true,\"Total\":0,\"PageCount\":0" + info + "}")));

        assertThat(stream()).isEmpty();
        assertThat(listPageByPage(FirmwareFilter.all()).get()).isEmpty();
    }

    @Test
    void treats_an_absent_list_in_xml_as_empty() {
        SERVER.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withHeader("Content-Type", "text/xml")
                        .withBody("<R><Success>true</Success><Total>0</Total></R>")));

        assertThat(stream()).isEmpty();
    }

    @Test
    void treats_an_absent_list_with_a_count_as_short() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson("{\"Success\":true,\"Total\":3,\"PageCount\":1}")));

        assertThat(stream().single().getLeft().summary())
                .contains("announced 3")
                .contains("sent 0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"FirmwareInfo\":null",
                ",\"FirmwareInfo\":\"\"",
                ",\"FirmwareInfo\":{}",
                ",\"FirmwareInfo\":null,\"Total\":null"
            })
    void rejects_an_absent_list_without_a_count(String members) {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson("{\"Success\":true" + members + "}")));

        assertThat(stream().single().getLeft().summary()).contains("FirmwareInfo is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Total\":0,\"FirmwareInfo\":null",
                "\"Total\":0,\"FirmwareInfo\":\"\"",
                "\"Total\":0,\"FirmwareInfo\":{}",
                "\"FirmwareInfo\":[]",
                "\"FirmwareInfo\":{\"SimpleOTAFirmwareInfo\":[]}"
            })
    void treats_a_list_as_empty_if_the_count_or_an_array_confirms_it(String members) {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson("{\"Success\":true," + members + "}")));

        assertThat(stream()).isEmpty();
    }

    private List<Either<OtaFailure, FirmwareSummary>> stream() {
        return List.ofAll(PageIterator.stream(backend.firmware().list(FirmwareFilter.all()))
                .toList());
    }

    private List<String> listed() {
        return stream().map(found -> found.get().id().value());
    }

    private List<String> pageByPage() {
        return listPageByPage(FirmwareFilter.all()).get();
    }

    private Either<OtaFailure, List<String>> listPageByPage(FirmwareFilter filter) {
        List<String> ids = List.empty();
        Option<PageToken> next = Option.some(PageToken.FIRST);
        while (next.isDefined()) {
            Either<OtaFailure, Page<FirmwareSummary>> page =
                    backend.firmware().list(filter).page(next.get());
            if (page.isLeft()) {
                return Either.left(page.getLeft());
            }
            ids = ids.appendAll(page.get().items().map(found -> found.id().value()));
            next = page.get().next();
        }
        return Either.right(ids);
    }

    private static void page(int number, String counters, int first, int count) {
        SERVER.stubFor(any(anyUrl())
                .withQueryParam("CurrentPage", equalTo(String.valueOf(number)))
                .willReturn(okJson(body(counters, first, count))));
    }

    /** A page that changes after the first request. */
    private static void changing(
            int number, String before, int firstBefore, int countBefore, String after, int first, int count) {
        page(number, after, first, count);
        SERVER.stubFor(any(anyUrl())
                .withQueryParam("CurrentPage", equalTo(String.valueOf(number)))
                .inScenario("change")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("changed")
                .willReturn(okJson(body(before, firstBefore, countBefore))));
    }

    private static String body(String counters, int first, int count) {
        String packages = List.range(first, first + count)
                .map(i -> "{\"FirmwareId\":\"f" + i + "\",\"DestVersion\":\"1\"}")
                .mkString(",");
        return "{\"Success\":true," + counters + ",\"FirmwareInfo\":[" + packages + "]}";
    }
}
