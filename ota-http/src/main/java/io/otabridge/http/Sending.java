package io.otabridge.http;

import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.observation.CallObservation;
import io.otabridge.http.quota.Priority;
import io.vavr.control.Either;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One call: what it sends, until when, and what has come of it so far. For one thread. */
final class Sending {

    private final Origin origin;
    private final Priority priority;
    private final Duration deadline;
    private final VendorRequest request;
    private final long end;
    private final CallObservation observation;

    private @Nullable Either<OtaFailure, HttpAnswer> last;
    private @Nullable Either<OtaFailure, ?> judged;
    private long needed = Long.MAX_VALUE;
    private long given;
    private boolean isSent;
    private boolean mayHaveSucceeded;

    /**
     * A call that is yet to be made.
     *
     * @param priority whether it comes before or after others in the account's quota
     * @param deadline that of the whole call, for people
     * @param request what is sent
     * @param end when it is too late for its answer, by {@link System#nanoTime}
     * @param observation is told that it is sent
     */
    Sending(
            Origin origin,
            Priority priority,
            Duration deadline,
            VendorRequest request,
            long end,
            CallObservation observation) {
        this.origin = origin;
        this.priority = priority;
        this.deadline = deadline;
        this.request = request;
        this.end = end;
        this.observation = observation;
    }

    Origin origin() {
        return origin;
    }

    Priority priority() {
        return priority;
    }

    Duration deadline() {
        return deadline;
    }

    VendorRequest request() {
        return request;
    }

    long end() {
        return end;
    }

    CallObservation observation() {
        return observation;
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** Sends the request within the time that is left. */
    HttpAnswer make() throws IOException {
        given = Math.max(1, end - System.nanoTime());
        isSent = true;
        try {
            return request.send(observation.headers(), given);
        } catch (ConnectException | NoRouteToHostException | UnknownHostException noConnection) {
            isSent = false;
            throw noConnection;
        } catch (IOException problem) {
            isSent = Intermediaries.refusedTunnel(problem).isEmpty();
            throw problem;
        }
    }

    /** Another attempt begins. */
    void begin() {
        given = 0;
        isSent = false;
    }

    /** The nanoseconds that this attempt's request was given, the last one if it was sent twice; 0 if none was sent. */
    long given() {
        return given;
    }

    /** What this answer amounts to. */
    <T> Either<OtaFailure, T> judge(
            Either<OtaFailure, HttpAnswer> answer, Function<HttpAnswer, Either<OtaFailure, T>> judge) {
        Either<OtaFailure, T> outcome = answer.flatMap(judge);
        last = answer;
        judged = outcome;
        mayHaveSucceeded = mayHaveSucceeded || (isSent && outcome.isLeft() && leavesOpen(outcome.getLeft()));
        return outcome;
    }

    private static boolean leavesOpen(OtaFailure failure) {
        return failure instanceof OtaFailure.Unavailable || failure instanceof OtaFailure.UnreadableResponse;
    }

    /** Whether an attempt failed that the vendor may have carried out all the same. */
    boolean mayHaveSucceeded() {
        return mayHaveSucceeded;
    }

    /** Whether this outcome was made of the last answer. */
    boolean isJudged(Either<OtaFailure, ?> outcome) {
        return outcome == judged;
    }

    /** It is not sent again, as the wait before would have passed its deadline. */
    void hasNoTimeFor(Duration wait) {
        needed = TimeUnit.NANOSECONDS.convert(wait);
    }

    /** How it ended, in this outcome, and what that is for others who wait for the same. */
    <T> Landing<T> landed(Either<OtaFailure, T> outcome) {
        // An outcome that was not made of the last answer, such as that of an interrupt, says that there is none.
        @Nullable Either<OtaFailure, HttpAnswer> shared = outcome == judged ? last : null;
        return new Landing<>(outcome, shared == null ? Either.left(outcome.getLeft()) : shared, needed);
    }
}
