package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.VersionComparator;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.page.PageToken;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link io.otabridge.domain.firmware.FirmwareQueryPort} for coordinates and for the newest firmware.
 * The test class of an adapter implements this interface and its hooks, and inherits the tests.
 */
public interface FirmwareSearchContract extends OperationContract {

    /** Returns an existing product with modules {@code MCU} and {@code modem} and no packages. */
    ProductId givenProductWithoutFirmware();

    /** Adds these packages to those of the vendor, and returns their ids in the same order. */
    List<FirmwareId> givenFirmware(List<FirmwareFixture> fixtures);

    /** Returns whether the vendor allows two packages with the same coordinates. */
    default boolean allowsDuplicateCoordinates() {
        return true;
    }

    /**
     * Makes the vendor omit everything but id and version from the details of this package, and nothing from its
     * lists.
     *
     * @return false if the vendor cannot be made to do so
     */
    default boolean givenSparseDetails(Firmware firmware) {
        return false;
    }

    /**
     * Adds one package for each of these versions, each created a day after the previous one. The last one is not
     * verified.
     */
    private List<FirmwareId> givenVersions(FirmwareTarget target, ProductId product, String... versions) {
        return givenFirmware(List.of(versions)
                .zipWithIndex((version, i) -> new FirmwareFixture(
                        new FirmwareCoordinates(product, target, FirmwareVersion.of(version)),
                        Instant.parse("2026-03-01T08:00:00Z").plusSeconds(86_400L * i),
                        i < versions.length - 1)));
    }

    private static FirmwareTarget mcu() {
        return FirmwareTarget.module("MCU");
    }

    private static FirmwareFilter of(ProductId product, FirmwareTarget target) {
        return FirmwareFilter.all().product(product).target(target);
    }

    @Test
    default void finds_firmware_by_its_coordinates() {
        ProductId product = givenProductWithoutFirmware();
        List<FirmwareId> ids = givenVersions(mcu(), product, "1.0.0", "1.1.0", "1.2.0");
        FirmwareCoordinates wanted = FirmwareCoordinates.of(product, ModuleName.of("MCU"), FirmwareVersion.of("1.1.0"));
        int before = requestsSent();

        Firmware found = backend().firmware().find(wanted).get();

        assertThat(requestsSent() - before).as("requests").isLessThanOrEqualTo(2);
        assertThat(found).isEqualTo(backend().firmware().find(ids.get(1)).get());
        assertThat(found.version()).isEqualTo(wanted.version());
        assertThat(found.target()).isEqualTo(wanted.target());
    }

    @Test
    default void completes_sparse_details_from_the_list() {
        ProductId product = givenProductWithoutFirmware();
        FirmwareId id = givenVersions(mcu(), product, "1.0.0", "1.1.0").head();
        Firmware complete = backend().firmware().find(id).get();
        Assumptions.assumeTrue(givenSparseDetails(complete), "this vendor's details cannot be made sparse");

        Firmware found = backend()
                .firmware()
                .find(FirmwareCoordinates.of(product, ModuleName.of("MCU"), complete.version()))
                .get();

        assertThat(found.id()).isEqualTo(id);
        assertThat(found.product()).isEqualTo(complete.product());
        assertThat(found.target()).isEqualTo(complete.target());
        assertThat(found.verification()).isEqualTo(complete.verification());
        assertThat(found.kind()).isEqualTo(complete.kind());
        assertThat(found.created()).isEqualTo(complete.created());
    }

    @Test
    default void finds_firmware_of_the_whole_device_by_its_coordinates() {
        ProductId product = givenProductWithoutFirmware();
        givenVersions(mcu(), product, "1.0.0");
        List<FirmwareId> ids = givenVersions(FirmwareTarget.wholeDevice(), product, "1.0.0");

        Either<OtaFailure, Firmware> found =
                backend().firmware().find(FirmwareCoordinates.wholeDevice(product, FirmwareVersion.of("1.0.0")));

        assertThat(found.get().id()).isEqualTo(ids.head());
    }

    @Test
    default void finds_software_by_its_coordinates_or_returns_unsupported() {
        ProductId product = givenProductWithoutFirmware();
        FirmwareCoordinates software =
                new FirmwareCoordinates(product, FirmwareTarget.software(), FirmwareVersion.of("1.0.0"));

        if (isSupported(Capability.SOFTWARE_PACKAGES, () -> backend().firmware().find(software))) {
            FirmwareId id = givenVersions(software.target(), product, "1.0.0").head();
            assertThat(backend().firmware().find(software).get().id()).isEqualTo(id);
        } else {
            FirmwareFilter filter = software.toFilter();
            List.<Supplier<Either<OtaFailure, ?>>>of(
                            () -> backend().firmware().newest(filter, FirmwareOrder.byCreation()),
                            () -> backend().firmware().list(filter).page(PageToken.FIRST),
                            () -> backend().firmware().list(filter).toList())
                    .forEach(call -> isSupported(Capability.SOFTWARE_PACKAGES, call));
        }
    }

