package io.otabridge.app;

import io.otabridge.app.FirmwareDiff.Difference;
import io.otabridge.app.FirmwareDiff.Kind;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.ContentComparison;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Compares the packages of two backends. For one thread and a single use. */
final class FirmwareDiffer {

    /** Identifies a product on both backends: by its name if both have that name, otherwise by its id. */
    private sealed interface ProductKey {

        record Named(String name) implements ProductKey {}

        record WithId(ProductId id) implements ProductKey {}

        record NotStated() implements ProductKey {}
    }

    /** Packages of both backends with equal keys are compared. */
    private record Key(ProductKey product, FirmwareTarget target, FirmwareVersion version) {

        private Option<String> productLabel() {
            if (product instanceof ProductKey.Named named) {
                return Option.some(named.name());
            }
            return product instanceof ProductKey.WithId withId
                    ? Option.some(withId.id().value())
                    : Option.none();
        }

        private Difference difference(
                Kind kind, Option<FirmwareSummary> left, Option<FirmwareSummary> right, Option<String> details) {
            return new Difference(kind, productLabel(), left, right, details);
        }
    }

    /** A package and its files. */
    private record PackageFiles(FirmwareSummary firmware, List<FirmwareFile> files) {}

    /** The result for the packages of one key. */
    private record GroupResult(List<Difference> differences, int same, int uncompared) {

        private static final GroupResult NONE = new GroupResult(List.empty(), 0, 0);

        private GroupResult and(GroupResult other) {
            return new GroupResult(
                    differences.appendAll(other.differences), same + other.same, uncompared + other.uncompared);
        }
    }

    private final Backend left;
    private final Backend right;
    private final ProductAliases products;
    private final InventoryRequest query;
    private final AtomicBoolean failed = new AtomicBoolean();

    private FirmwareDiffer(Backend left, Backend right, ProductAliases products, InventoryRequest query) {
        this.left = left;
        this.right = right;
        this.products = products;
        this.query = query;
    }

    static Either<OtaFailure, FirmwareDiff> of(
            Backend left, Backend right, ProductAliases products, InventoryRequest query) {
        List<BackendInventory> both = InventoryTask.over(List.of(left, right), products, query.parallel(2));
        return both.flatMap(BackendInventory::failure)
                .headOption()
                .<Either<OtaFailure, FirmwareDiff>>map(Either::left)
                .getOrElse(() -> new FirmwareDiffer(left, right, products, query)
                        .of(both.get(0).firmware(), both.get(1).firmware()));
    }

    private Either<OtaFailure, FirmwareDiff> of(List<FirmwareSummary> ofLeft, List<FirmwareSummary> ofRight) {
        Map<Key, List<FirmwareSummary>> onLeft = byKey(left, ofLeft);
        Map<Key, List<FirmwareSummary>> onRight = byKey(right, ofRight);
        List<Callable<Either<OtaFailure, GroupResult>>> groups = List.ofAll(
                        onLeft.keySet().addAll(onRight.keySet()))
                .map(key ->
                        () -> group(key, onLeft.getOrElse(key, List.empty()), onRight.getOrElse(key, List.empty())));
        return results(groups)
                .map(results -> new FirmwareDiff(
                        left.name(),
                        right.name(),
                        results.flatMap(GroupResult::differences).sorted(Comparator.comparing(FirmwareDiffer::order)),
                        results.map(GroupResult::same).sum().intValue(),
                        results.map(GroupResult::uncompared).sum().intValue()));
    }

    /** Groups packages by key, each group sorted by creation time. */
    private Map<Key, List<FirmwareSummary>> byKey(Backend backend, List<FirmwareSummary> firmware) {
        return firmware.sorted(Comparator.comparing(FirmwareDiffer::created)
                        .thenComparing(one -> one.id().value()))
                .groupBy(one -> new Key(
                        one.product().map(product -> key(backend, product.id())).getOrElse(ProductKey.NotStated::new),
                        one.target(),
                        one.version()));
    }

    private ProductKey key(Backend backend, ProductId id) {
        return products.name(backend.name(), id)
                .filter(name -> products.id(name, left.name()).isDefined()
                        && products.id(name, right.name()).isDefined())
                .<ProductKey>map(ProductKey.Named::new)
                .getOrElse(() -> new ProductKey.WithId(backend.canonical(id)));
    }

