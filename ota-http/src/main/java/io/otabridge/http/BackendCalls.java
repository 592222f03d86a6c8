package io.otabridge.http;

import io.otabridge.domain.Deletion;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.TextRule;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.observation.BackendState;
import io.otabridge.domain.observation.CallObservation;
import io.otabridge.http.quota.AccountQuota;
import io.otabridge.http.quota.Priority;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What every question of one backend needs: it refuses what need not be sent, takes a call to the network, and makes the
 * failure of an answer that is none. Questions and deletions are sent again where that may help, within one deadline; other
 * changes only where the vendor has surely not made them. Besides, the HTTP client sends a request again by itself, signed
 * anew, where a pooled connection turns out dead, unless its body is {@link SentOnce}. Nothing is thrown for what the network
 * does. Safe for many threads.
 */
public final class BackendCalls implements AutoCloseable {

    /** How long nothing is sent after a throttled answer that does not say. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Whoever says more means for ever, which does not fit into nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final Logger LOG = LoggerFactory.getLogger(BackendCalls.class);

    private final String backend;
    private final Vendor vendor;
    private final Redactor redactor;
    private final LearnedClock clock;
    private final Attempts attempts;
    private final Requests requests;
    private final Flights flights;
    private final Option<AccountQuota> quota;
    private final BackendObserver observer;
    private final Duration deadline;
    private final @Nullable Renewable<?> credential;
    private final boolean isShared;
    private final Set<String> notes;

    /**
     * Calls of one backend.
     *
     * @param backend its name in the configuration
     * @param redactor hides the backend's secrets in every message
     * @param context brings the time, until a vendor says that it is wrong, and perhaps a {@link BackendObserver}
     * @param limits within which limits calls are made
     * @param quota what the vendor allows the account; absent if nobody keeps to it here
     */
    public BackendCalls(
            String backend,
            Vendor vendor,
            Redactor redactor,
            BackendContext context,
            CallLimits limits,
            Option<AccountQuota> quota) {
        this.backend = backend;
        this.vendor = vendor;
        this.redactor = redactor;
        this.clock = new LearnedClock(context.clock());
        this.attempts = new Attempts(limits);
        this.requests = new Requests(redactor, quota);
        this.flights = new Flights();
        this.quota = quota;
        this.observer = BackendObserver.in(context);
        this.deadline = limits.timeout();
        this.credential = null;
        this.isShared = false;
        this.notes = ConcurrentHashMap.newKeySet();
        observer.opened(backend, vendor, new State());
    }

    private BackendCalls(BackendCalls same, Duration deadline, @Nullable Renewable<?> credential, boolean isShared) {
        this.backend = same.backend;
        this.vendor = same.vendor;
        this.redactor = same.redactor;
        this.clock = same.clock;
        this.attempts = same.attempts;
        this.requests = same.requests;
        this.flights = same.flights;
        this.quota = same.quota;
        this.observer = same.observer;
        this.deadline = deadline;
        this.credential = credential;
        this.isShared = isShared;
        this.notes = same.notes;
    }

    /**
     * Passes a remark to the observer. The first time it is also logged as a warning.
     *
     * @param note one sentence without a final stop
     */
    public void note(Origin origin, String note) {
        if (notes.add(note)) {
            LOG.warn(note);
        }
        observer.noted(origin, note);
    }

    /** The same, whose requests are signed with a credential that ends and is renewed. */
    public BackendCalls renewing(Renewable<?> renewed) {
        return new BackendCalls(this, deadline, renewed, isShared);
    }

    /**
     * Calls of the same backend with another deadline for each, a year at most; all the rest they have in common.
     *
     * @throws IllegalArgumentException if there is no time at all
     */
    public BackendCalls within(Duration otherDeadline) {
        if (otherDeadline.isNegative() || otherDeadline.isZero()) {
            throw new IllegalArgumentException("a deadline must be more than nothing, but is " + otherDeadline);
        }
        Duration deadline = otherDeadline.compareTo(LONGEST) < 0 ? otherDeadline : LONGEST;
        return new BackendCalls(this, deadline, credential, true);
    }