    @Test
    default void returns_not_found_for_coordinates_that_differ_in_one_part() {
        ProductId product = givenProductWithoutFirmware();
        givenVersions(mcu(), product, "1.0.0");
        ModuleName module = ModuleName.of("MCU");
        FirmwareVersion version = FirmwareVersion.of("1.0.0");

        for (FirmwareCoordinates unknown : List.of(
                FirmwareCoordinates.of(product, module, FirmwareVersion.of("1.0")),
                FirmwareCoordinates.of(product, ModuleName.of("modem"), version),
                FirmwareCoordinates.of(product, ModuleName.of("mcu"), version),
                FirmwareCoordinates.wholeDevice(product, version),
                FirmwareCoordinates.of(ProductId.of("anotherProduct"), module, version))) {
            OtaFailure failure = backend().firmware().find(unknown).getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
            assertThat(failure.summary())
                    .contains(unknown.product().value())
                    .contains(unknown.version().value());
            expectOriginAndAdvice(failure);
        }
    }

    @Test
    default void names_all_packages_that_have_the_same_coordinates() {
        Assumptions.assumeTrue(allowsDuplicateCoordinates(), "this vendor keeps coordinates unique");
        ProductId product = givenProductWithoutFirmware();
        List<FirmwareId> ids = givenVersions(mcu(), product, "1.0.0", "1.0.0");

        OtaFailure failure = backend()
                .firmware()
                .find(FirmwareCoordinates.of(product, ModuleName.of("MCU"), FirmwareVersion.of("1.0.0")))
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        ids.forEach(id -> assertThat(failure.summary()).contains(id.value()));
        expectOriginAndAdvice(failure);
    }

    @Test
    default void returns_the_newest_by_creation() {
        ProductId product = givenProductWithoutFirmware();
        List<FirmwareId> ids = givenVersions(mcu(), product, "1.9.0", "1.10.0", "1.8.0");
        int before = requestsSent();

        FirmwareSummary newest = backend()
                .firmware()
                .newest(of(product, mcu()), FirmwareOrder.byCreation())
                .get();

        assertThat(requestsSent() - before).as("requests").isLessThanOrEqualTo(2);
        assertThat(newest.id()).isEqualTo(ids.get(2));
    }

    @Test
    default void returns_the_newest_by_creation_for_any_target() {
        ProductId product = givenProductWithoutFirmware();
        List<FirmwareId> ids = givenVersions(mcu(), product, "1.0.0", "2.0.0");
        givenVersions(FirmwareTarget.wholeDevice(), product, "9.0.0");

        FirmwareSummary newest = backend()
                .firmware()
                .newest(FirmwareFilter.all().product(product), FirmwareOrder.byCreation())
                .get();

        assertThat(newest.id()).isEqualTo(ids.get(1));
    }

    @Test
    default void returns_the_newest_of_one_target_only() {
        ProductId product = givenProductWithoutFirmware();
        List<FirmwareId> ids = givenVersions(mcu(), product, "1.0.0");
        givenVersions(FirmwareTarget.wholeDevice(), product, "1.0.0", "9.0.0");

        for (FirmwareOrder order :
                List.of(FirmwareOrder.byCreation(), FirmwareOrder.byVersion(VersionComparator.SEMANTIC))) {
            assertThat(backend()
                            .firmware()
                            .newest(of(product, mcu()), order)
                            .get()
                            .id())
                    .isEqualTo(ids.head());
        }
    }

    @Test
    default void lists_firmware_for_one_target_only() {
        ProductId product = givenProductWithoutFirmware();
        List<FirmwareId> ids = givenVersions(mcu(), product, "1.0.0");
        List<FirmwareId> others = givenVersions(FirmwareTarget.wholeDevice(), product, "1.0.0");

        assertThat(backend().firmware().list(of(product, mcu())).stream().map(FirmwareSummary::id))
                .containsExactlyElementsOf(ids);
        assertThat(backend().firmware().list(of(product, FirmwareTarget.wholeDevice())).stream()
                        .map(FirmwareSummary::id))
                .containsExactlyElementsOf(others);
    }

    @Test
    default void lists_firmware_of_one_product_only() {
        ProductId product = givenProductWithoutFirmware();
        List<FirmwareId> ids = givenVersions(mcu(), product, "1.0.0");

        assertThat(backend().firmware().list(FirmwareFilter.all().product(product)).stream()
                        .map(FirmwareSummary::id))
                .containsExactlyElementsOf(ids);
        assertThat(backend()
                        .firmware()
                        .list(FirmwareFilter.all().product(ProductId.of("anotherProduct")))
                        .toList()
                        .getOrElse(List.empty()))
                .isEmpty();
    }

