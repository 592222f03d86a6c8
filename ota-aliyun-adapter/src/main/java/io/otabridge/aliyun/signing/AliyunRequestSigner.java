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

/** Dates and signs each request anew, with a nonce of its own, so that a repeated request is never taken for a replay. */
public final class AliyunRequestSigner implements RequestSigner {

    /** The version of the API, part of every request. */
    public static final String API_VERSION = "2018-01-20";

    /** How both signatures write the time. */
    static final TimestampFormat DATE = TimestampFormat.of("yyyy-MM-ddTHH:mm:ssZ");

    /** One of the two signatures that the platform accepts. Safe for many threads. */
    public interface Scheme {

        /** Its name, for people. */
        String words();

        /**
         * The request with everything that proves who sends it.
         *
         * @param at the time, which is sent in whole seconds
         */
        Request sign(Request request, AccessKey key, Instant at, String nonce) throws IOException;
    }

    private final Scheme scheme;
    private final Supplier<AccessKey> keys;
    private final Clock clock;

    /** @param keys the key to sign with now */
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
