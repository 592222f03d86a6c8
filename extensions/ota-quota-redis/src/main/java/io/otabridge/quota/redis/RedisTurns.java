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
 * The turns of one key. In Redis they are a bucket whose tokens are nanoseconds, and which is always empty or in debt: a
 * turn costs its interval, and comes when what earlier turns cost has been filled up. So processes with different rates
 * can share it.
 */
final class RedisTurns implements QuotaStore.Turns {

    private static final BucketConfiguration NANOSECONDS = BucketConfiguration.builder()
            .addLimit(Bandwidth.builder()
                    .capacity(1)
                    .refillGreedy(TimeUnit.SECONDS.toNanos(1), Duration.ofSeconds(1))
                    .build())
            .build();

    private static final ExpirationAfterWriteStrategy WHEN_IDLE =
            ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofSeconds(10));

    /** In nanoseconds, 36 years. */
    private static final long FAR = 1L << 60;

    private static final long SHORTEST_ANSWER = TimeUnit.MILLISECONDS.toNanos(1);

    /** Another number for each form of what lies under the keys, so that versions with different forms do not meet there. */
    private static final int FORMAT = 1;

    private final String name;
    private final RedisLink link;
    private final QuotaStore.Turns local;
    private final double localShare;
    private volatile boolean isAlone;
    private volatile boolean isSpoiled;

    RedisTurns(QuotaKey key, RedisLink link, QuotaStore.Turns local, double localShare) {
        this.name = "ota-quota:" + FORMAT + ":" + key.account() + ":" + key.quota();
        this.link = link;
        this.local = local;
        this.localShare = localShare;
    }

    @Override
    public Reservation reserve(Rate rate, long longestWaitNanos) {
        long start = System.nanoTime();
        RedisLink.@Nullable Live live = link.live(longestWaitNanos);
        if (live != null) {
            long left = longestWaitNanos - (System.nanoTime() - start);
            long patience = Math.max(SHORTEST_ANSWER, Math.min(RedisLink.LONGEST_ANSWER, left));
            try {
                Reservation reservation = shared(live, rate, Math.max(0, left), patience);
                link.worked(live);
                readable();
                return reservation;
            } catch (RedisException | io.github.bucket4j.TimeoutException | CancellationException problem) {
                if (isOfAnotherKind(problem)) {
                    spoiled(live, problem);
                } else if (Thread.currentThread().isInterrupted() || isTooSoon(live, problem, patience)) {
                    // Says nothing about Redis: nobody waited for its answer.
                    return Reservation.tooLate(rate.intervalNanos());
                } else {
                    link.failed(live, problem);
                }
            } catch (RuntimeException foreign) {
                // Bucket4j takes what lies there for a bucket, and throws whatever comes of that.
                spoiled(live, foreign);
            }
        }
        return alone(rate.share(localShare), longestWaitNanos - (System.nanoTime() - start));
    }

    private boolean isTooSoon(RedisLink.Live live, RuntimeException problem, long patience) {
        return problem instanceof io.github.bucket4j.TimeoutException && !link.isSilent(live, patience);
    }

    /** A list, say, where a bucket should be. */
    private static boolean isOfAnotherKind(RuntimeException problem) {
        return problem instanceof RedisCommandExecutionException refused
                && String.valueOf(refused.getMessage()).startsWith("WRONGTYPE");
    }

    /** Redis is there, but this key is of no use until somebody deletes it; which is said once. */
    private void spoiled(RedisLink.Live live, RuntimeException problem) {
        link.worked(live);
        if (!isSpoiled) {
            isSpoiled = true;
            link.spoiled(name, problem);
        }
    }

    private void readable() {
        if (isSpoiled) {
            isSpoiled = false;
            link.readable(name);
        }
    }

    private Reservation shared(RedisLink.Live live, Rate rate, long longestWait, long patience) {
        Reading clock = new Reading(live.clock());
        long cost = rate.intervalNanos();
        // With its own cost counted in, the bucket is filled up at the turn's end; the turn begins one interval before.
        long[] filledIn = {0};
        VerboseResult<Boolean> result = bucket(live, clock, patience)
                .asBlocking()
                .asVerbose()
                .tryConsumeUninterruptibly(cost, cost + longestWait, nanos -> filledIn[0] = nanos);
        boolean made = result.getValue();
        BucketState bucket = result.getState();
        clock.advanceTo(lastRefill(bucket, result.getOperationTimeNanos()));
        long wait = made ? filledIn[0] - cost : -available(bucket, result.getOperationTimeNanos());
        long fromNow = wait - clock.age();
        if (!made) {
            return Reservation.tooLate(Math.max(longestWait + 1, fromNow));
        }
        return Reservation.in(isAlone ? Math.max(fromNow, backFromAlone(rate)) : fromNow);
    }

    /**
     * When the bucket was filled last, which is in the future if a process with a clock ahead of this one used it. A bucket
     * does not tell, so it follows from what a copy with an enormous debt gets until a time far ahead.
     */
    private static long lastRefill(BucketState bucket, long now) {
        BucketState copy = bucket.copy();
        copy.consume(FAR);
        long before = copy.getAvailableTokens();
        copy.refillAllBandwidth(now + FAR / 2);
        return now + FAR / 2 - (copy.getAvailableTokens() - before);
    }

    private static long available(BucketState bucket, long now) {
        BucketState copy = bucket.copy();
        copy.refillAllBandwidth(now);
        return copy.getAvailableTokens();
    }

    private BucketProxy bucket(RedisLink.Live live, TimeMeter clock, long patience) {
        return Bucket4jLettuce.casBasedBuilder(live.connection())
                .expirationAfterWrite(WHEN_IDLE)
                .clientClock(clock)
                .requestTimeout(Duration.ofNanos(patience))
                .build()
                .builder()
                .build(name.getBytes(StandardCharsets.UTF_8), () -> NANOSECONDS);
    }

    /** The first turn after a time alone keeps its distance from the last one then. */
    private long backFromAlone(Rate rate) {
        isAlone = false;
        return local.reserve(rate, -1).waitNanos();
    }

    private Reservation alone(Rate rate, long longestWait) {
        if (!isAlone) {
            // The first turn alone keeps its distance from the last shared one.
            isAlone = true;
            local.reserve(rate, Long.MAX_VALUE);
        }
        return local.reserve(rate, longestWait);
    }

    /** Remembers when it was read last, which is the moment from which the bucket counts a wait. */
    private static final class Reading implements TimeMeter {

        private final ServerClock clock;
        private long last = System.nanoTime();

        Reading(ServerClock clock) {
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
