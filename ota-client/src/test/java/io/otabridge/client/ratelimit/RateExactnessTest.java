package io.otabridge.client.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No second contains more requests than the vendor's limit, for any pattern of calls. It runs at the same time as other
 * tests, which does not affect virtual time.
 */
@Execution(ExecutionMode.CONCURRENT)
class RateExactnessTest {

    private static final long SECOND = 1_000_000_000;

    static IntStream seeds() {
        return IntStream.range(0, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void no_second_exceeds_the_limit(int seed) {
        Random random = new Random(seed);
        check(random, new VirtualTime());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void no_second_exceeds_the_limit_when_threads_wake_late(int seed) {
        Random random = new Random(seed);
        check(
                random,
                new VirtualTime(
                        () -> random.nextInt(20) == 0 ? random.nextInt(300_000_000) : random.nextInt(14_000_000)));
    }

    private static void check(Random random, VirtualTime time) {
        int allowed = List.of(1, 2, 5, 10, 20, 50, 200).get(random.nextInt(7));
        AccountLimiter account = RateLimiter.over(QuotaStore.inMemory(time), time)
                .account("acme", RateLimits.perOperation(Rate.perSecond(allowed)));
        List<Long> sent = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            int calls = 1 + random.nextInt(allowed * 2);
            Priority priority = Priority.values()[random.nextInt(2)];
            boolean isPatient = random.nextBoolean();
            time.at(random.nextInt(4000), () -> {
                for (int call = 0; call < calls; call++) {
                    Duration maxWait = isPatient ? Duration.ofMinutes(10) : Duration.ofMillis(random.nextInt(2000));
                    if (account.await("List", priority, maxWait) instanceof PermitResult.Granted) {
                        sent.add(time.nanos());
                    }
                    if (random.nextInt(50) == 0) {
                        time.park(random.nextInt(3000) * 1_000_000L);
                    }
                }
            });
        }
        time.run();
        assertThat(sent).hasSizeGreaterThan(allowed).isSorted();
        for (int i = allowed; i < sent.size(); i++) {
            assertThat(sent.get(i) - sent.get(i - allowed)).isGreaterThanOrEqualTo(SECOND);
        }
    }
}
