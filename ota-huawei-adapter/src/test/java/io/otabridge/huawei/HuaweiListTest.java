package io.otabridge.huawei;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.VersionComparator;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.observation.CallObservation;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageIterator;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists whose count contradicts the records, and package types that a platform does not support. */
class HuaweiListTest {

    private static final ProductId PRODUCT = ProductId.of("5ba24f5ebbe8f56f5a14f605");
    private static final FirmwareFilter WHOLE_DEVICE = FirmwareFilter.all().target(FirmwareTarget.wholeDevice());

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final CopyOnWriteArrayList<String> notes = new CopyOnWriteArrayList<>();
    private Backend backend;

    @BeforeEach
    void open() {
        BackendObserver observer = new BackendObserver() {
            @Override
            public CallObservation started(OperationContext origin) {
                return CallObservation.NONE;
            }

            @Override
            public void warned(OperationContext origin, String note) {
                notes.add(note);
            }
        };
        backend = new HuaweiProvider()
                .open(
                        "prod",
                        SettingsReader.of("backends.prod", HuaweiFixture.settings(SERVER.baseUrl())),
                        HuaweiFixture.context().withResource(BackendObserver.class, observer))
                .get();
    }

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void sends_one_request_for_a_page_that_is_not_full() {
        page("", 0, 49, "\"count\":49,\"marker\":\"ff\"");

        assertThat(listed()).hasSize(49);
        SERVER.verify(1, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"120", "\"120\""})
    void continues_after_a_short_page(String count) {
        page("", 0, 49, "\"count\":" + count + ",\"marker\":\"ff\"");
        page("ff", 49, 50, "\"count\":" + count + ",\"marker\":\"ee\"");
        page("ee", 99, 21, "\"count\":" + count + ",\"marker\":\"dd\"");

        assertThat(listed()).hasSize(120);
        assertThat(listPageByPage().get()).hasSize(120);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"count\":null,", "\"count\":-1,", "\"count\":10,", "\"count\":0,"})
    void follows_the_marker_regardless_of_the_count(String count) {
        page("", 0, 49, count + "\"marker\":\"ff\"");
        page("ff", 49, 50, count + "\"marker\":\"ee\"");
        page("ee", 99, 21, count + "\"marker\":\"dd\"");
        page("dd", 120, 0, count + "\"marker\":null");

        assertThat(listed()).hasSize(120);
        assertThat(listPageByPage().get()).hasSize(120);
    }

    @Test
    void continues_if_the_count_drops_below_the_received_records() {
        page("", 0, 50, "\"count\":120,\"marker\":\"ff\"");
        page("ff", 50, 40, "\"count\":60,\"marker\":\"ee\"");
        page("ee", 90, 30, "\"count\":60,\"marker\":\"dd\"");
        page("dd", 120, 0, "\"count\":60");

        assertThat(listed()).hasSize(120);
    }

    @Test
    void skips_an_empty_page_with_a_marker() {
        page("", 0, 50, "\"marker\":\"ff\"");
        page("ff", 50, 0, "\"marker\":\"ee\"");
        page("ee", 50, 20, "\"marker\":\"dd\"");
        page("dd", 70, 0, "\"marker\":null");

        assertThat(listed()).hasSize(70);
        assertThat(listPageByPage().get()).hasSize(70);
    }

    @ParameterizedTest
    @CsvSource({
        "0, ee, an empty page",
        "30, fff, this page",
    })
    void fails_if_the_marker_is_invalid_and_no_count_is_known(int records, String marker, String page) {
        page("", 0, 50, "\"marker\":\"ff\"");
        page("ff", 50, records, "\"marker\":\"" + marker + "\"");
        page("ee", 50, 0, "\"marker\":\"dd\"");

        assertThat(stream(WHOLE_DEVICE).last().getLeft())
                .isInstanceOf(OtaFailure.UnreadableResponse.class)
                .satisfies(failure -> assertThat(failure.summary()).contains("page.marker of " + page));
        assertThat(listPageByPage().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void reads_a_list_again_that_ends_with_an_empty_page_and_has_no_count() {
        page("", 0, 50, "\"marker\":\"ff\"");
        page("ff", 50, 20, "\"marker\":\"ee\"");
        page("ee", 70, 0, "\"marker\":null");
        SERVER.stubFor(request("ff")
                .inScenario("empty once")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("full")
                .willReturn(okJson(body(50, 0, "\"marker\":null"))));

        assertThat(listed()).hasSize(70);
    }

    @ParameterizedTest
    @CsvSource({"49, ff", "10, ff", "0, ff", "10, ''"})
    void reports_both_counts_after_a_second_short_list(int records, String marker) {
        page("", 0, records, "\"count\":500,\"marker\":\"" + marker + "\"");
        page("ff", records, 0, "\"count\":500");

        List<Either<OtaFailure, FirmwareSummary>> stream = stream(WHOLE_DEVICE);

        assertThat(stream).hasSize(records + 1);
        assertThat(stream.last().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(stream.last().getLeft().summary())
                .contains("announced 500 firmware packages")
                .contains("sent " + records + ",");
        assertThat(listPageByPage().getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void finds_no_newest_version_in_a_short_list() {
        page("", 0, 10, "\"count\":500");

        assertThat(backend.firmware()
                        .newest(WHOLE_DEVICE, FirmwareOrder.byVersion(VersionComparator.of((one, other) -> 0)))
                        .getLeft())
                .isInstanceOf(OtaFailure.UnreadableResponse.class);
    }

    @Test
    void finds_the_newest_package_without_the_rest_of_the_list() {
        page("", 0, 10, "\"count\":500");

        assertThat(backend.firmware()
                        .newest(WHOLE_DEVICE, FirmwareOrder.byCreation())
                        .isRight())
                .isTrue();
        SERVER.verify(1, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60})
    void accepts_a_count_that_changes_between_pages(int later) {
        page("", 0, 50, "\"count\":53,\"marker\":\"ff\"");
        page("ff", 50, 3, "\"count\":" + later);

        assertThat(listed()).hasSize(53);
        SERVER.verify(2, anyRequestedFor(anyUrl()));
    }

    /** One package is deleted on the second page and one is added before the first, so the count does not change. */
    @Test
    void reads_a_list_again_after_a_concurrent_deletion_and_addition() {
        page("", -1, 50, "\"count\":53,\"marker\":\"ff\"");
        SERVER.stubFor(request("")
                .inScenario("change")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("changed")
                .willReturn(okJson(body(0, 50, "\"count\":53,\"marker\":\"ff\""))));
        page("ff", 49, 3, "\"count\":53");

        assertThat(listed()).hasSize(53).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"packages\":null,\"page\":{\"count\":0}}",
                "{\"page\":{\"count\":0}}",
                "{\"page\":{\"count\":\"0\"},\"packages\":[]}"
            })
    void treats_an_absent_list_with_count_zero_as_empty(String body) {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(body)));

        assertThat(stream(FirmwareFilter.all())).isEmpty();
    }

    @Test
    void treats_an_absent_list_of_modules_with_count_zero_as_empty() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson("{\"modules\":null,\"page\":{\"count\":0}}")));

        assertThat(backend.modules().list(PRODUCT).toList().get()).isEmpty();
    }

    @Test
    void treats_an_absent_list_with_a_count_as_short() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson("{\"page\":{\"count\":3}}")));

        assertThat(stream(WHOLE_DEVICE).single().getLeft().summary())
                .contains("announced 3")
                .contains("sent 0");
        assertThat(backend.modules().list(PRODUCT).toList().getLeft().summary()).contains("announced 3 modules");
    }

    @Test
    void rejects_an_absent_list_without_a_count() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson("{\"page\":{}}")));

        assertThat(stream(WHOLE_DEVICE).single().getLeft().summary()).contains("packages is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "modulePackage, 400, IOTDA.000006",
        "modulePackage, 404, IOTDA.000029",
        "softwarePackage, 400, IOTDA.000029",
        "firmwarePackage, 400, IOTDA.000006"
    })
    void lists_the_other_types_if_one_is_not_supported(String type, int status, String code) {
        page("", 0, 1, "\"count\":1");
        stubRejection(type, status, code);

        assertThat(stream(FirmwareFilter.all()).map(Either::isRight)).hasSize(2).containsOnly(true);
        assertThat(notes)
                .containsExactly(
                        "Backend prod rejects the package type " + type + ", so packages of this type are not listed");
        assertThat(listPageByPage(FirmwareFilter.all()).get()).hasSize(2);
    }

    @Test
    void fails_if_every_type_is_rejected() {
        stubRejection("firmwarePackage", 400, "IOTDA.000006");
        stubRejection("softwarePackage", 400, "IOTDA.000006");
        stubRejection("modulePackage", 400, "IOTDA.000006");

        assertThat(stream(FirmwareFilter.all()).single().getLeft()).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(listPageByPage(FirmwareFilter.all()).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"firmwarePackage", "softwarePackage", "modulePackage"})
    void fails_if_a_type_is_rejected_when_its_short_list_is_read_again(String type) {
        page("", 0, 1, "\"count\":1");
        stubRejection(type, 400, "IOTDA.000006");
        SERVER.stubFor(any(anyUrl())
                .withQueryParam("package_type", equalTo(type))
                .inScenario("rejected later")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("rejected")
                .willReturn(okJson(body(0, 1, "\"count\":2"))));

        assertThat(stream(FirmwareFilter.all()).last().getLeft()).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(notes).isEmpty();
    }

    @Test
    void does_not_report_a_package_of_an_unsupported_type_as_missing() {
        stubRejection("modulePackage", 400, "IOTDA.000006");

        OtaFailure failure = backend.firmware()
                .find(FirmwareCoordinates.of(PRODUCT, ModuleName.of("MCU"), FirmwareVersion.of("V1")))
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.advice()).contains("may not support the package type modulePackage");
    }

    @Test
    void fails_if_one_type_fails_for_another_reason() {
        page("", 0, 1, "\"count\":1");
        stubRejection("modulePackage", 403, "IOTDA.021101");

        assertThat(stream(FirmwareFilter.all()).last().getLeft()).isInstanceOf(OtaFailure.RateLimited.class);
    }

    @ParameterizedTest
    @CsvSource({
        "product_id, 00000000bbe8f56f5a14f605, product: requested 5ba24f5ebbe8f56f5a14f605",
        "version, V9, 'version: requested V0, received V9'",
        "package_type, softwarePackage, 'target: requested the whole device, received the device'",
        "package_type, configPackage, 'target: requested the whole device, received package type \"configPackage\"'"
    })
    void rejects_details_of_another_package(String member, String value, String difference) {
        page("", 0, 1, "\"count\":1");
        details("\"" + member + "\":\"" + value + "\"");

        OtaFailure failure = findInVersion0().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.summary()).contains(difference);
    }

    @Test
    void accepts_details_that_omit_the_requested_fields() {
        page("", 0, 1, "\"count\":1");
        details("\"description\":\"d\"");

        assertThat(findInVersion0().isRight()).isTrue();
    }

    private Either<OtaFailure, ?> findInVersion0() {
        return backend.firmware().find(FirmwareCoordinates.wholeDevice(PRODUCT, FirmwareVersion.of("V0")));
    }

    private static void details(String member) {
        String version = member.contains("version") ? "" : "\"version\":\"V0\",";
        SERVER.stubFor(any(urlPathMatching(".*/packages/p0"))
                .willReturn(okJson("{\"package_id\":\"p0\"," + version + member + "}")));
    }

    private List<Either<OtaFailure, FirmwareSummary>> stream(FirmwareFilter filter) {
        return List.ofAll(PageIterator.stream(backend.firmware().list(filter)).toList());
    }

    private List<String> listed() {
        return stream(WHOLE_DEVICE).map(found -> found.get().id().value());
    }

    private Either<OtaFailure, List<String>> listPageByPage() {
        return listPageByPage(WHOLE_DEVICE);
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

    private static void stubRejection(String type, int status, String code) {
        SERVER.stubFor(any(anyUrl())
                .withQueryParam("package_type", equalTo(type))
                .willReturn(jsonResponse("{\"error_code\":\"" + code + "\",\"error_msg\":\"Invalid\"}", status)));
    }

    private static void page(String marker, int first, int count, String page) {
        SERVER.stubFor(request(marker).willReturn(okJson(body(first, count, page))));
    }

    private static MappingBuilder request(String marker) {
        return any(anyUrl()).withQueryParam("marker", marker.isEmpty() ? absent() : equalTo(marker));
    }

    private static String body(int first, int count, String page) {
        String packages = List.range(first, first + count)
                .map(i -> "{\"package_id\":\"p" + i + "\",\"version\":\"V" + i + "\",\"module_name\":\"M\"}")
                .mkString(",");
        return "{\"packages\":[" + packages + "],\"page\":{" + page + "}}";
    }
}
