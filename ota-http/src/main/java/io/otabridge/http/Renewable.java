package io.otabridge.http;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A credential that ends and is renewed, once for all threads. When its end is near, one thread gets a new one while the
 * others go on with the one there is; where that fails, they go on too, and it is tried again after a pause. Only when there
 * is none that is good do all wait for the one renewal, each within its own deadline, and its failure is then theirs. So they do
 * for one that the vendor refused, but if that renewal fails, it is used on: the vendor may have been wrong. There is no thread
 * for it: the first call that needs it does the work. Its end is read off the backend's clock. Safe for many threads.
 *
 * @param <T> the credential; its {@code toString} shows nothing
 */
public final class Renewable<T> {

    private static final Duration LONGEST_MARGIN = Duration.ofMinutes(5);
    private static final Duration SHORTEST_MARGIN = Duration.ofSeconds(60);

    /** A new one that is refused at once is not over: another would be refused too. */
    private static final Duration BETWEEN_REFUSALS = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Renewable.class);

    /**
     * A new credential.
     *
     * @param end from when on it is no longer good, by the issuer's clock
     */
    public record Issued<T>(T value, Instant end) {}

    /** Who gives out new ones. One thread asks at a time. */
    @FunctionalInterface
    public interface Issuer<T> {

        /**
         * A new one, or why there is none.
         *
         * @param longest how long to take at most
         */
        Either<OtaFailure, Issued<T>> issue(Duration longest);
    }

    /**
     * The one that is used.
     *
     * @param isRefused whether the vendor said that it is over, and nobody has tried since to get another
     */
    private record Held<T>(int number, T value, Instant renewAt, Instant end, boolean isRefused) {

        private Held<T> refused() {
            return new Held<>(number, value, Instant.MIN, end, true);
        }

        /** It is to be renewed, and as long as that cannot be done it is better than none. */
        private Held<T> usedOn() {
            return new Held<>(number, value, Instant.MIN, end, false);
        }
    }

    private final String what;
    private final Clock clock;
    private final Duration usual;
    private final Redactor redactor;
    private final Function<T, List<String>> secrets;
    private final Predicate<OtaFailure> isRefusal;
    private final Issuer<T> issuer;
    private final RenewalPause pause = new RenewalPause();

    private volatile @Nullable Held<T> held;
    private @Nullable CompletableFuture<Either<OtaFailure, Integer>> running;
    private Instant lastRefusal = Instant.MIN;

    /**
     * A credential of which there is none yet.
     *
     * @param calls those of the backend, whose clock counts and whose redactor hides each new one
     * @param what it is, for people, such as {@code IAM token}
     * @param secrets what of it must not be shown
     * @param isRefusal whether a call failed because its credential was over, or not known to the vendor any more
     */
    public Renewable(
            BackendCalls calls,
            String what,
            Function<T, List<String>> secrets,
            Predicate<OtaFailure> isRefusal,
            Issuer<T> issuer) {
        this.what = what;
        this.clock = calls.clock();
        this.usual = calls.deadline();
        this.redactor = calls.redactor();
        this.secrets = secrets;
        this.isRefusal = isRefusal;
        this.issuer = issuer;
    }

    /** The newest one, for whoever signs a request; it may be over. Calls that passed {@link CredentialStep} find one here. */
    public T latest() {
        @Nullable Held<T> newest = held;
        if (newest == null) {
            throw new IllegalStateException("no " + what + " was asked for before a request");
        }
        return newest.value();
    }

    /** Tells the one that is used now from the others. */
    int number() {
        @Nullable Held<T> newest = held;
        return newest == null ? 0 : newest.number();
    }

    /** Whether a call failed because the vendor rejects its credential. */
    boolean isRejection(OtaFailure failure) {
        return isRefusal.test(failure);
    }

    /**
     * After the vendor has rejected a credential: the number of the one to use instead, which is the same if there is none.
     *
     * @param rejected the number of the rejected one
     * @param end the call's deadline, by {@link System#nanoTime}
     */
    Either<OtaFailure, Integer> replacement(int rejected, Origin origin, long end) {
        return isRenewedAfterRefusal(rejected)
                ? await(origin, end).flatMap(used -> used == rejected ? settled(origin, end) : Either.right(used))
                : Either.right(rejected);
    }

    /** Why a rejected credential was not renewed, if that was tried lately. */
    synchronized Option<OtaFailure> reasonNotRenewed() {
        return pause.reason(clock.instant());
    }

    /**
     * The number of the credential to use now, after a renewal where that is needed.
     *
     * @param end the call's deadline, by {@link System#nanoTime}
     */
    Either<OtaFailure, Integer> await(Origin origin, long end) {
        @Nullable Held<T> now = held;
        return now != null && clock.instant().isBefore(now.renewAt())
                ? Either.right(now.number())
                : renewed(origin, end);
    }

    /** That of the one that is used when the renewal is over that is under way; nobody begins another. */
    private Either<OtaFailure, Integer> settled(Origin origin, long end) {
        @Nullable CompletableFuture<Either<OtaFailure, Integer>> renewal;
        synchronized (this) {
            renewal = running;
        }
        return renewal == null
                ? Either.right(number())
                : follow(origin, renewal, end).getOrElse(() -> Either.right(number()));
    }

    private Either<OtaFailure, Integer> renewed(Origin origin, long end) {
        while (true) {
            CompletableFuture<Either<OtaFailure, Integer>> mine = new CompletableFuture<>();
            CompletableFuture<Either<OtaFailure, Integer>> renewal;
            boolean isGood;
            synchronized (this) {
                Instant now = clock.instant();
                Option<Held<T>> good = good(now);
                isGood = good.isDefined();
                Option<OtaFailure> pausing = pause.reason(now);
                if (good.exists(one -> now.isBefore(one.renewAt()) || running != null || pausing.isDefined())) {
                    return Either.right(good.get().number());
                }
                if (running == null && pausing.isDefined()) {
                    return Either.left(pausing.get());
                }
                running = running == null ? mine : running;
                renewal = running;
            }
            Option<Either<OtaFailure, Integer>> outcome =
                    renewal == mine ? lead(origin, mine, end, isGood) : follow(origin, renewal, end);
            if (outcome.isDefined()) {
                return outcome.get();
            }
        }
    }

    /** Absent if the time was too short and there is more. */
    private Option<Either<OtaFailure, Integer>> lead(
            Origin origin, CompletableFuture<Either<OtaFailure, Integer>> mine, long end, boolean isGood) {
        long start = System.nanoTime();
        // Whoever could go on without must have time left for what it was asked.
        long time = Math.max(0, isGood ? (end - start) / 2 : end - start);
        try {
            Either<OtaFailure, Issued<T>> answer = issued(origin, Duration.ofNanos(time));
            boolean isOutOfTime = System.nanoTime() - start >= time;
            boolean isTried = !isOutOfTime || time >= usual.toNanos() / 2;
            Option<Either<OtaFailure, Integer>> outcome = settle(origin, answer, isOutOfTime, isTried);
            outcome.forEach(mine::complete);
            return isOutOfTime && System.nanoTime() - end < 0
                    ? outcome
                    : outcome.orElse(Option.some(answer.map(issued -> number())));
        } finally {
            synchronized (this) {
                running = running == mine ? null : running;
            }
            // Where there is no outcome for others, or an exception passes, those who wait see to it themselves.
            mine.cancel(false);
        }
    }

    private Either<OtaFailure, Issued<T>> issued(Origin origin, Duration longest) {
        try {
            return issuer.issue(longest).flatMap(issued -> accept(origin, issued));
        } catch (RuntimeException mistake) {
            // It may be the application's, and a message may quote a secret.
            String kind = mistake.getClass().getSimpleName();
            LOG.debug("{}: {} at {}", origin.backend(), mistake.getClass().getName(), mistake.getStackTrace());
            return Either.left(new OtaFailure.Unavailable(FailureDetails.of(
                            origin,
                            "Backend " + origin.backend() + " got no new " + what + ", as what gives it out failed ("
                                    + kind + ")",
                            "Look at what gives it out, such as the application's AccessKeySource")
                    .withRetry(Option.none())));
        }
    }

    private Either<OtaFailure, Issued<T>> accept(Origin origin, Issued<T> issued) {
        redactor.learn(secrets.apply(issued.value()));
        return clock.instant().isBefore(issued.end())
                ? Either.right(issued)
                : Either.left(new OtaFailure.AccessDenied(FailureDetails.of(
                        origin,
                        "Backend " + origin.backend() + " was given a new " + what + " that is over since "
                                + issued.end(),
                        "Check this machine's clock, and that of whoever gives it out")));
    }

    /**
     * What the renewal means for all who wait for it; absent if it failed by the fault of the thread that did it.
     *
     * @param isTried whether there was time enough to say that there is no other than the one that the vendor refused
     */
    private synchronized Option<Either<OtaFailure, Integer>> settle(
            Origin origin, Either<OtaFailure, Issued<T>> answer, boolean isOutOfTime, boolean isTried) {
        running = null;
        Instant now = clock.instant();
        if (answer.isRight()) {
            Issued<T> issued = answer.get();
            held = new Held<>(number() + 1, issued.value(), renewAt(now, issued.end()), issued.end(), false);
            pause.end();
            return Option.some(Either.right(number()));
        }
        OtaFailure failure = answer.getLeft();
        boolean isInterrupted = Thread.currentThread().isInterrupted();
        @Nullable Held<T> old = held;
        if (isTried && !isInterrupted && old != null && old.isRefused()) {
            held = old.usedOn();
        }
        Option<Held<T>> good = good(now);
        if (!isInterrupted && (good.isDefined() || !isOutOfTime)) {
            pause.begin(now, failure, good.map(Held::end).getOrElse(Instant.MAX));
        }
        if (good.isDefined()) {
            LOG.warn(
                    "{}: the {} could not be renewed and is used until {}: {}",
                    origin.backend(),
                    what,
                    good.get().end(),
                    failure.summary());
            return Option.some(Either.right(good.get().number()));
        }
        return isInterrupted || isOutOfTime ? Option.none() : Option.some(Either.left(failure));
    }

    private Option<Held<T>> good(Instant now) {
        return Option.<Held<T>>of(held).filter(one -> !one.isRefused() && now.isBefore(one.end()));
    }

    /** In good time before the end: a tenth of what is left, but neither too early nor too late. */
    private static Instant renewAt(Instant now, Instant end) {
        Duration life = Duration.between(now, end);
        Duration margin =
                shorter(longer(shorter(life.dividedBy(10), LONGEST_MARGIN), SHORTEST_MARGIN), life.dividedBy(2));
        return end.minus(margin);
    }

    /** Whether there is, or may be, another one than that of this number, which the vendor has refused. */
    private synchronized boolean isRenewedAfterRefusal(int number) {
        @Nullable Held<T> refused = held;
        if (refused == null || refused.number() != number || refused.isRefused()) {
            return true;
        }
        Instant now = clock.instant();
        if (!now.isBefore(lastRefusal) && now.isBefore(lastRefusal.plus(BETWEEN_REFUSALS))) {
            // One that is used on though it was refused is to be renewed all the same.
            return !now.isBefore(refused.renewAt());
        }
        lastRefusal = now;
        pause.breakOff();
        held = refused.refused();
        return true;
    }

    /** Absent if the thread that did it could not see it through. */
    private Option<Either<OtaFailure, Integer>> follow(
            Origin origin, CompletableFuture<Either<OtaFailure, Integer>> renewal, long end) {
        long left = Math.max(0, end - System.nanoTime());
        try {
            return Option.some(renewal.get(left, TimeUnit.NANOSECONDS));
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return Option.some(Either.left(CallFailures.cancelled(origin, "waited for a new " + what)));
        } catch (TimeoutException late) {
            return Option.some(Either.left(CallFailures.deadlineExceeded(origin, usual, "new " + what)));
        } catch (ExecutionException | CancellationException without) {
            return Option.none();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** Shows nothing of the credential. */
    @Override
    public String toString() {
        return "Renewable[" + what + "]";
    }
}
