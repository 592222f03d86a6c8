package io.otabridge.client.ratelimit;

import static io.otabridge.client.ratelimit.Priority.BULK;
import static io.otabridge.client.ratelimit.Priority.INTERACTIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otabridge.client.ratelimit.QuotaStore.Reservation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RateLimiterTest {

    private static final Duration LONG = Duration.ofHours(1);

    /** After the margin is subtracted, one permit per 100 ms. */
    private static final RateLimits TEN_A_SECOND =
            RateLimits.perOperation(Rate.perSecond(10 / (1 - RateLimiter.MARGIN)));

    private final VirtualTime time = new VirtualTime();
    private final RateLimiter limiter = RateLimiter.over(QuotaStore.inMemory(time), time);
    private final AccountLimiter account = limiter.account("acme", TEN_A_SECOND);
    private final List<String> log = new ArrayList<>();

    @Test
    void the_first_call_does_not_wait() {
        time.at(0, () -> call("a", INTERACTIVE, Duration.ZERO));
        time.run();
        assertThat(log).containsExactly("a 0");
        assertThat(usage().delayed()).isZero();
    }

    @Test
    void permits_are_spaced_evenly_in_order_of_arrival() {
        for (String name : List.of("a", "b", "c", "d")) {
            time.at(0, () -> call(name, INTERACTIVE, LONG));
        }
        time.run();
        assertThat(log).containsExactly("a 0", "b 100", "c 200", "d 300");
    }

    @Test
    void idle_time_allows_no_burst() {
        time.at(5000, () -> call("a", BULK, LONG));
        time.at(5000, () -> call("b", BULK, LONG));
        time.at(5000, () -> call("c", BULK, LONG));
        time.run();
        assertThat(log).containsExactly("a 5000", "b 5100", "c 5200");
    }

    @Test
    void one_thread_can_make_several_calls() {
        time.at(0, () -> {
            for (int i = 0; i < 4; i++) {
                call("a", BULK, LONG);
            }
        });
        time.run();
        assertThat(log).containsExactly("a 0", "a 100", "a 200", "a 300");
    }

    @Test
    void operations_and_accounts_have_separate_quotas() {
        AccountLimiter other = limiter.account("other", TEN_A_SECOND);
        time.at(0, () -> {
            for (int i = 0; i < 2; i++) {
                assertThat(account.await("List", BULK, LONG)).isInstanceOf(PermitResult.Granted.class);
                assertThat(account.await("Create", BULK, LONG)).isInstanceOf(PermitResult.Granted.class);
                assertThat(other.await("List", BULK, LONG)).isInstanceOf(PermitResult.Granted.class);
            }
            assertThat(time.millis()).isEqualTo(100);
        });
        time.run();
        assertThat(limiter.usage()).hasSize(3).allMatch(usage -> usage.granted() == 2);
    }

    @Test
    void backends_of_one_account_share_its_quota() {
        AccountLimiter twin = limiter.account("acme", TEN_A_SECOND);
        time.at(0, () -> {
            account.await("List", BULK, LONG);
            assertThat(twin.await("List", BULK, LONG)).isEqualTo(new PermitResult.Granted(Duration.ofMillis(100)));
        });
        time.run();
    }

    @Test
    void the_slower_of_two_rates_for_an_account_applies() {
        AccountLimiter slow = limiter.account("acme", RateLimits.perOperation(Rate.perSecond(1)));
        time.at(0, () -> {
            account.await("List", BULK, LONG);
            slow.await("List", BULK, LONG);
        });
        time.run();
        assertThat(usage().limit()).isBetween(0.964, 0.966);
    }

    @Test
    void the_slower_rate_applies_until_its_limiter_is_closed() {
        AccountLimiter slow = limiter.account("acme", RateLimits.perOperation(Rate.perSecond(1)));
        time.at(0, () -> {
            slow.await("List", BULK, LONG);
            account.await("List", BULK, LONG);
            assertThat(usage().limit()).isBetween(0.964, 0.966);
            slow.close();
            slow.close();
            assertThat(usage().limit()).isBetween(9.99, 10.01);
        });
        time.run();
    }

    @Test
    void reopening_an_account_raises_and_lowers_its_rate() {
        time.at(0, () -> {
            for (int perSecond : List.of(2, 1, 5)) {
                try (AccountLimiter opened =
                        limiter.account("acme", RateLimits.perOperation(Rate.perSecond(perSecond)))) {
                    opened.await("List", BULK, LONG);
                }
                assertThat(usage().limit()).isBetween(perSecond * 0.964, perSecond * 0.966);
            }
        });
        time.run();
    }

    @Test
    void quotas_of_rotated_accounts_are_dropped() {
        for (int i = 0; i < 100; i++) {
            String account = "rotated-" + i;
            time.at(1_000L * i, () -> {
                try (AccountLimiter opened = limiter.account(account, TEN_A_SECOND)) {
                    opened.await("List", BULK, LONG);
                    opened.await("Create", BULK, LONG);
                }
            });
        }
        time.run();
        assertThat(limiter.usage().map(usage -> usage.key().account()).distinct())
                .containsExactly("rotated-99");
    }

    @Test
    void a_quota_in_use_or_paused_is_not_dropped() {
        AccountLimiter other = limiter.account("other", TEN_A_SECOND);
        time.at(0, () -> {
            account.await("List", BULK, LONG);
            other.throttled("List", Duration.ofMinutes(1));
            other.close();
        });
        time.at(30_000, () -> limiter.account("any", TEN_A_SECOND).close());
        time.at(31_000, () -> assertThat(limiter.usage()).hasSize(2));
        time.at(120_000, () -> limiter.account("any", TEN_A_SECOND).close());
        time.run();
        assertThat(limiter.usage().map(usage -> usage.key().account())).containsExactly("acme");
    }

    @Test
    void a_closed_limiter_grants_permits_without_limiting_the_rate() {
        AccountLimiter closed = limiter.account("acme", RateLimits.perOperation(Rate.perSecond(1)));
        closed.close();
        time.at(0, () -> {
            account.await("List", BULK, LONG);
            assertThat(closed.await("List", BULK, LONG)).isEqualTo(new PermitResult.Granted(Duration.ofMillis(100)));
        });
        time.run();
        assertThat(usage().limit()).isBetween(9.99, 10.01);
    }

    @Test
    @Timeout(60)
    void a_collected_limiter_does_not_limit_the_rate() {
        limiter.account("acme", RateLimits.perOperation(Rate.perSecond(1))).throttled("List", Duration.ZERO);
        account.throttled("List", Duration.ZERO);
        while (usage().limit() < 9.99) {
            assertThat(Thread.interrupted()).as("not collected in time").isFalse();
            System.gc();
        }
    }

    @Test
    void a_call_that_cannot_meet_its_deadline_fails_immediately() {
        time.at(0, () -> call("a", INTERACTIVE, LONG));
        time.at(0, () -> call("b", INTERACTIVE, LONG));
        time.at(10, () -> call("c", INTERACTIVE, Duration.ofMillis(189)));
        time.at(10, () -> call("d", INTERACTIVE, Duration.ofMillis(190)));
        time.run();
        assertThat(log).containsExactly("a 0", "c too late by 190 at 10", "b 100", "d 200");
    }

    @Test
    void a_call_without_time_left_gets_only_an_available_permit() {
        time.at(0, () -> call("a", INTERACTIVE, Duration.ofSeconds(-3)));
        time.at(0, () -> call("b", INTERACTIVE, Duration.ZERO));
        time.run();
        assertThat(log).containsExactly("a 0", "b too late by 100 at 0");
    }

    @Test
    void a_rejected_call_uses_no_permit() {
        time.at(0, () -> call("a", INTERACTIVE, LONG));
        for (int i = 0; i < 50; i++) {
            time.at(10, () -> call("b", INTERACTIVE, Duration.ofMillis(5)));
        }
        time.at(20, () -> call("c", INTERACTIVE, LONG));
        time.run();
        assertThat(log).hasSize(52).endsWith("c 100");
        assertThat(usage().deadlineExceeded()).isEqualTo(50);
    }

    @Test
    void the_longest_wait_works_at_the_slowest_rate() {
        AccountLimiter daily = limiter.account(
                "daily", RateLimits.perOperation(new Rate(Duration.ofDays(1).toNanos())));
        for (int i = 0; i < 3; i++) {
            time.at(i, () -> log.add(daily.await("List", BULK, Duration.ofSeconds(Long.MAX_VALUE)) + ""));
        }
        time.run();
        assertThat(log).hasSize(3).allMatch(line -> line.startsWith("Granted"));
        assertThat(Duration.ofMillis(time.millis())).isEqualTo(Duration.ofDays(2));
    }

    @Test
    void an_interrupt_ends_the_wait_and_preserves_the_flag() {
        time.at(0, () -> call("a", INTERACTIVE, LONG));
        Thread waiting = time.at(10, () -> {
            assertThat(account.await("List", INTERACTIVE, LONG)).isEqualTo(new PermitResult.Interrupted());
            assertThat(Thread.interrupted()).isTrue();
            log.add("b interrupted at " + time.millis());
        });
        time.at(50, () -> time.interrupt(waiting));
        time.run();
        assertThat(log).containsExactly("a 0", "b interrupted at 50");
    }

    @Test
    void the_next_call_gets_the_permit_of_an_interrupted_call() {
        time.at(0, () -> call("a", INTERACTIVE, LONG));
        Thread first = time.at(1, () -> account.await("List", INTERACTIVE, LONG));
        time.at(2, () -> call("c", INTERACTIVE, LONG));
        time.at(3, () -> call("d", INTERACTIVE, LONG));
        time.at(50, () -> time.interrupt(first));
        time.run();
        assertThat(log).containsExactly("a 0", "c 100", "d 200");
    }

    @Test
    void an_interrupted_thread_does_not_wait() {
        time.at(0, () -> {
            Thread.currentThread().interrupt();
            assertThat(account.await("List", INTERACTIVE, LONG)).isEqualTo(new PermitResult.Interrupted());
            assertThat(Thread.interrupted()).isTrue();
            call("a", INTERACTIVE, Duration.ZERO);
        });
        time.run();
        assertThat(log).containsExactly("a 0");
    }

    @Test
    void an_exception_in_the_store_does_not_block_other_calls() {
        AtomicInteger calls = new AtomicInteger();
        AccountLimiter broken = over((rate, maxWait) -> {
            if (calls.getAndIncrement() == 0) {
                throw new IllegalStateException("broken");
            }
            return Reservation.after(0);
        });
        time.at(
                0,
                () -> assertThatThrownBy(() -> broken.await("List", BULK, LONG)).hasMessage("broken"));
        time.at(0, () -> assertThat(broken.await("List", BULK, LONG)).isEqualTo(PermitResult.Granted.WITHOUT_WAIT));
        time.run();
    }

    @Test
    void permits_are_reserved_one_at_a_time() {
        AtomicInteger concurrent = new AtomicInteger();
        AccountLimiter slow = over((rate, maxWait) -> {
            assertThat(concurrent.incrementAndGet()).isEqualTo(1);
            time.park(20_000_000);
            concurrent.decrementAndGet();
            return Reservation.after(30_000_000);
        });
        for (int i = 0; i < 4; i++) {
            time.at(i, () -> {
                slow.await("List", INTERACTIVE, LONG);
                log.add("" + time.millis());
            });
        }
        time.run();
        assertThat(log).containsExactly("50", "100", "150", "200");
    }

    @Test
    void calls_behind_a_late_reservation_fail_as_soon_as_it_is_made() {
        AccountLimiter busy = over((rate, maxWait) ->
                maxWait < 500_000_000 ? Reservation.rejected(500_000_000) : Reservation.after(500_000_000));
        time.at(0, () -> log.add("a " + busy.await("List", INTERACTIVE, Duration.ofSeconds(2))));
        time.at(0, () -> log.add("b " + busy.await("List", INTERACTIVE, Duration.ofMillis(550)) + time.millis()));
        time.at(0, () -> log.add("c " + busy.await("List", INTERACTIVE, Duration.ofMillis(1000)) + time.millis()));
        time.run();
        assertThat(log)
                .containsExactly(
                        "b DeadlineExceeded[availableIn=PT0.6S]0",
                        "a Granted[waited=PT0.5S]",
                        "c Granted[waited=PT1S]1000");
    }

    @Test
    void a_permit_used_late_delays_later_permits() {
        assertThat(timesWhenTheFirstWakesLate(40, TEN_A_SECOND)).containsExactly(0L, 140L, 200L, 325L, 425L);
    }

    @Test
    void a_permit_used_slightly_late_delays_no_permit() {
        assertThat(timesWhenTheFirstWakesLate(15, TEN_A_SECOND)).containsExactly(0L, 115L, 200L, 300L, 400L);
    }

    @Test
    void a_permit_missed_by_an_interval_is_discarded() {
        assertThat(timesWhenTheFirstWakesLate(150, TEN_A_SECOND)).containsExactly(0L, 250L, 350L, 450L, 550L);
    }

    @Test
    void a_permit_used_late_is_discarded_at_a_low_rate() {
        RateLimits oneASecond = RateLimits.perOperation(Rate.perSecond(1 / (1 - RateLimiter.MARGIN)));
        assertThat(timesWhenTheFirstWakesLate(40, oneASecond)).containsExactly(0L, 2000L, 3000L, 4000L, 5000L);
    }

    private static List<Long> timesWhenTheFirstWakesLate(int millis, RateLimits limits) {
        VirtualTime late = new VirtualTime(new Cycle(millis * 1_000_000L, 0, 0, 0, 0, 0, 0, 0, 0, 0)::next);
        AccountLimiter account =
                RateLimiter.over(QuotaStore.inMemory(late), late).account("acme", limits);
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            late.at(0, () -> {
                account.await("List", BULK, LONG);
                times.add(late.millis());
            });
        }
        late.run();
        return times;
    }

    @Test
    void calls_proceed_on_a_machine_that_always_wakes_threads_late() {
        VirtualTime late = new VirtualTime(() -> 40_000_000);
        AccountLimiter strict =
                RateLimiter.over(QuotaStore.inMemory(late), late).account("acme", TEN_A_SECOND);
        for (int i = 0; i < 20; i++) {
            late.at(i, () -> log.add(strict.await("List", BULK, LONG).getClass().getSimpleName()));
        }
        late.run();
        assertThat(log).hasSize(20).containsOnly("Granted");
    }

    @Test
    void usage_reports_permits_waits_and_failures() {
        for (int i = 0; i < 30; i++) {
            time.at(i, () -> account.await("List", i(time) % 2 == 0 ? BULK : INTERACTIVE, LONG));
        }
        time.at(500, () -> account.await("List", INTERACTIVE, Duration.ofMillis(1)));
        time.at(1050, () -> assertThat(usage().waiting()).isEqualTo(19));
        time.run();
        QuotaUsage usage = usage();
        assertThat(usage.key()).isEqualTo(new QuotaKey("acme", "List"));
        assertThat(usage.granted()).isEqualTo(30);
        assertThat(usage.delayed()).isEqualTo(29);
        assertThat(usage.waiting()).isZero();
        assertThat(usage.deadlineExceeded()).isEqualTo(1);
        assertThat(usage.discarded()).isZero();
        assertThat(usage.limit()).isBetween(9.99, 10.01);
        assertThat(usage.usedShare()).isBetween(0.29, 0.31);
        // Call n of 30 arrived after n ms and got its permit after n × 100 ms: it waited n × 99 ms.
        assertThat(usage.totalDelay()).isEqualTo(Duration.ofMillis(99 * (29 * 30 / 2)));
    }

    @Test
    void the_used_share_is_1_under_full_load_and_falls_to_0() {
        time.at(0, () -> {
            for (int i = 0; i < 400; i++) {
                account.await("List", BULK, LONG);
            }
            assertThat(usage().usedShare()).isBetween(0.99, 1.01);
        });
        time.at(45_000, () -> assertThat(usage().usedShare()).isBetween(0.49, 0.51));
        time.at(65_000, () -> assertThat(usage().usedShare()).isZero());
        time.run();
    }

    @Test
    void many_real_threads_get_all_their_permits() throws InterruptedException {
        RateLimiter real = RateLimiter.over(QuotaStore.inMemory());
        AccountLimiter fast = real.account("acme", RateLimits.perOperation(Rate.perSecond(5000)));
        CountDownLatch done = new CountDownLatch(32);
        AtomicInteger granted = new AtomicInteger();
        for (int i = 0; i < 32; i++) {
            Priority priority = i % 2 == 0 ? BULK : INTERACTIVE;
            new Thread(() -> {
                        for (int n = 0; n < 50; n++) {
                            granted.addAndGet(
                                    fast.await("List", priority, LONG) instanceof PermitResult.Granted ? 1 : 0);
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();
        assertThat(granted).hasValue(32 * 50);
        assertThat(real.usage().head().granted()).isEqualTo(32 * 50);
        assertThat(real.usage().head().waiting()).isZero();
    }

    @Test
    void closing_a_limiter_closes_its_store() {
        AtomicInteger closed = new AtomicInteger();
        RateLimiter.over(new QuotaStore() {
                    @Override
                    public Reservations open(QuotaKey key) {
                        return (rate, maxWait) -> Reservation.after(0);
                    }

                    @Override
                    public void close() {
                        closed.incrementAndGet();
                    }
                })
                .close();
        assertThat(closed).hasValue(1);
    }

    private static int i(VirtualTime time) {
        return (int) time.millis();
    }

    private AccountLimiter over(QuotaStore.Reservations reservations) {
        return RateLimiter.over(key -> reservations, time).account("acme", TEN_A_SECOND);
    }

    private void call(String name, Priority priority, Duration maxWait) {
        log.add(time.describe(name, account.await("List", priority, maxWait)));
    }

    private QuotaUsage usage() {
        return limiter.usage().head();
    }

    private static final class Cycle {
        private final long[] values;
        private int next;

        Cycle(long... values) {
            this.values = values;
        }

        long next() {
            return values[next++ % values.length];
        }
    }
}
