package io.otabridge.client.ratelimit;

import static io.otabridge.client.ratelimit.Priority.BULK;
import static io.otabridge.client.ratelimit.Priority.INTERACTIVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interactive calls before bulk ones, and nobody starved; a turn each 100 ms. */
class PriorityTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final VirtualTime time = new VirtualTime();
    private final RateLimiter governor = RateLimiter.over(QuotaStore.local(time), time);
    private final AccountLimiter quota =
            governor.account("acme", RateLimits.each(Rate.perSecond(10 / (1 - RateLimiter.MARGIN))));
    private final List<String> log = new ArrayList<>();

    @Test
    void interactive_calls_pass_bulk_ones_that_wait() {
        bulk(0, "b0");
        bulk(1, "b1");
        bulk(2, "b2");
        interactive(50, "i1");
        interactive(60, "i2");
        time.run();
        assertThat(log).containsExactly("b0 0", "i1 100", "i2 200", "b1 300", "b2 400");
    }

    @Test
    void bulk_has_every_fourth_turn_however_many_are_interactive() {
        interactive(0, "i0");
        for (int i = 1; i <= 9; i++) {
            interactive(i, "i" + i);
        }
        for (int i = 1; i <= 3; i++) {
            bulk(20 + i, "b" + i);
        }
        time.run();
        assertThat(names())
                .containsExactly("i0", "i1", "i2", "i3", "b1", "i4", "i5", "i6", "b2", "i7", "i8", "i9", "b3");
    }

    @Test
    void bulk_gets_on_under_an_endless_stream_of_interactive_calls() {
        for (int i = 0; i < 400; i++) {
            interactive(i * 50L, "i");
        }
        for (int i = 0; i < 20; i++) {
            bulk(1000, "b");
        }
        time.run();
        // By the time of turn 11 + 4 × 20 every bulk call has had one, though interactive ones come twice as fast as
        // turns.
        assertThat(names().subList(0, 91)).filteredOn("b"::equals).hasSize(20);
    }

    @Test
    void each_kind_keeps_the_order_of_arrival() {
        for (int i = 0; i < 40; i++) {
            if (i % 3 == 0) {
                bulk(i, "b" + (100 + i));
            } else {
                interactive(i, "i" + (100 + i));
            }
        }
        time.run();
        assertThat(names()).filteredOn(name -> name.startsWith("b")).isSorted().hasSize(14);
        assertThat(names()).filteredOn(name -> name.startsWith("i")).isSorted().hasSize(26);
    }

    @Test
    void interactive_turns_before_bulk_came_do_not_count_against_them() {
        for (int i = 0; i < 6; i++) {
            interactive(i, "i" + i);
        }
        bulk(350, "b1");
        time.run();
        assertThat(names()).containsExactly("i0", "i1", "i2", "i3", "i4", "i5", "b1");
    }

    @Test
    void bulk_is_told_as_soon_as_others_passing_leave_it_no_time() {
        bulk(0, "b0");
        bulk(1, "b1");
        time.at(2, () -> call("b2", BULK, Duration.ofMillis(250)));
        interactive(50, "i1");
        interactive(60, "i2");
        time.run();
        assertThat(log).containsExactly("b0 0", "b2 too late by 250 at 50", "i1 100", "i2 200", "b1 300");
    }

    @Test
    void bulk_that_could_not_go_after_those_who_wait_is_told_at_once() {
        interactive(0, "i0");
        interactive(1, "i1");
        interactive(2, "i2");
        time.at(10, () -> call("b", BULK, Duration.ofMillis(200)));
        time.run();
        assertThat(log).containsExactly("i0 0", "b too late by 290 at 10", "i1 100", "i2 200");
    }

    @Test
    void a_turn_of_bulk_s_makes_an_interactive_call_too_late() {
        for (int i = 0; i < 5; i++) {
            interactive(i, "i" + i);
        }
        bulk(10, "b1");
        bulk(11, "b2");
        time.at(20, () -> call("x", INTERACTIVE, Duration.ofMillis(490)));
        time.at(20, () -> call("y", INTERACTIVE, Duration.ofMillis(580)));
        time.run();
        assertThat(log).contains("x too late by 580 at 20", "y 600");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 40})
    void what_is_foretold_is_what_happens(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            Priority priority = random.nextInt(3) == 0 ? BULK : INTERACTIVE;
            Duration longest = Duration.ofMillis(random.nextInt(4000));
            time.at(random.nextInt(2000), () -> {
                long start = time.nanoTime();
                Permit turn = quota.await("List", priority, longest);
                long waited = time.nanoTime() - start;
                if (turn instanceof Permit.Taken taken) {
                    assertThat(waited).isEqualTo(taken.waited().toNanos()).isLessThanOrEqualTo(longest.toNanos());
                } else {
                    assertThat(((Permit.TooLate) turn).after()).isGreaterThan(longest.minusNanos(waited));
                    assertThat(waited).isLessThan(Math.max(1, longest.toNanos()));
                }
                log.add("x " + turn);
            });
        }
        time.run();
        assertThat(log).hasSize(60);
    }

    private void bulk(long millis, String name) {
        time.at(millis, () -> call(name, BULK, LONG));
    }

    private void interactive(long millis, String name) {
        time.at(millis, () -> call(name, INTERACTIVE, LONG));
    }

    private List<String> names() {
        return log.stream().map(line -> line.substring(0, line.indexOf(' '))).toList();
    }

    private void call(String name, Priority priority, Duration longestWait) {
        Permit turn = quota.await("List", priority, longestWait);
        log.add(
                turn instanceof Permit.TooLate late
                        ? name + " too late by " + Math.round(late.after().toNanos() / 1e6) + " at " + time.millis()
                        : name + " " + time.millis());
    }
}
