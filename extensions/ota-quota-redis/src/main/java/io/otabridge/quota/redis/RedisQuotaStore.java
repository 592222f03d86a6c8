package io.otabridge.quota.redis;

import io.otabridge.client.ratelimit.QuotaKey;
import io.otabridge.client.ratelimit.QuotaStore;
import io.vavr.control.Option;
import java.time.Duration;

/**
 * Shares permits between processes through Redis. While Redis is unavailable, each process limits itself to a share of every quota.
 * Thread-safe.
 */
final class RedisQuotaStore implements QuotaStore {

    private final QuotaStore local = QuotaStore.inMemory();
    private final RedisConnection connection;
    private final double localShare;

    RedisQuotaStore(RedisConnection connection, double localShare) {
        this.connection = connection;
        this.localShare = localShare;
    }

    @Override
    public Reservations open(QuotaKey key) {
        return new RedisReservations(key, connection, local.open(key), localShare);
    }

    @Override
    public Option<SharedStoreStatus> sharedStoreStatus(Duration maxWait) {
        return Option.some(new SharedStoreStatus("Redis at " + connection.place(), connection.responds(maxWait)));
    }

    @Override
    public void close() {
        connection.close();
    }
}
