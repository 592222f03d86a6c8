package io.otabridge.quota.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisURI;
import io.otabridge.client.ratelimit.AccountLimiter;
import io.otabridge.client.ratelimit.Permit;
import io.otabridge.client.ratelimit.Priority;
import io.otabridge.client.ratelimit.QuotaKey;
import io.otabridge.client.ratelimit.QuotaStore;
import io.otabridge.client.ratelimit.Rate;
import io.otabridge.client.ratelimit.RateLimiter;
import io.otabridge.client.ratelimit.RateLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock of the Redis server steps: NTP corrects it, its machine wakes up, or a replica takes over. */
@Timeout(60)
class ClockStepTest {

    private static final QuotaKey KEY = new QuotaKey("aliyun:acme", "List");
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final Rate ONE_A_MINUTE = new Rate(MINUTE);

    private final RecordingLog log = new RecordingLog();
    private final List<AutoCloseable> open = new ArrayList<>();
    private SteppingClock clock;

    @BeforeEach
    void start() {
        RedisServer redis = RedisServer.start();
        open.add(redis);
        clock = new SteppingClock(redis);
        open.add(0, clock);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : open) {
            resource.close();
        }
    }

    /** Each process calls alone for longer than the deadline of a call, so that its own clock has to go on. */
    @ParameterizedTest
    @ValueSource(longs = {-3_600, -60, -1, 3_600})
    void no_step_starves_a_call(long step) {
        AccountLimiter before = quota();
        await(before);
        clock.stepTo(step);
        AccountLimiter after = quota();

        for (AccountLimiter quota : List.of(after, before)) {
            for (int i = 0; i < 40; i++) {
                await(quota);
            }
        }
        assertThat(log.lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600, -60})
    void a_step_back_gives_no_call_early(long step) {
        QuotaStore.Turns before = turns();
        before.reserve(ONE_A_MINUTE, HOUR);
        clock.stepTo(step);
        QuotaStore.Turns after = turns();

        assertWait(after, 1);
        assertWait(before, 2);
        assertWait(after, 3);
    }

    @ParameterizedTest
    @ValueSource(longs = {60, 3_600})
    void a_step_forward_gives_one_call_early(long step) {
        QuotaStore.Turns before = turns();
        before.reserve(new Rate(MINUTE / 2), HOUR);
        before.reserve(new Rate(MINUTE / 2), HOUR);
        clock.stepTo(step);
        QuotaStore.Turns after = turns();

        assertWait(after, 0);
        assertWait(before, 1);
        assertWait(after, 2);
        assertWait(turns(), 3);
    }

    private static void await(AccountLimiter quota) {
        assertThat(quota.await("List", Priority.INTERACTIVE, Duration.ofMillis(300)))
                .isInstanceOf(Permit.Taken.class);
    }

    private static void assertWait(QuotaStore.Turns turns, int minutes) {
        QuotaStore.Reservation reservation = turns.reserve(ONE_A_MINUTE, HOUR);
        assertThat(reservation.made()).isTrue();
        assertThat(reservation.waitNanos()).isBetween(Math.max(0, minutes * MINUTE - MINUTE / 2), minutes * MINUTE);
    }

    private AccountLimiter quota() {
        return RateLimiter.over(store()).account("acme", RateLimits.each(Rate.perSecond(100)));
    }

    private QuotaStore.Turns turns() {
        return store().open(KEY);
    }

    /** The store of another process, which connects now. */
    private QuotaStore store() {
        RedisLink link = new RedisLink(RedisURI.create(clock.address()), 0.25, log, Duration.ofMillis(20));
        open.add(0, link);
        assertThat(link.answers(Duration.ofSeconds(20))).isTrue();
        return new RedisQuotaStore(link, 0.25);
    }
}
