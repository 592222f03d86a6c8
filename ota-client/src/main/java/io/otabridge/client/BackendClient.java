package io.otabridge.client;

import io.otabridge.client.auth.RefreshableCredential;
import io.otabridge.client.chain.Call;
import io.otabridge.client.chain.Chain;
import io.otabridge.client.chain.CircuitBreakerStep;
import io.otabridge.client.chain.ClockSkewStep;
import io.otabridge.client.chain.CoalesceStep;
import io.otabridge.client.chain.CredentialStep;
import io.otabridge.client.chain.Effect;
import io.otabridge.client.chain.LogStep;
import io.otabridge.client.chain.ObserveStep;
import io.otabridge.client.chain.RateLimitStep;
import io.otabridge.client.chain.RetryStep;
import io.otabridge.client.chain.SkewCorrectedClock;
import io.otabridge.client.chain.Step;
import io.otabridge.client.chain.TransportStep;
import io.otabridge.client.config.CallOptions;
import io.otabridge.client.error.CallFailures;
import io.otabridge.client.error.ErrorRule;
import io.otabridge.client.error.IntermediaryResponses;
import io.otabridge.client.error.VendorError;
import io.otabridge.client.ratelimit.AccountLimiter;
import io.otabridge.client.ratelimit.Priority;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.client.transport.OneShotBody;
import io.otabridge.client.transport.PreparedRequest;
import io.otabridge.client.transport.ResponseHandler;
import io.otabridge.client.transport.StreamedBody;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.observation.BackendStatus;
import io.otabridge.domain.observation.ChangeEvent;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes the calls of one backend: observation, logging, coalescing, retries, circuit breaker, credential refresh,
 * clock skew correction, rate limiting and transport, in this order and within one deadline. Reads and deletions are
 * retried where a retry may help; other changes are retried only after throttling. The HTTP client itself resends a
 * request, with a new signature, if a pooled connection is closed, unless the body is {@link OneShotBody}. Never throws
 * for network or vendor errors. Safe for many threads.
 */
