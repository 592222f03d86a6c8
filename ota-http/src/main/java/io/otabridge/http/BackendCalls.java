package io.otabridge.http;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.TextRule;
import io.otabridge.domain.Vendor;
import io.otabridge.http.quota.AccountQuota;
import io.otabridge.http.quota.Priority;
import io.otabridge.http.quota.Turn;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import okhttp3.Request;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retrofit2.Call;
import retrofit2.Response;

/**
 * What every question of one backend needs: it refuses what need not be sent, takes a call to the network, and makes the
 * failure of an answer that is none. Questions and deletions are sent again where that may help, within one deadline; other
 * changes only where the vendor has surely not made them. Besides, the HTTP client sends a request again by itself, signed
 * anew, where a pooled connection turns out dead, unless its body is {@link SentOnce}. Nothing is thrown for what the network
 * does. Safe for many threads.
 */
public final class BackendCalls {

    /** How long nothing is sent after a throttled answer that does not say. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(BackendCalls.class);

    private final String backend;
    private final Vendor vendor;
    private final Redactor redactor;
    private final LearnedClock clock;
    private final CallLimits limits;
    private final Attempts attempts;
    private final Flights flights = new Flights();
    private final Option<AccountQuota> quota;

    /**
     * Calls of one backend.
     *
     * @param backend its name in the configuration
     * @param redactor hides the backend's secrets in every message
     * @param clock the time, until a vendor says that it is wrong
     * @param limits within which limits calls are made
     * @param quota what the vendor allows the account; absent if nobody keeps to it here
     */
    public BackendCalls(
            String backend,
            Vendor vendor,
            Redactor redactor,
            Clock clock,
            CallLimits limits,
            Option<AccountQuota> quota) {
        this.backend = backend;
        this.vendor = vendor;
        this.redactor = redactor;
        this.clock = new LearnedClock(clock);
        this.limits = limits;
        this.attempts = new Attempts(limits);
        this.quota = quota;
    }

    /**
     * The clock by which requests are to be dated. If the vendor refuses one because of its time, this clock goes by the
     * vendor's from then on, and the request is sent once more.
     */
    public Clock clock() {
        return clock;
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
            answer.date().forEach(clock::learn);
        }
        OtaFailure failure = verdict.failure(origin, subject, answer, report, clock);
        if (failure instanceof OtaFailure.RateLimited) {
            quota.forEach(kept ->
                    kept.throttled(origin.operation(), failure.retryAfter().getOrElse(PAUSE)));
        }
        return failure;
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
     * Asks a question on this thread, and again where that may help. If the same question is on its way already, its answer
     * serves here too.
     *
     * @param call the request; a copy of it is sent
     * @param judge what an answer amounts to, whatever its status; it has the whole body
     * @return what the answer amounts to; {@link OtaFailure.Unavailable} if none came before the deadline;
     *     {@link OtaFailure.UnreadableResponse} if it is larger than it may be, or no HTTP
     */
    public <T> Either<OtaFailure, T> ask(
            Origin origin, Call<ResponseBody> call, Function<HttpAnswer, Either<OtaFailure, T>> judge) {
        return send(origin, Priority.INTERACTIVE, OtaFailure::isRetryable, call, judge, this::exchangeOnce);
    }

    /** Asks a question that is part of a long walk, after those for whose answers somebody waits. */
    public <T> Either<OtaFailure, T> askInBulk(
            Origin origin, Call<ResponseBody> call, Function<HttpAnswer, Either<OtaFailure, T>> judge) {
        return send(origin, Priority.BULK, OtaFailure::isRetryable, call, judge, this::exchangeOnce);
    }

    /** Asks for a deletion, which does no harm when it is done twice, and again where that may help. */
    public <T> Either<OtaFailure, T> delete(
            Origin origin, Call<ResponseBody> call, Function<HttpAnswer, Either<OtaFailure, T>> judge) {
        return send(origin, Priority.INTERACTIVE, OtaFailure::isRetryable, call, judge, this::exchange)
                .mapLeft(BackendCalls::ofChange);
    }

    /** Asks for a change, and again only if the vendor has refused it for the time being. */
    public <T> Either<OtaFailure, T> change(
            Origin origin, Call<ResponseBody> call, Function<HttpAnswer, Either<OtaFailure, T>> judge) {
        return send(origin, Priority.INTERACTIVE, OtaFailure.RateLimited.class::isInstance, call, judge, this::exchange)
                .mapLeft(BackendCalls::ofChange);
    }

