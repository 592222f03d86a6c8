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
 * The body of a request that must not be sent a second time unasked, as a creation. The HTTP client repeats other requests by
 * itself where a pooled connection turns out dead; with this body the caller is told instead. Signing may read it as often as
 * it likes.
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

    /** This JSON, of the media type {@code application/json}. */
    public static RequestBody json(String text) {
        return new OneShotBody(JSON, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same for operations that want the encoding named: {@code application/json;charset=UTF-8}. */
    public static RequestBody jsonInUtf8(String text) {
        return new OneShotBody(JSON_IN_UTF_8, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes of this body, which may be absent. */
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
