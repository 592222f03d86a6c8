package io.otabridge.client.transport;

import java.io.IOException;
import java.net.ProtocolException;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * Rejects a response whose length is ambiguous (RFC 9112, section 6.3), and a response that was received before its
 * request was sent. The HTTP client then closes the connection.
 */
final class ResponseFraming {

    /** Compressed data are at most slightly larger than their content. */
    private static final long OVERHEAD = 1L << 16;

    private static final String LENGTH = "Content-Length";
    private static final String CODING = "Transfer-Encoding";
    private static final int MAX_DIGITS = 18;

    private ResponseFraming() {}

    /**
     * Sends a request, checks the length of its response, and limits the size of the body before decompression.
     *
     * @throws ProtocolException if the length is ambiguous
     * @throws IOException if the response was received before the request was sent
     */
    static Response proceed(Interceptor.Chain chain, Request request, long maxBodyBytes) throws IOException {
        Response response = chain.proceed(request);
        try {
            check(response);
        } catch (IOException rejected) {
            // A response without a body has already been released, together with its connection.
            chain.connection().socket().close();
            throw rejected;
        }
        long length = response.body().contentLength();
        if (length >= 0 && length <= maxBodyBytes) {
            return response;
        }
        return response.newBuilder()
                .body(limited(response.body(), maxBodyBytes))
                .build();
    }

    private static void check(Response response) throws IOException {
        checkLength(response.headers());
        @Nullable CallTraffic traffic = CallTraffic.current();
        if (isHttp1(response) && traffic != null && traffic.isResponseEarly()) {
            throw new IOException("the connection held a surplus response");
        }
    }

    /** Runs for each response, so it allocates nothing. */
    private static void checkLength(Headers headers) throws ProtocolException {
        @Nullable String length = null;
        @Nullable String coding = null;
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i).trim();
            if (name.equalsIgnoreCase(LENGTH)) {
                requireExact(headers.name(i), name);
                String value = headers.value(i);
                if (!isNumber(value) || (length != null && !length.equals(value))) {
                    throw new ProtocolException("Content-Length is not one number");
                }
                length = value;
            } else if (name.equalsIgnoreCase(CODING)) {
                requireExact(headers.name(i), name);
                if (coding != null || !headers.value(i).equalsIgnoreCase("chunked")) {
                    throw new ProtocolException("Transfer-Encoding is not chunked");
                }
                coding = headers.value(i);
            }
        }
        if (length != null && coding != null) {
            throw new ProtocolException("both Content-Length and Transfer-Encoding");
        }
    }

    private static void requireExact(String name, String trimmed) throws ProtocolException {
        if (trimmed.length() != name.length()) {
            throw new ProtocolException("blanks around the name " + trimmed);
        }
    }

    private static boolean isNumber(String text) {
        if (text.isEmpty() || text.length() > MAX_DIGITS) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isHttp1(Response response) {
        return response.protocol() == Protocol.HTTP_1_1 || response.protocol() == Protocol.HTTP_1_0;
    }

    private static ResponseBody limited(ResponseBody body, long maxBodyBytes) {
        ForwardingSource counted = new ForwardingSource(body.source()) {
            private long remaining = maxBodyBytes + OVERHEAD;

            @Override
            public long read(Buffer sink, long byteCount) throws IOException {
                long count = super.read(sink, byteCount);
                remaining -= Math.max(0, count);
                if (remaining < 0) {
                    throw new PreparedRequest.ResponseTooLargeException(maxBodyBytes);
                }
                return count;
            }
        };
        return ResponseBody.create(Okio.buffer(counted), body.contentType(), body.contentLength());
    }
}
