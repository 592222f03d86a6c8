package io.otabridge.cli.command.firmware;

import io.otabridge.cli.option.NewestBy;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.VersionComparator;
import io.vavr.Tuple;
import io.vavr.Tuple3;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.function.BiFunction;

/**
 * Which packages to delete so that the newest of each product and target remain. Full images and deltas are counted
 * separately; where the kind is not known, packages with source versions are, because they may be deltas. A package is
 * deleted only if the order shows that enough others are newer, so a package that cannot be ordered is kept. The newest
 * package that may be rolled out is kept even if newer ones wait for their verification.
 *
 * @param all the number of packages
 * @param hasPossibleDeltas whether packages were counted separately because they may be deltas
 * @param deletions the packages to delete
 * @param unordered packages that are kept only because they cannot be compared with others of their product and target
 */
record PrunePlan(int all, boolean hasPossibleDeltas, List<FirmwareSummary> deletions, List<FirmwareSummary> unordered) {

    /**
     * Makes a plan.
     *
     * @param keep how many packages of each product and target are kept
     * @param order the order by which a package is newer
     * @param isOnlyUnverified whether packages that may be rolled out are kept
     */
    static PrunePlan of(List<FirmwareSummary> packages, int keep, NewestBy order, boolean isOnlyUnverified) {
        List<FirmwareSummary> deletions = List.empty();
        List<FirmwareSummary> unordered = List.empty();
        for (List<FirmwareSummary> group : packages.groupBy(PrunePlan::group).values()) {
            for (FirmwareSummary one : group) {
                int newer = group.count(other -> age(order, one, other).exists(sign -> sign < 0));
                int unknown = group.count(other ->
                        !other.id().equals(one.id()) && age(order, one, other).isEmpty());
                if (isUngrouped(one) || (newer < keep && newer + unknown >= keep)) {
                    unordered = unordered.append(one);
                } else if (newer >= keep
                        && !(one.verification().permitsRollout()
                                && (isOnlyUnverified || !isReplaced(group, order, one)))) {
                    deletions = deletions.append(one);
                }
            }
        }
        List<FirmwareSummary> surplus = deletions;
        return new PrunePlan(
                packages.size(), packages.exists(PrunePlan::mayBeDelta), packages.filter(surplus::contains), unordered);
    }

    /** Whether a newer package may be rolled out. */
    private static boolean isReplaced(List<FirmwareSummary> group, NewestBy order, FirmwareSummary one) {
        return group.exists(other ->
                other.verification().permitsRollout() && age(order, one, other).exists(sign -> sign < 0));
    }

    private static Tuple3<Option<ProductId>, FirmwareTarget, String> group(FirmwareSummary one) {
        String kind = one.kind().code() + (mayBeDelta(one) ? " with source versions" : "");
        return Tuple.of(one.product().map(Product::id), one.target(), kind);
    }

    /** Whether the kind of the package is not known, and it has source versions, as each delta has. */
    static boolean mayBeDelta(FirmwareSummary one) {
        return !(one.kind() instanceof UpdateKind.Full || one.kind() instanceof UpdateKind.Delta)
                && one.sourceVersions().nonEmpty();
    }

    /** Whether it is not known which packages this one belongs to. */
    private static boolean isUngrouped(FirmwareSummary one) {
        return one.product().isEmpty()
                || one.target() instanceof FirmwareTarget.NotStated
                || one.target() instanceof FirmwareTarget.Unknown;
    }

    /** Returns a negative number if the first is older than the second; absent if they cannot be ordered. */
    private static Option<Integer> age(NewestBy order, FirmwareSummary first, FirmwareSummary second) {
        BiFunction<FirmwareSummary, FirmwareSummary, Option<Integer>> byCreation = (one, other) ->
                created(one).flatMap(at -> created(other).map(at::compareTo)).filter(sign -> sign != 0);
        return order == NewestBy.CREATED
                ? byCreation.apply(first, second)
                : VersionComparator.SEMANTIC
                        .compare(first.version(), second.version())
                        .flatMap(sign -> sign == 0 ? byCreation.apply(first, second) : Option.some(sign));
    }

    private static Option<Instant> created(FirmwareSummary one) {
        return one.created().flatMap(VendorTimestamp::instant);
    }
}