public final class BackendClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BackendClient.class);

    private final String backend;
    private final Vendor vendor;
    private final Redactor redactor;
    private final Clock contextClock;
    private final SkewCorrectedClock clock;
    private final Option<AccountLimiter> quota;
    private final BackendObserver observer;
    private final Set<String> notes;
    private final CallOptions limits;
    private final boolean isDerived;
    private final boolean isForTransfers;

    private final ObserveStep observe;
    private final LogStep log = new LogStep();
    private final CoalesceStep coalesce;
    private final RetryStep retry;
    private final CircuitBreakerStep circuitBreaker;
    private final @Nullable CredentialStep credential;
    private final ClockSkewStep clockSkew;
    private final RateLimitStep rateLimit;
    private final TransportStep transport;
    private final Chain chain;

    /**
     * A client for the calls of one backend.
     *
     * @param backend the backend's name in the configuration
     * @param redactor hides the backend's secrets in every message
     * @param context provides the clock and, optionally, a {@link BackendObserver}
     * @param limits timeout, retries and circuit breaker
     * @param quota the account's rate limiter; absent if calls are not limited on the client side
     */
    public BackendClient(
            String backend,
            Vendor vendor,
            Redactor redactor,
            BackendContext context,
            CallOptions limits,
            Option<AccountLimiter> quota) {
        BackendObserver observer = BackendObserver.in(context);
        this.backend = backend;
        this.vendor = vendor;
        this.redactor = redactor;
        this.contextClock = context.clock();
        this.clock = new SkewCorrectedClock(context.clock());
        this.quota = quota;
        this.limits = limits;
        this.isDerived = false;
        this.isForTransfers = false;
        this.observer = observer;
        this.notes = ConcurrentHashMap.newKeySet();
        this.observe = new ObserveStep(observer);
        this.coalesce = new CoalesceStep(() -> 0);
        this.retry = new RetryStep(limits.retries());
        this.circuitBreaker = new CircuitBreakerStep(limits);
        this.credential = null;
        this.clockSkew = new ClockSkewStep(clock);
        this.rateLimit = new RateLimitStep(quota);
        this.transport = new TransportStep(redactor, true);
        this.chain = chain();
        observer.opened(backend, vendor, new State());
    }

    private BackendClient(
            BackendClient same,
            CallOptions limits,
            CoalesceStep coalesce,
            @Nullable CredentialStep credential,
            RetryStep retry,
            boolean isDerived,
            boolean isForTransfers) {
        this.backend = same.backend;
        this.vendor = same.vendor;
        this.redactor = same.redactor;
        this.contextClock = same.contextClock;
        this.clock = same.clock;
        this.quota = same.quota;
        this.limits = limits;
        this.isDerived = isDerived;
        this.isForTransfers = isForTransfers;
        this.observer = same.observer;
        this.notes = same.notes;
        this.observe = same.observe;
        this.coalesce = coalesce;
        this.retry = retry;
        this.circuitBreaker = same.circuitBreaker;
        this.credential = credential;
        this.clockSkew = same.clockSkew;
        this.rateLimit = isForTransfers ? new RateLimitStep(Option.none()) : same.rateLimit;
        this.transport = same.transport;
        this.chain = chain();
    }

    /**
     * Reports a note to the observer. The first time it is also logged as a warning.
     *
     * @param note one sentence without a full stop
     */
    void note(OperationContext origin, String note) {
        if (notes.add(note)) {
            LOG.warn(note);
        }
        observer.warned(origin, note);
    }

    /** The steps of every call, from the outermost to the transport. */
    private Chain chain() {
        List<Step> steps = new ArrayList<>(
                isForTransfers ? List.of(observe, log, retry) : List.of(observe, log, coalesce, retry, circuitBreaker));
        if (credential != null) {
            steps.add(credential);
        }
        steps.addAll(List.of(clockSkew, rateLimit, transport));
        return Chain.of(steps);
    }

    /**
     * A client for the same backend that uses an expiring credential.
     *
     * @param expiring the credential, which is refreshed when it has expired or is rejected
     */
    public BackendClient withCredential(RefreshableCredential<?> expiring) {
        return new BackendClient(
                this,
                limits,
                coalesce.with(expiring::version),
                new CredentialStep(expiring),
                retry,
                isDerived,
                isForTransfers);
    }

    /**
     * A client for the same backend with another timeout for each call. Everything else is shared.
     *
     * @param otherTimeout at most a year counts
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public BackendClient withTimeout(Duration otherTimeout) {
        return new BackendClient(
                this, limits.withTimeout(otherTimeout), coalesce, credential, retry, true, isForTransfers);
    }

    /**
     * A client for requests of the same backend to its object store, whose failures and limits are not those of the
     * vendor's API: without circuit breaker, rate limit and coalescing, and with its own retries.
     */
    public BackendClient forTransfers() {
        return new BackendClient(this, limits, coalesce, credential, new RetryStep(limits.retries()), true, true);
    }

    /**
     * Removes the rate limits of this backend, so that a backend opened later can set higher ones. Does nothing for a
     * client that {@link #withTimeout} returned.
     */
    @Override
    public void close() {
        if (!isDerived) {
            quota.forEach(AccountLimiter::close);
        }
    }

    private final class State implements BackendStatus {
        @Override
        public Circuit circuit() {
            return circuitBreaker.state();
        }

        @Override
        public Option<Double> quotaUsage(String operation) {
            return quota.map(limiter -> limiter.usedShare(operation));
        }
    }

    /**
     * The clock that dates requests. If the vendor rejects a request because of its date, this clock adopts the
     * vendor's time, and the request is retried once.
     */
    public Clock clock() {
        return clock;
    }

    /** The offset of {@link #clock} from the context's clock; positive if it is ahead. */
    Duration clockOffset() {
        return clock.offset();
    }

    /** The backend's name in the configuration. */
    String backend() {
        return backend;
    }

    /** The vendor of this backend. */
    Vendor vendor() {
        return vendor;
    }

    /** The timeout of each call. */
    public Duration deadline() {
        return limits.timeout();
    }

    /** The context of this operation, for failures and observers. */
    public OperationContext contextOf(String operation) {
        return new OperationContext(backend, vendor, operation);
    }

    /**
     * Adds advice to the failure of a change. If it is unknown whether the vendor has made the change, the advice says
     * that retrying the command is safe; every command ensures that.
     */
    static OtaFailure ofChange(OtaFailure failure) {
        FailureDetails details = failure.details();
        FailureDetails open =
                details.withMoreAdvice(Message.of("retrying the command is safe, even if the change was made"));
        return failure instanceof OtaFailure.OutcomeUnknown
                        || failure instanceof OtaFailure.Unavailable
                        || failure instanceof OtaFailure.UnreadableResponse
                ? failure.withDetails(open)
                : failure;
    }

    /** Hides the secrets of this backend in texts. */
    public Redactor redactor() {
        return redactor;
    }

    /**
     * An expiring credential that has not been issued yet. The backend's clock decides when it has expired, and its
     * redactor hides each new one.
     *
     * @param what its description, such as {@code IAM token}
     * @param secrets the parts that must not be shown
     * @param isRejection whether a failure means that the credential has expired or is unknown to the vendor
     */
    public <C> RefreshableCredential<C> refreshable(
            String what,
            Function<C, io.vavr.collection.List<String>> secrets,
            Predicate<OtaFailure> isRejection,
            RefreshableCredential.CredentialIssuer<C> issuer) {
        return new RefreshableCredential<>(clock, deadline(), redactor, what, secrets, isRejection, issuer);
    }

    /** The text if it meets the constraint, {@link OtaFailure.Rejected} otherwise. Sends nothing. */
    Either<OtaFailure, String> check(OperationContext origin, StringConstraint constraint, String text) {
        return constraint
                .check(text)
                .mapLeft(invalid -> new OtaFailure.Rejected(
                        FailureDetails.of(origin, invalid.toMessage(), Message.of("Correct it; nothing was sent"))));
    }

    /**
     * Maps a vendor error to a failure.
     *
     * @param subject what was requested, such as {@code firmware 28f6…}
     */
    public OtaFailure toFailure(
            ErrorRule rule, OperationContext origin, Message subject, HttpResponse response, VendorError error) {
        if (rule.mayBeClockSkew()) {
            synchronizeClock(response);
        }
        return rule.failure(origin, subject, response, error, clock);
    }

    /**
     * The failure of a successful response that cannot be read.
     *
     * @param reason what is missing or invalid in it
     */
    public OtaFailure unreadable(
            OperationContext origin, Message subject, String reason, HttpResponse response, Option<String> requestId) {
        VendorError error = VendorError.ofUnreadable(response, requestId, redactor);
        return new OtaFailure.UnreadableResponse(FailureDetails.of(
                        origin,
                        Message.of(
                                "Backend {0} returned a response for {1} that cannot be read: {2}",
                                backend, subject, redactor.sanitize(reason).getOrElse("")),
                        Message.of(
                                "Check that the endpoint is the vendor's API; if it is, the API has changed: report it"
                                        + " together with the response"))
                .withStatus(response.status())
                .withVendorError(Option.none(), error.message(), error.requestId()));
    }

    /**
     * Executes a read on this thread. Identical concurrent reads share one result.
     *
     * @param request the request to send
     * @param decoder decodes a response of any status, with its whole body
     * @return the decoded response, or the failure
     */
    public <T> Either<OtaFailure, T> read(
            OperationContext origin, PreparedRequest request, Function<HttpResponse, Either<OtaFailure, T>> decoder) {
        return execute(origin, Effect.READ, Priority.INTERACTIVE, request, decoder);
    }

    /** Executes a read whose result is not shared with other callers. */
    <T> Either<OtaFailure, T> readUncoalesced(
            OperationContext origin, PreparedRequest request, Function<HttpResponse, Either<OtaFailure, T>> decoder) {
        return chain.proceed(call(origin, Effect.READ, Priority.INTERACTIVE, request, decoder)
                        .unshared())
                .outcome();
    }

    /** Executes a read of a long pagination, with lower priority than reads for which a user waits. */
    <T> Either<OtaFailure, T> readInBulk(
            OperationContext origin, PreparedRequest request, Function<HttpResponse, Either<OtaFailure, T>> decoder) {
        return execute(origin, Effect.READ, Priority.BULK, request, decoder);
    }

    /**
     * Executes a deletion. It is idempotent and retried like a read.
     *
     * @param decoder decodes a response of any status; {@link DeleteResult#NOT_FOUND} if there is nothing to delete
     * @param isGone looks up whether the thing is gone. It is called if the vendor rejected the deletion with an error
     *     code, because not every vendor documents the code for a thing that another caller has just deleted
     * @return {@link DeleteResult#NOT_FOUND_AFTER_RETRY} instead of {@link DeleteResult#NOT_FOUND} if an earlier attempt may have deleted
     *     it
     */
    public Either<OtaFailure, DeleteResult> delete(
            OperationContext origin,
            PreparedRequest request,
            Function<HttpResponse, Either<OtaFailure, DeleteResult>> decoder,
            BooleanSupplier isGone) {
        return delete(origin, Effect.IDEMPOTENT_CHANGE, () -> subject(request), request, decoder, isGone);
    }

    /**
     * Executes a deletion.
     *
     * @param effect {@link Effect#CHANGE} if it must not be retried
     * @param subject what is sent, such as {@code the deletion of firmware f1}
     */
    Either<OtaFailure, DeleteResult> delete(
            OperationContext origin,
            Effect effect,
            Supplier<Message> subject,
            PreparedRequest request,
            Function<HttpResponse, Either<OtaFailure, DeleteResult>> decoder,
            BooleanSupplier isGone) {
        Call<DeleteResult> call = call(origin, effect, Priority.INTERACTIVE, request.oneShot(), decoder);
        Either<OtaFailure, DeleteResult> outcome = absentIfGone(
                        chain.proceed(call).outcome(), isGone)
                .map(result -> result == DeleteResult.NOT_FOUND && call.mayHaveSucceeded()
                        ? DeleteResult.NOT_FOUND_AFTER_RETRY
                        : result)
                .mapLeft(failure -> call.hasUnknownOutcome() ? CallFailures.outcomeUnknown(failure) : failure)
                .mapLeft(BackendClient::ofChange);
        return reported(origin, subject, call, outcome);
    }

    /** Reports the outcome of a change to the observer, if the change was sent. */
    private <T> Either<OtaFailure, T> reported(
            OperationContext origin, Supplier<Message> subject, Call<T> call, Either<OtaFailure, T> outcome) {
        call.sinceFirstSent()
                .forEach(duration -> observer.changed(new ChangeEvent(
                        origin,
                        redactor.sanitize(subject.get().text()).getOrElse(""),
                        contextClock.instant().minus(duration),
                        duration,
                        outcome.swap().toOption())));
        return outcome;
    }

    /** Method, host, path and file of a request, for changes that have no other description. */
    private static Message subject(PreparedRequest request) {
        Message sent = Message.of(
                "{0} {1}{2}",
                request.method(), request.url().host(), request.url().encodedPath());
        return request.file()
                .map(file -> Message.of("{0}, file {1}", sent, file))
                .getOrElse(sent);
    }

    /**
     * If the vendor rejected the deletion with an error code and the thing is gone, the result is {@link
     * DeleteResult#NOT_FOUND}.
     */
    private static Either<OtaFailure, DeleteResult> absentIfGone(
            Either<OtaFailure, DeleteResult> deletion, BooleanSupplier isGone) {
        boolean isRejected = deletion.isLeft()
                && deletion.getLeft() instanceof OtaFailure.Rejected rejection
                && rejection.vendorCode().isDefined();
        return isRejected && isGone.getAsBoolean() ? Either.right(DeleteResult.NOT_FOUND) : deletion;
    }

    /** Executes a change. It is retried only if the vendor throttled it. */
    public <T> Either<OtaFailure, T> change(
            OperationContext origin, PreparedRequest request, Function<HttpResponse, Either<OtaFailure, T>> decoder) {
        return change(origin, () -> subject(request), request, decoder);
    }

    /** The same for a change with this description, such as {@code the creation of module mcu}. */
    <T> Either<OtaFailure, T> change(
            OperationContext origin,
            Supplier<Message> subject,
            PreparedRequest request,
            Function<HttpResponse, Either<OtaFailure, T>> decoder) {
        Call<T> call = call(origin, Effect.CHANGE, Priority.INTERACTIVE, request.oneShot(), decoder);
        return reported(origin, subject, call, chain.proceed(call).outcome().mapLeft(BackendClient::ofChange));
    }

    /**
     * Downloads a response that may be larger than memory. Downloads are not coalesced. A web page instead of the
     * download is a failure, because a proxy, a login portal or a firewall sent it.
     *
     * @param handler reads a response of any status while it arrives; a retry calls it again. Exceptions other than
     *     {@link java.io.IOException} reach the caller
     * @param maxDuration the time until the last byte, including retries; at most a year counts
     * @return the handler's result; {@link OtaFailure.DeadlineExceeded} if no bytes arrive within the timeout of this
     *     backend's calls, or if {@code maxDuration} has passed
     * @throws IllegalArgumentException if {@code maxDuration} is not positive
     */
    public <T> Either<OtaFailure, T> download(
            OperationContext origin, PreparedRequest request, ResponseHandler<T> handler, Duration maxDuration) {
        return chain.proceed(transfer(origin, Effect.READ, request, handler, maxDuration))
                .outcome();
    }

    /**
     * Uploads a request body that may be larger than memory, such as a {@link StreamedBody}. The upload is retried if
     * the body can be replayed.
     *
     * @param handler reads a response of any status, which is within the size limit of this backend. Exceptions other
     *     than {@link java.io.IOException} reach the caller
     * @param maxDuration the time until the last byte, including retries; at most a year counts
     * @return the handler's result; {@link OtaFailure.OutcomeUnknown} if a request was started and no response arrived,
     *     or if no bytes moved within the timeout of this backend's calls, and no retry succeeded; {@link
     *     OtaFailure.Rejected} if the source of the body does not match the announced length and digest
     * @throws IllegalArgumentException if {@code maxDuration} is not positive
     */
    public <T> Either<OtaFailure, T> upload(
            OperationContext origin, PreparedRequest request, ResponseHandler<T> handler, Duration maxDuration) {
        Effect effect = request.isOneShot() ? Effect.CHANGE : Effect.IDEMPOTENT_CHANGE;
        Call<T> call = transfer(origin, effect, request, handler, maxDuration);
        Either<OtaFailure, T> outcome = chain.proceed(call)
                .outcome()
                .mapLeft(failure -> call.hasUnknownOutcome() ? CallFailures.outcomeUnknown(failure) : failure);
        return reported(origin, () -> subject(request), call, outcome);
    }

    private <T> Call<T> transfer(
            OperationContext origin,
            Effect effect,
            PreparedRequest request,
            ResponseHandler<T> handler,
            Duration maxDuration) {
        return Call.transfer(
                origin,
                effect,
                request,
                start -> intermediaryFailure(origin, request, start),
                handler,
                limits.withTimeout(maxDuration).timeout(),
                limits.timeout());
    }

    private <T> Either<OtaFailure, T> execute(
            OperationContext origin,
            Effect effect,
            Priority priority,
            PreparedRequest request,
            Function<HttpResponse, Either<OtaFailure, T>> decoder) {
        return chain.proceed(call(origin, effect, priority, request, decoder)).outcome();
    }

    /**
     * The decoder receives only responses of the vendor. The response of a proxy, login portal or firewall is a
     * failure.
     */
    private <T> Call<T> call(
            OperationContext origin,
            Effect effect,
            Priority priority,
            PreparedRequest request,
            Function<HttpResponse, Either<OtaFailure, T>> decoder) {
        return Call.of(
                origin,
                effect,
                priority,
                request,
                response -> {
                    Option<OtaFailure> failure = intermediaryFailure(origin, request, response);
                    return failure.isDefined() ? Either.left(failure.get()) : decoder.apply(response);
                },
                limits.timeout());
    }

    private Option<OtaFailure> intermediaryFailure(
            OperationContext origin, PreparedRequest request, HttpResponse response) {
        return IntermediaryResponses.failure(origin, request, response, true, redactor, clock);
    }

    /**
     * Sends one request to another service of the vendor, without rate limiting and retries.
     *
     * @param deadline when the request must be complete, as {@link System#nanoTime}
     */
    public Either<OtaFailure, HttpResponse> sendToOtherService(
            OperationContext origin, PreparedRequest request, long deadline) {
        return Chain.of(List.of(new TransportStep(redactor, false)))
                .proceed(Call.<HttpResponse>until(
                        deadline, origin, Effect.READ, Priority.INTERACTIVE, request, Either::right, limits.timeout()))
                .outcome();
    }

    /** Sets {@link #clock} to the date of this response, if it has one. */
    public void synchronizeClock(HttpResponse response) {
        response.date().forEach(clock::learn);
    }
}
