package io.otabridge.client.auth;

import io.otabridge.client.BackendClient;
import io.otabridge.client.chain.CredentialStep;
import io.otabridge.client.coalesce.SingleFlight;
import io.otabridge.client.error.CallFailures;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caches a credential that expires, and refreshes it on the thread of a call that needs it, once for all threads. FRESH: all
 * callers use it. STALE: one caller refreshes it and the others keep using it, also if the refresh fails; it is tried again
 * after a backoff. EXPIRED or REJECTED: all callers wait for one refresh, each up to its own deadline, and share its failure. A
 * rejected credential that cannot be refreshed is used on until it expires: the vendor may have been wrong. Expiry is judged
 * by the backend's clock. Safe for many threads.
 *
 * @param <T> the credential; its {@code toString} shows nothing
 */
public final class RefreshableCredential<T> {

    private static final Duration LONGEST_MARGIN = Duration.ofMinutes(5);
    private static final Duration SHORTEST_MARGIN = Duration.ofSeconds(60);

    /** A new credential that is rejected at once has not expired: another would be rejected too. */
    private static final Duration BETWEEN_REJECTIONS = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(RefreshableCredential.class);

    /**
     * A new credential.
     *
     * @param end when it expires, by the issuer's clock
     */
    public record Issued<T>(T value, Instant end) {}

    /** Issues new credentials. Called by one thread at a time. */
    @FunctionalInterface
    public interface Issuer<T> {

        /**
         * A new credential, or why there is none.
         *
         * @param longest how long to take at most
         */
        Either<OtaFailure, Issued<T>> issue(Duration longest);
    }

    private enum State {
        FRESH,
        STALE,
        EXPIRED,
        REJECTED
    }

    /**
     * The credential in use.
     *
     * @param number tells it from those before and after it
     * @param staleAt when it is to be refreshed
     */
    private record Held<T>(int number, T value, Instant staleAt, Instant end, boolean isRejected) {

        private State at(Instant now) {
            if (isRejected) {
                return State.REJECTED;
            }
            if (!now.isBefore(end)) {
                return State.EXPIRED;
            }
            return now.isBefore(staleAt) ? State.FRESH : State.STALE;
        }

        private Held<T> rejected() {
            return new Held<>(number, value, Instant.MIN, end, true);
        }

        private Held<T> usedOn() {
            return new Held<>(number, value, Instant.MIN, end, false);
        }
    }

    /**
     * What came of a refresh.
     *
     * @param number that of the credential to use, or why there is none
     * @param isShared whether it counts for the callers that wait too, and not only for the one that refreshed
     */
    private record Refresh(Either<OtaFailure, Integer> number, boolean isShared) {}

    private final String what;
    private final Clock clock;
    private final Duration usual;
    private final Redactor redactor;
    private final Function<T, List<String>> secrets;
    private final Predicate<OtaFailure> isRefusal;
    private final Issuer<T> issuer;
    private final RefreshBackoff backoff = new RefreshBackoff();
    private final SingleFlight<String, Refresh> refreshes = new SingleFlight<>();

    private volatile @Nullable Held<T> held;
    private Instant lastRejection = Instant.MIN;

