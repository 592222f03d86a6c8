package io.otabridge.http;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.TextRule;
import io.otabridge.domain.Vendor;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retrofit2.Call;
import retrofit2.Response;

/**
 * What every question of one backend needs: it refuses what need not be sent, takes a call to the network, and makes the
 * failure of an answer that is none. A call is one request; the HTTP client sends it again by itself, signed anew,
 * where a pooled connection turns out dead, and after 408 or after 503 with {@code Retry-After: 0}, unless its body is
 * {@link SentOnce}. Nothing is thrown for what the network does. Safe for many threads.
 */
public final class BackendCalls {

    private static final Logger LOG = LoggerFactory.getLogger(BackendCalls.class);

    private final String backend;
    private final Vendor vendor;
    private final Redactor redactor;
    private final Clock clock;

    /**
     * Calls of one backend.
     *
     * @param backend its name in the configuration
     * @param redactor hides the backend's secrets in every message
     * @param clock by which a date in {@code Retry-After} becomes a time to wait
     */
    public BackendCalls(String backend, Vendor vendor, Redactor redactor, Clock clock) {
        this.backend = backend;
        this.vendor = vendor;
        this.redactor = redactor;
        this.clock = clock;
    }

    /** Where answers and failures of this operation come from. */
    public Origin origin(String operation) {
        return new Origin(backend, vendor, operation);
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
     * Sends the call on this thread.
     *
     * @return the answer whatever its status, with its whole body; {@link OtaFailure.Unavailable} if none came before the
     *     deadline; {@link OtaFailure.UnreadableResponse} if it is larger than it may be, or no HTTP
     */
    public Either<OtaFailure, HttpAnswer> send(Origin origin, Call<ResponseBody> call) {
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
            return Either.left(NetworkFailures.of(origin, call, problem, redactor));
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
