package io.otabridge.quota.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.otabridge.client.config.HostAndPort;
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
 * The one connection of a store. It is made when first wanted and again when lost, without anybody waiting for that but the
 * first; who asks in between is told that there is none. What became of it is logged once.
 */
final class RedisLink implements AutoCloseable {

    /** How long a connection may take to be made, its greeting included. */
    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** Redis answers in less than a millisecond; one that takes so much longer is as good as lost. */
    static final long LONGEST_ANSWER = TimeUnit.MILLISECONDS.toNanos(250);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final RedisURI uri;
    private final Logger log;
    private final double localShare;
    private final long retryNanos;

    /** Has threads, so it is made with the first connection. */
    private @Nullable RedisClient client;

    private @Nullable CompletableFuture<Live> attempt;
    private long retryAt;

    /** For how long answers were waited for in vain since the last one. */
    private long silence;

    private boolean lost;
    private boolean closed;

    /** A connection, and the clock of the server behind it. */
    record Live(StatefulRedisConnection<byte[], byte[]> connection, ServerClock clock) {}

    RedisLink(RedisURI uri, double localShare, Logger log, Duration retry) {
        uri.setTimeout(CONNECT);
        this.uri = uri;
        this.localShare = localShare;
        this.log = log;
        this.retryNanos = retry.toNanos();
    }

    /** Lettuce loses an interrupt while it makes a client. */
    private static RedisClient client() {
        boolean isInterrupted = Thread.interrupted();
        try {
            RedisClient client = RedisClient.create();
            client.setOptions(ClientOptions.builder()
                    .autoReconnect(false)
                    .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                    .socketOptions(
                            SocketOptions.builder().connectTimeout(CONNECT).build())
                    .build());
            return client;
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static RedisLink to(RedisURI uri, double localShare) {
        return new RedisLink(uri, localShare, LoggerFactory.getLogger(RedisQuotaStore.class), RETRY);
    }

    /**
     * The connection, if there is one. One that is being made is waited for, but not after Redis was lost, and no longer than
     * half of this, so that the rest is left for a turn without it.
     */
    @Nullable Live live(long longestWaitNanos) {
        CompletableFuture<Live> current;
        boolean mayWait;
        synchronized (this) {
            if (closed) {
                return null;
            }
            current = attempt();
            mayWait = !lost;
        }
        @Nullable Live live = outcome(current, mayWait ? longestWaitNanos / 2 : 0);
        if (live == null) {
            return null;
        }
        if (!live.connection().isOpen()) {
            // Noticed between two turns, before any of them failed over it.
            lose(current, "the connection was closed");
            return null;
        }
        return live;
    }

    /** Host and port, for people. */
    String place() {
        return HostAndPort.of(uri.getHost(), uri.getPort());
    }

    /** Whether Redis answers within this time; unlike a turn, who asks this waits for a connection after a loss too. */
    boolean answers(Duration longestWait) {
        CompletableFuture<Live> current;
        synchronized (this) {
            if (closed) {
                return false;
            }
            current = attempt();
        }
        try {
            current.thenCompose(live -> live.connection().async().ping())
                    .get(longestWait.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | TimeoutException silent) {
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** This connection did what it is for. */
    synchronized void worked(Live live) {
        if (!isCurrent(live) || !live.connection().isOpen()) {
            return;
        }
        silence = 0;
        if (lost) {
            lost = false;
            log.info("Redis at {} is back; quotas are shared again", place());
        }
    }

    /** What lies under a key is no bucket. */
    void spoiled(String key, RuntimeException problem) {
        log.warn(
                "Redis at {} holds what is no quota under {} ({}); this quota is kept to {} of its rate in this process"
                        + " until the key is deleted",
                place(),
                key,
                problem.getClass().getSimpleName(),
                localShare);
    }

    /** What was no bucket is one again. */
    void readable(String key) {
        log.info("Redis at {} holds a quota under {} again; it is shared again", place(), key);
    }

    /**
     * Whether Redis is as good as lost, now that it has not answered within this time. Little time says nothing by itself, so
     * all that was waited since the last answer counts. A connection that has another after it is lost already.
     */
    synchronized boolean isSilent(Live live, long waitedNanos) {
        if (!isCurrent(live)) {
            return true;
        }
        silence += waitedNanos;
        return silence >= LONGEST_ANSWER;
    }

    /** The connection is of no use; it is closed, and another tried after a while, unless there is one. */
    void failed(Live live, Throwable problem) {
        CompletableFuture<Void> unused = live.connection().closeAsync();
        synchronized (this) {
            if (isCurrent(live)) {
                lose(problem.getClass().getSimpleName());
            }
        }
    }

    /** For use under the lock. Threads may still be busy with connections of before. */
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
            closed = true;
            opened = client;
        }
        if (opened != null) {
            opened.shutdown(0, CONNECT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** For use under the lock. */
    private CompletableFuture<Live> attempt() {
        long now = System.nanoTime();
        if (attempt == null || (isOver(attempt) && now - retryAt >= 0)) {
            client = client == null ? client() : client;
            attempt = client.connectAsync(ByteArrayCodec.INSTANCE, uri)
                    .toCompletableFuture()
                    .thenCompose(RedisLink::withClock);
            retryAt = now + retryNanos;
            silence = 0;
        }
        return attempt;
    }

    /** A connection is of no use without the server's time, which some do not tell everybody; then it is closed. */
    private static CompletableFuture<Live> withClock(StatefulRedisConnection<byte[], byte[]> connection) {
        return ServerClock.of(connection)
                .orTimeout(CONNECT.toNanos(), TimeUnit.NANOSECONDS)
                .thenApply(clock -> new Live(connection, clock))
                .whenComplete((live, problem) -> {
                    if (problem != null) {
                        CompletableFuture<Void> unused = connection.closeAsync();
                    }
                });
    }

    private @Nullable Live outcome(CompletableFuture<Live> current, long longestWaitNanos) {
        try {
            if (current.isDone()) {
                return current.join();
            }
            if (longestWaitNanos > 0) {
                return current.get(longestWaitNanos, TimeUnit.NANOSECONDS);
            }
        } catch (CompletionException | ExecutionException problem) {
            Throwable cause = problem.getCause() == null ? problem : problem.getCause();
            lose(current, cause.getClass().getSimpleName());
        } catch (TimeoutException tooSoon) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private synchronized void lose(CompletableFuture<Live> made, String problem) {
        if (made == attempt) {
            lose(problem);
        }
    }

    /** Says so once. A message may quote the address, so the kind of problem has to do. For use under the lock. */
    private void lose(String problem) {
        if (!lost && !closed) {
            lost = true;
            log.warn(
                    "Redis at {} is lost ({}); each quota is kept to {} of its rate in this process until it is back",
                    place(),
                    problem,
                    localShare);
        }
    }

    private static boolean isOver(CompletableFuture<Live> attempt) {
        return attempt.isCompletedExceptionally()
                || (attempt.isDone() && !attempt.join().connection().isOpen());
    }
}
