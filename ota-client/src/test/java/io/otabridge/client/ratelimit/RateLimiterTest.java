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

    /** With the margin taken off, a turn each 100 ms. */
    private static final RateLimits TEN_A_SECOND = RateLimits.each(Rate.perSecond(10 / (1 - RateLimiter.MARGIN)));

    private final VirtualTime time = new VirtualTime();
    private final RateLimiter governor = RateLimiter.over(QuotaStore.local(time), time);
    private final AccountLimiter quota = governor.account("acme", TEN_A_SECOND);
    private final List<String> log = new ArrayList<>();

    @Test
    void the_first_call_goes_at_once() {
        time.at(0, () -> call("a", INTERACTIVE, Duration.ZERO));
        time.run();
        assertThat(log).containsExactly("a 0");
        assertThat(usage().waited()).isZero();
    }

    @Test
    void turns_are_spread_evenly_in_order_of_arrival() {
        for (String name : List.of("a", "b", "c", "d")) {
            time.at(0, () -> call(name, INTERACTIVE, LONG));
        }
        time.run();
        assertThat(log).containsExactly("a 0", "b 100", "c 200", "d 300");
    }

    @Test
    void idle_time_is_not_saved_up() {
        time.at(5000, () -> call("a", BULK, LONG));
        time.at(5000, () -> call("b", BULK, LONG));
        time.at(5000, () -> call("c", BULK, LONG));
        time.run();
        assertThat(log).containsExactly("a 5000", "b 5100", "c 5200");
    }

    @Test
    void a_thread_may_call_again_and_again() {
        time.at(0, () -> {
            for (int i = 0; i < 4; i++) {
                call("a", BULK, LONG);
            }
        });
        time.run();
        assertThat(log).containsExactly("a 0", "a 100", "a 200", "a 300");
    }

    @Test
    void operations_and_accounts_do_not_wait_for_each_other() {
        AccountLimiter other = governor.account("other", TEN_A_SECOND);
        time.at(0, () -> {
            for (int i = 0; i < 2; i++) {
                assertThat(quota.await("List", BULK, LONG)).isInstanceOf(Permit.Taken.class);
                assertThat(quota.await("Create", BULK, LONG)).isInstanceOf(Permit.Taken.class);
                assertThat(other.await("List", BULK, LONG)).isInstanceOf(Permit.Taken.class);
            }
            assertThat(time.millis()).isEqualTo(100);
        });
        time.run();
        assertThat(governor.usage()).hasSize(3).allMatch(usage -> usage.taken() == 2);
    }

    @Test
    void backends_of_one_account_share_its_turns() {
        AccountLimiter twin = governor.account("acme", TEN_A_SECOND);
        time.at(0, () -> {
            quota.await("List", BULK, LONG);
            assertThat(twin.await("List", BULK, LONG)).isEqualTo(new Permit.Taken(Duration.ofMillis(100)));
        });
        time.run();
    }

    @Test
    void the_slower_of_two_rates_for_an_account_holds() {
        AccountLimiter slow = governor.account("acme", RateLimits.each(Rate.perSecond(1)));
        time.at(0, () -> {
            quota.await("List", BULK, LONG);
            slow.await("List", BULK, LONG);
        });
        time.run();
        assertThat(usage().limit()).isBetween(0.964, 0.966);
    }

    @Test
    void the_slower_rate_holds_until_who_named_it_is_closed() {
        AccountLimiter slow = governor.account("acme", RateLimits.each(Rate.perSecond(1)));
        time.at(0, () -> {
            slow.await("List", BULK, LONG);
            quota.await("List", BULK, LONG);
            assertThat(usage().limit()).isBetween(0.964, 0.966);
            slow.close();
            slow.close();
            assertThat(usage().limit()).isBetween(9.99, 10.01);
        });
        time.run();
    }

    @Test
    void a_rate_can_be_raised_and_lowered_by_opening_anew() {
        time.at(0, () -> {
            for (int perSecond : List.of(2, 1, 5)) {
                try (AccountLimiter opened = governor.account("acme", RateLimits.each(Rate.perSecond(perSecond)))) {
                    opened.await("List", BULK, LONG);
                }
                assertThat(usage().limit()).isBetween(perSecond * 0.964, perSecond * 0.966);
            }
        });
        time.run();
    }

    @Test
    void rotated_accounts_leave_no_quotas_behind() {
        for (int i = 0; i < 100; i++) {
            String account = "rotated-" + i;
            time.at(1_000L * i, () -> {
                try (AccountLimiter opened = governor.account(account, TEN_A_SECOND)) {
                    opened.await("List", BULK, LONG);
                    opened.await("Create", BULK, LONG);
                }
            });
        }
        time.run();
        assertThat(governor.usage().map(usage -> usage.key().account()).distinct())
                .containsExactly("rotated-99");
    }

    @Test
    void a_quota_in_use_or_under_a_pause_is_kept() {
        AccountLimiter other = governor.account("other", TEN_A_SECOND);
        time.at(0, () -> {
            quota.await("List", BULK, LONG);
            other.throttled("List", Duration.ofMinutes(1));
            other.close();
        });
        time.at(30_000, () -> governor.account("any", TEN_A_SECOND).close());
        time.at(31_000, () -> assertThat(governor.usage()).hasSize(2));
        time.at(120_000, () -> governor.account("any", TEN_A_SECOND).close());
        time.run();
        assertThat(governor.usage().map(usage -> usage.key().account())).containsExactly("acme");
    }

    @Test
    void who_is_closed_has_turns_and_no_say_in_the_rate() {
        AccountLimiter closed = governor.account("acme", RateLimits.each(Rate.perSecond(1)));
        closed.close();
        time.at(0, () -> {
            quota.await("List", BULK, LONG);
            assertThat(closed.await("List", BULK, LONG)).isEqualTo(new Permit.Taken(Duration.ofMillis(100)));
        });
        time.run();
        assertThat(usage().limit()).isBetween(9.99, 10.01);
    }

    @Test
    @Timeout(60)
    void who_was_dropped_without_being_closed_has_no_say_either() {
        governor.account("acme", RateLimits.each(Rate.perSecond(1))).throttled("List", Duration.ZERO);
        quota.throttled("List", Duration.ZERO);
        while (usage().limit() < 9.99) {
            assertThat(Thread.interrupted()).as("it is never collected").isFalse();
            System.gc();
        }
    }

    @Test
    void who_cannot_have_a_turn_in_time_is_told_at_once() {
        time.at(0, () -> call("a", INTERACTIVE, LONG));
        time.at(0, () -> call("b", INTERACTIVE, LONG));
        time.at(10, () -> call("c", INTERACTIVE, Duration.ofMillis(189)));
        time.at(10, () -> call("d", INTERACTIVE, Duration.ofMillis(190)));
        time.run();
        assertThat(log).containsExactly("a 0", "c too late by 190 at 10", "b 100", "d 200");
    }

    @Test
    void no_time_left_is_enough_for_a_free_turn_only() {
        time.at(0, () -> call("a", INTERACTIVE, Duration.ofSeconds(-3)));
        time.at(0, () -> call("b", INTERACTIVE, Duration.ZERO));
        time.run();
        assertThat(log).containsExactly("a 0", "b too late by 100 at 0");
    }

    @Test
    void a_refused_call_uses_nothing_up() {
        time.at(0, () -> call("a", INTERACTIVE, LONG));
        for (int i = 0; i < 50; i++) {
            time.at(10, () -> call("b", INTERACTIVE, Duration.ofMillis(5)));
        }
        time.at(20, () -> call("c", INTERACTIVE, LONG));
        time.run();
        assertThat(log).hasSize(52).endsWith("c 100");
        assertThat(usage().tooLate()).isEqualTo(50);
    }

    @Test
    void an_endless_wait_is_possible_at_the_slowest_rate() {
        AccountLimiter daily = governor.account(
                "daily", RateLimits.each(new Rate(Duration.ofDays(1).toNanos())));
        for (int i = 0; i < 3; i++) {
            time.at(i, () -> log.add(daily.await("List", BULK, Duration.ofSeconds(Long.MAX_VALUE)) + ""));
        }
        time.run();
        assertThat(log).hasSize(3).allMatch(line -> line.startsWith("Taken"));
        assertThat(Duration.ofMillis(time.millis())).isEqualTo(Duration.ofDays(2));
    }

    @Test
    void an_interrupt_ends_the_wait_and_its_flag_stays() {
        time.at(0, () -> call("a", INTERACTIVE, LONG));
        Thread waiting = time.at(10, () -> {
            assertThat(quota.await("List", INTERACTIVE, LONG)).isEqualTo(new Permit.Interrupted());
            assertThat(Thread.interrupted()).isTrue();
            log.add("b interrupted at " + time.millis());
        });
        time.at(50, () -> time.interrupt(waiting));
        time.run();
        assertThat(log).containsExactly("a 0", "b interrupted at 50");
    }

    @Test
    void a_turn_whose_owner_is_interrupted_goes_to_the_next() {
        time.at(0, () -> call("a", INTERACTIVE, LONG));
        Thread first = time.at(1, () -> quota.await("List", INTERACTIVE, LONG));
        time.at(2, () -> call("c", INTERACTIVE, LONG));
        time.at(3, () -> call("d", INTERACTIVE, LONG));
        time.at(50, () -> time.interrupt(first));
        time.run();
        assertThat(log).containsExactly("a 0", "c 100", "d 200");
    }

    @Test
    void an_interrupted_thread_does_not_begin_to_wait() {
        time.at(0, () -> {
            Thread.currentThread().interrupt();
            assertThat(quota.await("List", INTERACTIVE, LONG)).isEqualTo(new Permit.Interrupted());
            assertThat(Thread.interrupted()).isTrue();
            call("a", INTERACTIVE, Duration.ZERO);
        });
        time.run();
        assertThat(log).containsExactly("a 0");
    }

    @Test
    void a_store_that_breaks_its_word_blocks_nobody() {
        AtomicInteger calls = new AtomicInteger();
        AccountLimiter broken = over((rate, longest) -> {
            if (calls.getAndIncrement() == 0) {
                throw new IllegalStateException("broken");
            }
            return Reservation.in(0);
        });
        time.at(
                0,
                () -> assertThatThrownBy(() -> broken.await("List", BULK, LONG)).hasMessage("broken"));
        time.at(0, () -> assertThat(broken.await("List", BULK, LONG)).isEqualTo(Permit.Taken.DEFAULT_CONCURRENCY));
        time.run();
    }

    @Test
    void a_store_is_asked_for_one_turn_at_a_time() {
        AtomicInteger asking = new AtomicInteger();
        AccountLimiter slow = over((rate, longest) -> {
            assertThat(asking.incrementAndGet()).isEqualTo(1);
            time.park(20_000_000);
            asking.decrementAndGet();
            return Reservation.in(30_000_000);
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
    void who_stands_behind_others_at_a_busy_store_is_told_when_that_is_known() {
        AccountLimiter busy = over((rate, longest) ->
                longest < 500_000_000 ? Reservation.tooLate(500_000_000) : Reservation.in(500_000_000));
        time.at(0, () -> log.add("a " + busy.await("List", INTERACTIVE, Duration.ofSeconds(2))));
        time.at(0, () -> log.add("b " + busy.await("List", INTERACTIVE, Duration.ofMillis(550)) + time.millis()));
        time.at(0, () -> log.add("c " + busy.await("List", INTERACTIVE, Duration.ofMillis(1000)) + time.millis()));
        time.run();
        assertThat(log)
                .containsExactly("b TooLate[after=PT0.6S]0", "a Taken[waited=PT0.5S]", "c Taken[waited=PT1S]1000");
    }

    @Test
    void a_turn_used_late_pushes_those_after_the_next() {
        assertThat(timesWhenOneWakesLate(40, TEN_A_SECOND)).containsExactly(0L, 140L, 200L, 325L, 425L);
    }

    @Test
    void a_turn_used_a_little_late_pushes_nobody() {
        assertThat(timesWhenOneWakesLate(15, TEN_A_SECOND)).containsExactly(0L, 115L, 200L, 300L, 400L);
    }

    @Test
    void a_turn_that_was_slept_through_is_given_back() {
        assertThat(timesWhenOneWakesLate(150, TEN_A_SECOND)).containsExactly(0L, 250L, 350L, 450L, 550L);
    }

    @Test
    void a_turn_used_late_is_given_back_where_turns_are_rare() {
        RateLimits oneASecond = RateLimits.each(Rate.perSecond(1 / (1 - RateLimiter.MARGIN)));
        assertThat(timesWhenOneWakesLate(40, oneASecond)).containsExactly(0L, 2000L, 3000L, 4000L, 5000L);
    }

    private static List<Long> timesWhenOneWakesLate(int millis, RateLimits table) {
        VirtualTime late = new VirtualTime(new Cycle(millis * 1_000_000L, 0, 0, 0, 0, 0, 0, 0, 0, 0)::next);
        AccountLimiter quota = RateLimiter.over(QuotaStore.local(late), late).account("acme", table);
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            late.at(0, () -> {
                quota.await("List", BULK, LONG);
                times.add(late.millis());
            });
        }
        late.run();
        return times;
    }

    @Test
    void a_machine_that_always_wakes_late_gets_on_all_the_same() {
        VirtualTime late = new VirtualTime(() -> 40_000_000);
        AccountLimiter strict = RateLimiter.over(QuotaStore.local(late), late).account("acme", TEN_A_SECOND);
        for (int i = 0; i < 20; i++) {
            late.at(i, () -> log.add(strict.await("List", BULK, LONG).getClass().getSimpleName()));
        }
        late.run();
        assertThat(log).hasSize(20).containsOnly("Taken");
    }

    @Test
    void numbers_tell_what_happened() {
        for (int i = 0; i < 30; i++) {
            time.at(i, () -> quota.await("List", i(time) % 2 == 0 ? BULK : INTERACTIVE, LONG));
        }
        time.at(500, () -> quota.await("List", INTERACTIVE, Duration.ofMillis(1)));
        time.at(1050, () -> assertThat(usage().waiting()).isEqualTo(19));
        time.run();
        QuotaUsage usage = usage();
        assertThat(usage.key()).isEqualTo(new QuotaKey("acme", "List"));
        assertThat(usage.taken()).isEqualTo(30);
        assertThat(usage.waited()).isEqualTo(29);
        assertThat(usage.waiting()).isZero();
        assertThat(usage.tooLate()).isEqualTo(1);
        assertThat(usage.missed()).isZero();
        assertThat(usage.limit()).isBetween(9.99, 10.01);
        assertThat(usage.usedShare()).isBetween(0.29, 0.31);
        // The nth of 30 calls came after n ms and went after n tenths of a second: 99 ms for each.
        assertThat(usage.waitedFor()).isEqualTo(Duration.ofMillis(99 * (29 * 30 / 2)));
    }

    @Test
    void the_used_share_is_whole_under_full_load_and_falls_to_nothing() {
        time.at(0, () -> {
            for (int i = 0; i < 400; i++) {
                quota.await("List", BULK, LONG);
            }
            assertThat(usage().usedShare()).isBetween(0.99, 1.01);
        });
        time.at(45_000, () -> assertThat(usage().usedShare()).isBetween(0.49, 0.51));
        time.at(65_000, () -> assertThat(usage().usedShare()).isZero());
        time.run();
    }

    @Test
    void many_real_threads_get_all_their_turns() throws InterruptedException {
        RateLimiter real = RateLimiter.over(QuotaStore.local());
        AccountLimiter fast = real.account("acme", RateLimits.each(Rate.perSecond(5000)));
        CountDownLatch done = new CountDownLatch(32);
        AtomicInteger taken = new AtomicInteger();
        for (int i = 0; i < 32; i++) {
            Priority priority = i % 2 == 0 ? BULK : INTERACTIVE;
            new Thread(() -> {
                        for (int n = 0; n < 50; n++) {
                            taken.addAndGet(fast.await("List", priority, LONG) instanceof Permit.Taken ? 1 : 0);
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();
        assertThat(taken).hasValue(32 * 50);
        assertThat(real.usage().head().taken()).isEqualTo(32 * 50);
        assertThat(real.usage().head().waiting()).isZero();
    }

    @Test
    void closing_a_governor_closes_its_store() {
        AtomicInteger closed = new AtomicInteger();
        RateLimiter.over(new QuotaStore() {
                    @Override
                    public Turns open(QuotaKey key) {
                        return (rate, longest) -> Reservation.in(0);
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

    private AccountLimiter over(QuotaStore.Turns turns) {
        return RateLimiter.over(key -> turns, time).account("acme", TEN_A_SECOND);
    }

    private void call(String name, Priority priority, Duration longestWait) {
        Permit turn = quota.await("List", priority, longestWait);
        log.add(
                turn instanceof Permit.TooLate late
                        ? name + " too late by " + Math.round(late.after().toNanos() / 1e6) + " at " + time.millis()
                        : name + " " + time.millis());
    }

    private QuotaUsage usage() {
        return governor.usage().head();
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
