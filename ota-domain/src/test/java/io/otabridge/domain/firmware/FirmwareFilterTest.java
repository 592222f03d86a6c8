package io.otabridge.domain.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.artifact.FirmwareFile;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filtering with and without a vendor that filters by product and version. */
class FirmwareFilterTest {

    private static final OperationContext ORIGIN = new OperationContext("shelf", Vendor.of("acme"), "List");

    private static final ProductId LAMP = ProductId.of("lamp");
    private static final FirmwareFilter NARROW =
            FirmwareFilter.all().product(LAMP).version(FirmwareVersion.of("1"));

    @Test
    void does_not_match_an_entry_without_a_product() {
        assertThat(NARROW.matches(firmware(Option.none(), "1"))).isFalse();
        assertThat(NARROW.matches(firmware(Option.some("lamp"), "1"))).isTrue();
        assertThat(NARROW.matches(firmware(Option.some("lamp"), "2"))).isFalse();
    }

    @Test
    void an_entry_without_a_product_gets_the_requested_product() {
        assertThat(retainMatching(NARROW, firmware(Option.none(), "1")))
                .isEqualTo(Either.right(List.of(firmware(Option.some("lamp"), "1"))));
    }

    @Test
    void does_not_add_a_product_if_none_was_requested() {
        FirmwareSummary withoutProduct = firmware(Option.none(), "1");

        assertThat(retainMatching(FirmwareFilter.all(), withoutProduct))
                .isEqualTo(Either.right(List.of(withoutProduct)));
    }

    @Test
    void rejects_another_product_or_version() {
        FirmwareSummary good = firmware(Option.some("lamp"), "1");

        assertThat(retainMatching(NARROW, good, firmware(Option.some("bell"), "1"))
                        .getLeft())
                .isEqualTo("it names product bell, requested was product lamp");
        assertThat(retainMatching(NARROW, good, firmware(Option.some("lamp"), "2"))
                        .getLeft())
                .isEqualTo("it names version 2, requested was version 1");
    }

    @Test
    void keeps_the_received_spelling_of_the_requested_product() {
        FirmwareSummary upper = firmware(Option.some("LAMP"), "1");

        assertThat(NARROW.retainMatching(
                        List.of(upper),
                        (received, requested) -> received.value().equalsIgnoreCase(requested.value())))
                .isEqualTo(Either.right(List.of(upper)));
    }

    @Test
    void names_every_difference_of_details() {
        FirmwareFilter filter = NARROW.target(FirmwareTarget.module("MCU")).verified();
        Firmware other = Firmware.builder(FirmwareId.of("f1"), FirmwareVersion.of("9"))
                .product(Product.of(ProductId.of("bell")))
                .target(FirmwareTarget.wholeDevice())
                .verification(Verification.failed())
                .build();

        OtaFailure failure = filter.requireDetails(ORIGIN, firmware(Option.some("lamp"), "1"), other, ProductId::equals)
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.summary())
                .contains("product: requested lamp, received bell")
                .contains("target: requested module MCU, received the whole device")
                .contains("version: requested 1, received 9")
                .contains("verification: requested a state that permits a rollout, received Failed");
    }

    @ParameterizedTest
    @CsvSource({
        "'1 ', 'version: requested 1, received \"1 \"'",
        "'1\u200b', 'version: requested 1, received \"1\\u200b\"'",
        "'1\u00a0', 'version: requested 1, received \"1\\u00a0\"'"
    })
    void escapes_an_invisible_difference(String version, String difference) {
        Firmware other = Firmware.builder(FirmwareId.of("f"), FirmwareVersion.of(version))
                .build();

        assertThat(NARROW.requireDetails(ORIGIN, firmware(Option.some("lamp"), "1"), other, ProductId::equals)
                        .getLeft()
                        .summary())
                .contains(difference);
        assertThat(retainMatching(NARROW, firmware(Option.none(), version)).getLeft())
                .contains("requested was version 1");
    }

    @Test
    void completes_details_from_the_list() {
        FirmwareFilter filter = NARROW.target(FirmwareTarget.wholeDevice()).verified();
        Firmware whole = Firmware.builder(FirmwareId.of("f"), FirmwareVersion.of("1"))
                .name("n")
                .product(Product.of(ProductId.of("lamp"), "Lamp"))
                .resourceSpace("space")
                .target(FirmwareTarget.wholeDevice())
                .kind(new UpdateKind.Delta(Option.some(FirmwareVersion.of("0"))))
                .sourceVersions(List.of(FirmwareVersion.of("0")))
                .verification(Verification.verified())
                .files(List.of(new FirmwareFile(Option.none(), Option.some(7L), List.empty(), Option.none())))
                .customInfo("c")
                .description("d")
                .build();
        Firmware sparse = Firmware.builder(whole.id(), whole.version())
                .files(List.of(new FirmwareFile(Option.none(), Option.none(), List.empty(), Option.none())))
                .build();
        Firmware unnamed = Firmware.builder(whole.id(), whole.version())
                .product(Product.of(ProductId.of("LAMP")))
                .build();

        FirmwareSummary listed = FirmwareSummary.of(whole);

        assertThat(filter.requireDetails(ORIGIN, listed, sparse, ProductId::equals))
                .isEqualTo(Either.right(whole));
        assertThat(filter.requireDetails(ORIGIN, listed, unnamed, (one, other) -> true)
                        .get()
                        .product())
                .isEqualTo(Option.some(new Product(ProductId.of("LAMP"), Option.some("Lamp"))));
    }

    @Test
    void details_take_precedence_over_the_list() {
        Firmware details = Firmware.builder(FirmwareId.of("f"), FirmwareVersion.of("1"))
                .name("new")
                .target(FirmwareTarget.module("MCU"))
                .kind(UpdateKind.full())
                .verification(Verification.verified())
                .build();
        FirmwareSummary listed = FirmwareSummary.of(Firmware.builder(details.id(), details.version())
                .name("old")
                .verification(Verification.unverified())
                .sourceVersions(List.of(FirmwareVersion.of("0")))
                .build());

        assertThat(FirmwareFilter.all().requireDetails(ORIGIN, listed, details, ProductId::equals))
                .isEqualTo(Either.right(details));
    }

    @Test
    void filters_by_target_and_verification() {
        FirmwareSummary unverified = firmware(Option.none(), "1");

        assertThat(retainMatching(NARROW.target(FirmwareTarget.wholeDevice()), unverified)
                        .get())
                .isEmpty();
        assertThat(retainMatching(NARROW.verified(), unverified).get()).isEmpty();
    }

    private static Either<String, List<FirmwareSummary>> retainMatching(
            FirmwareFilter filter, FirmwareSummary... response) {
        return filter.retainMatching(List.of(response), ProductId::equals);
    }

    private static FirmwareSummary firmware(Option<String> product, String version) {
        Firmware.Builder firmware = Firmware.builder(FirmwareId.of("f"), FirmwareVersion.of(version))
                .verification(Verification.unverified());
        product.map(ProductId::of).map(Product::of).forEach(firmware::product);
        return FirmwareSummary.of(firmware.build());
    }
}
