package io.otabridge.quota.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.otabridge.client.ratelimit.AccountLimiter;
import io.otabridge.client.ratelimit.PermitResult;
import io.otabridge.client.ratelimit.Priority;
import io.otabridge.client.ratelimit.QuotaKey;
import io.otabridge.client.ratelimit.QuotaStore;
import io.otabridge.client.ratelimit.QuotaStore.Reservation;
import io.otabridge.client.ratelimit.Rate;
import io.otabridge.client.ratelimit.RateLimiter;
import io.otabridge.client.ratelimit.RateLimits;
import io.otabridge.domain.backend.Secret;
import io.vavr.control.Either;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RedisQuotaStoreTest {

    private static final QuotaKey KEY = new QuotaKey("aliyun:acme", "List");
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long HOUR = Duration.ofHours(1).toNanos();

    /** So slow that the duration of the test is negligible. */
    private static final Rate ONE_A_MINUTE = new Rate(MINUTE);

    private static final Rate FAST = new Rate(1_000);

    private final RecordingLog log = new RecordingLog();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : open) {
            resource.close();
        }
    }

    @Test
    void the_first_permit_is_immediate_and_the_next_one_interval_later() {
        QuotaStore.Reservations reservations = store(redis().address()).open(KEY);
        assertThat(reservations.reserve(ONE_A_MINUTE, 1_000_000_000)).isEqualTo(Reservation.after(0));
        assertWait(reservations.reserve(ONE_A_MINUTE, HOUR), 1);
        assertWait(reservations.reserve(ONE_A_MINUTE, HOUR), 2);
    }

    @Test
    void stores_of_several_processes_share_permits() {
        RedisServer redis = redis();
        QuotaStore.Reservations one = store(redis.address()).open(KEY);
        QuotaStore.Reservations other = store(redis.address()).open(KEY);
        one.reserve(ONE_A_MINUTE, HOUR);
        assertWait(other.reserve(ONE_A_MINUTE, HOUR), 1);
        assertWait(one.reserve(ONE_A_MINUTE, HOUR), 2);
    }

    @Test
    void a_permit_beyond_the_maximum_wait_is_rejected_and_stays_available() {
        QuotaStore.Reservations reservations = store(redis().address()).open(KEY);
        reservations.reserve(ONE_A_MINUTE, HOUR);
        for (int i = 0; i < 5; i++) {
            Reservation rejected = reservations.reserve(ONE_A_MINUTE, MINUTE / 2);
            assertThat(rejected.isGranted()).isFalse();
            assertThat(rejected.waitNanos()).isBetween(MINUTE / 2, MINUTE);
        }
        assertWait(reservations.reserve(ONE_A_MINUTE, HOUR), 1);
    }

    @Test
    void keys_have_separate_quotas() {
        QuotaStore store = store(redis().address());
        store.open(KEY).reserve(ONE_A_MINUTE, HOUR);
        assertThat(store.open(new QuotaKey("aliyun:other", "List")).reserve(ONE_A_MINUTE, HOUR))
                .isEqualTo(Reservation.after(0));
        assertThat(store.open(new QuotaKey("aliyun:acme", "Create")).reserve(ONE_A_MINUTE, HOUR))
                .isEqualTo(Reservation.after(0));
    }

    @Test
    void a_slower_process_delays_the_permits_of_the_others() {
        RedisServer redis = redis();
        QuotaStore.Reservations slow = store(redis.address()).open(KEY);
        QuotaStore.Reservations other = store(redis.address()).open(KEY);
        slow.reserve(new Rate(4 * MINUTE), HOUR);
        assertWait(other.reserve(ONE_A_MINUTE, HOUR), 4);
        assertWait(slow.reserve(ONE_A_MINUTE, HOUR), 5);
    }

    @Test
    void without_redis_each_process_uses_its_local_share_and_logs_it_once() {
        QuotaStore.Reservations reservations =
                store("redis://127.0.0.1:" + closedPort()).open(KEY);
        assertWait(reservations.reserve(ONE_A_MINUTE, HOUR), 4);
        assertWait(reservations.reserve(ONE_A_MINUTE, HOUR), 8);
        assertThat(reservations.reserve(ONE_A_MINUTE, MINUTE).isGranted()).isFalse();
        assertThat(log.lines()).hasSize(1);
        assertThat(log.lines().get(0)).startsWith("WARN Redis at 127.0.0.1:").contains("0.25");
    }

    @Test
    void permits_are_local_while_redis_is_unavailable_and_shared_again_afterwards() {
        RedisServer redis = redis();
        QuotaStore store = store(redis.address());
        QuotaStore.Reservations reservations = store.open(KEY);
        assertThat(reservations.reserve(ONE_A_MINUTE, HOUR)).isEqualTo(Reservation.after(0));
        redis.kill();
        assertWait(reservations.reserve(ONE_A_MINUTE, HOUR), 4);
        assertWait(reservations.reserve(ONE_A_MINUTE, HOUR), 8);
        redis.restart();
        QuotaStore.Reservations probe = store.open(new QuotaKey("aliyun:acme", "probe"));
        while (log.lines().size() < 2) {
            assertThat(Thread.interrupted())
                    .as("Redis was not available again in time")
                    .isFalse();
            probe.reserve(ONE_A_MINUTE, MINUTE);
        }
        // The first shared permit keeps its distance from the last local one, and other processes see it in Redis.
        assertWait(reservations.reserve(ONE_A_MINUTE, HOUR), 12);
        assertWait(store(redis.address()).open(KEY).reserve(ONE_A_MINUTE, HOUR), 1);
        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(0)).startsWith("WARN Redis at 127.0.0.1:" + redis.port() + " is unavailable");
        assertThat(log.lines().get(1)).startsWith("INFO Redis at 127.0.0.1:" + redis.port() + " is available again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "", "\0\0\0c", "{\"a\": 1}"})
    void foreign_bytes_under_a_key_do_not_stop_calls_and_are_logged_once(String bytes) {
        RedisServer redis = redis();
        QuotaStore.Reservations reservations = store(redis.address()).open(KEY);
        RedisCommands<String, String> other = client(redis, StringCodec.UTF8);
        reservations.reserve(ONE_A_MINUTE, HOUR);
        String key = other.keys("*").get(0);
        other.set(key, bytes);
        assertWait(reservations.reserve(ONE_A_MINUTE, HOUR), 4);
        assertWait(reservations.reserve(ONE_A_MINUTE, HOUR), 8);
        other.del(key);
        assertWait(reservations.reserve(ONE_A_MINUTE, HOUR), 12);
        assertWait(store(redis.address()).open(KEY).reserve(ONE_A_MINUTE, HOUR), 1);
        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(0)).startsWith("WARN Redis at 127.0.0.1:").contains(key, "0.25", "deleted");
        assertThat(log.lines().get(1)).startsWith("INFO Redis at 127.0.0.1:").contains(key);
    }

    @Test
    void a_value_of_another_type_affects_only_its_key() {
        RedisServer redis = redis();
        QuotaStore store = store(redis.address());
        QuotaStore.Reservations reservations = store.open(KEY);
        QuotaStore.Reservations others = store.open(new QuotaKey("aliyun:acme", "Create"));
        RedisCommands<String, String> other = client(redis, StringCodec.UTF8);
        reservations.reserve(ONE_A_MINUTE, HOUR);
        String key = other.keys("*").get(0);
        other.del(key);
        other.lpush(key, "no", "bucket");
        for (int i = 0; i < 5; i++) {
            assertWait(reservations.reserve(ONE_A_MINUTE, HOUR), 4 * (i + 1));
            assertWait(others.reserve(ONE_A_MINUTE, HOUR), i);
        }
        assertThat(log.lines()).singleElement().asString().contains(key);
    }

    @Test
    void a_truncated_bucket_does_not_stop_calls() {
        RedisServer redis = redis();
        QuotaStore.Reservations reservations = store(redis.address()).open(KEY);
        RedisCommands<byte[], byte[]> other = client(redis, ByteArrayCodec.INSTANCE);
        reservations.reserve(ONE_A_MINUTE, HOUR);
        byte[] key = other.keys("*").get(0);
        byte[] whole = other.get(key);
        for (int length = 0; length < whole.length; length++) {
            other.set(key, Arrays.copyOf(whole, length));
            assertWait(reservations.reserve(ONE_A_MINUTE, 10 * HOUR), 4 * (length + 1));
        }
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void keys_of_another_version_are_ignored() {
        RedisServer redis = redis();
        client(redis, StringCodec.UTF8).set("ota-quota:aliyun:acme:List", "of another version");
        assertThat(store(redis.address()).open(KEY).reserve(ONE_A_MINUTE, HOUR)).isEqualTo(Reservation.after(0));
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void connections_to_a_redis_without_the_time_command_are_closed() {
        RedisServer redis = redis("--rename-command", "TIME", "");
        RedisCommands<String, String> other = client(redis, StringCodec.UTF8);
        QuotaStore.Reservations reservations = store(redis.address()).open(KEY);
        assertWait(reservations.reserve(ONE_A_MINUTE, HOUR), 4);
        while (!other.info("stats").matches("(?s).*total_connections_received:[2-9][0-9].*")) {
            assertThat(Thread.interrupted()).as("no further connection attempt").isFalse();
            reservations.reserve(ONE_A_MINUTE, MINUTE);
        }
        assertThat(other.clientList().lines().count()).isLessThan(6);
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void calls_with_short_deadlines_detect_a_hanging_redis() {
        RedisServer redis = redis();
        QuotaStore.Reservations reservations = store(redis.address()).open(KEY);
        reservations.reserve(FAST, HOUR);
        redis.hang();
        int made = 0;
        for (int i = 0; i < 20; i++) {
            made += reservations.reserve(FAST, 100_000_000).isGranted() ? 1 : 0;
        }
        assertThat(made).isGreaterThan(15);
        assertThat(log.lines()).hasSize(1);
        assertThat(log.lines().get(0)).startsWith("WARN Redis at 127.0.0.1:" + redis.port() + " is unavailable");
    }

    @Test
    void one_response_missed_by_a_short_deadline_does_not_make_redis_unavailable() {
        RedisServer redis = redis();
        QuotaStore.Reservations reservations = store(redis.address()).open(KEY);
        reservations.reserve(FAST, HOUR);
        redis.hang();
        assertThat(reservations.reserve(FAST, 1_000_000).isGranted()).isFalse();
        redis.resume();
        assertThat(reservations.reserve(FAST, HOUR).isGranted()).isTrue();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void a_response_from_before_the_failure_does_not_make_redis_available() {
        RedisConnection connection = connection(redis().address(), Duration.ofHours(1));
        RedisConnection.Live live = connection.live(HOUR);
        connection.failed(live, new RedisException("no response"));
        connection.succeeded(live);
        assertThat(log.lines()).singleElement().asString().contains("is unavailable");
    }

    @Test
    void a_failure_on_an_old_connection_does_not_affect_the_current_one() {
        RedisConnection connection = connection(redis().address(), Duration.ZERO);
        RedisConnection.Live before = connection.live(HOUR);
        before.connection().close();
        assertThat(connection.live(HOUR)).isNotNull();
        connection.failed(before, new RedisException("no response"));
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void a_missing_response_on_an_old_connection_does_not_affect_the_current_one() {
        RedisConnection connection = connection(redis().address(), Duration.ZERO);
        RedisConnection.Live before = connection.live(HOUR);
        before.connection().close();
        RedisConnection.Live next = connection.live(HOUR);
        assertThat(connection.isSilent(before, RedisConnection.MAX_RESPONSE_NANOS))
                .isTrue();
        assertThat(connection.isSilent(next, 1)).isFalse();
    }

    @Test
    void sharing_reports_whether_redis_responds_and_hides_its_password() {
        RedisServer redis = redis("--requirepass", "s3cret");
        Duration maxWait = Duration.ofSeconds(10);
        QuotaStore right = store("redis://:s3cret@127.0.0.1:" + redis.port());
        QuotaStore wrong = store("redis://:an0ther@127.0.0.1:" + redis.port());
        QuotaStore.SharedStoreStatus works =
                new QuotaStore.SharedStoreStatus("Redis at 127.0.0.1:" + redis.port(), true);
        QuotaStore.SharedStoreStatus fails =
                new QuotaStore.SharedStoreStatus("Redis at 127.0.0.1:" + redis.port(), false);

        assertThat(right.sharedStoreStatus(maxWait)).containsExactly(works);
        assertThat(wrong.sharedStoreStatus(maxWait)).containsExactly(fails);
        redis.kill();
        assertThat(right.sharedStoreStatus(maxWait)).containsExactly(fails);
        right.close();
        assertThat(right.sharedStoreStatus(maxWait)).containsExactly(fails);
    }

    @Test
    void the_in_memory_store_is_not_shared() {
        assertThat(QuotaStore.inMemory().sharedStoreStatus(Duration.ofSeconds(1)))
                .isEmpty();
    }

    @Test
    void calls_continue_within_the_local_share_when_redis_is_killed() {
        RedisServer redis = redis();
        RateLimiter limiter = RateLimiter.over(store(redis.address()));
        AccountLimiter account = limiter.account("acme", RateLimits.perOperation(Rate.perSecond(200)));
        for (int i = 0; i < 60; i++) {
            if (i == 20) {
                redis.kill();
            }
            if (i == 40) {
                redis.restart();
            }
            assertThat(account.await("List", Priority.INTERACTIVE, Duration.ofSeconds(20)))
                    .isInstanceOf(PermitResult.Granted.class);
        }
        assertThat(limiter.usage().head().granted()).isEqualTo(60);
    }

    @Test
    void a_server_that_never_responds_grants_no_permit() throws IOException {
        ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        open.add(silent);
        QuotaStore.Reservations reservations =
                store("redis://127.0.0.1:" + silent.getLocalPort()).open(KEY);
        assertThat(reservations.reserve(ONE_A_MINUTE, 200_000_000).isGranted()).isFalse();
    }

    @Test
    void an_interrupt_ends_the_wait_for_redis() throws IOException {
        ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        open.add(silent);
        QuotaStore.Reservations reservations =
                store("redis://127.0.0.1:" + silent.getLocalPort()).open(KEY);
        Thread.currentThread().interrupt();
        reservations.reserve(ONE_A_MINUTE, HOUR);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void a_password_authenticates_and_is_never_logged() {
        RedisServer redis = redis("--requirepass", "hunter2-secret");
        String open = "redis://:hunter2-secret@127.0.0.1:" + redis.port();
        store(open).open(KEY).reserve(ONE_A_MINUTE, HOUR);
        assertThat(log.lines()).isEmpty();
        assertWait(store(open).open(KEY).reserve(ONE_A_MINUTE, HOUR), 1);
        store(open.replace("hunter2", "wrong-hunter2")).open(KEY).reserve(ONE_A_MINUTE, HOUR);
        assertThat(log.lines()).hasSize(1).noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void a_closed_store_does_not_reconnect() {
        QuotaStore store = store(redis().address());
        QuotaStore.Reservations reservations = store.open(KEY);
        reservations.reserve(ONE_A_MINUTE, HOUR);
        store.close();
        assertWait(reservations.reserve(ONE_A_MINUTE, HOUR), 4);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void the_store_is_found_by_the_scheme_of_its_address() {
        RedisServer redis = redis();
        QuotaStore store = QuotaStore.at(Secret.of(redis.address()), 0.25).get();
        open.add(store);
        store.open(KEY).reserve(ONE_A_MINUTE, HOUR);
        assertWait(store(redis.address()).open(KEY).reserve(ONE_A_MINUTE, HOUR), 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://",
                "redis://:hunter2@",
                "redis://hunter2@host:99999999",
                "memcached://hunter2",
                "hunter2",
                ""
            })
    void an_invalid_address_is_rejected_without_showing_it(String address) {
        Either<String, QuotaStore> opened = QuotaStore.at(Secret.of(address), 0.25);
        assertThat(opened.isLeft()).isTrue();
        assertThat(opened.getLeft())
                .startsWith("must be")
                .endsWith("its value is not shown")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1.1, Double.NaN})
    void an_invalid_local_share_is_rejected(double share) {
        assertThatThrownBy(() -> QuotaStore.at(Secret.of("redis://host:6379"), share))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private RedisServer redis(String... options) {
        RedisServer redis = RedisServer.start(options);
        open.add(redis);
        return redis;
    }

    private <T> RedisCommands<T, T> client(RedisServer redis, RedisCodec<T, T> codec) {
        RedisClient client = RedisClient.create(redis.address());
        open.add(0, client::shutdown);
        return client.connect(codec).sync();
    }

    private QuotaStore store(String address) {
        return new RedisQuotaStore(connection(address, Duration.ofMillis(20)), 0.25);
    }

    private RedisConnection connection(String address, Duration retry) {
        RedisConnection connection = new RedisConnection(RedisURI.create(address), 0.25, log, retry);
        open.add(0, connection);
        return connection;
    }

    /** A port that stays bound without listening until the end of the test. */
    private int closedPort() {
        try {
            Socket taken = new Socket();
            open.add(taken);
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return taken.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Asserts the wait, with a tolerance for the duration of the test. */
    private static void assertWait(Reservation reservation, int minutes) {
        assertThat(reservation.isGranted()).isTrue();
        assertThat(reservation.waitNanos()).isBetween(minutes * MINUTE - 30_000_000_000L, minutes * MINUTE);
    }
}
