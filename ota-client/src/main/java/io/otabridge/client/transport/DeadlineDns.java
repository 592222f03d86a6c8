package io.otabridge.client.transport;

import io.otabridge.client.coalesce.SingleFlight;
import io.vavr.control.Either;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;
import okhttp3.EventListener;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Name resolution that observes the deadline of the call and the interrupt of its thread. The platform's resolver
 * observes neither, so it runs on a daemon thread, at most one per host, and concurrent lookups of a host share its
 * result. Must also be the event listener of the client, to learn the deadline of the call. Not used while a pooled
 * connection exists. Safe for many threads.
 */
public final class DeadlineDns extends EventListener implements Dns {

    private final Dns platform;
    private final SingleFlight<String, Either<Exception, List<InetAddress>>> lookups = new SingleFlight<>();
    private final ThreadLocal<Long> callDeadline = new ThreadLocal<>();

    DeadlineDns(Dns platform) {
        this.platform = platform;
    }

    /** This resolver with a deadline. */
    public static DeadlineDns of(Dns dns) {
        return dns instanceof DeadlineDns bounded ? bounded : new DeadlineDns(dns);
    }

    /** The name servers did not respond before the deadline. */
    public static final class LookupTimeoutException extends InterruptedIOException {
        LookupTimeoutException(String host) {
            super("no address of " + host + " before the deadline");
        }
    }

    /** Called by the client before it looks up a host for this call, on the same thread. */
    @Override
    public void dnsStart(okhttp3.Call call, String host) {
        Timeout timeout = call.timeout();
        if (timeout.hasDeadline()) {
            callDeadline.set(timeout.deadlineNanoTime());
        }
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        @Nullable Long deadline = callDeadline.get();
        callDeadline.remove();
        long nanos = deadline == null ? Long.MAX_VALUE : Math.max(0, deadline - System.nanoTime());
        try {
            return lookup(host, nanos);
        } catch (IOException problem) {
            throw DeadlineDns.<RuntimeException>undeclared(problem);
        }
    }

    private List<InetAddress> lookup(String host, long nanos) throws IOException {
        Either<Exception, List<InetAddress>> result;
        try {
            result = lookups.start(host, DeadlineDns::runOnDaemon, () -> lookupOnPlatform(host))
                    .get(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (TimeoutException late) {
            throw new LookupTimeoutException(host);
        } catch (ExecutionException | CancellationException failed) {
            throw unknown(host, failed);
        }
        if (result.isLeft()) {
            throw unknown(host, result.getLeft());
        }
        return result.get();
    }

    private Either<Exception, List<InetAddress>> lookupOnPlatform(String host) {
        try {
            return Either.right(platform.lookup(host));
        } catch (UnknownHostException | RuntimeException failed) {
            return Either.left(failed);
        }
    }

    /** Each caller gets a new exception, because the HTTP client adds suppressed exceptions to it. */
    private static UnknownHostException unknown(String host, Exception cause) {
        UnknownHostException unknown = new UnknownHostException(host);
        unknown.initCause(cause);
        return unknown;
    }

    private static void runOnDaemon(Runnable lookup) {
        Thread thread = new Thread(lookup, "ota-dns");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * {@link Dns} declares only {@link UnknownHostException}, but the HTTP client handles every {@link IOException}.
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> E undeclared(IOException problem) throws E {
        throw (E) problem;
    }
}
