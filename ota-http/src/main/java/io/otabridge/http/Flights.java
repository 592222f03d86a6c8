package io.otabridge.http;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Sends a request that is on its way already once for all who would send it. Each of them waits no longer than its own
 * deadline, and judges the answer for itself. Safe for many threads.
 */
final class Flights {

    private final Map<String, CompletableFuture<Either<OtaFailure, HttpAnswer>>> byQuestion = new ConcurrentHashMap<>();

    /**
     * The answer to a request that only asks.
     *
     * @param question the whole request, but for what dates and signs it
     * @param longest how long to wait for somebody else's answer
     * @param ask sends it
     */
    Either<OtaFailure, HttpAnswer> join(
            Origin origin, String question, Duration longest, Supplier<Either<OtaFailure, HttpAnswer>> ask) {
        CompletableFuture<Either<OtaFailure, HttpAnswer>> mine = new CompletableFuture<>();
        CompletableFuture<Either<OtaFailure, HttpAnswer>> others = byQuestion.putIfAbsent(question, mine);
        return others == null ? lead(question, mine, ask) : follow(origin, others, longest, ask);
    }

    private Either<OtaFailure, HttpAnswer> lead(
            String question,
            CompletableFuture<Either<OtaFailure, HttpAnswer>> flight,
            Supplier<Either<OtaFailure, HttpAnswer>> ask) {
        try {
            Either<OtaFailure, HttpAnswer> answer = ask.get();
            flight.complete(answer);
            return answer;
        } finally {
            byQuestion.remove(question, flight);
            // Where an exception passes, those who wait ask for themselves.
            flight.cancel(false);
        }
    }

    private static Either<OtaFailure, HttpAnswer> follow(
            Origin origin,
            CompletableFuture<Either<OtaFailure, HttpAnswer>> flight,
            Duration longest,
            Supplier<Either<OtaFailure, HttpAnswer>> ask) {
        try {
            Either<OtaFailure, HttpAnswer> answer = flight.get(longest.toNanos(), TimeUnit.NANOSECONDS);
            return isOfTheAsker(answer) ? ask.get() : answer;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return Either.left(new OtaFailure.Unavailable(FailureDetails.of(
                    origin,
                    "Backend " + origin.backend() + " was interrupted while it waited for an answer",
                    "Ask again")));
        } catch (TimeoutException late) {
            return Either.left(new OtaFailure.Unavailable(FailureDetails.of(
                            origin,
                            "Backend " + origin.backend() + " got no answer before the deadline of "
                                    + longest.toMillis() + " ms",
                            "Try again later, or raise timeout")
                    .withRetry(Option.none())));
        } catch (ExecutionException | CancellationException without) {
            return ask.get();
        }
    }

    /** An interrupt is the asker's own affair. It is told apart by this, that no retry is said to help, as few outages are. */
    private static boolean isOfTheAsker(Either<OtaFailure, HttpAnswer> answer) {
        return answer.isLeft()
                && answer.getLeft() instanceof OtaFailure.Unavailable
                && !answer.getLeft().isRetryable();
    }
}
