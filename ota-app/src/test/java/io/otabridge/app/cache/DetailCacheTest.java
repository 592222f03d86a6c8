package io.otabridge.app.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.otabridge.app.CacheUses;
import io.otabridge.app.HandClock;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.observation.CacheResult;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetailCacheTest {

    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final FailureDetails DETAILS =
            FailureDetails.of(new OperationContext("b", Vendor.of("memory"), "Find"), "It is gone", "Try again");
    private static final OtaFailure OUTAGE = new OtaFailure.Unavailable(DETAILS.withRetry(Option.none()));

    private final HandClock clock = new HandClock();
    private final CacheUses uses = new CacheUses();
    private final AtomicInteger calls = new AtomicInteger();
    private List<Option<Instant>> links = List.empty();
    private Either<OtaFailure, String> vendor = Either.right("first");
    private final DetailCache<String, String> cache = cache(10);

    @Test
    void serves_what_it_has_until_its_time_is_over() {
        ask();
        vendor = Either.right("second");
        clock.forward(LIFE.minusMillis(1));
        assertThat(ask()).isEqualTo(Either.right("first"));

        clock.forward(Duration.ofMillis(1));
        assertThat(ask()).isEqualTo(Either.right("second"));
        assertThat(ask()).isEqualTo(Either.right("second"));

        assertThat(calls).hasValue(2);
        expectUses(2, 2, 0);
    }

    @Test
    void keeps_nothing_with_a_link_of_unknown_expiry() {
        links = List.of(Option.some(clock.instant().plus(Duration.ofDays(1))), Option.none());

        ask();
        ask();
        vendor = Either.left(OUTAGE);

        assertThat(ask()).isEqualTo(vendor);
        assertThat(calls).hasValue(3);
        expectUses(0, 3, 0);
    }

    @Test
    void counts_its_time_from_the_question_on() {
        cache.find("a", key -> {
            clock.forward(Duration.ofMinutes(1));
            return answer();
        });
        clock.forward(Duration.ofMinutes(4));

        ask();

        assertThat(calls).hasValue(2);
    }

    @Test
    void tells_things_apart() {
        cache.find("a", key -> Either.right("of " + key));

        assertThat(cache.find("b", key -> Either.right("of " + key))).isEqualTo(Either.right("of b"));
        assertThat(cache.find("a", key -> answer())).isEqualTo(Either.right("of a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NotFound",
                "AccessDenied",
                "Rejected",
                "RateLimited",
                "Unavailable",
                "CircuitOpen",
                "DeadlineExceeded",
                "UnreadableResponse"
            })
    void keeps_no_failure(String kind) {
        vendor = Either.left(failure(kind, true));
        assertThat(ask()).isEqualTo(vendor);
        vendor = Either.right("first");

        assertThat(ask()).isEqualTo(vendor);
        expectUses(0, 2, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RateLimited", "Unavailable", "CircuitOpen", "DeadlineExceeded"})
    void serves_what_is_over_while_the_vendor_cannot_answer(String kind) {
        ask();
        vendor = Either.left(failure(kind, true));
        clock.forward(LIFE.plusHours(1).minusMillis(1));
        assertThat(ask()).isEqualTo(Either.right("first"));

        clock.forward(Duration.ofMillis(1));
        assertThat(ask()).isEqualTo(vendor);

        assertThat(calls).as("the vendor is asked first").hasValue(3);
        expectUses(0, 2, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NotFound", "AccessDenied", "Rejected", "UnreadableResponse"})
    void serves_nothing_that_is_over_for_another_failure(String kind) {
        ask();
        vendor = Either.left(failure(kind, true));
        clock.forward(LIFE);

        assertThat(ask()).isEqualTo(vendor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NotFound", "AccessDenied", "Rejected"})
    void forgets_what_the_vendor_denied(String kind) {
        ask();
        clock.forward(LIFE);
        vendor = Either.left(failure(kind, false));
        ask();
        vendor = Either.left(OUTAGE);

        assertThat(ask()).isEqualTo(vendor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NotFound", "AccessDenied", "Rejected"})
    void keeps_no_answer_if_the_vendor_denied_it_meanwhile(String kind) {
        vendor = Either.left(failure(kind, false));
        cache.find("a", key -> {
            ask();
            return Either.right("of before");
        });
        vendor = Either.left(OUTAGE);

        assertThat(ask()).isEqualTo(vendor);
    }

    @Test
    void serves_nothing_that_is_over_to_an_interrupted_asker() {
        ask();
        clock.forward(LIFE);
        vendor = Either.left(new OtaFailure.Cancelled(DETAILS));

        assertThat(ask()).isEqualTo(vendor);
    }

    @Test
    void serves_nothing_that_is_over_if_no_retry_will_help() {
        ask();
        clock.forward(LIFE);
        vendor = Either.left(failure("Unavailable", false));

        assertThat(ask()).isEqualTo(vendor);
    }

    @Test
    void serves_nothing_that_is_over_if_it_was_not_told_to() {
        DetailCache<String, String> strict =
                new DetailCache<>(LIFE, rules(Duration.ZERO, 10), use -> uses.count("all", use), value -> links, clock);
        strict.find("a", key -> answer());
        clock.forward(LIFE);
        vendor = Either.left(OUTAGE);

        assertThat(strict.find("a", key -> answer())).isEqualTo(vendor);
    }

    @Test
    void serves_no_link_that_is_about_to_end() {
        links = List.of(Option.some(inMinutes(90)), Option.some(inMinutes(4)));
        ask();
        clock.forward(Duration.ofMinutes(3).minusMillis(1));
        ask();
        assertThat(calls).hasValue(1);

        clock.forward(Duration.ofMillis(1));
        ask();
        assertThat(calls).hasValue(2);
    }

    @Test
    void serves_no_link_after_its_end_in_an_outage() {
        links = List.of(Option.some(inMinutes(20)));
        ask();
        vendor = Either.left(OUTAGE);
        clock.forward(Duration.ofMinutes(19).minusMillis(1));
        assertThat(ask()).isEqualTo(Either.right("first"));

        clock.forward(Duration.ofMillis(1));
        assertThat(ask()).isEqualTo(vendor);
    }

    @Test
    void keeps_no_link_that_has_ended_or_is_about_to() {
        for (int minutes : new int[] {-1000, 0, 1}) {
            links = List.of(Option.some(inMinutes(minutes)));
            ask();
        }
        assertThat(calls).hasValue(3);
    }

    @Test
    void asks_again_after_a_write() {
        ask();
        vendor = Either.right("second");
        cache.written();

        assertThat(ask()).isEqualTo(vendor);
        assertThat(ask()).isEqualTo(vendor);
        expectUses(1, 2, 0);
    }

    @Test
    void serves_nothing_of_before_a_write_in_an_outage() {
        ask();
        cache.written();
        vendor = Either.left(OUTAGE);

        assertThat(ask()).isEqualTo(vendor);
    }

    @Test
    void keeps_no_answer_that_was_asked_for_before_a_write() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        CompletableFuture<Either<OtaFailure, String>> early =
                CompletableFuture.supplyAsync(() -> cache.find("a", key -> {
                    asked.countDown();
                    await(written);
                    return Either.right("of before");
                }));
        await(asked);
        cache.written();
        written.countDown();
        assertThat(early.join()).isEqualTo(Either.right("of before"));

        assertThat(ask()).isEqualTo(Either.right("first"));
    }

    @Test
    void serves_nothing_of_before_a_write_that_came_while_it_asked() {
        ask();
        clock.forward(LIFE);

        assertThat(cache.find("a", key -> {
                    cache.written();
                    return Either.left(OUTAGE);
                }))
                .isEqualTo(Either.left(OUTAGE));
    }

    @Test
    void trusts_nothing_when_its_clock_was_set_back() {
        ask();
        clock.forward(Duration.ofHours(-3));
        ask();

        assertThat(calls).hasValue(2);
    }

    @Test
    void lets_a_mistake_through_and_keeps_what_it_has() {
        ask();
        clock.forward(LIFE);

        assertThatIllegalStateException()
                .isThrownBy(() -> cache.find("a", key -> {
                    throw new IllegalStateException("a mistake");
                }));
        vendor = Either.left(OUTAGE);
        assertThat(ask()).isEqualTo(Either.right("first"));
    }

    @Test
    void keeps_no_more_than_it_may() {
        Function<String, Either<OtaFailure, String>> vendorOf = key -> Either.right("of " + key);
        for (int round = 0; round < 2; round++) {
            List.range(0, 1000).map(String::valueOf).forEach(key -> cache.find(key, vendorOf));
        }

        assertThat(uses.of("all", CacheResult.HIT)).isLessThanOrEqualTo(10);
    }

    @Test
    void counts_every_question_of_many_threads_once() {
        DetailCache<String, String> large = cache(1000);
        List<CompletableFuture<Void>> threads = List.range(0, 8)
                .map(thread -> CompletableFuture.runAsync(() -> List.range(0, 1000)
                        .forEach(i -> large.find(String.valueOf(i % 7), key -> Either.right("of " + key)))));
        threads.forEach(CompletableFuture::join);

        long misses = uses.of("all", CacheResult.MISS);
        assertThat(uses.of("all", CacheResult.HIT) + misses).isEqualTo(8000);
        assertThat(misses).isBetween(7L, 56L);
    }

    private DetailCache<String, String> cache(int entries) {
        return new DetailCache<>(
                LIFE, rules(Duration.ofHours(1), entries), use -> uses.count("all", use), value -> links, clock);
    }

    private static CacheSettings rules(Duration stale, int entries) {
        return new CacheSettings(Option.some(LIFE), Option.none(), stale, entries);
    }

    private Either<OtaFailure, String> ask() {
        return cache.find("a", key -> answer());
    }

    private Either<OtaFailure, String> answer() {
        calls.incrementAndGet();
        return vendor;
    }

    private Instant inMinutes(int minutes) {
        return clock.instant().plus(Duration.ofMinutes(minutes));
    }

    private void expectUses(long hits, long misses, long stale) {
        assertThat(List.of(CacheResult.HIT, CacheResult.MISS, CacheResult.STALE).map(use -> uses.of("all", use)))
                .containsExactly(hits, misses, stale);
    }

    private static OtaFailure failure(String kind, boolean isRetryable) {
        FailureDetails details = isRetryable ? DETAILS.withRetry(Option.none()) : DETAILS;
        return switch (kind) {
            case "NotFound" -> new OtaFailure.NotFound(details);
            case "AccessDenied" -> new OtaFailure.AccessDenied(details);
            case "Rejected" -> new OtaFailure.Rejected(details);
            case "RateLimited" -> new OtaFailure.RateLimited(details);
            case "Unavailable" -> new OtaFailure.Unavailable(details);
            case "CircuitOpen" -> new OtaFailure.CircuitOpen(details);
            case "DeadlineExceeded" -> new OtaFailure.DeadlineExceeded(details);
            default -> new OtaFailure.UnreadableResponse(details);
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupt) {
            throw new IllegalStateException(interrupt);
        }
    }
}
