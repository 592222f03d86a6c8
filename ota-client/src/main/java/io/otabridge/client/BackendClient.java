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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes the calls of one backend: observation, logging, coalescing, retries, circuit breaker, credential refresh, clock
 * skew correction, rate limiting and transport, in this order and within one deadline. Reads and deletions are retried where
 * that may help; other changes only after the vendor throttled them. The HTTP client itself sends a request a second time,
 * signed anew, where a pooled connection turns out dead, unless its body is {@link OneShotBody}. Throws nothing for network or
 * vendor errors. Safe for many threads.
 */
public final class BackendClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BackendClient.class);

    private final String backend;
    private final Vendor vendor;
    private final Redactor redactor;
    private final SkewCorrectedClock clock;
    private final Option<AccountLimiter> quota;
    private final BackendObserver observer;
    private final Set<String> notes;
    private final CallOptions limits;
    private final boolean isDerived;

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
     * Calls of one backend.
     *
     * @param backend its name in the configuration
     * @param redactor hides the backend's secrets in every message
     * @param context brings the time, until a vendor says that it is wrong, and perhaps a {@link BackendObserver}
     * @param limits timeout, retries and circuit breaker
     * @param quota the account's rate limiter; absent if calls are not limited here
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
        this.clock = new SkewCorrectedClock(context.clock());
        this.quota = quota;
        this.limits = limits;
        this.isDerived = false;
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
            boolean isDerived) {
        this.backend = same.backend;
        this.vendor = same.vendor;
        this.redactor = same.redactor;
        this.clock = same.clock;
        this.quota = same.quota;
        this.limits = limits;
        this.isDerived = isDerived;
        this.observer = same.observer;
        this.notes = same.notes;
        this.observe = same.observe;
        this.coalesce = coalesce;
        this.retry = same.retry;
        this.circuitBreaker = same.circuitBreaker;
        this.credential = credential;
        this.clockSkew = same.clockSkew;
        this.rateLimit = same.rateLimit;
        this.transport = same.transport;
        this.chain = chain();
    }

    /**
     * Passes a remark to the observer. The first time it is also logged as a warning.
     *
     * @param note one sentence without a final stop
     */
    void note(OperationContext origin, String note) {
        if (notes.add(note)) {
            LOG.warn(note);
        }
        observer.noted(origin, note);
    }

    /** The steps that every call passes, from the outermost to the network. */
    private Chain chain() {
        List<Step> steps = new ArrayList<>(List.of(observe, log, coalesce, retry, circuitBreaker));
        if (credential != null) {
            steps.add(credential);
        }
        steps.addAll(List.of(clockSkew, rateLimit, transport));
        return Chain.of(steps);
    }

    /** The same calls, signed with a credential that expires and is renewed. */
    public BackendClient renewing(RefreshableCredential<?> renewed) {
        return new BackendClient(this, limits, coalesce.with(renewed::number), new CredentialStep(renewed), isDerived);
    }

    /**
     * Calls of the same backend with another timeout for each, a year at most. Everything else is shared.
     *
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public BackendClient within(Duration otherTimeout) {
        return new BackendClient(this, limits.within(otherTimeout), coalesce, credential, true);
    }

    /**
     * Withdraws the rate limits of this backend, so that a backend opened later may set higher ones. Does nothing for calls
     * {@link #within} another timeout.
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
        public Option<Double> quotaUse(String operation) {
            return quota.map(kept -> kept.usedShare(operation));
        }
    }

    /**
     * The clock by which requests are to be dated. If the vendor refuses one because of its time, this clock goes by the
     * vendor's from then on, and the request is sent once more.
     */
    public Clock clock() {
        return clock;
    }

    /** How far {@link #clock} is ahead of the context's. */
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
    Duration deadline() {
        return limits.timeout();
    }

    /** Where answers and failures of this operation come from. */
    public OperationContext origin(String operation) {
        return new OperationContext(backend, vendor, operation);
    }

    /**
     * The failure of a call that was to change something. Where it leaves open whether the vendor has made the change, its
     * advice says that repeating the command is safe, which every command sees to.
     */
    static OtaFailure ofChange(OtaFailure failure) {
        FailureDetails details = failure.details();
        FailureDetails open =
                details.withMoreAdvice(Message.of("repeating the command is safe, even if the change was made"));
        return failure instanceof OtaFailure.OutcomeUnknown
                        || failure instanceof OtaFailure.Unavailable
                        || failure instanceof OtaFailure.UnreadableResponse
                ? failure.withDetails(open)
                : failure;
    }

    /** What hides this backend's secrets. */
    public Redactor redactor() {
        return redactor;
    }

    /**
     * A credential that expires, of which there is none yet. The backend's clock decides when it has expired, and its redactor
     * hides each new one.
     *
     * @param what it is, for people, such as {@code IAM token}
     * @param secrets what of it must not be shown
     * @param isRejection whether a call failed because its credential has expired, or is not known to the vendor any more
     */
    public <C> RefreshableCredential<C> refreshable(
            String what,
            Function<C, io.vavr.collection.List<String>> secrets,
            Predicate<OtaFailure> isRejection,
            RefreshableCredential.Issuer<C> issuer) {
        return new RefreshableCredential<>(clock, deadline(), redactor, what, secrets, isRejection, issuer);
    }

    /** Passes on a text that the vendor would accept; {@link OtaFailure.Rejected} for another, before anything is sent. */
    Either<OtaFailure, String> check(OperationContext origin, StringConstraint rule, String text) {
        return rule.check(text)
                .mapLeft(invalid -> new OtaFailure.Rejected(
                        FailureDetails.of(origin, invalid.toMessage(), Message.of("Correct it; nothing was sent"))));
    }

    /**
     * The failure that the vendor's report amounts to.
     *
     * @param subject what was asked for, such as {@code firmware 28f6…}
     */
    OtaFailure judged(
            ErrorRule verdict, OperationContext origin, Message subject, HttpResponse answer, VendorError report) {
        if (verdict.isOfTime()) {
            learnTime(answer);
        }
        return verdict.failure(origin, subject, answer, report, clock);
    }

    /**
     * The failure of an answer that was meant to be a success but cannot be read.
     *
     * @param reason what it lacks or holds wrongly
     */
    OtaFailure unreadable(
            OperationContext origin, Message subject, String reason, HttpResponse answer, Option<String> requestId) {
        VendorError report = VendorError.ofUnreadable(answer, requestId, redactor);
        return new OtaFailure.UnreadableResponse(FailureDetails.of(
                        origin,
                        Message.of(
                                "Backend {0} returned a response for {1} that cannot be read: {2}",
                                backend, subject, redactor.shown(reason).getOrElse("")),
                        Message.of(
                                "Check that the endpoint is the vendor's API; if it is, the API has changed: report it"
                                        + " with what came"))
                .withStatus(answer.status())
                .withVendorError(Option.none(), report.message(), report.requestId()));
    }

    /**
     * Executes a read on this thread. Identical concurrent reads share one result.
     *
     * @param request what is sent
     * @param decoder reads a response of any status; it has the whole body
     * @return the decoded response, or the failure
     */
    public <T> Either<OtaFailure, T> ask(
            OperationContext origin, PreparedRequest request, Function<HttpResponse, Either<OtaFailure, T>> decoder) {
        return execute(origin, Effect.READ, Priority.INTERACTIVE, request, decoder);
    }

    /** Executes a read that is part of a long pagination, after the reads for which a user waits. */
    <T> Either<OtaFailure, T> askInBulk(
            OperationContext origin, PreparedRequest request, Function<HttpResponse, Either<OtaFailure, T>> decoder) {
        return execute(origin, Effect.READ, Priority.BULK, request, decoder);
    }

    /**
     * Executes a deletion, which does no harm when it is done twice and is retried like a read.
     *
     * @param decoder reads a response of any status; {@link DeleteResult#ABSENT} if it says that there is nothing to delete
     * @param isGone looks whether the thing is gone. It is called if the vendor rejected the deletion with a code of
     *     its own: not every vendor documents the code for a thing that another caller has just deleted
     * @return {@link DeleteResult#GONE} in place of {@link DeleteResult#ABSENT} if an earlier request may have deleted it
     */
    public Either<OtaFailure, DeleteResult> delete(
            OperationContext origin,
            PreparedRequest request,
            Function<HttpResponse, Either<OtaFailure, DeleteResult>> decoder,
            BooleanSupplier isGone) {
        Call<DeleteResult> call =
                call(origin, Effect.IDEMPOTENT_CHANGE, Priority.INTERACTIVE, request.oneShot(), decoder);
        return absentIfGone(chain.proceed(call).outcome(), isGone)
                .map(outcome -> outcome == DeleteResult.ABSENT && call.mayHaveSucceeded() ? DeleteResult.GONE : outcome)
                .mapLeft(failure -> call.hasUnknownOutcome() ? CallFailures.outcomeUnknown(failure) : failure)
                .mapLeft(BackendClient::ofChange);
    }

    /** A deletion that the vendor rejected with a code of its own is a success if the thing is gone. */
    static Either<OtaFailure, DeleteResult> absentIfGone(
            Either<OtaFailure, DeleteResult> deletion, BooleanSupplier isGone) {
        boolean isRefused = deletion.isLeft()
                && deletion.getLeft() instanceof OtaFailure.Rejected refusal
                && refusal.vendorCode().isDefined();
        return isRefused && isGone.getAsBoolean() ? Either.right(DeleteResult.ABSENT) : deletion;
    }

    /** Executes a change, which is retried only if the vendor throttled it. */
    public <T> Either<OtaFailure, T> change(
            OperationContext origin, PreparedRequest request, Function<HttpResponse, Either<OtaFailure, T>> decoder) {
        return execute(origin, Effect.CHANGE, Priority.INTERACTIVE, request.oneShot(), decoder)
                .mapLeft(BackendClient::ofChange);
    }

    /**
     * Downloads a response that may be larger than memory. It is not coalesced with others. A web page in place of the
     * download is a failure, as it comes from a proxy, a login portal or a firewall.
     *
     * @param handler reads a response of any status while it arrives; a retry calls it again. What it throws, other than
     *     {@link java.io.IOException}, reaches the caller
     * @param longest from now to the last byte, retries included, a year at most
     * @return the handler's result; {@link OtaFailure.DeadlineExceeded} if no bytes arrive for the timeout of this backend's
     *     calls, or if {@code longest} has passed
     * @throws IllegalArgumentException if {@code longest} is not positive
     */
    <T> Either<OtaFailure, T> download(
            OperationContext origin, PreparedRequest request, ResponseHandler<T> handler, Duration longest) {
        return chain.proceed(transfer(origin, Effect.READ, request, handler, longest))
                .outcome();
    }

    /**
     * Uploads a request body that may be larger than memory, such as a {@link StreamedBody}. It is retried if the body can be
     * replayed.
     *
     * @param handler reads a response of any status, which is within the size limit of this backend. What it throws, other
     *     than {@link java.io.IOException}, reaches the caller
     * @param longest from now to the last byte, retries included, a year at most
     * @return the handler's result; {@link OtaFailure.OutcomeUnknown} if a request was started and no response arrived, also
     *     because no bytes moved for the timeout of this backend's calls, and no retry succeeded; {@link OtaFailure.Rejected} if the source of the
     *     body has other bytes than announced
     * @throws IllegalArgumentException if {@code longest} is not positive
     */
    <T> Either<OtaFailure, T> upload(
            OperationContext origin, PreparedRequest request, ResponseHandler<T> handler, Duration longest) {
        Effect effect = request.isOneShot() ? Effect.CHANGE : Effect.IDEMPOTENT_CHANGE;
        Call<T> call = transfer(origin, effect, request, handler, longest);
        return chain.proceed(call)
                .outcome()
                .mapLeft(failure -> call.hasUnknownOutcome() ? CallFailures.outcomeUnknown(failure) : failure);
    }

    private <T> Call<T> transfer(
            OperationContext origin,
            Effect effect,
            PreparedRequest request,
            ResponseHandler<T> handler,
            Duration longest) {
        return Call.transfer(
                origin,
                effect,
                request,
                start -> foreign(origin, request, start),
                handler,
                limits.within(longest).timeout(),
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

    /** The decoder gets the vendor's responses alone: that of a proxy, a login portal or a firewall is a failure by itself. */
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
                answer -> {
                    Option<OtaFailure> foreign = foreign(origin, request, answer);
                    return foreign.isDefined() ? Either.left(foreign.get()) : decoder.apply(answer);
                },
                limits.timeout());
    }

    private Option<OtaFailure> foreign(OperationContext origin, PreparedRequest request, HttpResponse answer) {
        return IntermediaryResponses.failure(origin, request, answer, true, redactor, clock);
    }

    /** Sends one request to another service of the vendor, without the rate limiter and without a retry. */
    public Either<OtaFailure, HttpResponse> sendElsewhere(
            OperationContext origin, PreparedRequest request, long deadline) {
        return Chain.of(List.of(new TransportStep(redactor, false)))
                .proceed(Call.<HttpResponse>until(
                        deadline, origin, Effect.READ, Priority.INTERACTIVE, request, Either::right, limits.timeout()))
                .outcome();
    }

    /** Goes by the clock of whoever sent this answer, if it says what time it is. */
    public void learnTime(HttpResponse answer) {
        answer.date().forEach(clock::learn);
    }
}
