package io.otabridge.domain.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.vavr.collection.List;
import io.vavr.control.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewFirmwareTest {

    private static final ProductId PRODUCT = ProductId.of("p1");
    private static final FirmwareVersion OLD = FirmwareVersion.of("1.0.0");
    private static final FirmwareVersion NEW = FirmwareVersion.of("2.0.0");
    private static final FirmwareCoordinates COORDINATES =
            FirmwareCoordinates.of(PRODUCT, FirmwareTarget.module("MCU"), NEW);
    private static final Firmware STORED = Firmware.builder(FirmwareId.of("f1"), NEW)
            .product(Product.of(PRODUCT))
            .target(FirmwareTarget.module("MCU"))
            .kind(UpdateKind.full())
            .build();

    @Test
    void must_be_full_or_a_delta() {
        for (UpdateKind kind : List.of(UpdateKind.notStated(), UpdateKind.unknown("2"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> firmware(kind))
                    .withMessageContaining("full or delta");
        }
    }

    @Test
    void a_delta_has_its_source_among_the_source_versions() {
        assertThatIllegalArgumentException().isThrownBy(() -> firmware(UpdateKind.delta()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> firmware(UpdateKind.delta(OLD), FirmwareVersion.of("1.1.0")));
        assertThat(firmware(UpdateKind.delta(), OLD).sourceVersions()).containsExactly(OLD);
        assertThat(NewFirmware.delta(COORDINATES, OLD).build().sourceVersions()).containsExactly(OLD);
    }

    @Test
    void is_not_a_source_version_of_itself() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> NewFirmware.full(COORDINATES).sourceVersion(NEW).build())
                .withMessageContaining("2.0.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void has_no_blank_text(String blank) {
        for (NewFirmware.Builder builder : List.of(
                NewFirmware.full(COORDINATES).name(blank),
                NewFirmware.full(COORDINATES).description(blank),
                NewFirmware.full(COORDINATES).customInfo(blank))) {
            assertThatIllegalArgumentException().isThrownBy(builder::build);
        }
    }

    @Test
    void has_each_source_version_once() {
        NewFirmware firmware = NewFirmware.full(COORDINATES)
                .sourceVersion(OLD)
                .sourceVersion(OLD)
                .build();

        assertThat(firmware.sourceVersions()).containsExactly(OLD);
    }

    @Test
    void has_a_description_with_what_makes_its_identity() {
        assertThat(NewFirmware.full(COORDINATES).build())
                .hasToString("firmware of product p1 for module MCU in version 2.0.0");
        assertThat(NewFirmware.delta(COORDINATES, OLD).build())
                .hasToString("firmware of product p1 for module MCU in version 2.0.0 (delta from 1.0.0)");
        assertThat(NewFirmware.full(COORDINATES).sourceVersion(OLD).build())
                .hasToString("firmware of product p1 for module MCU in version 2.0.0 (for 1.0.0)");
    }

    @Test
    void a_name_does_not_change_the_other_components() {
        NewFirmware firmware = NewFirmware.delta(COORDINATES, OLD)
                .description("text")
                .customInfo("info")
                .needsVerification(true)
                .build();

        assertThat(firmware.withName("mcu-2"))
                .isEqualTo(new NewFirmware(
                        COORDINATES,
                        UpdateKind.delta(OLD),
                        List.of(OLD),
                        Option.some("mcu-2"),
                        Option.some("text"),
                        Option.some("info"),
                        Option.some(true)));
    }

    @Test
    void has_the_identity_of_a_package_that_differs_in_texts_only() {
        NewFirmware firmware = NewFirmware.full(COORDINATES).name("a").build();

        assertThat(hasIdentity(
                        firmware, STORED.toBuilder().name("b").description("c").build()))
                .isTrue();
    }

    @Test
    void each_part_of_the_identity_counts() {
        NewFirmware firmware = NewFirmware.full(COORDINATES).build();

        for (Firmware other : List.of(
                STORED.toBuilder().product(Product.of(ProductId.of("p2"))).build(),
                STORED.toBuilder().target(FirmwareTarget.wholeDevice()).build(),
                STORED.toBuilder().target(FirmwareTarget.module("mcu")).build(),
                STORED.toBuilder().target(FirmwareTarget.notStated()).build(),
                STORED.toBuilder().version(FirmwareVersion.of("2.0")).build(),
                STORED.toBuilder().kind(UpdateKind.delta(OLD)).build(),
                STORED.toBuilder().kind(UpdateKind.unknown("7")).build(),
                STORED.toBuilder().sourceVersions(List.of(OLD)).build(),
                Firmware.builder(FirmwareId.of("f1"), NEW)
                        .target(FirmwareTarget.module("MCU"))
                        .build())) {
            assertThat(hasIdentity(firmware, other)).as(other.toString()).isFalse();
        }
    }

    @Test
    void source_versions_have_no_order() {
        NewFirmware firmware = NewFirmware.full(COORDINATES)
                .sourceVersion(OLD)
                .sourceVersion(FirmwareVersion.of("1.1.0"))
                .build();
        Firmware stored = STORED.toBuilder()
                .sourceVersions(List.of(FirmwareVersion.of("1.1.0"), OLD))
                .build();

        assertThat(hasIdentity(firmware, stored)).isTrue();
    }

    @Test
    void deltas_with_other_sources_are_other_packages() {
        NewFirmware firmware = NewFirmware.delta(COORDINATES, OLD).build();
        Firmware delta = STORED.toBuilder()
                .kind(UpdateKind.delta(OLD))
                .sourceVersions(List.of(OLD))
                .build();
        FirmwareVersion other = FirmwareVersion.of("1.1.0");

        assertThat(hasIdentity(firmware, delta)).isTrue();
        assertThat(hasIdentity(firmware, STORED)).isFalse();
        assertThat(hasIdentity(
                        firmware,
                        delta.toBuilder()
                                .kind(UpdateKind.delta(other))
                                .sourceVersions(List.of(other))
                                .build()))
                .isFalse();
        assertThat(hasIdentity(
                        firmware,
                        STORED.toBuilder().kind(UpdateKind.delta(other)).build()))
                .isFalse();
    }

    @Test
    void what_the_vendor_does_not_report_counts_as_equal() {
        NewFirmware delta = NewFirmware.delta(COORDINATES, OLD).build();

        assertThat(hasIdentity(
                        delta,
                        STORED.toBuilder()
                                .kind(UpdateKind.notStated())
                                .sourceVersions(List.of(OLD))
                                .build()))
                .isTrue();
        assertThat(hasIdentity(
                        delta, STORED.toBuilder().kind(UpdateKind.delta()).build()))
                .isTrue();
    }

    @Test
    void compares_product_ids_as_the_backend_does() {
        Firmware stored =
                STORED.toBuilder().product(Product.of(ProductId.of("P1"))).build();
        NewFirmware firmware = NewFirmware.full(COORDINATES).build();

        assertThat(hasIdentity(firmware, stored)).isFalse();
        assertThat(firmware.hasIdentityOf(stored, (one, other) -> one.value().equalsIgnoreCase(other.value())))
                .isTrue();
    }

    private static boolean hasIdentity(NewFirmware firmware, Firmware stored) {
        return firmware.hasIdentityOf(stored, ProductId::equals);
    }

    private static NewFirmware firmware(UpdateKind kind, FirmwareVersion... sources) {
        return new NewFirmware(
                COORDINATES, kind, List.of(sources), Option.none(), Option.none(), Option.none(), Option.none());
    }
}
