package io.otabridge.aliyun.signing;

import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.json.TimestampFormat;
import io.otabridge.client.transport.RequestSigner;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import okhttp3.Request;

/** Signs requests with the current time and a new nonce, so that a retry is not rejected as a replay. Thread-safe. */
public final class AliyunRequestSigner implements RequestSigner {

    /** The API version, which every request carries. */
    public static final String API_VERSION = "2018-01-20";

    /** The date format of both signatures. */
    static final TimestampFormat DATE = TimestampFormat.of("yyyy-MM-ddTHH:mm:ssZ");

    /** One of the two signatures of the platform. Thread-safe. */
    public interface Scheme {

        /** The name of the algorithm. */
        String algorithm();

        /**
         * Returns the signed request.
         *
         * @param at the time, which is sent in whole seconds
         */
        Request sign(Request request, AccessKey key, Instant at, String nonce) throws IOException;
    }

    private final Scheme scheme;
    private final Supplier<AccessKey> keys;
    private final Clock clock;

    /** @param keys supplies the current access key */
    public AliyunRequestSigner(Scheme scheme, Supplier<AccessKey> keys, Clock clock) {
        this.scheme = scheme;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public Request sign(Request request) throws IOException {
        return scheme.sign(
                request, keys.get(), clock.instant(), UUID.randomUUID().toString());
    }
}
