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
 * Caches an expiring credential and refreshes it on the thread of a call that needs it. FRESH: all callers use it. STALE: one
 * caller refreshes it, the others keep using it. If the refresh fails, the credential is still used, and the next refresh follows
 * after a backoff. EXPIRED or REJECTED: all callers wait for one refresh, each up to its own deadline, and share its failure. A
 * rejected credential that cannot be refreshed is used until it expires, because the rejection may have been an error of the
 * vendor. Expiry is checked with the backend's clock. Thread-safe.
 *
 * @param <T> the credential; its {@code toString} must not contain secrets
 */
public final class RefreshableCredential<T> {

    private static final Duration MAX_MARGIN = Duration.ofMinutes(5);
    private static final Duration MIN_MARGIN = Duration.ofSeconds(60);

    /** The minimum time between refreshes after rejections. If a new credential is rejected, the next one would be too. */
    private static final Duration MIN_REJECTION_INTERVAL = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(RefreshableCredential.class);

    /**
     * A newly issued credential.
     *
     * @param expiresAt when it expires, by the issuer's clock
     */
    public record IssuedCredential<T>(T value, Instant expiresAt) {}

    /** Issues credentials. Called by one thread at a time. */
    @FunctionalInterface
    public interface CredentialIssuer<T> {

        /**
         * Requests a new credential.
         *
         * @param timeout the maximum duration
         * @return the credential, or the failure
         */
        Either<OtaFailure, IssuedCredential<T>> issue(Duration timeout);
    }

    private enum State {
        FRESH,
        STALE,
        EXPIRED,
        REJECTED
    }

    /**
     * The current credential.
     *
     * @param version increases with every credential
     * @param staleAt when to refresh it
     */
    private record Held<T>(int version, T value, Instant staleAt, Instant expiresAt, boolean isRejected) {

        private State at(Instant now) {
            if (isRejected) {
                return State.REJECTED;
            }
            if (!now.isBefore(expiresAt)) {
                return State.EXPIRED;
            }
            return now.isBefore(staleAt) ? State.FRESH : State.STALE;
        }

        private Held<T> rejected() {
            return new Held<>(version, value, Instant.MIN, expiresAt, true);
        }

        private Held<T> usableUntilExpiry() {
            return new Held<>(version, value, Instant.MIN, expiresAt, false);
        }
    }

    /**
     * The result of a refresh.
     *
     * @param version the number of the credential to use, or the failure
     * @param isShared whether the result applies to all waiting callers, not only to the caller that refreshed
     */
    private record Refresh(Either<OtaFailure, Integer> version, boolean isShared) {}

    private final String description;
    private final Clock clock;
    private final Duration callTimeout;
    private final Redactor redactor;
    private final Function<T, List<String>> secrets;
    private final Predicate<OtaFailure> isRejection;
    private final CredentialIssuer<T> issuer;
    private final RefreshBackoff backoff = new RefreshBackoff();
    private final SingleFlight<String, Refresh> refreshes = new SingleFlight<>();

    private volatile @Nullable Held<T> held;
    private Instant lastRejection = Instant.MIN;

    /**
     * Used by {@link BackendClient#refreshable}.
     *
     * @param callTimeout the timeout of the backend's calls
     * @param description a short name for messages, such as {@code IAM token}
     * @param secrets the texts of a credential that must be hidden
     * @param isRejection whether a failure means that the vendor rejected the credential
     */
    public RefreshableCredential(
            Clock clock,
            Duration callTimeout,
            Redactor redactor,
            String description,
            Function<T, List<String>> secrets,
            Predicate<OtaFailure> isRejection,
            CredentialIssuer<T> issuer) {
        this.clock = clock;
        this.callTimeout = callTimeout;
        this.redactor = redactor;
        this.description = description;
        this.secrets = secrets;
        this.isRejection = isRejection;
        this.issuer = issuer;
    }

    /**
     * The newest credential, which may have expired. Use it to sign requests after {@link CredentialStep}.
     *
     * @throws IllegalStateException if none was requested before
     */
    public T current() {
        @Nullable Held<T> newest = held;
        if (newest == null) {
            throw new IllegalStateException("no " + description + " was requested before the call");
        }
        return newest.value();
    }

    /** The number of the current credential; 0 if there is none. */
    public int version() {
        @Nullable Held<T> newest = held;
        return newest == null ? 0 : newest.version();
    }

    /** Whether a call failed because the vendor rejected its credential. */
    public boolean isRejection(OtaFailure failure) {
        return isRejection.test(failure);
    }

