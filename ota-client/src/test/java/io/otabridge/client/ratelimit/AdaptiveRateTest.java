package io.otabridge.client.ratelimit;

import static io.otabridge.client.ratelimit.Priority.BULK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Adaptation of the rate to throttling. The initial rate is one permit per 100 ms. */
class AdaptiveRateTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration NO_PAUSE = Duration.ZERO;

    private final VirtualTime time = new VirtualTime();
    private final RateLimiter limiter = RateLimiter.over(QuotaStore.inMemory(time), time);
    private final AccountLimiter account =
            limiter.account("acme", RateLimits.perOperation(Rate.perSecond(10 / (1 - RateLimiter.MARGIN))));
    private final List<String> log = new ArrayList<>();

    @Test
    void a_throttled_request_lowers_only_the_rate_of_its_quota() {
        time.at(0, () -> {
            account.throttled("List", NO_PAUSE);
            account.await("Create", BULK, LONG);
        });
        time.at(10, () -> assertThat(current("List")).isCloseTo(7, within(0.01)));
        time.at(10, () -> assertThat(current("Create")).isCloseTo(10, within(0.01)));
        time.run();
    }

    @Test
    void permits_come_less_often_after_a_throttled_request() {
        time.at(0, () -> account.throttled("List", NO_PAUSE));
        for (int i = 0; i < 4; i++) {
            time.at(1, () -> call(LONG));
        }
        time.run();
        assertThat(log).containsExactly("1", "144", "287", "430");
    }

    @Test
    void throttled_requests_of_the_same_second_count_once() {
        time.at(0, () -> account.throttled("List", NO_PAUSE));
        time.at(300, () -> account.throttled("List", NO_PAUSE));
        time.at(999, () -> account.throttled("List", NO_PAUSE));
        time.at(1000, () -> assertThat(current("List")).isCloseTo(7, within(0.01)));
        time.at(1000, () -> assertThat(usage("List").throttled()).isEqualTo(3));
        time.run();
    }

    @Test
    void continued_throttling_lowers_the_rate_to_a_minimum() {
        for (int i = 0; i < 60; i++) {
            time.at(i * 1001, () -> account.throttled("List", NO_PAUSE));
        }
        time.at(1100, () -> assertThat(current("List")).isCloseTo(4.9, within(0.01)));
        time.at(60_000, () -> assertThat(current("List")).isCloseTo(0.5, within(0.01)));
        time.run();
    }

    @Test
    void the_rate_recovers_gradually() {
        time.at(0, () -> account.throttled("List", NO_PAUSE));
        time.at(1000, () -> assertThat(current("List")).isCloseTo(7, within(0.01)));
        time.at(11_000, () -> assertThat(current("List")).isCloseTo(8, within(0.01)));
        time.at(21_000, () -> assertThat(current("List")).isCloseTo(9, within(0.01)));
        time.at(31_000, () -> assertThat(current("List")).isCloseTo(10, within(0.01)));
        time.at(99_000, () -> assertThat(current("List")).isCloseTo(10, within(0.01)));
        time.run();
    }

    @Test
    void throttling_during_recovery_lowers_the_recovered_rate() {
        time.at(0, () -> account.throttled("List", NO_PAUSE));
        time.at(11_000, () -> account.throttled("List", NO_PAUSE));
        time.at(11_001, () -> assertThat(current("List")).isCloseTo(5.6, within(0.01)));
        time.run();
    }

    @Test
    void nothing_is_sent_during_the_vendor_s_pause() {
        time.at(0, () -> call(LONG));
        time.at(10, () -> call(LONG));
        time.at(50, () -> account.throttled("List", Duration.ofSeconds(2)));
        time.at(60, () -> call(LONG));
        time.run();
        assertThat(log).containsExactly("0", "2050", "2191");
    }

    @Test
    void a_call_whose_deadline_is_within_the_pause_fails_immediately() {
        time.at(0, () -> call(LONG));
        time.at(10, () -> call(Duration.ofMillis(1500)));
        time.at(50, () -> account.throttled("List", Duration.ofSeconds(2)));
        time.at(60, () -> call(Duration.ofMillis(1989)));
        time.at(60, () -> call(Duration.ofMillis(1990)));
        time.run();
        assertThat(log).containsExactly("0", "late by 2000 at 50", "late by 1990 at 60", "2050");
    }

    @Test
    void a_shorter_pause_does_not_end_a_longer_one() {
        time.at(0, () -> account.throttled("List", Duration.ofSeconds(2)));
        time.at(10, () -> account.throttled("List", Duration.ofMillis(1)));
        time.at(20, () -> call(LONG));
        time.run();
        assertThat(log).containsExactly("2000");
    }

    @Test
    void the_pause_is_capped() {
        time.at(0, () -> account.throttled("List", Duration.ofSeconds(Long.MAX_VALUE)));
        time.at(0, () -> call(LONG));
        time.run();
        assertThat(log).containsExactly("300000");
    }

    @Test
    void waiting_calls_fail_when_the_lower_rate_exceeds_their_deadline() {
        for (int i = 0; i < 4; i++) {
            time.at(0, () -> call(Duration.ofMillis(320)));
        }
        time.at(10, () -> account.throttled("List", NO_PAUSE));
        time.run();
        assertThat(log).containsExactly("0", "late by 333 at 10", "100", "200");
    }

    private double current(String operation) {
        return usage(operation).current();
    }

    private QuotaUsage usage(String operation) {
        return limiter.usage()
                .find(usage -> usage.key().quota().equals(operation))
                .get();
    }

    private void call(Duration maxWait) {
        PermitResult permit = account.await("List", BULK, maxWait);
        log.add(
                permit instanceof PermitResult.DeadlineExceeded late
                        ? "late by " + Math.round(late.availableIn().toNanos() / 1e6) + " at " + time.millis()
                        : "" + time.millis());
    }
}