    private <T> Either<OtaFailure, T> send(
            Origin origin,
            Priority priority,
            Predicate<OtaFailure> mayRepeat,
            Call<ResponseBody> call,
            Function<HttpAnswer, Either<OtaFailure, T>> judge,
            Exchange exchange) {
        return attempts.run(origin, mayRepeat, left -> {
            long end = System.nanoTime() + left.toNanos();
            Duration before = clock.offset();
            Either<OtaFailure, T> answer =
                    exchange.make(origin, priority, call.clone(), end).flatMap(judge);
            return isRefusedForTime(answer, before)
                    ? exchange.make(origin, priority, call.clone(), end).flatMap(judge)
                    : answer;
        });
    }

    /** Whether the vendor would not look at a request because of its date, and has said what time it is. */
    private boolean isRefusedForTime(Either<OtaFailure, ?> answer, Duration before) {
        return answer.isLeft()
                && answer.getLeft() instanceof OtaFailure.AccessDenied
                && !clock.offset().equals(before);
    }

    /** One request and its answer. */
    private interface Exchange {
        Either<OtaFailure, HttpAnswer> make(Origin origin, Priority priority, Call<ResponseBody> call, long end);
    }

    /** Whoever asks what is being asked already waits for that answer. */
    private Either<OtaFailure, HttpAnswer> exchangeOnce(
            Origin origin, Priority priority, Call<ResponseBody> call, long end) {
        Request request = call.request();
        return flights.join(
                origin,
                request.method() + " " + request.url() + " " + request.headers(),
                Duration.ofNanos(Math.max(0, end - System.nanoTime())),
                () -> exchange(origin, priority, call, end));
    }

    private Either<OtaFailure, HttpAnswer> exchange(
            Origin origin, Priority priority, Call<ResponseBody> call, long end) {
        Option<OtaFailure> without = quota.flatMap(kept -> withoutTurn(
                origin,
                kept.await(origin.operation(), priority, Duration.ofNanos(Math.max(0, end - System.nanoTime())))));
        return without.isDefined() ? Either.left(without.get()) : sent(origin, call, end);
    }

    /** Why a call cannot be sent within the account's quota; absent if it can. */
    private Option<OtaFailure> withoutTurn(Origin origin, Turn turn) {
        if (turn instanceof Turn.TooLate late) {
            return Option.some(new OtaFailure.RateLimited(FailureDetails.of(
                            origin,
                            "Backend " + backend + " may not be asked for " + origin.operation()
                                    + " before the deadline, as its account has more calls waiting than the vendor allows;"
                                    + " nothing was sent",
                            "Ask later or less often, raise timeout, or set quota if the vendor allows the account more")
                    .withRetry(Option.some(late.after()))));
        }
        return turn instanceof Turn.Interrupted
                ? Option.some(new OtaFailure.Unavailable(FailureDetails.of(
                        origin, "Backend " + backend + " was interrupted while it waited for its turn", "Ask again")))
                : Option.none();
    }

    private Either<OtaFailure, HttpAnswer> sent(Origin origin, Call<ResponseBody> call, long end) {
        call.timeout().timeout(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        long start = System.nanoTime();
        Either<OtaFailure, HttpAnswer> outcome = attempt(origin, call);
        if (LOG.isDebugEnabled()) {
            Request request = call.request();
            LOG.debug(
                    "{} {}: {} {}://{}:{}{} -> {} in {} ms",
                    origin.backend(),
                    origin.operation(),
                    request.method(),
                    request.url().scheme(),
                    request.url().host(),
                    request.url().port(),
                    request.url().encodedPath(),
                    outcome.fold(
                            OtaFailure::summary, answer -> answer.status() + ", " + answer.body().length + " bytes"),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        }
        return outcome;
    }

    private Either<OtaFailure, HttpAnswer> attempt(Origin origin, Call<ResponseBody> call) {
        try {
            Response<ResponseBody> response = call.execute();
            return Either.right(new HttpAnswer(response.code(), response.headers(), bytesOf(response)));
        } catch (IOException problem) {
            return Either.left(NetworkFailures.of(origin, call, problem, redactor, limits.timeout()));
        } catch (RuntimeException problem) {
            // Some malformed answers, and faults in an application's interceptors, come out like this. A message may
            // quote
            // headers, so only the kind of exception and where it came from are told.
            LOG.debug("{}: {} at {}", backend, problem.getClass().getName(), problem.getStackTrace());
            return Either.left(new OtaFailure.UnreadableResponse(FailureDetails.of(
                    origin,
                    "The HTTP client of backend " + backend + " failed over the answer ("
                            + problem.getClass().getSimpleName() + ")",
                    "Check that the endpoint is the vendor's API, any proxy between, and interceptors of your own")));
        }
    }

    private static byte[] bytesOf(Response<ResponseBody> response) throws IOException {
        try (@Nullable ResponseBody body = response.isSuccessful() ? response.body() : response.errorBody()) {
            return body == null ? new byte[0] : body.source().readByteArray();
        }
    }
}
