package io.otabridge.quota.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.otabridge.client.ratelimit.AccountLimiter;
import io.otabridge.client.ratelimit.Permit;
import io.otabridge.client.ratelimit.Priority;
import io.otabridge.client.ratelimit.Rate;
import io.otabridge.client.ratelimit.RateLimitSettings;
import io.otabridge.client.ratelimit.RateLimits;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.spi.SettingsReader;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The address of Redis changes while the process runs, as its password does when it is rotated. */
@Timeout(60)
class RotatedAddressTest {

    private static final Vendor VENDOR = Vendor.of("acme");

    private RedisServer redis;
    private RedisClient observer;
    private RedisCommands<String, String> commands;
    private Set<Thread> threads;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        observer = RedisClient.create(redis.address());
        commands = observer.connect().sync();
        threads = clientThreads();
    }

    @AfterEach
    void stop() {
        observer.shutdown();
        redis.close();
    }

    @Test
    void leaves_no_connection_and_no_thread_behind() {
        for (int database = 0; database < 10; database++) {
            try (AccountLimiter quota = quota(redis.address() + "/" + database)) {
                await(quota);
            }
        }
        try (AccountLimiter refused = quota(redis.address().replace("://", "://:rotated@"))) {
            await(refused);
        }

        until(() -> connections() == 1);
        until(() -> threads.containsAll(clientThreads()));
    }

    @Test
    void the_last_user_of_an_address_closes_its_connection() {
        AccountLimiter first = quota(redis.address());
        AccountLimiter second = quota(redis.address());
        await(first);
        assertThat(connections()).isEqualTo(2);

        first.close();
        first.close();
        await(second);
        assertThat(connections()).isEqualTo(2);

        second.close();
        until(() -> connections() == 1);
    }

    @Test
    void an_address_that_was_closed_is_opened_again() {
        AccountLimiter first = quota(redis.address());
        await(first);
        first.close();
        try (AccountLimiter second = quota(redis.address())) {
            await(second);
            assertThat(second.sharing(Duration.ofSeconds(20)).get().works()).isTrue();
        }
    }

    @Test
    void a_configuration_that_is_only_read_opens_nothing() {
        read(redis.address());

        assertThat(threads).containsAll(clientThreads());
        assertThat(connections()).isEqualTo(1);
    }

    private long connections() {
        return commands.clientList().lines().count();
    }

    private static Set<Thread> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("lettuce-"))
                .collect(Collectors.toSet());
    }

    private interface Condition {
        boolean isMet();
    }

    /** Redis and the operating system notice a closed connection a little later. */
    private static void until(Condition condition) {
        while (!condition.isMet()) {
            assertThat(Thread.interrupted()).as("it never happens").isFalse();
            Thread.onSpinWait();
        }
    }

    private static void await(AccountLimiter quota) {
        assertThat(quota.await("List", Priority.INTERACTIVE, Duration.ofSeconds(20)))
                .isInstanceOf(Permit.Taken.class);
    }

    private static AccountLimiter quota(String address) {
        return read(address).of(VENDOR, "key");
    }

    private static RateLimitSettings read(String address) {
        return RateLimitSettings.read(
                        SettingsReader.of("backends.b", Map.of("quota", Map.of("redis", address))),
                        RateLimits.each(Rate.perSecond(1_000)),
                        BackendContext.system())
                .get();
    }
}