    private static Instant created(FirmwareSummary firmware) {
        return firmware.created().flatMap(VendorTimestamp::instant).getOrElse(Instant.MIN);
    }

    private static String order(Difference difference) {
        FirmwareSummary firmware = difference.firmware();
        return difference.product().getOrElse("") + "\n" + firmware.target() + "\n" + firmware.version();
    }

    /** Compares several groups concurrently, because each may need calls. Sends nothing more after a failure. */
    private Either<OtaFailure, List<GroupResult>> results(List<Callable<Either<OtaFailure, GroupResult>>> groups) {
        ExecutorService threads =
                Executors.newFixedThreadPool(query.parallel(), task -> InventoryTask.daemon(task, "ota-diff"));
        try {
            java.util.List<Either<OtaFailure, GroupResult>> results = new ArrayList<>();
            for (Future<Either<OtaFailure, GroupResult>> done :
                    threads.invokeAll(groups.asJava(), query.deadlineInMillis(), TimeUnit.MILLISECONDS)) {
                results.add(done.get());
            }
            return Either.sequenceRight(results).map(List::ofAll);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return Either.left(new OtaFailure.Cancelled(
                    unfinished("The comparison of {0} and {1} was interrupted", "Compare again")));
        } catch (CancellationException deadlineExceeded) {
            return Either.left(new OtaFailure.DeadlineExceeded(unfinished(
                            "The comparison of {0} and {1} did not finish before its deadline",
                            "Compare less at a time, or increase the deadline")
                    .withRetry(Option.none())));
        } catch (ExecutionException thrown) {
            throw InventoryTask.rethrow(thrown);
        } finally {
            threads.shutdownNow();
        }
    }

    private FailureDetails unfinished(String summary, String advice) {
        return FailureDetails.of(
                new OperationContext(left.name(), left.vendor(), "diff"),
                Message.of(summary, left.name(), right.name()),
                Message.of(advice));
    }

    /** Compares all packages with one key, usually one on each backend. */
    private Either<OtaFailure, GroupResult> group(Key key, List<FirmwareSummary> mine, List<FirmwareSummary> theirs) {
        if (mine.isEmpty() || theirs.isEmpty()) {
            return Either.right(alone(key, mine, theirs));
        }
        if (failed.get()) {
            return Either.right(GroupResult.NONE);
        }
        return withFiles(left, mine)
                .flatMap(ofLeft -> withFiles(right, theirs).map(ofRight -> compareAll(key, ofLeft, ofRight)))
                .peekLeft(failure -> failed.set(true));
    }

    private static GroupResult alone(Key key, List<FirmwareSummary> mine, List<FirmwareSummary> theirs) {
        return new GroupResult(
                mine.map(one -> key.difference(Kind.ONLY_LEFT, Option.some(one), Option.none(), Option.none()))
                        .appendAll(theirs.map(one ->
                                key.difference(Kind.ONLY_RIGHT, Option.none(), Option.some(one), Option.none()))),
                0,
                0);
    }

    /** Returns the packages with their files from the list, or from the details if the list has no size and digest. */
    private static Either<OtaFailure, List<PackageFiles>> withFiles(Backend backend, List<FirmwareSummary> firmware) {
        return Either.<OtaFailure, PackageFiles>sequenceRight(
                        firmware.map(one -> files(backend, one).map(files -> new PackageFiles(one, files))))
                .map(List::ofAll);
    }

    private static Either<OtaFailure, List<FirmwareFile>> files(Backend backend, FirmwareSummary summary) {
        return summary.size().isDefined() && summary.checksums().exists(Checksum::isDigest)
                ? Either.right(
                        List.of(new FirmwareFile(Option.none(), summary.size(), summary.checksums(), Option.none())))
                : backend.firmware()
                        .find(summary.id())
                        .flatMap(details -> requireSame(backend, summary, details))
                        .map(Firmware::files);
    }

    /** Checks that the details belong to the listed package. */
    private static Either<OtaFailure, Firmware> requireSame(Backend backend, FirmwareSummary listed, Firmware details) {
        FirmwareFilter version = FirmwareFilter.all().version(listed.version());
        FirmwareFilter product =
                listed.product().map(of -> version.product(of.id())).getOrElse(version);
        boolean isTargetKnown = !(listed.target() instanceof FirmwareTarget.NotStated
                || listed.target() instanceof FirmwareTarget.Unknown);
        return (isTargetKnown ? product.target(listed.target()) : product)
                .requireDetails(
                        new OperationContext(backend.name(), backend.vendor(), "diff"),
                        listed,
                        details,
                        (one, other) -> backend.canonical(one).equals(backend.canonical(other)));
    }

