package io.otabridge.app.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.otabridge.app.CacheResultCounter;
import io.otabridge.contracts.ManualClock;
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

    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);
    private static final FailureDetails DETAILS =
            FailureDetails.of(new OperationContext("b", Vendor.of("memory"), "Find"), "It does not exist", "Retry");
    private static final OtaFailure OUTAGE = new OtaFailure.Unavailable(DETAILS.withRetry(Option.none()));

    private final ManualClock clock = new ManualClock(Instant.parse("2024-01-01T00:00:00Z"));
    private final CacheResultCounter results = new CacheResultCounter();
    private final AtomicInteger calls = new AtomicInteger();
    private List<Option<Instant>> links = List.empty();
    private Either<OtaFailure, String> vendor = Either.right("first");
    private final DetailCache<String, String> cache = cache(10);

    @Test
    void uses_an_entry_until_its_time_to_live_ends() {
        find();
        vendor = Either.right("second");
        clock.advance(TIME_TO_LIVE.minusMillis(1));
        assertThat(find()).isEqualTo(Either.right("first"));

        clock.advance(Duration.ofMillis(1));
        assertThat(find()).isEqualTo(Either.right("second"));
        assertThat(find()).isEqualTo(Either.right("second"));

        assertThat(calls).hasValue(2);
        expectResults(2, 2, 0);
    }

    @Test
    void does_not_cache_a_link_of_unknown_expiry() {
        links = List.of(Option.some(clock.instant().plus(Duration.ofDays(1))), Option.none());

        find();
        find();
        vendor = Either.left(OUTAGE);

        assertThat(find()).isEqualTo(vendor);
        assertThat(calls).hasValue(3);
        expectResults(0, 3, 0);
    }

    @Test
    void the_time_to_live_starts_with_the_call() {
        cache.find("a", key -> {
            clock.advance(Duration.ofMinutes(1));
            return callVendor();
        });
        clock.advance(Duration.ofMinutes(4));

        find();

        assertThat(calls).hasValue(2);
    }

    @Test
    void distinguishes_keys() {
        cache.find("a", key -> Either.right("of " + key));

        assertThat(cache.find("b", key -> Either.right("of " + key))).isEqualTo(Either.right("of b"));
        assertThat(cache.find("a", key -> callVendor())).isEqualTo(Either.right("of a"));
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
    void does_not_cache_a_failure(String kind) {
        vendor = Either.left(failure(kind, true));
        assertThat(find()).isEqualTo(vendor);
        vendor = Either.right("first");

        assertThat(find()).isEqualTo(vendor);
        expectResults(0, 2, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RateLimited", "Unavailable", "CircuitOpen", "DeadlineExceeded"})
    void uses_stale_entries_during_an_outage(String kind) {
        find();
        vendor = Either.left(failure(kind, true));
        clock.advance(TIME_TO_LIVE.plusHours(1).minusMillis(1));
        assertThat(find()).isEqualTo(Either.right("first"));

        clock.advance(Duration.ofMillis(1));
        assertThat(find()).isEqualTo(vendor);

        assertThat(calls).as("the vendor is called first").hasValue(3);
        expectResults(0, 2, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NotFound", "AccessDenied", "Rejected", "UnreadableResponse"})
    void does_not_use_stale_entries_for_another_failure(String kind) {
        find();
        vendor = Either.left(failure(kind, true));
        clock.advance(TIME_TO_LIVE);

        assertThat(find()).isEqualTo(vendor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NotFound", "AccessDenied", "Rejected"})
    void invalidates_an_entry_that_the_vendor_denied(String kind) {
        find();
        clock.advance(TIME_TO_LIVE);
        vendor = Either.left(failure(kind, false));
        find();
        vendor = Either.left(OUTAGE);

        assertThat(find()).isEqualTo(vendor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NotFound", "AccessDenied", "Rejected"})
    void does_not_cache_a_result_that_was_denied_meanwhile(String kind) {
        vendor = Either.left(failure(kind, false));
        cache.find("a", key -> {
            find();
            return Either.right("outdated");
        });
        vendor = Either.left(OUTAGE);

        assertThat(find()).isEqualTo(vendor);
    }

    @Test
    void does_not_use_stale_entries_after_an_interrupt() {
        find();
        clock.advance(TIME_TO_LIVE);
        vendor = Either.left(new OtaFailure.Cancelled(DETAILS));

        assertThat(find()).isEqualTo(vendor);
    }

    @Test
    void does_not_use_stale_entries_for_a_permanent_failure() {
        find();
        clock.advance(TIME_TO_LIVE);
        vendor = Either.left(failure("Unavailable", false));

        assertThat(find()).isEqualTo(vendor);
    }

    @Test
    void does_not_use_stale_entries_by_default() {
        DetailCache<String, String> strict = new DetailCache<>(
                TIME_TO_LIVE, settings(Duration.ZERO, 10), use -> results.count("all", use), value -> links, clock);
        strict.find("a", key -> callVendor());
        clock.advance(TIME_TO_LIVE);
        vendor = Either.left(OUTAGE);

        assertThat(strict.find("a", key -> callVendor())).isEqualTo(vendor);
    }

    @Test
    void does_not_use_a_link_that_is_about_to_expire() {
        links = List.of(Option.some(inMinutes(90)), Option.some(inMinutes(4)));
        find();
        clock.advance(Duration.ofMinutes(3).minusMillis(1));
        find();
        assertThat(calls).hasValue(1);

        clock.advance(Duration.ofMillis(1));
        find();
        assertThat(calls).hasValue(2);
    }

    @Test
    void does_not_use_an_expired_link_during_an_outage() {
        links = List.of(Option.some(inMinutes(20)));
        find();
        vendor = Either.left(OUTAGE);
        clock.advance(Duration.ofMinutes(19).minusMillis(1));
        assertThat(find()).isEqualTo(Either.right("first"));

        clock.advance(Duration.ofMillis(1));
        assertThat(find()).isEqualTo(vendor);
    }

    @Test
    void does_not_cache_a_link_that_has_expired_or_is_about_to() {
        for (int minutes : new int[] {-1000, 0, 1}) {
            links = List.of(Option.some(inMinutes(minutes)));
            find();
        }
        assertThat(calls).hasValue(3);
    }

    @Test
    void calls_the_vendor_after_a_write() {
        find();
        vendor = Either.right("second");
        cache.invalidateAll();

        assertThat(find()).isEqualTo(vendor);
        assertThat(find()).isEqualTo(vendor);
        expectResults(1, 2, 0);
    }

    @Test
    void does_not_use_entries_from_before_a_write_during_an_outage() {
        find();
        cache.invalidateAll();
        vendor = Either.left(OUTAGE);

        assertThat(find()).isEqualTo(vendor);
    }

    @Test
    void does_not_cache_a_result_requested_before_a_write() {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        CompletableFuture<Either<OtaFailure, String>> early =
                CompletableFuture.supplyAsync(() -> cache.find("a", key -> {
                    called.countDown();
                    await(written);
                    return Either.right("outdated");
                }));
        await(called);
        cache.invalidateAll();
        written.countDown();
        assertThat(early.join()).isEqualTo(Either.right("outdated"));

        assertThat(find()).isEqualTo(Either.right("first"));
    }

    @Test
    void does_not_use_stale_entries_after_a_write_during_the_call() {
        find();
        clock.advance(TIME_TO_LIVE);

        assertThat(cache.find("a", key -> {
                    cache.invalidateAll();
                    return Either.left(OUTAGE);
                }))
                .isEqualTo(Either.left(OUTAGE));
    }

    @Test
    void does_not_use_entries_if_the_clock_was_set_back() {
        find();
        clock.advance(Duration.ofHours(-3));
        find();

        assertThat(calls).hasValue(2);
    }

    @Test
    void an_exception_invalidates_nothing() {
        find();
        clock.advance(TIME_TO_LIVE);

        assertThatIllegalStateException()
                .isThrownBy(() -> cache.find("a", key -> {
                    throw new IllegalStateException("a bug");
                }));
        vendor = Either.left(OUTAGE);
        assertThat(find()).isEqualTo(Either.right("first"));
    }

    @Test
    void limits_the_number_of_entries() {
        Function<String, Either<OtaFailure, String>> vendorOf = key -> Either.right("of " + key);
        for (int round = 0; round < 2; round++) {
            List.range(0, 1000).map(String::valueOf).forEach(key -> cache.find(key, vendorOf));
        }

        assertThat(results.of("all", CacheResult.HIT)).isLessThanOrEqualTo(10);
    }

    @Test
    void counts_every_lookup_of_many_threads_once() {
        DetailCache<String, String> large = cache(1000);
        List<CompletableFuture<Void>> threads = List.range(0, 8)
                .map(thread -> CompletableFuture.runAsync(() -> List.range(0, 1000)
                        .forEach(i -> large.find(String.valueOf(i % 7), key -> Either.right("of " + key)))));
        threads.forEach(CompletableFuture::join);

        long misses = results.of("all", CacheResult.MISS);
        assertThat(results.of("all", CacheResult.HIT) + misses).isEqualTo(8000);
        assertThat(misses).isBetween(7L, 56L);
    }

    private DetailCache<String, String> cache(int entries) {
        return new DetailCache<>(
                TIME_TO_LIVE,
                settings(Duration.ofHours(1), entries),
                use -> results.count("all", use),
                value -> links,
                clock);
    }

    private static CacheSettings settings(Duration stale, int entries) {
        return new CacheSettings(Option.some(TIME_TO_LIVE), Option.none(), stale, entries);
    }

    private Either<OtaFailure, String> find() {
        return cache.find("a", key -> callVendor());
    }

    private Either<OtaFailure, String> callVendor() {
        calls.incrementAndGet();
        return vendor;
    }

    private Instant inMinutes(int minutes) {
        return clock.instant().plus(Duration.ofMinutes(minutes));
    }

    private void expectResults(long hits, long misses, long stale) {
        assertThat(List.of(CacheResult.HIT, CacheResult.MISS, CacheResult.STALE).map(use -> results.of("all", use)))
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
