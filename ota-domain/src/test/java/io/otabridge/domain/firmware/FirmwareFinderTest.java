package io.otabridge.domain.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.otabridge.domain.Capability;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Creation times, failures and pagination of the search. The port contract covers the rest. */
class FirmwareFinderTest {

    private static final OperationContext ORIGIN = new OperationContext("shelf", Vendor.of("acme"), "List");
    private static final ProductId PRODUCT = ProductId.of("p");

    @Test
    void of_equal_creation_times_the_first_is_the_newest() {
        FakePort port = new FakePort(firmware("a", "1", "10"), firmware("b", "2", "10"), firmware("c", "3", "09"));

        assertThat(newest(port, FirmwareOrder.byCreation()).get().id()).isEqualTo(FirmwareId.of("a"));
    }

    @Test
    void of_equal_versions_the_later_created_is_the_newest() {
        FakePort port =
                new FakePort(firmware("a", "2.0", "10"), firmware("b", "2.0.0", "12"), firmware("c", "1.0", "23"));

        assertThat(newestByVersion(port).get().id()).isEqualTo(FirmwareId.of("b"));
    }

    @Test
    void fails_without_a_readable_creation_time() {
        FakePort port = new FakePort(firmware("a", "1", "10"), firmware("b", "2", "last Tuesday"));

        OtaFailure failure = newest(port, FirmwareOrder.byCreation()).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.details().summary().key()).contains("{0}").doesNotContain("shelf");
        assertThat(failure.summary()).contains("firmware b").contains("\"last Tuesday\"");
    }

    @Test
    void needs_no_creation_time_for_one_package_or_by_version() {
        assertThat(newest(new FakePort(firmware("a", "1", "?")), FirmwareOrder.byCreation())
                        .isRight())
                .isTrue();
        FakePort port = new FakePort(firmware("a", "1", "?"), firmware("b", "1", "?"), firmware("c", "2", "?"));
        assertThat(newestByVersion(port).get().id()).isEqualTo(FirmwareId.of("c"));
    }

    @ParameterizedTest
    @CsvSource({"?, ?", "?, 10", "10, ?", "10, 10"})
    void rejects_equal_versions_with_undecided_creation_times(String one, String other) {
        FakePort port = new FakePort(firmware("a", "2", one), firmware("b", "2", other), firmware("c", "1", "11"));

        OtaFailure failure = newestByVersion(port).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.details().summary().key()).contains("{0}").doesNotContain("shelf");
        assertThat(failure.summary())
                .isEqualTo(
                        "The versions \"2\" (firmware a) and \"2\" (firmware b) of backend shelf are equal, and it is"
                                + " unknown which package was created later");
    }

    @Test
    void rejects_versions_that_cannot_be_compared() {
        FakePort port = new FakePort(
                firmware("a", "1.2.0", "10"), firmware("b", "1.3.0", "11"), firmware("c", "app-9.0.0-2024", "12"));

        OtaFailure failure = newestByVersion(port).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.details().summary().key()).contains("{0}").doesNotContain("shelf");
        assertThat(failure.summary())
                .isEqualTo("The versions \"1.3.0\" (firmware b) and \"app-9.0.0-2024\" (firmware c) of backend shelf"
                        + " cannot be compared");
    }

    @Test
    void does_not_compare_a_single_version() {
        assertThat(newestByVersion(new FakePort(firmware("a", "stable", "?"))).isRight())
                .isTrue();
    }

    @Test
    void fails_if_a_later_page_fails() {
        FakePort port = new FakePort(firmware("a", "1", "10"), firmware("b", "1", "11"));
        port.failsFromPage = 1;

        assertThat(newest(port, FirmwareOrder.byCreation()).getLeft()).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(new FirmwareFinder(port, ORIGIN)
                        .find(FirmwareCoordinates.wholeDevice(PRODUCT, FirmwareVersion.of("1")))
                        .getLeft())
                .isInstanceOf(OtaFailure.Unavailable.class);
    }

    @Test
    void stops_at_the_first_match_of_a_sorted_list() {
        FakePort port = new FakePort(firmware("a", "1", "10"), firmware("b", "1", "11"));

        assertThat(new FirmwareFinder(port, ORIGIN)
                        .first(FirmwareFilter.all().product(PRODUCT))
                        .get()
                        .id())
                .isEqualTo(FirmwareId.of("a"));
        assertThat(port.pages).isEqualTo(1);
    }

    @Test
    void lists_a_few_ids_of_ambiguous_coordinates() {
        FakePort port = new FakePort(
                List.range(0, 9).map(i -> firmware("f" + i, "1", "1" + i)).toJavaArray(Firmware[]::new));

        OtaFailure failure = new FirmwareFinder(port, ORIGIN)
                .find(FirmwareCoordinates.wholeDevice(PRODUCT, FirmwareVersion.of("1")))
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.details().summary().key()).contains("{0}").doesNotContain("shelf");
        assertThat(failure.summary())
                .isEqualTo("Backend shelf has more than one firmware of product p for the whole device in version 1:"
                        + " f0, f1, f2, f3, f4 and more");
        assertThat(port.pages).isLessThan(9);
    }

    @Test
    void rejects_coordinates_that_cannot_be_requested() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new FirmwareCoordinates(PRODUCT, FirmwareTarget.notStated(), FirmwareVersion.of("1")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FirmwareFilter.all().target(FirmwareTarget.unknown("x")));
    }

    @Test
    void advises_to_check_only_what_was_requested() {
        FirmwareFilter filter = FirmwareFilter.all().product(ProductId.of("thermometer"));

        String withoutVersion = new FirmwareFinder(new FakePort(), ORIGIN)
                .newest(filter, FirmwareOrder.byCreation())
                .getLeft()
                .advice();
        String withVersion = new FirmwareFinder(new FakePort(), ORIGIN)
                .first(filter.version(FirmwareVersion.of("1")))
                .getLeft()
                .advice();

        assertThat(withoutVersion).contains("map the name in products").doesNotContain("version");
        assertThat(withVersion).contains("map the name in products", "version");
    }

    private static Either<OtaFailure, FirmwareSummary> newestByVersion(FakePort port) {
        return newest(port, FirmwareOrder.byVersion(VersionComparator.SEMANTIC));
    }

    private static Either<OtaFailure, FirmwareSummary> newest(FakePort port, FirmwareOrder order) {
        return new FirmwareFinder(port, ORIGIN).newest(FirmwareFilter.all(), order);
    }

    private static Firmware firmware(String id, String version, String created) {
        Option<Instant> instant =
                created.length() == 2 ? Option.some(Instant.parse("2026-01-" + created + "T00:00:00Z")) : Option.none();
        return Firmware.builder(FirmwareId.of(id), FirmwareVersion.of(version))
                .product(Product.of(PRODUCT))
                .target(FirmwareTarget.wholeDevice())
                .created(new VendorTimestamp(created, instant))
                .build();
    }

    /** A port with one package per page. */
    private static final class FakePort implements FirmwareQueryPort {

        private final List<Firmware> packages;
        private int failsFromPage = Integer.MAX_VALUE;
        private int pages;

        FakePort(Firmware... packages) {
            this.packages = List.of(packages);
        }

        @Override
        public Either<OtaFailure, Firmware> find(FirmwareId id) {
            return Either.right(packages.find(one -> one.id().equals(id)).get());
        }

        @Override
        public OtaFailure unsupported(Capability missing) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Pages<FirmwareSummary> list(FirmwareFilter filter) {
            return Pages.of(from -> page(filter, from));
        }

        private Either<OtaFailure, Page<FirmwareSummary>> page(FirmwareFilter filter, PageToken from) {
            pages++;
            int page = from.equals(PageToken.FIRST) ? 0 : Integer.parseInt(from.value());
            if (page >= failsFromPage) {
                return Either.left(new OtaFailure.Unavailable(FailureDetails.of(ORIGIN, "Not now", "Wait")));
            }
            List<FirmwareSummary> items =
                    packages.slice(page, page + 1).map(FirmwareSummary::of).filter(filter::matches);
            return Either.right(
                    page + 1 < packages.size()
                            ? Page.before(new PageToken(String.valueOf(page + 1)), items)
                            : Page.last(items));
        }
    }
}
