package io.otabridge.client.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that must be sent at most once, such as a creation. The HTTP client resends other requests if a
 * pooled connection is closed; with this body the call fails instead. Signing may read it several times.
 */
public final class OneShotBody extends RequestBody {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final MediaType JSON_IN_UTF_8 = MediaType.get("application/json;charset=UTF-8");

    private final @Nullable MediaType type;
    private final byte[] bytes;

    private OneShotBody(@Nullable MediaType type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    /** A body of the media type {@code application/json}. */
    public static RequestBody json(String text) {
        return new OneShotBody(JSON, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A body of the media type {@code application/json;charset=UTF-8}, for operations that require the charset. */
    public static RequestBody jsonInUtf8(String text) {
        return new OneShotBody(JSON_IN_UTF_8, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A one-shot copy of this body; empty if it is null. */
    static OneShotBody of(@Nullable RequestBody body) {
        if (body instanceof OneShotBody once) {
            return once;
        }
        if (body == null) {
            return new OneShotBody(null, new byte[0]);
        }
        Buffer bytes = new Buffer();
        try {
            body.writeTo(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new OneShotBody(body.contentType(), bytes.readByteArray());
    }

    @Override
    public @Nullable MediaType contentType() {
        return type;
    }

    @Override
    public long contentLength() {
        return bytes.length;
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        sink.write(bytes);
    }
}
