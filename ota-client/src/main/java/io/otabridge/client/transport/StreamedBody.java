package io.otabridge.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSource;
import okio.HashingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * A request body that is read from its source while it is sent and never held in memory. Its length and digest are known
 * beforehand, so that signing does not read it. What is sent is checked against both: a source with other bytes ends the
 * request before its last bytes, so that the server never has a complete request with wrong content.
 */
public final class StreamedBody extends RequestBody {

    private static final long SEGMENT = 8_192;

    /** Opens the bytes of a body from the start. */
    @FunctionalInterface
    public interface Source {

        /** The bytes, which this class closes. */
        InputStream open() throws IOException;
    }

    private final @Nullable MediaType type;
    private final long length;
    private final String sha256;
    private final Source source;
    private final boolean isOneShot;

    private StreamedBody(@Nullable MediaType type, long length, String sha256, Source source, boolean isOneShot) {
        this.type = type;
        this.length = length;
        this.sha256 = sha256;
        this.source = source;
        this.isOneShot = isOneShot;
    }

    /**
     * A body that can be sent again after a failure.
     *
     * @param length in bytes
     * @param sha256 in lower-case hexadecimal
     * @param source opened anew for each attempt
     */
    public static StreamedBody replayable(@Nullable MediaType type, long length, String sha256, Source source) {
        return new StreamedBody(type, length, sha256, source, false);
    }

    /** A body that can be sent only once. After its first byte, a failure leaves the outcome unknown. */
    public static StreamedBody oneShot(@Nullable MediaType type, long length, String sha256, Source source) {
        return new StreamedBody(type, length, sha256, source, true);
    }

    /** The SHA-256 of the bytes, in lower-case hexadecimal. */
    public String sha256Hex() {
        return sha256;
    }

    @Override
    public @Nullable MediaType contentType() {
        return type;
    }

    @Override
    public long contentLength() {
        return length;
    }

    @Override
    public boolean isOneShot() {
        return isOneShot;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        try (HashingSource hashing = HashingSource.sha256(new Checked(open()))) {
            Buffer held = new Buffer();
            long count = 0;
            for (long read; (read = hashing.read(held, SEGMENT)) != -1; ) {
                count += read;
                if (count > length) {
                    throw new SourceFailed("its source has other bytes than its length and digest say");
                }
                // The last bytes wait until the digest is known.
                sink.write(held, held.size() - Math.min(held.size(), SEGMENT));
            }
            if (count != length || !hashing.hash().hex().equals(sha256)) {
                throw new SourceFailed("its source has other bytes than its length and digest say");
            }
            sink.write(held, held.size());
        }
    }

    private okio.Source open() throws IOException {
        try {
            return Okio.source(source.open());
        } catch (IOException | RuntimeException problem) {
            throw new SourceFailed("its source cannot be opened", problem);
        }
    }

    /** Tells an error of the source from one of the network. */
    private static final class Checked extends ForwardingSource {
        Checked(okio.Source source) {
            super(source);
        }

        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
            try {
                return super.read(sink, byteCount);
            } catch (IOException | RuntimeException problem) {
                if (problem instanceof InterruptedIOException interrupt
                        && Thread.currentThread().isInterrupted()) {
                    throw interrupt;
                }
                throw new SourceFailed("its source cannot be read", problem);
            }
        }
    }

    /** The source does not give the bytes that were announced. */
    public static final class SourceFailed extends IOException {
        SourceFailed(String message) {
            super(message);
        }

        SourceFailed(String message, Exception cause) {
            super(message + " (" + cause.getClass().getSimpleName() + ")", cause);
        }
    }
}
