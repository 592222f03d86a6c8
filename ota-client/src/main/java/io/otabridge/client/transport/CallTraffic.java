package io.otabridge.client.transport;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes that one call sends and receives on its sockets, before TLS and HTTP are decoded. HTTP/1.1 calls
 * read and write on the calling thread, so {@link MeteredSockets} find the counts of a call by its thread. Used by one
 * thread.
 */
public final class CallTraffic implements AutoCloseable {

    /** The limit of a response that is not read into memory. */
    public static final long UNLIMITED = Long.MAX_VALUE / 4;

    /** Allows for a TLS handshake and for the 256 KiB of headers that the HTTP client accepts. */
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
     * Counts the bytes that this thread sends and receives until {@link #close}.
     *
     * @param maxBodyBytes the largest response body; twice that and 1 MiB may be received, because small chunks have
     *     overhead
     * @param isByteWise whether responses are read byte by byte, so that bytes after the end of a response are detected
     */
    public static CallTraffic begin(long maxBodyBytes, boolean isByteWise) {
        CallTraffic traffic = new CallTraffic(maxBodyBytes, isByteWise);
        CURRENT.set(traffic);
        return traffic;
    }

    /** The counts of the current call of this thread; null if there is none. */
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

    /**
     * @throws PreparedRequest.ResponseTooLargeException if the call has received more than any valid response needs
     */
    void received(int bytes) throws PreparedRequest.ResponseTooLargeException {
        isReceivedSinceSent = true;
        received += bytes;
        if (received > 2 * maxBodyBytes + OVERHEAD) {
            throw new PreparedRequest.ResponseTooLargeException(maxBodyBytes);
        }
    }

    /** Sets the socket of this call. */
    void watch(UnreadBytes newSocket) {
        socket = newSocket;
    }

    /** Whether bytes followed the response. Detected only if responses are read byte by byte. */
    public boolean hasSurplus() throws IOException {
        return socket.remain();
    }

    /** Reports whether unread bytes are left on a socket, or were left when it was closed. */
    interface UnreadBytes {
        boolean remain() throws IOException;
    }

    /** Whether the response had been received before the request was sent. */
    boolean isResponseEarly() {
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
