package io.otabridge.quota.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.otabridge.client.config.HostPortFormatter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of a store. It is opened on first use and reopened after it fails. Only the first attempt is waited for; after a
 * failure, callers proceed without Redis until the new connection is open. Each failure and recovery is logged once. Thread-safe.
 */
final class RedisConnection implements AutoCloseable {

    /** Limits the time to open a connection, handshake included. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** Redis usually responds in less than a millisecond. Without a response after this time it counts as unavailable. */
    static final long MAX_RESPONSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);

    private final RedisURI uri;
    private final Logger log;
    private final double localShare;
    private final long retryNanos;

    /** Created with the first connection, because it starts threads. */
    private @Nullable RedisClient client;

    private @Nullable CompletableFuture<Live> attempt;
    private long retryAt;

    /** The total time spent waiting for responses since the last one arrived. */
    private long silenceNanos;

    private boolean isUnavailable;
    private boolean isClosed;

    /** An open connection and the clock of its server. */
    record Live(StatefulRedisConnection<byte[], byte[]> connection, ServerClock clock) {}

    RedisConnection(RedisURI uri, double localShare, Logger log, Duration retryInterval) {
        uri.setTimeout(CONNECT_TIMEOUT);
        this.uri = uri;
        this.localShare = localShare;
        this.log = log;
        this.retryNanos = retryInterval.toNanos();
    }

    /** Preserves the interrupt flag, which Lettuce clears while it creates a client. */
    private static RedisClient createClient() {
        boolean isInterrupted = Thread.interrupted();
        try {
            RedisClient client = RedisClient.create();
            client.setOptions(ClientOptions.builder()
                    .autoReconnect(false)
                    .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                    .socketOptions(SocketOptions.builder()
                            .connectTimeout(CONNECT_TIMEOUT)
                            .build())
                    .build());
            return client;
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static RedisConnection to(RedisURI uri, double localShare) {
        return new RedisConnection(uri, localShare, LoggerFactory.getLogger(RedisQuotaStore.class), RETRY_INTERVAL);
    }

    /**
     * The open connection; null if there is none. Waits for the first connection for at most half of the maximum wait, so that the
     * rest is left for a local permit. Does not wait after a failure.
     */
    @Nullable Live live(long maxWaitNanos) {
        CompletableFuture<Live> current;
        boolean mayWait;
        synchronized (this) {
            if (isClosed) {
                return null;
            }
            current = attempt();
            mayWait = !isUnavailable;
        }
        @Nullable Live live = outcome(current, mayWait ? maxWaitNanos / 2 : 0);
        if (live == null) {
            return null;
        }
        if (!live.connection().isOpen()) {
            markUnavailable(current, "the connection was closed");
            return null;
        }
        return live;
    }

    /** Host and port. */
    String place() {
        return HostPortFormatter.of(uri.getHost(), uri.getPort());
    }

    /** Whether Redis responds within this time. Unlike {@link #live}, waits for a new connection after a failure too. */
    boolean responds(Duration maxWait) {
        CompletableFuture<Live> current;
        synchronized (this) {
            if (isClosed) {
                return false;
            }
            current = attempt();
        }
        try {
            current.thenCompose(live -> live.connection().async().ping()).get(maxWait.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | TimeoutException noResponse) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Reports that Redis responded on this connection. */
    synchronized void succeeded(Live live) {
        if (!isCurrent(live) || !live.connection().isOpen()) {
            return;
        }
        silenceNanos = 0;
        if (isUnavailable) {
            isUnavailable = false;
            log.info("Redis at {} is available again; quotas are shared again", place());
        }
    }

    /** Logs that the value of a key is not a quota. */
    void logCorrupt(String key, RuntimeException problem) {
        log.warn(
                "Redis at {} has a value that is not a quota under {} ({}); this process limits this quota to {} of its rate"
                        + " until the key is deleted",
                place(),
                key,
                problem.getClass().getSimpleName(),
                localShare);
    }

    /** Logs that the value of a corrupt key is a quota again. */
    void logRepaired(String key) {
        log.info("Redis at {} has a quota under {} again; it is shared again", place(), key);
    }

    /**
     * Reports that Redis did not respond within this time. A single short wait does not make Redis unavailable, so all waits since
     * the last response count.
     *
     * @return whether this connection counts as unavailable; always true if it was replaced
     */
    synchronized boolean isSilent(Live live, long waitedNanos) {
        if (!isCurrent(live)) {
            return true;
        }
        silenceNanos += waitedNanos;
        return silenceNanos >= MAX_RESPONSE_NANOS;
    }

    /** Closes a failed connection. If it is the current one, a new one is opened after the retry interval. */
    void failed(Live live, Throwable problem) {
        CompletableFuture<Void> unused = live.connection().closeAsync();
        synchronized (this) {
            if (isCurrent(live)) {
                markUnavailable(problem.getClass().getSimpleName());
            }
        }
    }

    /** Other threads may still use an older connection. Guarded by this. */
    private boolean isCurrent(Live live) {
        return attempt != null
                && attempt.isDone()
                && !attempt.isCompletedExceptionally()
                && attempt.join().equals(live);
    }

    @Override
    public void close() {
        @Nullable RedisClient opened;
        synchronized (this) {
            isClosed = true;
            opened = client;
        }
        if (opened != null) {
            opened.shutdown(0, CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** The current attempt to connect; starts a new one if necessary. Guarded by this. */
    private CompletableFuture<Live> attempt() {
        long now = System.nanoTime();
        if (attempt == null || (isFailedOrClosed(attempt) && now - retryAt >= 0)) {
            client = client == null ? createClient() : client;
            attempt = client.connectAsync(ByteArrayCodec.INSTANCE, uri)
                    .toCompletableFuture()
                    .thenCompose(RedisConnection::withClock);
            retryAt = now + retryNanos;
            silenceNanos = 0;
        }
        return attempt;
    }

    /** Reads the server's time. Closes the connection if the server does not return it, for example because of an ACL. */
    private static CompletableFuture<Live> withClock(StatefulRedisConnection<byte[], byte[]> connection) {
        return ServerClock.of(connection)
                .orTimeout(CONNECT_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS)
                .thenApply(clock -> new Live(connection, clock))
                .whenComplete((live, problem) -> {
                    if (problem != null) {
                        CompletableFuture<Void> unused = connection.closeAsync();
                    }
                });
    }

    private @Nullable Live outcome(CompletableFuture<Live> current, long maxWaitNanos) {
        try {
            if (current.isDone()) {
                return current.join();
            }
            if (maxWaitNanos > 0) {
                return current.get(maxWaitNanos, TimeUnit.NANOSECONDS);
            }
        } catch (CompletionException | ExecutionException problem) {
            Throwable cause = problem.getCause() == null ? problem : problem.getCause();
            markUnavailable(current, cause.getClass().getSimpleName());
        } catch (TimeoutException notYet) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private synchronized void markUnavailable(CompletableFuture<Live> failed, String problem) {
        if (failed == attempt) {
            markUnavailable(problem);
        }
    }

    /** Logs the failure once. The problem is an exception's class, because messages may quote the address. Guarded by this. */
    private void markUnavailable(String problem) {
        if (!isUnavailable && !isClosed) {
            isUnavailable = true;
            log.warn(
                    "Redis at {} is unavailable ({}); this process limits each quota to {} of its rate until Redis is available"
                            + " again",
                    place(),
                    problem,
                    localShare);
        }
    }

    private static boolean isFailedOrClosed(CompletableFuture<Live> attempt) {
        return attempt.isCompletedExceptionally()
                || (attempt.isDone() && !attempt.join().connection().isOpen());
    }
}
