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

    /** @param end when its leader gives up, by {@link System#nanoTime} */
    private record Flight(CompletableFuture<Either<OtaFailure, HttpAnswer>> answer, long end) {}

    private final Map<VendorRequest.Question, Flight> byQuestion = new ConcurrentHashMap<>();

    /**
     * The answer to a request that only asks.
     *
     * @param question what is asked, and with which credential
     * @param longest how long to wait for somebody else's answer
     * @param ask sends it
     */
    Either<OtaFailure, HttpAnswer> join(
            Origin origin,
            VendorRequest.Question question,
            Duration longest,
            Supplier<Either<OtaFailure, HttpAnswer>> ask) {
        Flight mine = new Flight(new CompletableFuture<>(), System.nanoTime() + longest.toNanos());
        Flight others = byQuestion.putIfAbsent(question, mine);
        return others == null ? lead(question, mine, ask) : follow(origin, question, others, mine.end(), ask);
    }

    /**
     * Whoever asks from now on gets an answer that is not older than this moment: after a change, what was asked before it
     * may not show it.
     */
    void leaveBehind() {
        byQuestion.clear();
    }

    private Either<OtaFailure, HttpAnswer> lead(
            VendorRequest.Question question, Flight flight, Supplier<Either<OtaFailure, HttpAnswer>> ask) {
        try {
            Either<OtaFailure, HttpAnswer> answer = ask.get();
            byQuestion.remove(question, flight);
            flight.answer().complete(answer);
            return answer;
        } finally {
            // Where an exception passes, those who wait ask for themselves.
            byQuestion.remove(question, flight);
            flight.answer().cancel(false);
        }
    }

    private Either<OtaFailure, HttpAnswer> follow(
            Origin origin,
            VendorRequest.Question question,
            Flight flight,
            long end,
            Supplier<Either<OtaFailure, HttpAnswer>> ask) {
        try {
            Either<OtaFailure, HttpAnswer> answer =
                    flight.answer().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            return isOfTheAsker(flight, answer) ? joinAnother(origin, question, end, ask) : answer;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return Either.left(new OtaFailure.Unavailable(FailureDetails.of(
                    origin,
                    "Backend " + origin.backend() + " was interrupted while it waited for an answer",
                    "Ask again")));
        } catch (TimeoutException late) {
            return Either.left(new OtaFailure.Unavailable(FailureDetails.of(
                            origin,
                            "Backend " + origin.backend() + " got no answer before the deadline",
                            "Try again later, or raise timeout")
                    .withRetry(Option.none())));
        } catch (ExecutionException | CancellationException without) {
            return joinAnother(origin, question, end, ask);
        }
    }

    private Either<OtaFailure, HttpAnswer> joinAnother(
            Origin origin, VendorRequest.Question question, long end, Supplier<Either<OtaFailure, HttpAnswer>> ask) {
        return join(origin, question, Duration.ofNanos(Math.max(0, end - System.nanoTime())), ask);
    }

    /**
     * Whether the failure is the leader's own affair: its deadline has passed, or it was interrupted, which is told apart by
     * this, that no retry is said to help, as few outages are.
     */
    private static boolean isOfTheAsker(Flight flight, Either<OtaFailure, HttpAnswer> answer) {
        return answer.isLeft() && (flight.end() - System.nanoTime() <= 0 || wasInterrupted(answer.getLeft()));
    }

    private static boolean wasInterrupted(OtaFailure failure) {
        return failure instanceof OtaFailure.Unavailable && !failure.isRetryable();
    }
}