    /** Made by {@link BackendClient#refreshable}. */
    public RefreshableCredential(
            Clock clock,
            Duration usual,
            Redactor redactor,
            String what,
            Function<T, List<String>> secrets,
            Predicate<OtaFailure> isRefusal,
            Issuer<T> issuer) {
        this.clock = clock;
        this.usual = usual;
        this.redactor = redactor;
        this.what = what;
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
    public int number() {
        @Nullable Held<T> newest = held;
        return newest == null ? 0 : newest.number();
    }

    /** Whether a call failed because the vendor rejects its credential. */
    public boolean isRejection(OtaFailure failure) {
        return isRefusal.test(failure);
    }

    /**
     * After the vendor has rejected a credential: the number of the one to use instead, which is the same if there is none.
     *
     * @param rejected the number of the rejected one
     * @param deadline that of the call, by {@link System#nanoTime}
     */
    public Either<OtaFailure, Integer> replacement(int rejected, OperationContext origin, long deadline) {
        return isReplaceable(rejected)
                ? await(origin, deadline)
                        .flatMap(used -> used == rejected ? settled(origin, deadline) : Either.right(used))
                : Either.right(rejected);
    }

    /** Why a rejected credential was not refreshed, if that was tried lately. */
    public synchronized Option<OtaFailure> reasonNotRenewed() {
        return backoff.reason(clock.instant());
    }

    /**
     * The number of the credential to use now, after a refresh where that is needed.
     *
     * @param deadline that of the call, by {@link System#nanoTime}
     */
    public Either<OtaFailure, Integer> await(OperationContext origin, long deadline) {
        while (true) {
            State state;
            Option<OtaFailure> failedLately;
            synchronized (this) {
                Instant now = clock.instant();
                state = state(now);
                failedLately = state == State.FRESH ? Option.none() : backoff.reason(now);
            }
            if (state == State.FRESH) {
                return Either.right(number());
            }
            if (state == State.STALE) {
                int stale = number();
                Option<Refresh> mine = failedLately.isDefined() ? Option.none() : refreshStale(origin, deadline);
                if (mine.forAll(refresh -> refresh.number().isRight())) {
                    return mine.map(Refresh::number).getOrElse(Either.right(stale));
                }
            } else if (failedLately.isDefined() && !refreshes.isRunning(what)) {
                return Either.left(failedLately.get());
            } else {
                Refresh refresh = refreshed(origin, deadline);
                if (refresh.isShared() || deadline - System.nanoTime() <= 0 || isInterrupted()) {
                    return refresh.number();
                }
            }
        }
    }

    private State state(Instant now) {
        @Nullable Held<T> newest = held;
        return newest == null ? State.EXPIRED : newest.at(now);
    }

    private static boolean isInterrupted() {
        return Thread.currentThread().isInterrupted();
    }

    /**
     * Refreshes on this thread unless another does already. It leaves half of the time for the call itself, which could go on
     * without.
     *
     * @return absent if another thread does
     */
    private Option<Refresh> refreshStale(OperationContext origin, long deadline) {
        long half = (deadline - System.nanoTime()) / 2;
        return refreshes.tryRun(what, () -> refresh(origin, half));
    }

    private Refresh refreshed(OperationContext origin, long deadline) {
        return waited(
                origin,
                () -> refreshes.run(
                        what, deadline, () -> refresh(origin, deadline - System.nanoTime()), Refresh::isShared));
    }

    /** The number of the credential in use when the running refresh has ended; starts none. */
    private Either<OtaFailure, Integer> settled(OperationContext origin, long deadline) {
        return waited(
                        origin,
                        () -> refreshes.join(what, deadline).getOrElse(() -> new Refresh(Either.right(number()), true)))
                .number();
    }

    private interface Wait {
        Refresh get() throws InterruptedException, TimeoutException;
    }

    private Refresh waited(OperationContext origin, Wait wait) {
        try {
            return wait.get();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return new Refresh(
                    Either.left(CallFailures.cancelled(origin, Message.of("waited for a new {0}", what))), false);
        } catch (TimeoutException late) {
            return new Refresh(
                    Either.left(CallFailures.deadlineExceeded(origin, usual, Message.of("new {0}", what))), false);
        }
    }

    /** Gets a new credential, unless another caller has just got one or failed to. */
    private Refresh refresh(OperationContext origin, long nanos) {
        Option<Refresh> others = refreshOfAnother();
        if (others.isDefined()) {
            return others.get();
        }
        long start = System.nanoTime();
        long time = Math.max(0, nanos);
        Either<OtaFailure, Issued<T>> issued = issued(origin, Duration.ofNanos(time));
        boolean isOutOfTime = System.nanoTime() - start >= time;
        return issued.<Refresh>fold(
                failure -> failed(origin, failure, isOutOfTime, !isOutOfTime || time >= usual.toNanos() / 2),
                this::succeeded);
    }

    private synchronized Option<Refresh> refreshOfAnother() {
        Instant now = clock.instant();
        State state = state(now);
        Option<OtaFailure> failedLately = state == State.FRESH ? Option.none() : backoff.reason(now);
        if (state == State.FRESH || (state == State.STALE && failedLately.isDefined())) {
            return Option.some(new Refresh(Either.right(number()), true));
        }
        return failedLately.map(failure -> new Refresh(Either.left(failure), true));
    }

    private synchronized Refresh succeeded(Issued<T> issued) {
        held = new Held<>(number() + 1, issued.value(), staleAt(clock.instant(), issued.end()), issued.end(), false);
        backoff.end();
        return new Refresh(Either.right(number()), true);
    }

    /**
     * A refresh that failed because of this thread, which was interrupted or had too little time, counts for no other caller.
     *
     * @param hadTime whether there was time enough to conclude that there is no other credential than a rejected one
     */
    private synchronized Refresh failed(
            OperationContext origin, OtaFailure failure, boolean isOutOfTime, boolean hadTime) {
        Instant now = clock.instant();
        boolean isInterrupted = isInterrupted();
        @Nullable Held<T> old = held;
        if (hadTime && !isInterrupted && old != null && old.isRejected()) {
            held = old.usedOn();
        }
        Option<Held<T>> usable = Option.<Held<T>>of(held).filter(one -> one.at(now) == State.STALE);
        if (!isInterrupted && (usable.isDefined() || !isOutOfTime)) {
            backoff.begin(now, failure, usable.map(Held::end).getOrElse(Instant.MAX));
        }
        if (usable.isDefined()) {
            LOG.warn(
                    "{}: the {} could not be refreshed and is used until {}: {}",
                    origin.backend(),
                    what,
                    usable.get().end(),
                    failure.summary());
            return new Refresh(Either.right(usable.get().number()), true);
        }
        return new Refresh(Either.left(failure), !isInterrupted && !isOutOfTime);
    }

    private Either<OtaFailure, Issued<T>> issued(OperationContext origin, Duration longest) {
        try {
            return issuer.issue(longest).flatMap(issued -> accept(origin, issued));
        } catch (RuntimeException mistake) {
            // It may be the application's, and a message may quote a secret.
            String kind = mistake.getClass().getSimpleName();
            LOG.debug("{}: {} at {}", origin.backend(), mistake.getClass().getName(), mistake.getStackTrace());
            return Either.left(new OtaFailure.Unavailable(FailureDetails.of(
                            origin,
                            Message.of(
                                    "Backend {0} got no new {1}, as what gives it out failed ({2})",
                                    origin.backend(), what, kind),
                            Message.of("Look at what gives it out, such as the application's AccessKeySource"))
                    .withRetry(Option.none())));
        }
    }

    private Either<OtaFailure, Issued<T>> accept(OperationContext origin, Issued<T> issued) {
        redactor.learn(secrets.apply(issued.value()));
        return clock.instant().isBefore(issued.end())
                ? Either.right(issued)
                : Either.left(new OtaFailure.AccessDenied(FailureDetails.of(
                        origin,
                        Message.of(
                                "Backend {0} was given a new {1} that is over since {2}",
                                origin.backend(), what, issued.end()),
                        Message.of("Check this machine's clock, and that of whoever gives it out"))));
    }

    /** A tenth of its life before it expires, but neither too early nor too late. */
    private static Instant staleAt(Instant now, Instant end) {
        Duration life = Duration.between(now, end);
        Duration margin =
                shorter(longer(shorter(life.dividedBy(10), LONGEST_MARGIN), SHORTEST_MARGIN), life.dividedBy(2));
        return end.minus(margin);
    }

    /** Whether there is, or may be, another credential than the rejected one of this number. */
    private synchronized boolean isReplaceable(int number) {
        @Nullable Held<T> used = held;
        if (used == null || used.number() != number || used.isRejected()) {
            return true;
        }
        Instant now = clock.instant();
        if (!now.isBefore(lastRejection) && now.isBefore(lastRejection.plus(BETWEEN_REJECTIONS))) {
            // One that is used on although it was rejected is to be refreshed all the same.
            return !now.isBefore(used.staleAt());
        }
        lastRejection = now;
        backoff.breakOff();
        held = used.rejected();
        return true;
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
