package io.otabridge.http;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** Stops reading an answer that is larger than it may be, also one that grows while it is decompressed. */
final class BodyLimit implements Interceptor {

    private final long maxBytes;

    BodyLimit(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        ResponseBody body = response.body();
        return response.newBuilder().body(new LimitedBody(body, maxBytes)).build();
    }

    /** An answer had more bytes than it may have. */
    static final class TooLarge extends IOException {
        TooLarge(long maxBytes) {
            super("more than " + maxBytes + " bytes");
        }
    }

    private static final class LimitedBody extends ResponseBody {

        private final ResponseBody body;
        private final BufferedSource source;

        LimitedBody(ResponseBody body, long maxBytes) {
            this.body = body;
            this.source = Okio.buffer(new ForwardingSource(body.source()) {
                private long left = maxBytes;

                @Override
                public long read(Buffer sink, long byteCount) throws IOException {
                    long count = super.read(sink, Math.min(byteCount, left + 1));
                    left -= Math.max(count, 0);
                    if (left < 0) {
                        throw new TooLarge(maxBytes);
                    }
                    return count;
                }
            });
        }

        @Override
        public @Nullable MediaType contentType() {
            return body.contentType();
        }

        @Override
        public long contentLength() {
            return body.contentLength();
        }

        @Override
        public BufferedSource source() {
            return source;
        }
    }
}
