package io.otabridge.app;

import io.otabridge.app.FirmwareDiff.Difference;
import io.otabridge.app.FirmwareDiff.Kind;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Checksum;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareFile;
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

/** Compares what two backends hold. For one thread, used once. */
final class FirmwareDiffer {

    /** A product of two backends: by its name if both know it by that, else by its id. */
    private sealed interface ProductKey {

        record Named(String name) implements ProductKey {}

        record WithId(ProductId id) implements ProductKey {}

        record NotStated() implements ProductKey {}
    }

    /** What makes packages of two backends the same one. */
    private record Key(ProductKey product, FirmwareTarget target, FirmwareVersion version) {

        private Option<String> words() {
            if (product instanceof ProductKey.Named named) {
                return Option.some(named.name());
            }
            return product instanceof ProductKey.WithId withId
                    ? Option.some(withId.id().value())
                    : Option.none();
        }

        private Difference difference(
                Kind kind, Option<FirmwareSummary> left, Option<FirmwareSummary> right, Option<String> details) {
            return new Difference(kind, words(), left, right, details);
        }
    }

    /** A package and its files. */
    private record Held(FirmwareSummary firmware, List<FirmwareFile> files) {}

    /** What the packages of one key led to. */
    private record Outcome(List<Difference> differences, int same, int uncompared) {

        private static final Outcome NONE = new Outcome(List.empty(), 0, 0);

        private Outcome and(Outcome other) {
            return new Outcome(
                    differences.appendAll(other.differences), same + other.same, uncompared + other.uncompared);
        }
    }

    private final Backend left;
    private final Backend right;
    private final ProductAliases products;
    private final InventoryQuery query;
    private final AtomicBoolean failed = new AtomicBoolean();

    private FirmwareDiffer(Backend left, Backend right, ProductAliases products, InventoryQuery query) {
        this.left = left;
        this.right = right;
        this.products = products;
        this.query = query;
    }

    static Either<OtaFailure, FirmwareDiff> of(
            Backend left, Backend right, ProductAliases products, InventoryQuery query) {
        List<BackendInventory> both = InventoryTask.over(List.of(left, right), products, query.parallel(2));
        return both.flatMap(BackendInventory::failure)
                .headOption()
                .<Either<OtaFailure, FirmwareDiff>>map(Either::left)
                .getOrElse(() -> new FirmwareDiffer(left, right, products, query)
                        .of(both.get(0).firmware(), both.get(1).firmware()));
    }

    private Either<OtaFailure, FirmwareDiff> of(List<FirmwareSummary> ofLeft, List<FirmwareSummary> ofRight) {
        Map<Key, List<FirmwareSummary>> here = byKey(left, ofLeft);
        Map<Key, List<FirmwareSummary>> there = byKey(right, ofRight);
        List<Callable<Either<OtaFailure, Outcome>>> groups = List.ofAll(
                        here.keySet().addAll(there.keySet()))
                .map(key -> () -> group(key, here.getOrElse(key, List.empty()), there.getOrElse(key, List.empty())));
        return outcomes(groups)
                .map(outcomes -> new FirmwareDiff(
                        left.name(),
                        right.name(),
                        outcomes.flatMap(Outcome::differences).sorted(Comparator.comparing(FirmwareDiffer::order)),
                        outcomes.map(Outcome::same).sum().intValue(),
                        outcomes.map(Outcome::uncompared).sum().intValue()));
    }

    /** By what they are compared, those of one key in the order of their creation. */
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