    @Test
    default void concurrent_callers_each_receive_the_requested_firmware() {
        List<FirmwareId> ids = givenVersions(mcu(), givenProductWithoutFirmware(), "1.0.0", "1.1.0", "1.2.0");
        AtomicInteger calls = new AtomicInteger();

        List<Boolean> matches = List.ofAll(callConcurrently(() -> {
            FirmwareId id = ids.get(calls.getAndIncrement() % ids.size());
            return backend().firmware().find(id).get().id().equals(id);
        }));

        assertThat(matches).containsOnly(true);
    }

    @Test
    default void each_firmware_id_has_its_own_result() {
        List<FirmwareId> ids = givenVersions(mcu(), givenProductWithoutFirmware(), "1.0.0", "1.1.0", "1.2.0", "1.3.0");

        List<LookupResult<FirmwareId, Firmware>> results =
                List.ofAll(backend().firmware().findAll(ids, 3).toList());

        assertThat(results.map(LookupResult::id)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(results).allMatch(result -> result.result().get().id().equals(result.id()));
    }

    @Test
    default void returns_the_newest_by_the_given_version_order() {
        ProductId product = givenProductWithoutFirmware();
        List<FirmwareId> ids = givenVersions(mcu(), product, "1.9.0", "1.10.0", "1.8.0");

        assertThat(backend()
                        .firmware()
                        .newest(of(product, mcu()), FirmwareOrder.byVersion(VersionComparator.SEMANTIC))
                        .get()
                        .id())
                .isEqualTo(ids.get(1));
    }

    @Test
    default void orders_versions_of_one_format_by_their_numbers() {
        ProductId product = givenProductWithoutFirmware();
        List<FirmwareId> ids = givenVersions(
                mcu(), product, "app-1.0.10-20180101.1001", "app-1.0.9-20190530.1700", "app-1.0.2-20200101.0900");

        assertThat(backend()
                        .firmware()
                        .newest(of(product, mcu()), FirmwareOrder.byVersion(VersionComparator.SEMANTIC))
                        .get()
                        .id())
                .isEqualTo(ids.get(0));
    }

    @Test
    default void rejects_versions_of_different_formats() {
        ProductId product = givenProductWithoutFirmware();
        givenVersions(mcu(), product, "1.2.0", "app-9.0.0-2024");

        OtaFailure failure = backend()
                .firmware()
                .newest(of(product, mcu()), FirmwareOrder.byVersion(VersionComparator.SEMANTIC))
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).contains("1.2.0").contains("app-9.0.0-2024");
        expectOriginAndAdvice(failure);
    }

    @Test
    default void returns_the_newest_verified_firmware() {
        ProductId product = givenProductWithoutFirmware();
        List<FirmwareId> ids = givenVersions(mcu(), product, "1.0.0", "1.1.0", "1.2.0");
        boolean hasVerification = backend().capabilities().has(Capability.VERIFICATION);

        FirmwareSummary newest = backend()
                .firmware()
                .newest(of(product, mcu()).verified(), FirmwareOrder.byCreation())
                .get();

        assertThat(newest.id()).isEqualTo(ids.get(hasVerification ? 1 : 2));
    }

    @Test
    default void lists_only_verified_firmware() {
        ProductId product = givenProductWithoutFirmware();
        List<FirmwareId> ids = givenVersions(mcu(), product, "1.0.0", "1.1.0", "1.2.0");
        boolean hasVerification = backend().capabilities().has(Capability.VERIFICATION);

        assertThat(backend()
                        .firmware()
                        .list(FirmwareFilter.all().product(product).verified())
                        .stream()
                        .map(FirmwareSummary::id))
                .containsExactlyInAnyOrderElementsOf(hasVerification ? ids.take(2) : ids);
    }

    @Test
    default void returns_not_found_when_there_is_no_newest() {
        ProductId product = givenProductWithoutFirmware();

        for (FirmwareOrder order :
                List.of(FirmwareOrder.byCreation(), FirmwareOrder.byVersion(VersionComparator.SEMANTIC))) {
            OtaFailure failure =
                    backend().firmware().newest(of(product, mcu()), order).getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
            assertThat(failure.summary()).contains(product.value()).contains("MCU");
            expectOriginAndAdvice(failure);
        }
    }

    @Test
    default void lists_have_size_and_checksums_if_the_capabilities_declare_them() {
        ProductId product = givenProductWithoutFirmware();
        givenVersions(mcu(), product, "1.0.0");

        FirmwareSummary listed = backend().firmware().list(FirmwareFilter.all().product(product)).stream()
                .findFirst()
                .orElseThrow();

        assertThat(listed.size().isDefined() || listed.checksums().nonEmpty())
                .isEqualTo(backend().capabilities().has(Capability.CONTENT_IN_LISTS));
    }
}
