package io.otabridge.quota.redis;

import io.otabridge.client.ratelimit.QuotaKey;
import io.otabridge.client.ratelimit.QuotaStore;
import io.vavr.control.Option;
import java.time.Duration;

/**
 * Turns on which processes agree through Redis. While Redis is lost each process keeps to a share of every quota by itself,
 * and goes back to sharing when Redis answers again.
 */
final class RedisQuotaStore implements QuotaStore {

    private final QuotaStore local = QuotaStore.local();
    private final RedisLink link;
    private final double localShare;

    RedisQuotaStore(RedisLink link, double localShare) {
        this.link = link;
        this.localShare = localShare;
    }

    @Override
    public Turns open(QuotaKey key) {
        return new RedisTurns(key, link, local.open(key), localShare);
    }

    @Override
    public Option<Sharing> sharing(Duration longestWait) {
        return Option.some(new Sharing("Redis at " + link.place(), link.answers(longestWait)));
    }

    @Override
    public void close() {
        link.close();
    }
}
