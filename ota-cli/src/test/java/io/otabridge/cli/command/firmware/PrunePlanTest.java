package io.otabridge.cli.command.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.cli.option.NewestBy;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.vavr.collection.List;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PrunePlanTest {

    private static final String UNREADABLE = "yesterday";

    @Test
    void deletes_nothing_that_cannot_be_ordered() {
        PrunePlan plan = created(
                1,
                one("a", "1", "2024-01-01"),
                one("b", "2", "2024-01-02"),
                one("c", "3", UNREADABLE).product(product("p")));

        assertThat(ids(plan.deletions())).containsExactly("a");
        assertThat(ids(plan.unordered())).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void a_package_that_cannot_be_ordered_replaces_no_newer_one() {
        PrunePlan plan =
                created(2, one("a", "1", "2024-01-01"), one("b", "2", "2024-01-02"), one("c", "3", UNREADABLE));

        assertThat(plan.deletions()).isEmpty();
        assertThat(ids(plan.unordered())).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void names_no_package_that_is_kept_in_any_order() {
        PrunePlan plan =
                created(2, one("a", "1", "2024-01-01"), one("b", "2", "2024-01-01"), one("c", "3", "2023-01-01"));

        assertThat(ids(plan.deletions())).containsExactly("c");
        assertThat(plan.unordered()).isEmpty();
    }

    @Test
    void keeps_all_packages_that_were_created_at_the_same_time() {
        PrunePlan plan =
                created(1, one("a", "1", "2024-01-01"), one("b", "2", "2024-01-01"), one("c", "3", "2023-01-01"));

        assertThat(ids(plan.deletions())).containsExactly("c");
        assertThat(ids(plan.unordered())).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void keeps_packages_without_a_product_or_target() {
        Firmware.Builder old =
                Firmware.builder(FirmwareId.of("a"), FirmwareVersion.of("1")).created(time("2023-01-01"));
        FirmwareSummary noProduct =
                FirmwareSummary.of(old.target(FirmwareTarget.wholeDevice()).build());
        FirmwareSummary noTarget = FirmwareSummary.of(Firmware.builder(FirmwareId.of("b"), FirmwareVersion.of("1"))
                .product(product("p"))
                .created(time("2023-01-01"))
                .build());

        PrunePlan plan = created(
                1,
                noProduct,
                noTarget,
                FirmwareSummary.of(old.target(FirmwareTarget.wholeDevice())
                        .created(time("2024-01-01"))
                        .build()));

        assertThat(plan.deletions()).isEmpty();
        assertThat(plan.unordered()).hasSize(3);
    }

    @Test
    void keeps_the_newest_of_each_product_target_and_kind() {
        List<FirmwareSummary> packages = List.of(
                one("a1", "1", "2024-01-01"),
                one("a2", "2", "2024-01-02"),
                one("b1", "1", "2024-01-01").product(product("q")),
                one("c1", "1", "2024-01-01", FirmwareTarget.software(), UpdateKind.full()),
                one("d1", "1", "2023-01-01", FirmwareTarget.module("MCU"), UpdateKind.delta(FirmwareVersion.of("0"))),
                one("a3", "3", "2024-01-03"));

        PrunePlan plan = PrunePlan.of(packages, 1, NewestBy.CREATED, false);

        assertThat(ids(plan.deletions())).containsExactly("a1", "a2");
        assertThat(plan.unordered()).isEmpty();
        assertThat(plan.all()).isEqualTo(6);
    }

    @Test
    void counts_packages_that_may_be_deltas_separately_if_no_kind_is_stated() {
        List<FirmwareSummary> packages = List.of(
                unstated("image-1", "2024-01-01"),
                unstated("image-2", "2024-01-02"),
                unstated("delta-1", "2024-01-03", "1"),
                unstated("delta-2", "2024-01-04", "1"));

        PrunePlan plan = PrunePlan.of(packages, 1, NewestBy.CREATED, false);

        assertThat(ids(plan.deletions())).containsExactly("image-1", "delta-1");
        assertThat(plan.hasPossibleDeltas()).isTrue();
    }

    @Test
    void keeps_the_newest_package_that_may_be_rolled_out() {
        PrunePlan plan = created(
                1,
                verified("older", "2024-01-01", Verification.verified()),
                verified("usable", "2024-01-02", Verification.verified()),
                verified("failed", "2024-01-03", Verification.failed()),
                verified("newest", "2024-01-04", Verification.unverified()));

        assertThat(ids(plan.deletions())).containsExactlyInAnyOrder("older", "failed");
    }

    private static FirmwareSummary verified(String id, String day, Verification verification) {
        return FirmwareSummary.of(Firmware.builder(FirmwareId.of(id), FirmwareVersion.of(id))
                .product(product("p"))
                .target(FirmwareTarget.module("MCU"))
                .kind(UpdateKind.full())
                .verification(verification)
                .created(time(day))
                .build());
    }

    @Test
    void counts_full_images_with_source_versions_as_full_images() {
        FirmwareSummary restricted = FirmwareSummary.of(Firmware.builder(FirmwareId.of("b"), FirmwareVersion.of("2"))
                .product(product("p"))
                .target(FirmwareTarget.module("MCU"))
                .kind(UpdateKind.full())
                .sourceVersions(List.of(FirmwareVersion.of("1")))
                .created(time("2024-01-02"))
                .build());

        PrunePlan plan = created(1, one("a", "1", "2024-01-01"), restricted);

        assertThat(ids(plan.deletions())).containsExactly("a");
        assertThat(plan.hasPossibleDeltas()).isFalse();
    }

    private static FirmwareSummary unstated(String id, String day, String... sources) {
        return FirmwareSummary.of(Firmware.builder(FirmwareId.of(id), FirmwareVersion.of(id))
                .product(product("p"))
                .target(FirmwareTarget.module("MCU"))
                .sourceVersions(List.of(sources).map(FirmwareVersion::of))
                .created(time(day))
                .build());
    }

    @Test
    void orders_by_version_and_then_by_creation() {
        List<FirmwareSummary> packages = List.of(
                one("a", "1.10.0", "2023-01-01"),
                one("b", "1.9.0", "2024-01-01"),
                one("c", "1.9.0", "2024-02-01"),
                one("d", "nightly", "2024-01-01"));

        PrunePlan plan = PrunePlan.of(packages, 1, NewestBy.SEMANTIC, false);
        assertThat(ids(plan.deletions())).containsExactly("b", "c");
        assertThat(ids(plan.unordered())).containsExactlyInAnyOrder("a", "d");

        assertThat(ids(PrunePlan.of(packages, 2, NewestBy.SEMANTIC, false).deletions()))
                .containsExactly("b");
    }

    @Test
    void keeps_verified_packages_if_only_unverified_ones_are_deleted() {
        List<FirmwareSummary> packages = List.of(
                verified("v1", "2022-01-01", Verification.verified()),
                verified("v2", "2022-01-02", Verification.verified()),
                one("a", "1", "2024-01-01"),
                one("b", "2", "2024-01-02"));

        assertThat(ids(PrunePlan.of(packages, 1, NewestBy.CREATED, true).deletions()))
                .containsExactly("a");
        assertThat(ids(PrunePlan.of(packages, 1, NewestBy.CREATED, false).deletions()))
                .containsExactly("v1", "a");
    }

    private static PrunePlan created(int keep, FirmwareSummary... packages) {
        return PrunePlan.of(List.of(packages), keep, NewestBy.CREATED, false);
    }

    private static FirmwareSummary one(String id, String version, String day) {
        return one(id, version, day, FirmwareTarget.module("MCU"), UpdateKind.full());
    }

    private static FirmwareSummary one(String id, String version, String day, FirmwareTarget target, UpdateKind kind) {
        return FirmwareSummary.of(Firmware.builder(FirmwareId.of(id), FirmwareVersion.of(version))
                .product(product("p"))
                .target(target)
                .kind(kind)
                .verification(Verification.unverified())
                .created(time(day))
                .build());
    }

    private static Product product(String id) {
        return Product.of(ProductId.of(id));
    }

    private static VendorTimestamp time(String day) {
        return day.equals(UNREADABLE)
                ? VendorTimestamp.unreadable(day)
                : VendorTimestamp.of(day, Instant.parse(day + "T00:00:00Z"));
    }

    private static List<String> ids(List<FirmwareSummary> packages) {
        return packages.map(one -> one.id().value());
    }
}
