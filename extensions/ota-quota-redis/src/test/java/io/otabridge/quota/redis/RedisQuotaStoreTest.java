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
import io.otabridge.client.ratelimit.Permit;
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

    /** So slow that the time the test takes does not count beside it. */
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
    void the_first_turn_is_free_and_the_next_an_interval_later() {
        QuotaStore.Turns turns = store(redis().address()).open(KEY);
        assertThat(turns.reserve(ONE_A_MINUTE, 1_000_000_000)).isEqualTo(Reservation.in(0));
        assertTurn(turns.reserve(ONE_A_MINUTE, HOUR), 1);
        assertTurn(turns.reserve(ONE_A_MINUTE, HOUR), 2);
    }

    @Test
    void stores_of_several_processes_share_their_turns() {
        RedisServer redis = redis();
        QuotaStore.Turns one = store(redis.address()).open(KEY);
        QuotaStore.Turns other = store(redis.address()).open(KEY);
        one.reserve(ONE_A_MINUTE, HOUR);
        assertTurn(other.reserve(ONE_A_MINUTE, HOUR), 1);
        assertTurn(one.reserve(ONE_A_MINUTE, HOUR), 2);
    }

    @Test
    void a_turn_too_far_away_is_refused_and_stays_free() {
        QuotaStore.Turns turns = store(redis().address()).open(KEY);
        turns.reserve(ONE_A_MINUTE, HOUR);
        for (int i = 0; i < 5; i++) {
            Reservation refused = turns.reserve(ONE_A_MINUTE, MINUTE / 2);
            assertThat(refused.made()).isFalse();
            assertThat(refused.waitNanos()).isBetween(MINUTE / 2, MINUTE);
        }
        assertTurn(turns.reserve(ONE_A_MINUTE, HOUR), 1);
    }

    @Test
    void keys_do_not_share() {
        QuotaStore store = store(redis().address());
        store.open(KEY).reserve(ONE_A_MINUTE, HOUR);
        assertThat(store.open(new QuotaKey("aliyun:other", "List")).reserve(ONE_A_MINUTE, HOUR))
                .isEqualTo(Reservation.in(0));
        assertThat(store.open(new QuotaKey("aliyun:acme", "Create")).reserve(ONE_A_MINUTE, HOUR))
                .isEqualTo(Reservation.in(0));
    }

    @Test
    void a_process_that_slows_down_slows_the_others_down() {
        RedisServer redis = redis();
        QuotaStore.Turns slow = store(redis.address()).open(KEY);
        QuotaStore.Turns other = store(redis.address()).open(KEY);
        slow.reserve(new Rate(4 * MINUTE), HOUR);
        assertTurn(other.reserve(ONE_A_MINUTE, HOUR), 4);
        assertTurn(slow.reserve(ONE_A_MINUTE, HOUR), 5);
    }

    @Test
    void without_redis_each_process_keeps_to_its_share_and_says_so_once() {
        QuotaStore.Turns turns = store("redis://127.0.0.1:" + closedPort()).open(KEY);
        assertTurn(turns.reserve(ONE_A_MINUTE, HOUR), 4);
        assertTurn(turns.reserve(ONE_A_MINUTE, HOUR), 8);
        assertThat(turns.reserve(ONE_A_MINUTE, MINUTE).made()).isFalse();
        assertThat(log.lines()).hasSize(1);
        assertThat(log.lines().get(0)).startsWith("WARN Redis at 127.0.0.1:").contains("0.25");
    }

    @Test
    void turns_go_on_while_redis_is_lost_and_are_shared_again_when_it_is_back() {
        RedisServer redis = redis();
        QuotaStore store = store(redis.address());
        QuotaStore.Turns turns = store.open(KEY);
        assertThat(turns.reserve(ONE_A_MINUTE, HOUR)).isEqualTo(Reservation.in(0));
        redis.kill();
        assertTurn(turns.reserve(ONE_A_MINUTE, HOUR), 4);
        assertTurn(turns.reserve(ONE_A_MINUTE, HOUR), 8);
        redis.restart();
        QuotaStore.Turns probe = store.open(new QuotaKey("aliyun:acme", "probe"));
        while (log.lines().size() < 2) {
            assertThat(Thread.interrupted())
                    .as("Redis took too long to come back")
                    .isFalse();
            probe.reserve(ONE_A_MINUTE, MINUTE);
        }
        // Keeps its distance from the last turn alone, and counts in Redis again: for another process too.
        assertTurn(turns.reserve(ONE_A_MINUTE, HOUR), 12);
        assertTurn(store(redis.address()).open(KEY).reserve(ONE_A_MINUTE, HOUR), 1);
        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(0)).startsWith("WARN Redis at 127.0.0.1:" + redis.port() + " is lost");
        assertThat(log.lines().get(1)).startsWith("INFO Redis at 127.0.0.1:" + redis.port() + " is back");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "", "\0\0\0c", "{\"a\": 1}"})
    void foreign_bytes_under_a_key_stop_nobody_and_are_told_once(String bytes) {
        RedisServer redis = redis();
        QuotaStore.Turns turns = store(redis.address()).open(KEY);
        RedisCommands<String, String> other = client(redis, StringCodec.UTF8);
        turns.reserve(ONE_A_MINUTE, HOUR);
        String key = other.keys("*").get(0);
        other.set(key, bytes);
        assertTurn(turns.reserve(ONE_A_MINUTE, HOUR), 4);
        assertTurn(turns.reserve(ONE_A_MINUTE, HOUR), 8);
        other.del(key);
        assertTurn(turns.reserve(ONE_A_MINUTE, HOUR), 12);
        assertTurn(store(redis.address()).open(KEY).reserve(ONE_A_MINUTE, HOUR), 1);
        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(0)).startsWith("WARN Redis at 127.0.0.1:").contains(key, "0.25", "deleted");
        assertThat(log.lines().get(1)).startsWith("INFO Redis at 127.0.0.1:").contains(key);
    }

    @Test
    void a_thing_of_another_kind_under_a_key_stops_nobody_and_no_other_key() {
        RedisServer redis = redis();
        QuotaStore store = store(redis.address());
        QuotaStore.Turns turns = store.open(KEY);
        QuotaStore.Turns others = store.open(new QuotaKey("aliyun:acme", "Create"));
        RedisCommands<String, String> other = client(redis, StringCodec.UTF8);
        turns.reserve(ONE_A_MINUTE, HOUR);
        String key = other.keys("*").get(0);
        other.del(key);
        other.lpush(key, "no", "bucket");
        for (int i = 0; i < 5; i++) {
            assertTurn(turns.reserve(ONE_A_MINUTE, HOUR), 4 * (i + 1));
            assertTurn(others.reserve(ONE_A_MINUTE, HOUR), i);
        }
        assertThat(log.lines()).singleElement().asString().contains(key);
    }

    @Test
    void a_bucket_that_was_cut_anywhere_stops_nobody() {
        RedisServer redis = redis();
        QuotaStore.Turns turns = store(redis.address()).open(KEY);
        RedisCommands<byte[], byte[]> other = client(redis, ByteArrayCodec.INSTANCE);
        turns.reserve(ONE_A_MINUTE, HOUR);
        byte[] key = other.keys("*").get(0);
        byte[] whole = other.get(key);
        for (int length = 0; length < whole.length; length++) {
            other.set(key, Arrays.copyOf(whole, length));
            assertTurn(turns.reserve(ONE_A_MINUTE, 10 * HOUR), 4 * (length + 1));
        }
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void what_a_version_with_other_keys_has_left_does_not_matter() {
        RedisServer redis = redis();
        client(redis, StringCodec.UTF8).set("ota-quota:aliyun:acme:List", "of another version");
        assertThat(store(redis.address()).open(KEY).reserve(ONE_A_MINUTE, HOUR)).isEqualTo(Reservation.in(0));
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void a_redis_that_does_not_tell_the_time_keeps_no_connections() {
        RedisServer redis = redis("--rename-command", "TIME", "");
        RedisCommands<String, String> other = client(redis, StringCodec.UTF8);
        QuotaStore.Turns turns = store(redis.address()).open(KEY);
        assertTurn(turns.reserve(ONE_A_MINUTE, HOUR), 4);
        while (!other.info("stats").matches("(?s).*total_connections_received:[2-9][0-9].*")) {
            assertThat(Thread.interrupted()).as("no other connection is tried").isFalse();
            turns.reserve(ONE_A_MINUTE, MINUTE);
        }
        assertThat(other.clientList().lines().count()).isLessThan(6);
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void a_redis_that_hangs_is_noticed_by_calls_in_a_hurry_too() {
        RedisServer redis = redis();
        QuotaStore.Turns turns = store(redis.address()).open(KEY);
        turns.reserve(FAST, HOUR);
        redis.hang();
        int made = 0;
        for (int i = 0; i < 20; i++) {
            made += turns.reserve(FAST, 100_000_000).made() ? 1 : 0;
        }
        assertThat(made).isGreaterThan(15);
        assertThat(log.lines()).hasSize(1);
        assertThat(log.lines().get(0)).startsWith("WARN Redis at 127.0.0.1:" + redis.port() + " is lost");
    }

    @Test
    void one_answer_that_nobody_could_wait_for_says_nothing_of_redis() {
        RedisServer redis = redis();
        QuotaStore.Turns turns = store(redis.address()).open(KEY);
        turns.reserve(FAST, HOUR);
        redis.hang();
        assertThat(turns.reserve(FAST, 1_000_000).made()).isFalse();
        redis.goOn();
        assertThat(turns.reserve(FAST, HOUR).made()).isTrue();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void an_answer_that_came_before_redis_was_lost_does_not_bring_it_back() {
        RedisLink link = link(redis().address(), Duration.ofHours(1));
        RedisLink.Live live = link.live(HOUR);
        link.failed(live, new RedisException("no answer"));
        link.worked(live);
        assertThat(log.lines()).singleElement().asString().contains("is lost");
    }

    @Test
    void who_fails_over_a_connection_of_before_loses_nothing() {
        RedisLink link = link(redis().address(), Duration.ZERO);
        RedisLink.Live before = link.live(HOUR);
        before.connection().close();
        assertThat(link.live(HOUR)).isNotNull();
        link.failed(before, new RedisException("no answer"));
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void silence_of_a_connection_of_before_says_nothing_of_the_next() {
        RedisLink link = link(redis().address(), Duration.ZERO);
        RedisLink.Live before = link.live(HOUR);
        before.connection().close();
        RedisLink.Live next = link.live(HOUR);
        assertThat(link.isSilent(before, RedisLink.LONGEST_ANSWER)).isTrue();
        assertThat(link.isSilent(next, 1)).isFalse();
    }

    @Test
    void tells_whether_redis_answers_now_and_never_its_password() {
        RedisServer redis = redis("--requirepass", "s3cret");
        Duration patience = Duration.ofSeconds(10);
        QuotaStore right = store("redis://:s3cret@127.0.0.1:" + redis.port());
        QuotaStore wrong = store("redis://:an0ther@127.0.0.1:" + redis.port());
        QuotaStore.Sharing works = new QuotaStore.Sharing("Redis at 127.0.0.1:" + redis.port(), true);
        QuotaStore.Sharing fails = new QuotaStore.Sharing("Redis at 127.0.0.1:" + redis.port(), false);

        assertThat(right.sharing(patience)).containsExactly(works);
        assertThat(wrong.sharing(patience)).containsExactly(fails);
        redis.kill();
        assertThat(right.sharing(patience)).containsExactly(fails);
        right.close();
        assertThat(right.sharing(patience)).containsExactly(fails);
    }

    @Test
    void a_store_in_memory_is_shared_with_nobody() {
        assertThat(QuotaStore.local().sharing(Duration.ofSeconds(1))).isEmpty();
    }

    @Test
    void calls_go_on_within_the_share_when_redis_is_killed_under_them() {
        RedisServer redis = redis();
        RateLimiter governor = RateLimiter.over(store(redis.address()));
        AccountLimiter quota = governor.account("acme", RateLimits.each(Rate.perSecond(200)));
        for (int i = 0; i < 60; i++) {
            if (i == 20) {
                redis.kill();
            }
            if (i == 40) {
                redis.restart();
            }
            assertThat(quota.await("List", Priority.INTERACTIVE, Duration.ofSeconds(20)))
                    .isInstanceOf(Permit.Taken.class);
        }
        assertThat(governor.usage().head().taken()).isEqualTo(60);
    }

    @Test
    void a_server_that_never_answers_gives_no_turn() throws IOException {
        ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        open.add(silent);
        QuotaStore.Turns turns =
                store("redis://127.0.0.1:" + silent.getLocalPort()).open(KEY);
        assertThat(turns.reserve(ONE_A_MINUTE, 200_000_000).made()).isFalse();
    }

    @Test
    void an_interrupt_ends_the_wait_for_redis() throws IOException {
        ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        open.add(silent);
        QuotaStore.Turns turns =
                store("redis://127.0.0.1:" + silent.getLocalPort()).open(KEY);
        Thread.currentThread().interrupt();
        turns.reserve(ONE_A_MINUTE, HOUR);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void a_password_opens_redis_and_is_never_shown() {
        RedisServer redis = redis("--requirepass", "hunter2-secret");
        String open = "redis://:hunter2-secret@127.0.0.1:" + redis.port();
        store(open).open(KEY).reserve(ONE_A_MINUTE, HOUR);
        assertThat(log.lines()).isEmpty();
        assertTurn(store(open).open(KEY).reserve(ONE_A_MINUTE, HOUR), 1);
        store(open.replace("hunter2", "wrong-hunter2")).open(KEY).reserve(ONE_A_MINUTE, HOUR);
        assertThat(log.lines()).hasSize(1).noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void a_closed_store_connects_no_more() {
        QuotaStore store = store(redis().address());
        QuotaStore.Turns turns = store.open(KEY);
        turns.reserve(ONE_A_MINUTE, HOUR);
        store.close();
        assertTurn(turns.reserve(ONE_A_MINUTE, HOUR), 4);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void the_store_is_found_by_the_scheme_of_its_address() {
        RedisServer redis = redis();
        QuotaStore store = QuotaStore.at(Secret.of(redis.address()), 0.25).get();
        open.add(store);
        store.open(KEY).reserve(ONE_A_MINUTE, HOUR);
        assertTurn(store(redis.address()).open(KEY).reserve(ONE_A_MINUTE, HOUR), 1);
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
    void an_address_that_is_none_is_refused_without_being_shown(String address) {
        Either<String, QuotaStore> opened = QuotaStore.at(Secret.of(address), 0.25);
        assertThat(opened.isLeft()).isTrue();
        assertThat(opened.getLeft())
                .startsWith("must be")
                .endsWith("its value is not shown")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1.1, Double.NaN})
    void a_local_share_that_is_none_is_refused(double share) {
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
        return new RedisQuotaStore(link(address, Duration.ofMillis(20)), 0.25);
    }

    private RedisLink link(String address, Duration retry) {
        RedisLink link = new RedisLink(RedisURI.create(address), 0.25, log, retry);
        open.add(0, link);
        return link;
    }

    /** One that is taken until the end of the test, so that nobody else comes to listen to it. */
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

    /** So many minutes from now, give or take what the test needs. */
    private static void assertTurn(Reservation reservation, int minutes) {
        assertThat(reservation.made()).isTrue();
        assertThat(reservation.waitNanos()).isBetween(minutes * MINUTE - 30_000_000_000L, minutes * MINUTE);
    }
}
