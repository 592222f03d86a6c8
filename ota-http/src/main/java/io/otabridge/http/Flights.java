package io.otabridge.http;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes a call that is under way already once for all who would make it, repeats included. Each of them waits no longer than
 * its own deadline, and judges the answer for itself. Safe for many threads.
 */
final class Flights {

    /** A call under way. */
    private static final class Flight extends CompletableFuture<Landing<?>> {

        /** When its leader gives up, by {@link System#nanoTime}. */
        private final long end;

        Flight(long end) {
            this.end = end;
        }
    }

    private final Map<VendorRequest.Question, Flight> byQuestion = new ConcurrentHashMap<>();

    /**
     * What the answer to a request that only asks amounts to.
     *
     * @param question what is asked, and with which credential
     * @param end when it is too late for an answer, by {@link System#nanoTime}
     * @param ask sends it, and again where that helps
     * @param judge what somebody else's answer amounts to
     */
    <T> Either<OtaFailure, T> join(
            Origin origin,
            VendorRequest.Question question,
            long end,
            Supplier<Landing<T>> ask,
            Function<HttpAnswer, Either<OtaFailure, T>> judge) {
        while (true) {
            Flight mine = new Flight(end);
            Flight others = byQuestion.putIfAbsent(question, mine);
            if (others == null) {
                return lead(question, mine, ask);
            }
            Option<Either<OtaFailure, HttpAnswer>> answer = follow(origin, others, end);
            if (answer.isDefined()) {
                return answer.get().flatMap(judge);
            }
        }
    }

    /**
     * Whoever asks from now on gets an answer that is not older than this moment: after a change, what was asked before it
     * may not show it.
     */
    void leaveBehind() {
        byQuestion.clear();
    }

    private <T> Either<OtaFailure, T> lead(VendorRequest.Question question, Flight flight, Supplier<Landing<T>> ask) {
        try {
            Landing<T> landing = ask.get();
            byQuestion.remove(question, flight);
            flight.complete(landing);
            return landing.outcome();
        } finally {
            // Where an exception passes, those who wait ask for themselves.
            byQuestion.remove(question, flight);
            flight.cancel(false);
        }
    }

    /** Absent if it is worth asking again. */
    private static Option<Either<OtaFailure, HttpAnswer>> follow(Origin origin, Flight flight, long end) {
        try {
            Landing<?> landing = flight.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            return Option.when(!isOfTheLeader(flight, landing, end), landing.answer());
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return Option.some(Either.left(new OtaFailure.Unavailable(FailureDetails.of(
                    origin,
                    "Backend " + origin.backend() + " was interrupted while it waited for an answer",
                    "Ask again"))));
        } catch (TimeoutException late) {
            return Option.some(Either.left(new OtaFailure.Unavailable(FailureDetails.of(
                            origin,
                            "Backend " + origin.backend() + " got no answer before the deadline",
                            "Try again later, or give the call more time (timeout)")
                    .withRetry(Option.none()))));
        } catch (ExecutionException | CancellationException without) {
            return Option.none();
        }
    }

    /**
     * Whether a failure is the leader's own affair: its deadline has passed, or left no time for a repeat or a turn in the
     * quota, as this caller's may; or it was interrupted, which is told apart by this, that no retry is said to help, as few
     * outages are.
     */
    private static boolean isOfTheLeader(Flight flight, Landing<?> landing, long end) {
        long now = System.nanoTime();
        return landing.needed() < end - now
                || (landing.answer().isLeft()
                        && (flight.end - now <= 0
                                || hadNoTurn(landing.answer().getLeft())
                                || wasInterrupted(landing.answer().getLeft())));
    }

    private static boolean hadNoTurn(OtaFailure failure) {
        return failure instanceof OtaFailure.RateLimited && failure.status().isEmpty();
    }

    private static boolean wasInterrupted(OtaFailure failure) {
        return failure instanceof OtaFailure.Unavailable && !failure.isRetryable();
    }
}
