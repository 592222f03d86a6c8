package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.batch.BatchResult;
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
 * What every {@link io.otabridge.domain.firmware.FirmwareQueryPort} does with coordinates and with the question for the
 * newest. A test class of an adapter implements this interface and the hooks of {@link BackendContract}, and inherits the
 * tests.
 */
public interface FirmwareSearchContract extends OperationContract {

    /** A product that the vendor knows, with modules {@code MCU} and {@code modem} and no packages. */
    ProductId givenProductWithoutFirmware();

    /** Makes the vendor hold these packages, besides any that it holds already. Answers their ids in the same order. */
    List<FirmwareId> givenFirmware(List<FirmwareFixture> seeds);

    /** Whether the vendor can hold two packages with the same coordinates. */
    default boolean canHoldTheSameCoordinatesTwice() {
        return true;
    }

    /**
     * Makes the vendor leave out everything but id and version from the details of this package, and nothing from its lists.
     *
     * @return whether the vendor can be made to do so
     */
    default boolean givenSparseDetails(Firmware firmware) {
        return false;
    }

    /** Holds one package in each of these versions, each created a day after the one before; the last is not verified. */
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
        FirmwareCoordinates asked = FirmwareCoordinates.of(product, ModuleName.of("MCU"), FirmwareVersion.of("1.1.0"));
        int before = requestsSent();

        Firmware found = backend().firmware().find(asked).get();

