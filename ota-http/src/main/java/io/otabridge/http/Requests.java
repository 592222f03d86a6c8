package io.otabridge.http;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.http.quota.AccountQuota;
import io.otabridge.http.quota.Turn;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests of one backend to the network, each in its turn and within its time, and brings the whole answer back or
 * the failure that none came. Safe for many threads.
 */
final class Requests {

    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

    private final Redactor redactor;
    private final Option<AccountQuota> quota;

    Requests(Redactor redactor, Option<AccountQuota> quota) {
        this.redactor = redactor;
        this.quota = quota;
    }

    /** A request that waits for its turn. */
    Either<OtaFailure, HttpAnswer> send(Sending sending) {
        Turn turn = quota.map(kept -> kept.await(sending.origin().operation(), sending.priority(), sending.left()))
                .getOrElse(Turn.Taken.AT_ONCE);
        if (!(turn instanceof Turn.Taken taken)) {
            return Either.left(withoutTurn(sending.origin(), turn));
        }
        sending.observation().sent(taken.waited());
        return logged(sending, sending.request().url().encodedPath());
    }

    private static OtaFailure withoutTurn(Origin origin, Turn turn) {
        return turn instanceof Turn.TooLate late
                ? new OtaFailure.RateLimited(FailureDetails.of(
                                origin,
                                "Backend " + origin.backend() + " may not be asked for " + origin.operation()
                                        + " before the deadline, as its account has more calls waiting than the vendor"
                                        + " allows; nothing was sent",
                                "Ask later or less often, give the call more time (timeout), or set quota if the vendor allows the account more")
                        .withRetry(Option.some(late.after())))
                : new OtaFailure.Unavailable(FailureDetails.of(
                        origin,
                        "Backend " + origin.backend() + " was interrupted while it waited for its turn",
                        "Ask again"));
    }

    /** A request to a service that issues credentials. It needs no turn, and its path, which may be a secret, is not logged. */
    Either<OtaFailure, HttpAnswer> sendAtOnce(Sending sending) {
        return logged(sending, "/***");
    }

    private Either<OtaFailure, HttpAnswer> logged(Sending sending, String path) {
        if (!LOG.isDebugEnabled()) {
            return attempt(sending);
        }
        long start = System.nanoTime();
        Either<OtaFailure, HttpAnswer> outcome = attempt(sending);
        HttpUrl url = sending.request().url();
        LOG.debug(
                "{} {}: {} {}://{}{} -> {} in {} ms",
                sending.origin().backend(),
                sending.origin().operation(),
                sending.request().method(),
                url.scheme(),
                HostText.of(url),
                path,
                outcome.fold(OtaFailure::summary, answer -> answer.status() + ", " + answer.body().length + " bytes"),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        return outcome;
    }

    private Either<OtaFailure, HttpAnswer> attempt(Sending sending) {
        Origin origin = sending.origin();
        try {
            return Either.right(sending.make());
        } catch (IOException problem) {
            return Either.left(NetworkFailures.of(origin, sending.request(), problem, redactor, sending.deadline()));
        } catch (ProxyVariables.Unusable problem) {
            return Either.left(new OtaFailure.Rejected(FailureDetails.of(
                    origin,
                    "Backend " + origin.backend() + " cannot reach "
                            + HostText.of(sending.request().url()) + ": " + problem.getMessage(),
                    "Correct the variable; nothing was sent")));
        } catch (RuntimeException problem) {
            // Some malformed answers, and faults in an application's interceptors, come out like this. A message may
            // quote headers, so only the kind of exception and where it came from are told.
            LOG.debug("{}: {} at {}", origin.backend(), problem.getClass().getName(), problem.getStackTrace());
            return Either.left(new OtaFailure.UnreadableResponse(FailureDetails.of(
                    origin,
                    "The HTTP client of backend " + origin.backend() + " failed over the answer ("
                            + problem.getClass().getSimpleName() + ")",
                    "Check that the endpoint is the vendor's API, any proxy between, and interceptors of your own")));
        }
    }
}
