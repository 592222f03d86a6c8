package io.otabridge.app;

import io.otabridge.app.FirmwareDiff.Difference;
import io.otabridge.app.FirmwareDiff.Kind;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.VendorTime;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareFile;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.Verification;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Compares what two backends hold. For one thread, used once. */
final class Comparison {

    /** What makes packages of two backends the same one. */
    private record Key(Option<String> product, FirmwareTarget target, FirmwareVersion version) {

        private String order() {
            return product.getOrElse("") + "\n" + target + "\n" + version;
        }
    }

    /** A package that both have. */
    private record Pair(Key key, FirmwareSummary left, FirmwareSummary right) {

        private Difference differs(Kind kind, Option<String> content) {
            return new Difference(kind, key.product(), Option.some(left), Option.some(right), content);
        }
    }

    /** What a pair led to. */
    private record Outcome(List<Difference> differences, boolean isCompared) {}

    private final Backend left;
    private final Backend right;
    private final Products products;
    private final InventoryQuery query;

    private Comparison(Backend left, Backend right, Products products, InventoryQuery query) {
        this.left = left;
        this.right = right;
        this.products = products;
        this.query = query;
    }

    static Either<OtaFailure, FirmwareDiff> of(Backend left, Backend right, Products products, InventoryQuery query) {
        Inventory both = InventoryWalk.over(List.of(left, right), products, query.parallel(2));
        return both.backends()
                .flatMap(BackendInventory::failure)
                .headOption()
                .<Either<OtaFailure, FirmwareDiff>>map(Either::left)
                .getOrElse(() -> new Comparison(left, right, products, query)
                        .of(
                                both.backends().get(0).firmware(),
                                both.backends().get(1).firmware()));
    }

    private Either<OtaFailure, FirmwareDiff> of(List<FirmwareSummary> ofLeft, List<FirmwareSummary> ofRight) {
        Map<Key, List<FirmwareSummary>> here = byKey(left, ofLeft);
        Map<Key, List<FirmwareSummary>> there = byKey(right, ofRight);
        java.util.List<Difference> alone = new ArrayList<>();
        java.util.List<Pair> pairs = new ArrayList<>();
        for (Key key : here.keySet().addAll(there.keySet())) {
            List<FirmwareSummary> mine = here.getOrElse(key, List.empty());
            List<FirmwareSummary> theirs = there.getOrElse(key, List.empty());
            int shared = Math.min(mine.size(), theirs.size());
            mine.zipWith(theirs, (one, other) -> new Pair(key, one, other)).forEach(pairs::add);
            mine.drop(shared).forEach(one -> alone.add(alone(Kind.ONLY_LEFT, key, Option.some(one), Option.none())));
            theirs.drop(shared).forEach(one -> alone.add(alone(Kind.ONLY_RIGHT, key, Option.none(), Option.some(one))));
        }
        return outcomes(List.ofAll(pairs))
                .map(outcomes -> new FirmwareDiff(
                        left.name(),
                        right.name(),
                        List.ofAll(alone)
                                .appendAll(outcomes.flatMap(Outcome::differences))
                                .sortBy(Comparison::order),
                        outcomes.count(outcome -> outcome.differences().isEmpty()),
                        outcomes.count(outcome -> outcome.differences().isEmpty() && !outcome.isCompared())));
    }

    /** By what they are compared, those of one key in the order of their creation. */
    private Map<Key, List<FirmwareSummary>> byKey(Backend backend, List<FirmwareSummary> firmware) {
        return firmware.sorted(Comparator.comparing(Comparison::created)
                        .thenComparing(one -> one.id().value()))
                .groupBy(one -> new Key(
                        one.product()
                                .map(product -> products.name(backend.name(), product.id())
                                        .getOrElse(product.id().value())),
                        one.target(),
                        one.version()));
    }

    private static Instant created(FirmwareSummary firmware) {
        return firmware.created().flatMap(VendorTime::instant).getOrElse(Instant.MIN);
    }

    private static Difference alone(Kind kind, Key key, Option<FirmwareSummary> left, Option<FirmwareSummary> right) {
        return new Difference(kind, key.product(), left, right, Option.none());
    }

    private static String order(Difference difference) {
        FirmwareSummary firmware = difference.firmware();
        return new Key(difference.product(), firmware.target(), firmware.version()).order();
    }

    /** Compares the pairs several at a time, as each may need two calls; nothing more is asked after a failure. */
    private Either<OtaFailure, List<Outcome>> outcomes(List<Pair> pairs) {
        if (pairs.isEmpty()) {
            return Either.right(List.empty());
        }
        AtomicBoolean failed = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(query.parallel(), task -> {
            Thread thread = new Thread(task, "ota-diff");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Callable<Either<OtaFailure, Outcome>>> tasks = pairs.map(pair -> () -> failed.get()
                    ? Either.right(new Outcome(List.empty(), false))
                    : outcome(pair).peekLeft(failure -> failed.set(true)));
            java.util.List<Either<OtaFailure, Outcome>> outcomes = new ArrayList<>();
            for (Future<Either<OtaFailure, Outcome>> done : threads.invokeAll(tasks.asJava())) {
                outcomes.add(resultOf(done));
            }
            return Either.sequenceRight(outcomes).map(List::ofAll);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return Either.left(new OtaFailure.Unavailable(FailureDetails.of(
                            new Origin(left.name(), left.vendor(), "diff"),
                            "The comparison of " + left.name() + " and " + right.name() + " was interrupted",
                            "Ask again")
                    .withRetry(Option.none())));
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T resultOf(Future<T> done) throws InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException mistake) {
            throw mistake.getCause() instanceof RuntimeException exception
                    ? exception
                    : new IllegalStateException(mistake.getCause());
        }
    }

    private Either<OtaFailure, Outcome> outcome(Pair pair) {
        return content(left, pair.left())
                .flatMap(mine -> content(right, pair.right()).map(theirs -> outcome(pair, mine, theirs)));
    }

    private static Outcome outcome(Pair pair, List<FirmwareFile> mine, List<FirmwareFile> theirs) {
        ContentComparison content = ContentComparison.of(mine, theirs);
        Option<Boolean> isMineVerified = isVerified(pair.left());
        Option<Boolean> isTheirsVerified = isVerified(pair.right());
        boolean isVerificationTold = isMineVerified.isDefined() && isTheirsVerified.isDefined();
        Option<Kind> verified = Option.when(
                isVerificationTold && !isMineVerified.equals(isTheirsVerified),
                isMineVerified.contains(true) ? Kind.VERIFIED_ONLY_LEFT : Kind.VERIFIED_ONLY_RIGHT);
        List<Difference> differences = content.difference()
                .map(what -> pair.differs(Kind.DIFFERENT_CONTENT, Option.some(what)))
                .toList()
                .appendAll(verified.map(kind -> pair.differs(kind, Option.none())));
        return new Outcome(differences, content.isCompared());
    }

    /** The files as the list tells of them, or as the package itself does where the list says nothing. */
    private static Either<OtaFailure, List<FirmwareFile>> content(Backend backend, FirmwareSummary summary) {
        return summary.size().isDefined() || summary.checksums().nonEmpty()
                ? Either.right(
                        List.of(new FirmwareFile(Option.none(), summary.size(), summary.checksums(), Option.none())))
                : backend.firmware().find(summary.id()).map(Firmware::files);
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
