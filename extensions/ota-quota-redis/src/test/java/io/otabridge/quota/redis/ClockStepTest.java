package io.otabridge.quota.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisURI;
import io.otabridge.client.ratelimit.AccountLimiter;
import io.otabridge.client.ratelimit.PermitResult;
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

/** Steps of the Redis server's clock: NTP corrects it, its machine resumes from suspend, or a replica takes over. */
@Timeout(60)
class ClockStepTest {

    private static final QuotaKey KEY = new QuotaKey("aliyun:acme", "List");
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final Rate ONE_A_MINUTE = new Rate(MINUTE);

    private final RecordingLog log = new RecordingLog();
    private final List<AutoCloseable> open = new ArrayList<>();
    private ClockStepProxy clock;

    @BeforeEach
    void start() {
        RedisServer redis = RedisServer.start();
        open.add(redis);
        clock = new ClockStepProxy(redis);
        open.add(0, clock);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : open) {
            resource.close();
        }
    }

    /** The processes run longer than the deadline of a call, so each depends on the progress of its own clock. */
    @ParameterizedTest
    @ValueSource(longs = {-3_600, -60, -1, 3_600})
    void a_clock_step_does_not_starve_calls(long step) {
        AccountLimiter before = account();
        await(before);
        clock.stepTo(step);
        AccountLimiter after = account();

        for (AccountLimiter account : List.of(after, before)) {
            for (int i = 0; i < 40; i++) {
                await(account);
            }
        }
        assertThat(log.lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600, -60})
    void a_step_back_grants_no_permit_early(long step) {
        QuotaStore.Reservations before = reservations();
        before.reserve(ONE_A_MINUTE, HOUR);
        clock.stepTo(step);
        QuotaStore.Reservations after = reservations();

        assertWait(after, 1);
        assertWait(before, 2);
        assertWait(after, 3);
    }

    @ParameterizedTest
    @ValueSource(longs = {60, 3_600})
    void a_step_forward_grants_one_permit_early(long step) {
        QuotaStore.Reservations before = reservations();
        before.reserve(new Rate(MINUTE / 2), HOUR);
        before.reserve(new Rate(MINUTE / 2), HOUR);
        clock.stepTo(step);
        QuotaStore.Reservations after = reservations();

        assertWait(after, 0);
        assertWait(before, 1);
        assertWait(after, 2);
        assertWait(reservations(), 3);
    }

    private static void await(AccountLimiter account) {
        assertThat(account.await("List", Priority.INTERACTIVE, Duration.ofMillis(300)))
                .isInstanceOf(PermitResult.Granted.class);
    }

    private static void assertWait(QuotaStore.Reservations reservations, int minutes) {
        QuotaStore.Reservation reservation = reservations.reserve(ONE_A_MINUTE, HOUR);
        assertThat(reservation.isGranted()).isTrue();
        assertThat(reservation.waitNanos()).isBetween(Math.max(0, minutes * MINUTE - MINUTE / 2), minutes * MINUTE);
    }

    private AccountLimiter account() {
        return RateLimiter.over(store()).account("acme", RateLimits.perOperation(Rate.perSecond(100)));
    }

    private QuotaStore.Reservations reservations() {
        return store().open(KEY);
    }

    /** The store of a process that connects now. */
    private QuotaStore store() {
        RedisConnection connection =
                new RedisConnection(RedisURI.create(clock.address()), 0.25, log, Duration.ofMillis(20));
        open.add(0, connection);
        assertThat(connection.responds(Duration.ofSeconds(20))).isTrue();
        return new RedisQuotaStore(connection, 0.25);
    }
}