    /**
     * From now on the account's quotas are none of its affair, so that one opened anew may name higher ones. Calls of another
     * deadline hold nothing of their own, so that there closing does nothing.
     */
    @Override
    public void close() {
        if (!isShared) {
            quota.forEach(AccountQuota::close);
        }
    }

    private final class State implements BackendState {
        @Override
        public Circuit circuit() {
            return attempts.circuit();
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
    public Duration clockOffset() {
        return clock.offset();
    }

    /** The backend's name in the configuration. */
    public String backend() {
        return backend;
    }

    /** The deadline of each call. */
    Duration deadline() {
        return deadline;
    }

    /** Where answers and failures of this operation come from. */
    public Origin origin(String operation) {
        return new Origin(backend, vendor, operation);
    }

    /**
     * The failure of a call that was to change something. Where it leaves open whether the vendor has done that, its advice
     * says that asking again is safe, which every command sees to.
     */
    static OtaFailure ofChange(OtaFailure failure) {
        FailureDetails details = failure.details();
        FailureDetails open =
                details.withAdvice(details.advice() + "; asking again is safe, even if the change was made after all");
        if (failure instanceof OtaFailure.Unavailable) {
            return new OtaFailure.Unavailable(open);
        }
        return failure instanceof OtaFailure.UnreadableResponse ? new OtaFailure.UnreadableResponse(open) : failure;
    }

    /** What hides this backend's secrets. */
    public Redactor redactor() {
        return redactor;
    }

    /** Passes on a text that the vendor would accept; {@link OtaFailure.Rejected} for another, before anything is sent. */
    public Either<OtaFailure, String> check(Origin origin, TextRule rule, String text) {
        return rule.check(text)
                .mapLeft(invalid -> new OtaFailure.Rejected(
                        FailureDetails.of(origin, invalid.message(), "Correct it; nothing was sent")));
    }

    /**
     * The failure that the vendor's report amounts to.
     *
     * @param subject what was asked for, such as {@code firmware 28f6…}
     */
    public OtaFailure judged(Verdict verdict, Origin origin, String subject, HttpAnswer answer, VendorReport report) {
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
    public OtaFailure unreadable(
            Origin origin, String subject, String reason, HttpAnswer answer, Option<String> requestId) {
        VendorReport report = VendorReport.ofUnreadable(answer, requestId, redactor);
        return new OtaFailure.UnreadableResponse(FailureDetails.of(
                        origin,
                        "Backend " + backend + " answered for " + subject + " with something that cannot be read: "
                                + redactor.shown(reason).getOrElse(""),
                        "Check that the endpoint is the vendor's API; if it is, the API has changed: report it with what"
                                + " came")
                .withStatus(answer.status())
                .withVendorReport(Option.none(), report.message(), report.requestId()));
    }

    /**
     * Asks a question on this thread, and again where that may help. If the same question is being asked already, its answer
     * serves here too, and only one of those who ask repeats it.
     *
     * @param request what is sent
     * @param judge what an answer amounts to, whatever its status; it has the whole body
     * @return what the answer amounts to; {@link OtaFailure.Unavailable} if none came before the deadline;
     *     {@link OtaFailure.UnreadableResponse} if it is larger than it may be, or no HTTP
     */
    public <T> Either<OtaFailure, T> ask(
            Origin origin, VendorRequest request, Function<HttpAnswer, Either<OtaFailure, T>> judge) {
        return ask(origin, Priority.INTERACTIVE, request, judge);
    }

    /** Asks a question that is part of a long walk, after those for whose answers somebody waits. */
    public <T> Either<OtaFailure, T> askInBulk(
            Origin origin, VendorRequest request, Function<HttpAnswer, Either<OtaFailure, T>> judge) {
        return ask(origin, Priority.BULK, request, judge);
    }

    /**
     * Sends a deletion, and retries it where that may help, which does no harm.
     *
     * @param judge reads the response; {@link Deletion#ABSENT} if it says that there is nothing to delete
     * @param isGone looks whether the thing is gone. It is called if the vendor rejected the deletion with a code of
     *     its own: not every vendor documents the code for a thing that another caller has just deleted
     * @return {@link Deletion#GONE} in place of {@link Deletion#ABSENT} if an earlier attempt may have deleted it
     */
    public Either<OtaFailure, Deletion> delete(
            Origin origin,
            VendorRequest request,
            Function<HttpAnswer, Either<OtaFailure, Deletion>> judge,
            BooleanSupplier isGone) {
        Function<HttpAnswer, Either<OtaFailure, Deletion>> ofVendor = ofVendor(origin, request, judge);
        AtomicBoolean mayHaveSucceeded = new AtomicBoolean();
        Either<OtaFailure, Deletion> deletion = changed(origin, request, sending -> {
            Either<OtaFailure, Deletion> outcome = repeated(sending, OtaFailure::isRetryable, ofVendor);
            mayHaveSucceeded.set(sending.mayHaveSucceeded());
            return outcome;
        });
        return absentIfGone(deletion, isGone)
                .map(outcome -> outcome == Deletion.ABSENT && mayHaveSucceeded.get() ? Deletion.GONE : outcome);
    }

    /** A deletion that the vendor rejected with a code of its own is a success if the thing is gone. */
    public static Either<OtaFailure, Deletion> absentIfGone(
            Either<OtaFailure, Deletion> deletion, BooleanSupplier isGone) {
        boolean isRefused = deletion.isLeft()
                && deletion.getLeft() instanceof OtaFailure.Rejected refusal
                && refusal.vendorCode().isDefined();
        return isRefused && isGone.getAsBoolean() ? Either.right(Deletion.ABSENT) : deletion;
    }

    /** Asks for a change, and again only if the vendor has refused it for the time being. */
    public <T> Either<OtaFailure, T> change(
            Origin origin, VendorRequest request, Function<HttpAnswer, Either<OtaFailure, T>> judge) {
        Function<HttpAnswer, Either<OtaFailure, T>> ofVendor = ofVendor(origin, request, judge);
        return changed(
                origin, request, sending -> repeated(sending, OtaFailure.RateLimited.class::isInstance, ofVendor));
    }

    private <T> Either<OtaFailure, T> changed(
            Origin origin, VendorRequest request, Function<Sending, Either<OtaFailure, T>> send) {
        return observed(origin, Priority.INTERACTIVE, request, sending -> {
                    try {
                        return send.apply(sending);
                    } finally {
                        flights.leaveBehind();
                    }
                })
                .mapLeft(BackendCalls::ofChange);
    }

    /** Who asks the same with another credential does not ask the same. */
    private <T> Either<OtaFailure, T> ask(
            Origin origin,
            Priority priority,
            VendorRequest request,
            Function<HttpAnswer, Either<OtaFailure, T>> judge) {
        Function<HttpAnswer, Either<OtaFailure, T>> ofVendor = ofVendor(origin, request, judge);
        return observed(
                origin,
                priority,
                request,
                sending -> flights.join(
                        origin,
                        request.question(credential == null ? 0 : credential.number()),
                        sending.end(),
                        () -> sending.landed(repeated(sending, OtaFailure::isRetryable, ofVendor)),
                        ofVendor));
    }

    /** Judges the vendor's answers alone: that of a proxy, a login portal or a firewall is a failure by itself. */
    private <T> Function<HttpAnswer, Either<OtaFailure, T>> ofVendor(
            Origin origin, VendorRequest request, Function<HttpAnswer, Either<OtaFailure, T>> judge) {
        return answer -> {
            Option<OtaFailure> foreign = Intermediaries.failure(origin, request, answer, true, redactor, clock);
            return foreign.isDefined() ? Either.left(foreign.get()) : judge.apply(answer);
        };
    }

    private <T> Either<OtaFailure, T> observed(
            Origin origin, Priority priority, VendorRequest request, Function<Sending, Either<OtaFailure, T>> send) {
        CallObservation observation = observer.started(origin);
        try {
            long end = System.nanoTime() + deadline.toNanos();
            Either<OtaFailure, T> outcome =
                    send.apply(new Sending(origin, priority, deadline, request, end, observation));
            outcome.peekLeft(this::log);
            observation.ended(outcome.swap().toOption());
            return outcome;
        } catch (RuntimeException | Error mistake) {
            observation.broken(mistake);
            throw mistake;
        }
    }

    private <T> Either<OtaFailure, T> repeated(
            Sending sending, Predicate<OtaFailure> mayRepeat, Function<HttpAnswer, Either<OtaFailure, T>> judge) {
        return attempts.run(
                sending,
                mayRepeat,
                () -> credential == null
                        ? inTime(sending, judge)
                        : credential.with(sending.origin(), sending.end(), () -> inTime(sending, judge)));
    }

    private <T> Either<OtaFailure, T> inTime(Sending sending, Function<HttpAnswer, Either<OtaFailure, T>> judge) {
        Duration before = clock.offset();
        Either<OtaFailure, T> answer = answer(sending, judge);
        return isRefusedForTime(answer, before) ? answer(sending, judge) : answer;
    }

    private <T> Either<OtaFailure, T> answer(Sending sending, Function<HttpAnswer, Either<OtaFailure, T>> judge) {
        Either<OtaFailure, T> answer = sending.judge(requests.send(sending), judge);
        if (answer.isLeft()
                && answer.getLeft() instanceof OtaFailure.RateLimited limited
                && limited.details().status().isDefined()) {
            sending.observation().throttled();
            quota.forEach(kept -> kept.throttled(
                    sending.origin().operation(), limited.retryAfter().getOrElse(PAUSE)));
        }
        return answer;
    }

    /** One request to another service of the vendor: it takes no turn in the account's quota and is sent once. */
    Either<OtaFailure, HttpAnswer> sendElsewhere(Origin origin, VendorRequest request, long end) {
        return requests.sendAtOnce(
                new Sending(origin, Priority.INTERACTIVE, deadline, request, end, CallObservation.NONE));
    }

    /** Goes by the clock of whoever sent this answer, if it says what time it is. */
    void learnTime(HttpAnswer answer) {
        answer.date().forEach(clock::learn);
    }

    /** Whether the vendor would not look at a request because of its date, and has said what time it is. */
    private boolean isRefusedForTime(Either<OtaFailure, ?> answer, Duration before) {
        return answer.isLeft()
                && answer.getLeft() instanceof OtaFailure.AccessDenied
                && !clock.offset().equals(before);
    }

    /** One line for each call that failed; that something is not there is an answer, and worth a line to few. */
    private void log(OtaFailure failure) {
        LOG.atLevel(failure instanceof OtaFailure.NotFound ? Level.DEBUG : Level.WARN)
                .log(() -> line(failure));
    }

    private static String line(OtaFailure failure) {
        FailureDetails details = failure.details();
        StringBuilder line = new StringBuilder()
                .append(details.origin().backend())
                .append(' ')
                .append(details.origin().operation())
                .append(": ")
                .append(failure.getClass().getSimpleName())
                .append(": ")
                .append(details.summary());
        details.status().forEach(status -> line.append("; status ").append(status));
        details.vendorCode().forEach(code -> line.append("; code ").append(code));
        details.vendorMessage().forEach(message -> line.append("; ").append(message));
        details.requestId().forEach(id -> line.append("; request id ").append(id));
        return line.toString();
    }
}
