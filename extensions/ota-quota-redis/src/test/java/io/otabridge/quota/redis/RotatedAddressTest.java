package io.otabridge.quota.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.otabridge.client.ratelimit.AccountLimiter;
import io.otabridge.client.ratelimit.PermitResult;
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

/** The address of Redis changes while the process runs, for example because its password is rotated. */
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
    void closing_releases_all_connections_and_threads() {
        for (int database = 0; database < 10; database++) {
            try (AccountLimiter account = account(redis.address() + "/" + database)) {
                await(account);
            }
        }
        try (AccountLimiter rejected = account(redis.address().replace("://", "://:rotated@"))) {
            await(rejected);
        }

        until(() -> connections() == 1);
        until(() -> threads.containsAll(clientThreads()));
    }

    @Test
    void closing_the_last_user_of_an_address_closes_its_connection() {
        AccountLimiter first = account(redis.address());
        AccountLimiter second = account(redis.address());
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
    void a_closed_address_can_be_reopened() {
        AccountLimiter first = account(redis.address());
        await(first);
        first.close();
        try (AccountLimiter second = account(redis.address())) {
            await(second);
            assertThat(second.sharing(Duration.ofSeconds(20)).get().isReachable())
                    .isTrue();
        }
    }

    @Test
    void reading_the_configuration_opens_no_connection() {
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

    /** Waits for a condition, because Redis and the operating system notice a closed connection with a delay. */
    private static void until(Condition condition) {
        while (!condition.isMet()) {
            assertThat(Thread.interrupted()).as("condition not met in time").isFalse();
            Thread.onSpinWait();
        }
    }

    private static void await(AccountLimiter account) {
        assertThat(account.await("List", Priority.INTERACTIVE, Duration.ofSeconds(20)))
                .isInstanceOf(PermitResult.Granted.class);
    }

    private static AccountLimiter account(String address) {
        return read(address).limiterFor(VENDOR, "key");
    }

    private static RateLimitSettings read(String address) {
        return RateLimitSettings.read(
                        SettingsReader.of("backends.b", Map.of("quota", Map.of("redis", address))),
                        RateLimits.perOperation(Rate.perSecond(1_000)),
                        BackendContext.system())
                .get();
    }
}
