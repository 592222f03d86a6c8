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
 * Name resolution that heeds the deadline of the call and ends when its thread is interrupted. That of the platform heeds
 * neither, so it is asked on a daemon thread, of which there is one at most for a host, however many wait for it. Nothing of
 * this happens while a connection is there. It is to be the client's listener too, by which it knows the call. Safe for many
 * threads.
 */
public final class DeadlineDns extends EventListener implements Dns {

    private final Dns platform;
    private final SingleFlight<String, Either<Exception, List<InetAddress>>> lookups = new SingleFlight<>();
    private final ThreadLocal<Long> end = new ThreadLocal<>();

    DeadlineDns(Dns platform) {
        this.platform = platform;
    }

    /** One that asks this one, or is it. */
    public static DeadlineDns of(Dns dns) {
        return dns instanceof DeadlineDns timely ? timely : new DeadlineDns(dns);
    }

    /** The name servers have not answered before the deadline. */
    public static final class NoAddress extends InterruptedIOException {
        NoAddress(String host) {
            super("no address of " + host + " came in time");
        }
    }

    /** The client is about to look up a host for this call, on this thread. */
    @Override
    public void dnsStart(okhttp3.Call call, String host) {
        Timeout timeout = call.timeout();
        if (timeout.hasDeadline()) {
            end.set(timeout.deadlineNanoTime());
        }
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        @Nullable Long deadline = end.get();
        end.remove();
        long left = deadline == null ? Long.MAX_VALUE : Math.max(0, deadline - System.nanoTime());
        try {
            return lookup(host, left);
        } catch (IOException problem) {
            throw DeadlineDns.<RuntimeException>undeclared(problem);
        }
    }

    private List<InetAddress> lookup(String host, long left) throws IOException {
        Either<Exception, List<InetAddress>> result;
        try {
            result = lookups.start(host, DeadlineDns::onNewThread, () -> askPlatform(host))
                    .get(left, TimeUnit.NANOSECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (TimeoutException late) {
            throw new NoAddress(host);
        } catch (ExecutionException | CancellationException failed) {
            throw unknown(host, failed);
        }
        if (result.isLeft()) {
            throw unknown(host, result.getLeft());
        }
        return result.get();
    }

    private Either<Exception, List<InetAddress>> askPlatform(String host) {
        try {
            return Either.right(platform.lookup(host));
        } catch (UnknownHostException | RuntimeException failed) {
            return Either.left(failed);
        }
    }

    /** Each caller has an exception of its own, as suppressed ones are added to it on its way. */
    private static UnknownHostException unknown(String host, Exception cause) {
        UnknownHostException unknown = new UnknownHostException(host);
        unknown.initCause(cause);
        return unknown;
    }

    private static void onNewThread(Runnable lookup) {
        Thread thread = new Thread(lookup, "ota-dns");
        thread.setDaemon(true);
        thread.start();
    }

    /** The interface declares that a host may be unknown and nothing else; its user passes on every {@link IOException}. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> E undeclared(IOException problem) throws E {
        throw (E) problem;
    }
}
