package io.otabridge.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Five accounts, one with each load, and thirty processes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FleetTest {

    private static final Fleet FLEET = new Fleet(30, 5, true, Duration.ofSeconds(20), Duration.ofSeconds(5), 42);

    private final Map<Double, FleetTally> outcome = FLEET.run();

    @Test
    void the_same_seed_has_the_same_outcome() {
        assertThat(FLEET.run()).hasToString(outcome.toString());
    }

    @Test
    void another_seed_has_another_outcome() {
        Fleet other = new Fleet(30, 5, true, FLEET.length(), FLEET.warmUp(), 43);

        assertThat(other.run().toString()).isNotEqualTo(outcome.toString());
    }

    @Test
    void no_second_holds_more_calls_than_allowed() {
        assertThat(outcome.keySet()).containsExactlyElementsOf(Fleet.LOADS);
        assertThat(outcome.values()).allSatisfy(tally -> {
            assertThat(tally.mostInSecond()).isLessThanOrEqualTo(Fleet.QUOTA);
            assertThat(tally.refused()).isZero();
        });
    }

    @Test
    void a_quota_that_is_wanted_is_used() {
        assertThat(outcome.get(2.0).usedShare(FLEET.seconds())).isBetween(0.95, 0.98);
        assertThat(outcome.get(0.5).answeredShare(0, 30)).isEqualTo(1);
    }

    @Test
    void busy_processes_do_not_starve_quiet_ones() {
        FleetTally crowded = outcome.get(2.0);

        assertThat(crowded.answeredShare(0, 1)).isLessThan(0.6);
        assertThat(crowded.answeredShare(15, 30)).isGreaterThan(0.9);
    }

    @Test
    void the_vendor_refuses_where_nothing_is_shared() {
        FleetTally crowded = FLEET.withoutSharing().run().get(2.0);

        assertThat(crowded.refused()).isPositive();
        assertThat(crowded.mostInSecond()).isGreaterThan(Fleet.QUOTA);
    }

    @Test
    void time_passes_only_when_everybody_waits() {
        List<String> log = new ArrayList<>();
        try (VirtualTime time = new VirtualTime()) {
            Thread[] parked = {null};
            time.after(0, () -> {
                parked[0] = Thread.currentThread();
                time.park(3_600_000_000_000L);
                log.add("woken at " + time.nanoTime());
            });
            time.after(0, () -> {
                time.sleep(20);
                time.unpark(parked[0]);
                log.add("woke at " + time.nanoTime());
            });
            time.after(10, () -> log.add("began at " + time.nanoTime()));
            time.run();
        }

        assertThat(log).containsExactly("began at 10", "woke at 20", "woken at 20");
    }
}
