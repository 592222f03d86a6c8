package io.otabridge.quota.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time that processes agree on: the Redis server's time when the connection was made, continued by this process's
 * monotonic clock. It never goes back, and {@link #advanceTo} moves it forward to the time of a process whose clock is ahead.
 * So later steps of the server's clock change nothing.
 */
final class ServerClock {

    private final AtomicLong offset;

    private ServerClock(long offset) {
        this.offset = new AtomicLong(offset);
    }

    /** A clock set by the server. */
    static CompletableFuture<ServerClock> of(StatefulRedisConnection<byte[], byte[]> connection) {
        long sent = System.nanoTime();
        return connection.async().time().toCompletableFuture().thenApply(time -> {
            long received = System.nanoTime();
            return new ServerClock(nanos(time) - (sent + (received - sent) / 2));
        });
    }

    /** The time in nanoseconds at a reading of {@link System#nanoTime()}. */
    long at(long nanoTime) {
        return nanoTime + offset.get();
    }

    /** From now on the time at this reading is at least this. */
    void advanceTo(long time, long nanoTime) {
        offset.accumulateAndGet(time - nanoTime, Math::max);
    }

    private static long nanos(List<byte[]> secondsAndMicros) {
        return TimeUnit.SECONDS.toNanos(number(secondsAndMicros.get(0)))
                + TimeUnit.MICROSECONDS.toNanos(number(secondsAndMicros.get(1)));
    }

    private static long number(byte[] digits) {
        return Long.parseLong(new String(digits, StandardCharsets.US_ASCII));
    }
}
