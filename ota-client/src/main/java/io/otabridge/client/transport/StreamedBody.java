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
 * A request body that is read from its source while it is sent, without holding it in memory. Its length and digest are
 * known in advance, so that signing does not read it. The bytes are checked against both before the last ones are sent,
 * so that the server never receives a complete request with wrong content.
 */
public final class StreamedBody extends RequestBody {

    private static final long SEGMENT = 8_192;

    /** The source of the bytes. */
    @FunctionalInterface
    public interface Source {

        /** Opens the bytes from the start. The stream is closed after use. */
        InputStream open() throws IOException;
    }

    private final @Nullable MediaType type;
    private final long length;
    private final boolean isMd5;
    private final String digest;
    private final Source source;
    private final boolean isOneShot;

    private StreamedBody(
            @Nullable MediaType type, long length, boolean isMd5, String digest, Source source, boolean isOneShot) {
        this.type = type;
        this.length = length;
        this.isMd5 = isMd5;
        this.digest = digest;
        this.source = source;
        this.isOneShot = isOneShot;
    }

    /**
     * A body that can be retried.
     *
     * @param length in bytes
     * @param sha256 in lower-case hexadecimal
     * @param source opened for each attempt
     */
    public static StreamedBody replayable(@Nullable MediaType type, long length, String sha256, Source source) {
        return new StreamedBody(type, length, false, sha256, source, false);
    }

    /**
     * A body that can be retried and is checked against its MD5, for object stores, which accept no other digest.
     *
     * @param length in bytes
     * @param md5 in lower-case hexadecimal
     * @param source opened for each attempt
     */
    public static StreamedBody replayableWithMd5(@Nullable MediaType type, long length, String md5, Source source) {
        return new StreamedBody(type, length, true, md5, source, false);
    }

    /** A body that can be sent only once. After its first byte, a failure leaves the outcome unknown. */
    public static StreamedBody oneShot(@Nullable MediaType type, long length, String sha256, Source source) {
        return new StreamedBody(type, length, false, sha256, source, true);
    }

    /**
     * The SHA-256 of the bytes, in lower-case hexadecimal.
     *
     * @throws IllegalStateException if only the MD5 is known
     */
    public String sha256Hex() {
        if (isMd5) {
            throw new IllegalStateException("the body has an MD5 and no SHA-256");
        }
        return digest;
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
        try (HashingSource hashing = hashing(new Checked(open()))) {
            Buffer held = new Buffer();
            long count = 0;
            for (long read; (read = hashing.read(held, SEGMENT)) != -1; ) {
                count += read;
                if (count > length) {
                    throw new SourceException("its source does not match its length and digest");
                }
                // The last bytes are held back until the digest is known.
                sink.write(held, held.size() - Math.min(held.size(), SEGMENT));
            }
            if (count != length || !hashing.hash().hex().equals(digest)) {
                throw new SourceException("its source does not match its length and digest");
            }
            sink.write(held, held.size());
        }
    }

    private HashingSource hashing(okio.Source bytes) {
        return isMd5 ? HashingSource.md5(bytes) : HashingSource.sha256(bytes);
    }

    private okio.Source open() throws IOException {
        try {
            return Okio.source(source.open());
        } catch (IOException | RuntimeException e) {
            throw new SourceException("its source cannot be opened", e);
        }
    }

    /** Distinguishes errors of the source from errors of the network. */
    private static final class Checked extends ForwardingSource {
        Checked(okio.Source source) {
            super(source);
        }

        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
            try {
                return super.read(sink, byteCount);
            } catch (IOException | RuntimeException e) {
                if (e instanceof InterruptedIOException interrupt
                        && Thread.currentThread().isInterrupted()) {
                    throw interrupt;
                }
                throw new SourceException("its source cannot be read", e);
            }
        }
    }

    /** The source cannot be read, or does not match the announced length and digest. */
    public static final class SourceException extends IOException {
        SourceException(String message) {
            super(message);
        }

        SourceException(String message, Exception cause) {
            super(message + " (" + cause.getClass().getSimpleName() + ")", cause);
        }
    }
}
