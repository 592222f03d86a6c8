package io.otabridge.quota.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The clock that processes share: the Redis server's time when the connection was opened, continued by this process's monotonic
 * clock. It never goes back, and {@link #advanceTo} moves it forward to the clock of a process that is ahead. So later steps of
 * the server's clock have no effect. Thread-safe.
 */
final class ServerClock {

    private final AtomicLong offset;

    private ServerClock(long offset) {
        this.offset = new AtomicLong(offset);
    }

    /** A clock set to the server's time. */
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

    /** Advances the clock so that it shows at least this time at the given reading of {@link System#nanoTime()}. */
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
