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

/** Interactive calls come first and bulk calls are not starved. The rate is one permit per 100 ms. */
class PriorityTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final VirtualTime time = new VirtualTime();
    private final RateLimiter limiter = RateLimiter.over(QuotaStore.inMemory(time), time);
    private final AccountLimiter account =
            limiter.account("acme", RateLimits.perOperation(Rate.perSecond(10 / (1 - RateLimiter.MARGIN))));
    private final List<String> log = new ArrayList<>();

    @Test
    void interactive_calls_overtake_waiting_bulk_calls() {
        bulk(0, "b0");
        bulk(1, "b1");
        bulk(2, "b2");
        interactive(50, "i1");
        interactive(60, "i2");
        time.run();
        assertThat(log).containsExactly("b0 0", "i1 100", "i2 200", "b1 300", "b2 400");
    }

    @Test
    void every_fourth_permit_goes_to_bulk_calls() {
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
    void a_constant_stream_of_interactive_calls_does_not_starve_bulk_calls() {
        for (int i = 0; i < 400; i++) {
            interactive(i * 50L, "i");
        }
        for (int i = 0; i < 20; i++) {
            bulk(1000, "b");
        }
        time.run();
        // All bulk calls are served within 11 + 4 × 20 permits, although interactive calls arrive at twice the rate.
        assertThat(names().subList(0, 91)).filteredOn("b"::equals).hasSize(20);
    }

    @Test
    void each_priority_keeps_the_order_of_arrival() {
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
    void interactive_permits_granted_before_a_bulk_call_arrived_do_not_count() {
        for (int i = 0; i < 6; i++) {
            interactive(i, "i" + i);
        }
        bulk(350, "b1");
        time.run();
        assertThat(names()).containsExactly("i0", "i1", "i2", "i3", "i4", "i5", "b1");
    }

    @Test
    void a_bulk_call_fails_as_soon_as_overtaking_calls_exceed_its_deadline() {
        bulk(0, "b0");
        bulk(1, "b1");
        time.at(2, () -> call("b2", BULK, Duration.ofMillis(250)));
        interactive(50, "i1");
        interactive(60, "i2");
        time.run();
        assertThat(log).containsExactly("b0 0", "b2 too late by 250 at 50", "i1 100", "i2 200", "b1 300");
    }

    @Test
    void a_bulk_call_fails_immediately_if_the_queue_exceeds_its_deadline() {
        interactive(0, "i0");
        interactive(1, "i1");
        interactive(2, "i2");
        time.at(10, () -> call("b", BULK, Duration.ofMillis(200)));
        time.run();
        assertThat(log).containsExactly("i0 0", "b too late by 290 at 10", "i1 100", "i2 200");
    }

    @Test
    void permits_for_bulk_calls_count_against_the_deadline_of_interactive_calls() {
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
    void predicted_waits_match_actual_waits(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            Priority priority = random.nextInt(3) == 0 ? BULK : INTERACTIVE;
            Duration maxWait = Duration.ofMillis(random.nextInt(4000));
            time.at(random.nextInt(2000), () -> {
                long start = time.nanoTime();
                PermitResult permit = account.await("List", priority, maxWait);
                long waited = time.nanoTime() - start;
                if (permit instanceof PermitResult.Granted granted) {
                    assertThat(waited).isEqualTo(granted.waited().toNanos()).isLessThanOrEqualTo(maxWait.toNanos());
                } else {
                    assertThat(((PermitResult.DeadlineExceeded) permit).availableIn())
                            .isGreaterThan(maxWait.minusNanos(waited));
                    assertThat(waited).isLessThan(Math.max(1, maxWait.toNanos()));
                }
                log.add("x " + permit);
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

    private void call(String name, Priority priority, Duration maxWait) {
        log.add(time.describe(name, account.await("List", priority, maxWait)));
    }
}
