package io.otabridge.quota.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The clock of the Redis server, so that processes agree on the time whatever their own clocks say. */
final class ServerClock {

    private static final long CURRENT_FOR = TimeUnit.MINUTES.toNanos(1);

    private volatile long offset;
    private volatile long measuredAt;

    private ServerClock() {}

    /** A clock set by the server. */
    static CompletableFuture<ServerClock> of(StatefulRedisConnection<byte[], byte[]> connection) {
        ServerClock clock = new ServerClock();
        return clock.measure(connection).thenApply(done -> clock);
    }

    /** Nanoseconds of the server's time. */
    long nanos() {
        return System.nanoTime() + offset;
    }

    /** Sets the clock again if that was long ago; the answer is not waited for. */
    void keepCurrent(StatefulRedisConnection<byte[], byte[]> connection) {
        long now = System.nanoTime();
        if (now - measuredAt > CURRENT_FOR) {
            measuredAt = now;
            CompletableFuture<Void> unused = measure(connection);
        }
    }

    private CompletableFuture<Void> measure(StatefulRedisConnection<byte[], byte[]> connection) {
        long asked = System.nanoTime();
        return connection.async().time().toCompletableFuture().thenAccept(time -> {
            long answered = System.nanoTime();
            offset = nanos(time) - (asked + (answered - asked) / 2);
            measuredAt = answered;
        });
    }

    private static long nanos(List<byte[]> secondsAndMicros) {
        return TimeUnit.SECONDS.toNanos(number(secondsAndMicros.get(0)))
                + TimeUnit.MICROSECONDS.toNanos(number(secondsAndMicros.get(1)));
    }

    private static long number(byte[] digits) {
        return Long.parseLong(new String(digits, StandardCharsets.US_ASCII));
    }
}