    /** Pairs packages of equal content first, and then the rest in order. */
    private GroupResult compareAll(Key key, List<PackageFiles> mine, List<PackageFiles> theirs) {
        GroupResult result = GroupResult.NONE;
        List<PackageFiles> restOfMine = List.empty();
        List<PackageFiles> restOfTheirs = theirs;
        for (PackageFiles one : mine) {
            Option<PackageFiles> equal = restOfTheirs.find(
                    other -> ContentComparison.of(one.files(), other.files()).isSame());
            if (equal.isDefined()) {
                restOfTheirs = restOfTheirs.remove(equal.get());
                result = result.and(compare(key, one, equal.get()));
            } else {
                restOfMine = restOfMine.append(one);
            }
        }
        int shared = Math.min(restOfMine.size(), restOfTheirs.size());
        for (GroupResult more : restOfMine.zipWith(restOfTheirs, (one, other) -> compare(key, one, other))) {
            result = result.and(more);
        }
        return result.and(alone(
                key,
                restOfMine.drop(shared).map(PackageFiles::firmware),
                restOfTheirs.drop(shared).map(PackageFiles::firmware)));
    }

    private GroupResult compare(Key key, PackageFiles mine, PackageFiles theirs) {
        Option<FirmwareSummary> one = Option.some(mine.firmware());
        Option<FirmwareSummary> other = Option.some(theirs.firmware());
        ContentComparison content = ContentComparison.of(mine.files(), theirs.files());
        List<Difference> differences = content.difference()
                .map(what -> key.difference(Kind.DIFFERENT_CONTENT, one, other, Option.some(what)))
                .toList()
                .appendAll(sources(mine.firmware(), theirs.firmware())
                        .map(what -> key.difference(Kind.DIFFERENT_SOURCES, one, other, Option.some(what))))
                .appendAll(verificationDifference(mine.firmware(), theirs.firmware())
                        .map(kind -> key.difference(kind, one, other, Option.none())));
        return differences.isEmpty()
                ? new GroupResult(differences, 1, content.isKnown() ? 0 : 1)
                : new GroupResult(differences, 0, 0);
    }

    /** Describes a difference between the source versions. */
    private Option<String> sources(FirmwareSummary mine, FirmwareSummary theirs) {
        boolean isOneDelta = isFullAndDelta(mine, theirs) || isFullAndDelta(theirs, mine);
        boolean isSame =
                mine.sourceVersions().toSet().equals(theirs.sourceVersions().toSet());
        return Option.when(
                isOneDelta || !isSame,
                () -> sourcesLabel(mine) + " on " + left.name() + ", and " + sourcesLabel(theirs) + " on "
                        + right.name());
    }

    private static boolean isFullAndDelta(FirmwareSummary one, FirmwareSummary other) {
        return one.kind() instanceof UpdateKind.Full && other.kind() instanceof UpdateKind.Delta;
    }

    private static String sourcesLabel(FirmwareSummary firmware) {
        String kind = firmware.kind() instanceof UpdateKind.Delta ? "delta from " : "for ";
        return kind
                + (firmware.sourceVersions().isEmpty()
                        ? "any version"
                        : firmware.sourceVersions().mkString(", "));
    }

    private static Option<Kind> verificationDifference(FirmwareSummary mine, FirmwareSummary theirs) {
        return isVerified(mine)
                .flatMap(here -> isVerified(theirs)
                        .filter(there -> !there.equals(here))
                        .map(there -> here ? Kind.VERIFIED_ONLY_LEFT : Kind.VERIFIED_ONLY_RIGHT));
    }

    /** Returns whether a rollout is permitted; absent if the vendor has no verification or does not send it. */
    private static Option<Boolean> isVerified(FirmwareSummary firmware) {
        Verification state = firmware.verification();
        boolean isStated = !(state instanceof Verification.NotOffered
                || state instanceof Verification.NotStated
                || state instanceof Verification.Unknown);
        return Option.when(isStated, state.permitsRollout());
    }
}