    /**
     * Returns a replacement for a credential that the vendor rejected.
     *
     * @param rejected the number of the rejected credential
     * @param deadline the call's deadline, as {@link System#nanoTime}
     * @return the number of the credential to use, which is the same if there is no replacement; or a failure
     */
    public Either<OtaFailure, Integer> replacement(int rejected, OperationContext origin, long deadline) {
        return isReplaceable(rejected)
                ? await(origin, deadline)
                        .flatMap(used -> used == rejected ? awaitRunningRefresh(origin, deadline) : Either.right(used))
                : Either.right(rejected);
    }

    /** The failure of the last refresh; absent if the last refresh succeeded or its backoff has ended. */
    public synchronized Option<OtaFailure> refreshFailure() {
        return backoff.failure(clock.instant());
    }

    /**
     * Returns the current credential and refreshes it first if necessary.
     *
     * @param deadline the call's deadline, as {@link System#nanoTime}
     * @return the number of the credential to use; or the failure to get one before the deadline
     */
    public Either<OtaFailure, Integer> await(OperationContext origin, long deadline) {
        while (true) {
            State state;
            Option<OtaFailure> recentFailure;
            synchronized (this) {
                Instant now = clock.instant();
                state = state(now);
                recentFailure = state == State.FRESH ? Option.none() : backoff.failure(now);
            }
            if (state == State.FRESH) {
                return Either.right(version());
            }
            if (state == State.STALE) {
                int stale = version();
                Option<Refresh> ownRefresh = recentFailure.isDefined() ? Option.none() : refreshStale(origin, deadline);
                if (ownRefresh.forAll(refresh -> refresh.version().isRight())) {
                    return ownRefresh.map(Refresh::version).getOrElse(Either.right(stale));
                }
            } else if (recentFailure.isDefined() && !refreshes.isRunning(description)) {
                return Either.left(recentFailure.get());
            } else {
                Refresh refresh = awaitRefresh(origin, deadline);
                if (refresh.isShared() || deadline - System.nanoTime() <= 0 || isInterrupted()) {
                    return refresh.version();
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
     * Refreshes on this thread unless another thread is refreshing. Uses at most half of the remaining time, because the call can
     * proceed with the stale credential.
     *
     * @return absent if another thread is refreshing
     */
    private Option<Refresh> refreshStale(OperationContext origin, long deadline) {
        long half = (deadline - System.nanoTime()) / 2;
        return refreshes.tryRun(description, () -> refresh(origin, half));
    }

    private Refresh awaitRefresh(OperationContext origin, long deadline) {
        return waitFor(
                origin,
                () -> refreshes.run(
                        description, deadline, () -> refresh(origin, deadline - System.nanoTime()), Refresh::isShared));
    }

    /** Waits for the running refresh, if any, and returns the number of the current credential. */
    private Either<OtaFailure, Integer> awaitRunningRefresh(OperationContext origin, long deadline) {
        return waitFor(
                        origin,
                        () -> refreshes
                                .join(description, deadline)
                                .getOrElse(() -> new Refresh(Either.right(version()), true)))
                .version();
    }

    private interface Wait {
        Refresh get() throws InterruptedException, TimeoutException;
    }

    private Refresh waitFor(OperationContext origin, Wait wait) {
        try {
            return wait.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Refresh(
                    Either.left(CallFailures.cancelled(origin, Message.of("waited for a new {0}", description))),
                    false);
        } catch (TimeoutException e) {
            return new Refresh(
                    Either.left(CallFailures.deadlineExceeded(origin, callTimeout, Message.of("new {0}", description))),
                    false);
        }
    }

    /** Requests a new credential, unless another caller has just finished a refresh. */
    private Refresh refresh(OperationContext origin, long nanos) {
        Option<Refresh> recent = recentRefresh();
        if (recent.isDefined()) {
            return recent.get();
        }
        long start = System.nanoTime();
        long timeout = Math.max(0, nanos);
        Either<OtaFailure, IssuedCredential<T>> issued = issue(origin, Duration.ofNanos(timeout));
        boolean isTimeout = System.nanoTime() - start >= timeout;
        return issued.<Refresh>fold(
                failure -> failed(origin, failure, isTimeout, !isTimeout || timeout >= callTimeout.toNanos() / 2),
                this::succeeded);
    }

    private synchronized Option<Refresh> recentRefresh() {
        Instant now = clock.instant();
        State state = state(now);
        Option<OtaFailure> recentFailure = state == State.FRESH ? Option.none() : backoff.failure(now);
        if (state == State.FRESH || (state == State.STALE && recentFailure.isDefined())) {
            return Option.some(new Refresh(Either.right(version()), true));
        }
        return recentFailure.map(failure -> new Refresh(Either.left(failure), true));
    }

    private synchronized Refresh succeeded(IssuedCredential<T> issued) {
        held = new Held<>(
                version() + 1, issued.value(), staleAt(clock.instant(), issued.expiresAt()), issued.expiresAt(), false);
        backoff.reset();
        return new Refresh(Either.right(version()), true);
    }

    /**
     * A failure caused by this thread, because it was interrupted or had too little time, does not apply to other callers.
     *
     * @param isTimeout whether the refresh used all its time
     * @param hadTime whether the time was sufficient to conclude that a rejected credential cannot be replaced
     */
    private synchronized Refresh failed(
            OperationContext origin, OtaFailure failure, boolean isTimeout, boolean hadTime) {
        Instant now = clock.instant();
        boolean isInterrupted = isInterrupted();
        @Nullable Held<T> current = held;
        if (hadTime && !isInterrupted && current != null && current.isRejected()) {
            held = current.usableUntilExpiry();
        }
        Option<Held<T>> usable = Option.<Held<T>>of(held).filter(known -> known.at(now) == State.STALE);
        if (!isInterrupted && (usable.isDefined() || !isTimeout)) {
            backoff.start(now, failure, usable.map(Held::expiresAt).getOrElse(Instant.MAX));
        }
        if (usable.isDefined()) {
            LOG.warn(
                    "{}: the {} could not be refreshed and is used until {}: {}",
                    origin.backend(),
                    description,
                    usable.get().expiresAt(),
                    failure.summary());
            return new Refresh(Either.right(usable.get().version()), true);
        }
        return new Refresh(Either.left(failure), !isInterrupted && !isTimeout);
    }

    private Either<OtaFailure, IssuedCredential<T>> issue(OperationContext origin, Duration timeout) {
        try {
            return issuer.issue(timeout).flatMap(issued -> accept(origin, issued));
        } catch (RuntimeException exception) {
            // Its message may contain a secret, because the issuer may be part of the application.
            String kind = exception.getClass().getSimpleName();
            LOG.debug("{}: {} at {}", origin.backend(), exception.getClass().getName(), exception.getStackTrace());
            return Either.left(new OtaFailure.Unavailable(FailureDetails.of(
                            origin,
                            Message.of(
                                    "Backend {0} got no new {1}: its issuer threw an exception ({2})",
                                    origin.backend(), description, kind),
                            Message.of("Check the issuer, such as the application's AccessKeyProvider"))
                    .withRetry(Option.none())));
        }
    }

    private Either<OtaFailure, IssuedCredential<T>> accept(OperationContext origin, IssuedCredential<T> issued) {
        redactor.addSecrets(secrets.apply(issued.value()));
        return clock.instant().isBefore(issued.expiresAt())
                ? Either.right(issued)
                : Either.left(new OtaFailure.AccessDenied(FailureDetails.of(
                        origin,
                        Message.of(
                                "Backend {0} received a new {1} that expired at {2}",
                                origin.backend(), description, issued.expiresAt()),
                        Message.of("Check this machine's clock and the clock of the issuer"))));
    }

    /** Refreshes after nine tenths of the lifetime, within minimum and maximum margins before the expiry. */
    private static Instant staleAt(Instant now, Instant end) {
        Duration lifetime = Duration.between(now, end);
        Duration margin =
                shorter(longer(shorter(lifetime.dividedBy(10), MAX_MARGIN), MIN_MARGIN), lifetime.dividedBy(2));
        return end.minus(margin);
    }

    /** Whether the rejected credential of this number has been or may be replaced. Marks the current one as rejected. */
    private synchronized boolean isReplaceable(int number) {
        @Nullable Held<T> used = held;
        if (used == null || used.version() != number || used.isRejected()) {
            return true;
        }
        Instant now = clock.instant();
        if (!now.isBefore(lastRejection) && now.isBefore(lastRejection.plus(MIN_REJECTION_INTERVAL))) {
            // A credential used despite its rejection still needs a refresh.
            return !now.isBefore(used.staleAt());
        }
        lastRejection = now;
        backoff.cancel();
        held = used.rejected();
        return true;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** Does not contain the credential. */
    @Override
    public String toString() {
        return "RefreshableCredential[" + description + "]";
    }
}
