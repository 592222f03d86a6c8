package io.otabridge.quota.redis;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketState;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.otabridge.client.ratelimit.QuotaKey;
import io.otabridge.client.ratelimit.QuotaStore;
import io.otabridge.client.ratelimit.QuotaStore.Reservation;
import io.otabridge.client.ratelimit.Rate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The reservations of one key. In Redis they are a bucket whose tokens are nanoseconds and whose balance is zero or negative: a
 * permit costs its interval and becomes valid when the cost of earlier permits is refilled. So processes with different rates can
 * share a key. Thread-safe.
 */
final class RedisReservations implements QuotaStore.Reservations {

    private static final BucketConfiguration NANOSECONDS = BucketConfiguration.builder()
            .addLimit(Bandwidth.builder()
                    .capacity(1)
                    .refillGreedy(TimeUnit.SECONDS.toNanos(1), Duration.ofSeconds(1))
                    .build())
            .build();

    private static final ExpirationAfterWriteStrategy EXPIRATION =
            ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofSeconds(10));

    /** 36 years in nanoseconds. */
    private static final long FAR_FUTURE = 1L << 60;

    private static final long MIN_TIMEOUT = TimeUnit.MILLISECONDS.toNanos(1);

    /** Part of the key. Increment it when the value's format changes, so that different versions do not share keys. */
    private static final int FORMAT = 1;

    private final String redisKey;
    private final RedisConnection redis;
    private final QuotaStore.Reservations local;
    private final double localShare;
    private volatile boolean isLocal;
    private volatile boolean isCorrupt;

    RedisReservations(QuotaKey key, RedisConnection redis, QuotaStore.Reservations local, double localShare) {
        this.redisKey = "ota-quota:" + FORMAT + ":" + key.account() + ":" + key.quota();
        this.redis = redis;
        this.local = local;
        this.localShare = localShare;
    }

    @Override
    public Reservation reserve(Rate rate, long maxWaitNanos) {
        long start = System.nanoTime();
        RedisConnection.@Nullable Live live = redis.live(maxWaitNanos);
        if (live != null) {
            long left = maxWaitNanos - (System.nanoTime() - start);
            long timeout = Math.max(MIN_TIMEOUT, Math.min(RedisConnection.MAX_RESPONSE_NANOS, left));
            try {
                Reservation reservation = reserveShared(live, rate, Math.max(0, left), timeout);
                redis.succeeded(live);
                markRepaired();
                return reservation;
            } catch (RedisException | io.github.bucket4j.TimeoutException | CancellationException problem) {
                if (isWrongType(problem)) {
                    markCorrupt(live, problem);
                } else if (Thread.currentThread().isInterrupted() || isTooEarly(live, problem, timeout)) {
                    // The wait was too short to conclude that Redis is unavailable.
                    return Reservation.rejected(rate.intervalNanos());
                } else {
                    redis.failed(live, problem);
                }
            } catch (RuntimeException corrupt) {
                // Bucket4j throws any exception if the value is not a bucket.
                markCorrupt(live, corrupt);
            }
        }
        return reserveLocal(rate.share(localShare), maxWaitNanos - (System.nanoTime() - start));
    }

    private boolean isTooEarly(RedisConnection.Live live, RuntimeException problem, long timeout) {
        return problem instanceof io.github.bucket4j.TimeoutException && !redis.isSilent(live, timeout);
    }

    /** Whether the value is not a string, but for example a list. */
    private static boolean isWrongType(RuntimeException problem) {
        return problem instanceof RedisCommandExecutionException rejected
                && String.valueOf(rejected.getMessage()).startsWith("WRONGTYPE");
    }

    /** Redis is available, but this key is unusable until it is deleted. Logged once. */
    private void markCorrupt(RedisConnection.Live live, RuntimeException problem) {
        redis.succeeded(live);
        if (!isCorrupt) {
            isCorrupt = true;
            redis.logCorrupt(redisKey, problem);
        }
    }

    private void markRepaired() {
        if (isCorrupt) {
            isCorrupt = false;
            redis.logRepaired(redisKey);
        }
    }

    private Reservation reserveShared(RedisConnection.Live live, Rate rate, long maxWait, long timeout) {
        RecordingClock clock = new RecordingClock(live.clock());
        long cost = rate.intervalNanos();
        // With its cost included, the bucket is refilled at the end of the permit's interval. The permit is valid at
        // its start.
        long[] refilledIn = {0};
        VerboseResult<Boolean> result = bucket(live, clock, timeout)
                .asBlocking()
                .asVerbose()
                .tryConsumeUninterruptibly(cost, cost + maxWait, nanos -> refilledIn[0] = nanos);
        boolean isGranted = result.getValue();
        BucketState bucket = result.getState();
        clock.advanceTo(lastRefill(bucket, result.getOperationTimeNanos()));
        long wait = isGranted ? refilledIn[0] - cost : -available(bucket, result.getOperationTimeNanos());
        long fromNow = wait - clock.age();
        if (!isGranted) {
            return Reservation.rejected(Math.max(maxWait + 1, fromNow));
        }
        return Reservation.after(isLocal ? Math.max(fromNow, leaveLocal(rate)) : fromNow);
    }

    /**
     * The time of the bucket's last refill. It is in the future if a process with a clock ahead of this one used the bucket.
     * Bucket4j does not expose it, so it is computed from the tokens that a copy with a huge debt gains until the far future.
     */
    private static long lastRefill(BucketState bucket, long now) {
        BucketState copy = bucket.copy();
        copy.consume(FAR_FUTURE);
        long before = copy.getAvailableTokens();
        copy.refillAllBandwidth(now + FAR_FUTURE / 2);
        return now + FAR_FUTURE / 2 - (copy.getAvailableTokens() - before);
    }

    private static long available(BucketState bucket, long now) {
        BucketState copy = bucket.copy();
        copy.refillAllBandwidth(now);
        return copy.getAvailableTokens();
    }

    private BucketProxy bucket(RedisConnection.Live live, TimeMeter clock, long timeout) {
        return Bucket4jLettuce.casBasedBuilder(live.connection())
                .expirationAfterWrite(EXPIRATION)
                .clientClock(clock)
                .requestTimeout(Duration.ofNanos(timeout))
                .build()
                .builder()
                .build(redisKey.getBytes(StandardCharsets.UTF_8), () -> NANOSECONDS);
    }

    /** The wait that keeps the first shared permit at a distance from the last local one. */
    private long leaveLocal(Rate rate) {
        isLocal = false;
        return local.reserve(rate, -1).waitNanos();
    }

    private Reservation reserveLocal(Rate rate, long maxWait) {
        if (!isLocal) {
            // Keeps the first local permit at a distance from the last shared one.
            isLocal = true;
            local.reserve(rate, Long.MAX_VALUE);
        }
        return local.reserve(rate, maxWait);
    }

    /** Records when the clock was last read. The bucket computes waits from that time. */
    private static final class RecordingClock implements TimeMeter {

        private final ServerClock clock;
        private long last = System.nanoTime();

        RecordingClock(ServerClock clock) {
            this.clock = clock;
        }

        @Override
        public long currentTimeNanos() {
            last = System.nanoTime();
            return clock.at(last);
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }

        void advanceTo(long time) {
            clock.advanceTo(time, last);
        }

        long age() {
            return System.nanoTime() - last;
        }
    }
}
