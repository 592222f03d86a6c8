package io.otabridge.client.transport;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one call sends and receives over its sockets, before TLS and HTTP are decoded. HTTP/1.1 calls read and write on
 * the thread that makes them, so {@link MeteredSockets} find the counts of a call by its thread. Used by one thread.
 */
public final class CallTraffic implements AutoCloseable {

    /** The limit of a response that is not kept in memory. */
    public static final long UNLIMITED = Long.MAX_VALUE / 4;

    /** Room for a TLS handshake and for the 256 KiB of headers that the HTTP client reads at most. */
    private static final long OVERHEAD = 1L << 20;

    private static final ThreadLocal<@Nullable CallTraffic> CURRENT = new ThreadLocal<>();

    private final @Nullable CallTraffic outer;
    private final long maxBodyBytes;
    private final boolean isByteWise;
    private long received;
    private boolean isSent;
    private boolean isReceivedSinceSent;
    private UnreadBytes socket = () -> false;

    private CallTraffic(long maxBodyBytes, boolean isByteWise) {
        this.outer = CURRENT.get();
        this.maxBodyBytes = maxBodyBytes;
        this.isByteWise = isByteWise;
    }

    /**
     * Counts what this thread sends and receives until {@link #close}.
     *
     * @param maxBodyBytes the largest response body; on the wire it may take twice that and 1 MiB, as small chunks do
     * @param isByteWise whether nothing behind the end of a response is read, so that it can be seen
     */
    public static CallTraffic begin(long maxBodyBytes, boolean isByteWise) {
        CallTraffic traffic = new CallTraffic(maxBodyBytes, isByteWise);
        CURRENT.set(traffic);
        return traffic;
    }

    /** The counts of the call that this thread makes; null if it makes none. */
    static @Nullable CallTraffic current() {
        return CURRENT.get();
    }

    boolean isByteWise() {
        return isByteWise;
    }

    void sent() {
        isSent = true;
        isReceivedSinceSent = false;
    }

    /** @throws PreparedRequest.TooLarge if the call has received more than any valid response needs */
    void received(int bytes) throws PreparedRequest.TooLarge {
        isReceivedSinceSent = true;
        received += bytes;
        if (received > 2 * maxBodyBytes + OVERHEAD) {
            throw new PreparedRequest.TooLarge(maxBodyBytes);
        }
    }

    /** The socket of this call, which tells whether bytes are left that were not read, or were when it was closed. */
    void watch(UnreadBytes newSocket) {
        socket = newSocket;
    }

    /** Whether bytes followed the response. Only known if the bytes are read one by one. */
    public boolean isFollowed() throws IOException {
        return socket.areLeft();
    }

    /** Tells whether a socket holds bytes that were not read. */
    interface UnreadBytes {
        boolean areLeft() throws IOException;
    }

    /** Whether the response was read without receiving anything after the request: it had been there before. */
    boolean isAnsweredBeforehand() {
        return isSent && !isReceivedSinceSent;
    }

    @Override
    public void close() {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}