    /** Compares several groups at a time, as each may need calls; nothing more is asked after a failure. */
    private Either<OtaFailure, List<Outcome>> outcomes(List<Callable<Either<OtaFailure, Outcome>>> groups) {
        ExecutorService threads =
                Executors.newFixedThreadPool(query.parallel(), task -> InventoryTask.daemon(task, "ota-diff"));
        try {
            java.util.List<Either<OtaFailure, Outcome>> outcomes = new ArrayList<>();
            for (Future<Either<OtaFailure, Outcome>> done :
                    threads.invokeAll(groups.asJava(), query.deadlineInMillis(), TimeUnit.MILLISECONDS)) {
                outcomes.add(done.get());
            }
            return Either.sequenceRight(outcomes).map(List::ofAll);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return Either.left(new OtaFailure.Cancelled(
                    unfinished("The comparison of {0} and {1} was interrupted", "Compare again")));
        } catch (CancellationException late) {
            return Either.left(new OtaFailure.DeadlineExceeded(unfinished(
                            "The comparison of {0} and {1} took longer than it may",
                            "Compare less at a time, or give it more time")
                    .withRetry(Option.none())));
        } catch (ExecutionException mistake) {
            throw InventoryTask.thrownAgain(mistake);
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

    /** All packages with one key, of which there is usually one on each side. */
    private Either<OtaFailure, Outcome> group(Key key, List<FirmwareSummary> mine, List<FirmwareSummary> theirs) {
        if (mine.isEmpty() || theirs.isEmpty()) {
            return Either.right(alone(key, mine, theirs));
        }
        if (failed.get()) {
            return Either.right(Outcome.NONE);
        }
        return held(left, mine)
                .flatMap(ofLeft -> held(right, theirs).map(ofRight -> paired(key, ofLeft, ofRight)))
                .peekLeft(failure -> failed.set(true));
    }

    private static Outcome alone(Key key, List<FirmwareSummary> mine, List<FirmwareSummary> theirs) {
        return new Outcome(
                mine.map(one -> key.difference(Kind.ONLY_LEFT, Option.some(one), Option.none(), Option.none()))
                        .appendAll(theirs.map(one ->
                                key.difference(Kind.ONLY_RIGHT, Option.none(), Option.some(one), Option.none()))),
                0,
                0);
    }

    /** The packages with their files, as the list tells of them, or as each package does where the list leaves out. */
    private static Either<OtaFailure, List<Held>> held(Backend backend, List<FirmwareSummary> firmware) {
        return Either.<OtaFailure, Held>sequenceRight(
                        firmware.map(one -> files(backend, one).map(files -> new Held(one, files))))
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

    /** The details of another package would be compared without a trace. */
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

    /** What is known to be equal belongs together, and the rest in its order. */
    private Outcome paired(Key key, List<Held> mine, List<Held> theirs) {
        Outcome outcome = Outcome.NONE;
        List<Held> restOfMine = List.empty();
        List<Held> restOfTheirs = theirs;
        for (Held one : mine) {
            Option<Held> equal = restOfTheirs.find(
                    other -> ContentComparison.of(one.files(), other.files()).isSame());
            if (equal.isDefined()) {
                restOfTheirs = restOfTheirs.remove(equal.get());
                outcome = outcome.and(compared(key, one, equal.get()));
            } else {
                restOfMine = restOfMine.append(one);
            }
        }
        int shared = Math.min(restOfMine.size(), restOfTheirs.size());
        for (Outcome more : restOfMine.zipWith(restOfTheirs, (one, other) -> compared(key, one, other))) {
            outcome = outcome.and(more);
        }
        return outcome.and(alone(
                key,
                restOfMine.drop(shared).map(Held::firmware),
                restOfTheirs.drop(shared).map(Held::firmware)));
    }

    private Outcome compared(Key key, Held mine, Held theirs) {
        Option<FirmwareSummary> one = Option.some(mine.firmware());
        Option<FirmwareSummary> other = Option.some(theirs.firmware());
        ContentComparison content = ContentComparison.of(mine.files(), theirs.files());
        List<Difference> differences = content.difference()
                .map(what -> key.difference(Kind.DIFFERENT_CONTENT, one, other, Option.some(what)))
                .toList()
                .appendAll(sources(mine.firmware(), theirs.firmware())
                        .map(what -> key.difference(Kind.DIFFERENT_SOURCES, one, other, Option.some(what))))
                .appendAll(verified(mine.firmware(), theirs.firmware())
                        .map(kind -> key.difference(kind, one, other, Option.none())));
        return differences.isEmpty()
                ? new Outcome(differences, 1, content.isKnown() ? 0 : 1)
                : new Outcome(differences, 0, 0);
    }

    /** How the devices differ that the packages are for, in words. */
    private Option<String> sources(FirmwareSummary mine, FirmwareSummary theirs) {
        boolean isOneDelta = isFullAndDelta(mine, theirs) || isFullAndDelta(theirs, mine);
        boolean isSame =
                mine.sourceVersions().toSet().equals(theirs.sourceVersions().toSet());
        return Option.when(
                isOneDelta || !isSame,
                () -> words(mine) + " on " + left.name() + ", and " + words(theirs) + " on " + right.name());
    }

    private static boolean isFullAndDelta(FirmwareSummary one, FirmwareSummary other) {
        return one.kind() instanceof UpdateKind.Full && other.kind() instanceof UpdateKind.Delta;
    }

    private static String words(FirmwareSummary firmware) {
        String kind = firmware.kind() instanceof UpdateKind.Delta ? "delta from " : "for ";
        return kind
                + (firmware.sourceVersions().isEmpty()
                        ? "any version"
                        : firmware.sourceVersions().mkString(", "));
    }

    private static Option<Kind> verified(FirmwareSummary mine, FirmwareSummary theirs) {
        return isVerified(mine)
                .flatMap(here -> isVerified(theirs)
                        .filter(there -> !there.equals(here))
                        .map(there -> here ? Kind.VERIFIED_ONLY_LEFT : Kind.VERIFIED_ONLY_RIGHT));
    }

    /** Absent where the vendor has no verification, or does not say. */
    private static Option<Boolean> isVerified(FirmwareSummary firmware) {
        Verification state = firmware.verification();
        boolean isTold = !(state instanceof Verification.NotOffered
                || state instanceof Verification.NotStated
                || state instanceof Verification.Unknown);
        return Option.when(isTold, state.permitsRollout());
    }
}