        assertThat(requestsSent() - before).as("requests").isLessThanOrEqualTo(2);
        assertThat(found).isEqualTo(backend().firmware().find(ids.get(1)).get());
        assertThat(found.version()).isEqualTo(asked.version());
        assertThat(found.target()).isEqualTo(asked.target());
    }

    @Test
    default void completes_sparse_details_by_what_the_list_states() {
        ProductId product = givenProductWithoutFirmware();
        FirmwareId id = givenVersions(mcu(), product, "1.0.0", "1.1.0").head();
        Firmware whole = backend().firmware().find(id).get();
        Assumptions.assumeTrue(givenSparseDetails(whole), "this vendor's details cannot be made sparse");

        Firmware found = backend()
                .firmware()
                .find(FirmwareCoordinates.of(product, ModuleName.of("MCU"), whole.version()))
                .get();

        assertThat(found.id()).isEqualTo(id);
        assertThat(found.product()).isEqualTo(whole.product());
        assertThat(found.target()).isEqualTo(whole.target());
        assertThat(found.verification()).isEqualTo(whole.verification());
        assertThat(found.kind()).isEqualTo(whole.kind());
        assertThat(found.created()).isEqualTo(whole.created());
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
    default void finds_software_by_its_coordinates_or_says_it_cannot() {
        ProductId product = givenProductWithoutFirmware();
        FirmwareCoordinates software =
                new FirmwareCoordinates(product, FirmwareTarget.software(), FirmwareVersion.of("1.0.0"));

        if (can(Capability.SOFTWARE_PACKAGES, () -> backend().firmware().find(software))) {
            FirmwareId id = givenVersions(software.target(), product, "1.0.0").head();
            assertThat(backend().firmware().find(software).get().id()).isEqualTo(id);
        } else {
            FirmwareFilter filter = software.toFilter();
            List.<Supplier<Either<OtaFailure, ?>>>of(
                            () -> backend().firmware().newest(filter, FirmwareOrder.byCreation()),
                            () -> backend().firmware().list(filter).page(PageToken.FIRST),
                            () -> backend().firmware().list(filter).toList())
                    .forEach(question -> can(Capability.SOFTWARE_PACKAGES, question));
        }
    }

    @Test
    default void answers_not_found_for_coordinates_that_differ_in_one_part() {
        ProductId product = givenProductWithoutFirmware();
        givenVersions(mcu(), product, "1.0.0");
        ModuleName module = ModuleName.of("MCU");
        FirmwareVersion version = FirmwareVersion.of("1.0.0");

        for (FirmwareCoordinates wrong : List.of(
                FirmwareCoordinates.of(product, module, FirmwareVersion.of("1.0")),
                FirmwareCoordinates.of(product, ModuleName.of("modem"), version),
                FirmwareCoordinates.of(product, ModuleName.of("mcu"), version),
                FirmwareCoordinates.wholeDevice(product, version),
                FirmwareCoordinates.of(ProductId.of("anotherProduct"), module, version))) {
            OtaFailure failure = backend().firmware().find(wrong).getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
            assertThat(failure.summary())
                    .contains(wrong.product().value())
                    .contains(wrong.version().value());
            expectOriginAndAdvice(failure);
        }
    }

    @Test
    default void names_all_when_several_have_the_same_coordinates() {
        Assumptions.assumeTrue(canHoldTheSameCoordinatesTwice(), "this vendor keeps coordinates unique");
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
    default void answers_the_newest_by_creation() {
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
    default void answers_the_newest_by_creation_for_any_target() {
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
    default void answers_the_newest_for_this_target_only() {
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
    default void answers_many_threads_each_about_its_own_firmware() {
        List<FirmwareId> ids = givenVersions(mcu(), givenProductWithoutFirmware(), "1.0.0", "1.1.0", "1.2.0");
        AtomicInteger turn = new AtomicInteger();

        List<Boolean> own = List.ofAll(inManyThreads(() -> {
            FirmwareId asked = ids.get(turn.getAndIncrement() % ids.size());
            return backend().firmware().find(asked).get().id().equals(asked);
        }));

        assertThat(own).containsOnly(true);
    }

    @Test
    default void answers_for_each_of_many_firmware_ids_with_its_own() {
        List<FirmwareId> ids = givenVersions(mcu(), givenProductWithoutFirmware(), "1.0.0", "1.1.0", "1.2.0", "1.3.0");

        List<BatchResult<FirmwareId, Firmware>> answers =
                List.ofAll(backend().firmware().findAll(ids, 3).toList());

        assertThat(answers.map(BatchResult::id)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(answers).allMatch(answer -> answer.found().get().id().equals(answer.id()));
    }

    @Test
    default void answers_the_newest_by_the_version_order_of_the_caller() {
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
    default void orders_versions_of_one_form_by_their_numbers() {
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
    default void refuses_to_order_versions_of_different_forms() {
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
    default void answers_the_newest_that_is_verified() {
        ProductId product = givenProductWithoutFirmware();
        List<FirmwareId> ids = givenVersions(mcu(), product, "1.0.0", "1.1.0", "1.2.0");
        boolean isVerificationTold = backend().capabilities().has(Capability.VERIFICATION);

        FirmwareSummary newest = backend()
                .firmware()
                .newest(of(product, mcu()).verified(), FirmwareOrder.byCreation())
                .get();

        assertThat(newest.id()).isEqualTo(ids.get(isVerificationTold ? 1 : 2));
    }

    @Test
    default void lists_only_what_is_verified() {
        ProductId product = givenProductWithoutFirmware();
        List<FirmwareId> ids = givenVersions(mcu(), product, "1.0.0", "1.1.0", "1.2.0");
        boolean isVerificationTold = backend().capabilities().has(Capability.VERIFICATION);

        assertThat(backend()
                        .firmware()
                        .list(FirmwareFilter.all().product(product).verified())
                        .stream()
                        .map(FirmwareSummary::id))
                .containsExactlyInAnyOrderElementsOf(isVerificationTold ? ids.take(2) : ids);
    }

    @Test
    default void answers_not_found_when_there_is_no_newest() {
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
    default void tells_in_lists_of_size_and_digests_what_the_backend_declares() {
        ProductId product = givenProductWithoutFirmware();
        givenVersions(mcu(), product, "1.0.0");

        FirmwareSummary listed = backend().firmware().list(FirmwareFilter.all().product(product)).stream()
                .findFirst()
                .orElseThrow();

        assertThat(listed.size().isDefined() || listed.checksums().nonEmpty())
                .isEqualTo(backend().capabilities().has(Capability.CONTENT_IN_LISTS));
    }
}
