package io.otabridge.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.client.config.CallOptions;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.client.transport.PreparedRequest;
import io.otabridge.client.transport.RawServer;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;

/** Servers that send a part of a response endlessly, over real sockets. */
class UnboundedResponseTest {

    private static final int MAX_BYTES = 1_000;
    private static final CallOptions LIMITS = new CallOptions(Duration.ofSeconds(60), MAX_BYTES, 0, false);

    /** The limit, and the kernel buffers of both ends. */
    private static final long MAX_SENT = 32L << 20;

    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String GZIP = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\u001f\u008b\b";

    interface Api {
        @GET("thing")
        PreparedRequest show();

        @POST("thing")
        PreparedRequest change(@Body okhttp3.RequestBody body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 ",
                "HTTP/1.1 200 OK\r\nX-Long: ",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink: ",
                "HTTP/1.1 200 OK\r\n\r\n",
                CHUNKED + "1;",
                CHUNKED + "1\r\nx\r\n0\r\nX-Trailer: ",
                CHUNKED + "1\r\nx\r\n000000000000000000",
                GZIP + "\b\0\0\0\0\0\3",
                GZIP + "\20\0\0\0\0\0\3",
                GZIP + "\30\0\0\0\0\0\3name\0"
            })
    void reading_stops_within_the_limit(String beginning) throws Exception {
        try (EndlessServer server = new EndlessServer(beginning, "aaaaaaaaaaaaaaaa")) {
            assertStopped(send(server, HttpTransport.shared()), server);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Many: headers\r\n",
                "HTTP/1.1 103 Early Hints\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
            })
    void reading_stops_among_endless_headers(String repeated) throws Exception {
        String beginning = repeated.startsWith("X") ? "HTTP/1.1 200 OK\r\n" : "";
        try (EndlessServer server = new EndlessServer(beginning, repeated)) {
            assertStopped(send(server, HttpTransport.shared()), server);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1;extension=of-this-chunk\r\nx\r\n", "0001\r\nx\r\n"})
    void reading_stops_among_endless_chunks(String chunk) throws Exception {
        try (EndlessServer server = new EndlessServer(CHUNKED, chunk)) {
            assertStopped(send(server, HttpTransport.shared()), server);
        }
    }

    @Test
    void reading_stops_with_a_client_of_the_application() throws Exception {
        try (EndlessServer server = new EndlessServer(CHUNKED + "1;", "aaaaaaaaaaaaaaaa")) {
            assertStopped(send(server, HttpTransport.over(new OkHttpClient())), server);
        }
    }

    @Test
    void reading_the_response_to_a_change_stops_within_the_limit() throws Exception {
        try (EndlessServer server = new EndlessServer(CHUNKED + "1;", "aaaaaaaaaaaaaaaa")) {
            BackendClient calls = calls();
            Api api = api(server, HttpTransport.shared());
            assertStopped(
                    calls.change(
                            calls.contextOf("Change"),
                            api.change(okhttp3.RequestBody.create(new byte[0], null)),
                            Either::right),
                    server);
        }
    }

    private static void assertStopped(Either<OtaFailure, HttpResponse> outcome, EndlessServer server) throws Exception {
        assertThat(outcome.getLeft())
                .satisfies(failure -> assertThat(failure.summary()).doesNotContain("deadline"));
        assertThat(server.sent()).isLessThan(MAX_SENT);
    }

    private static Either<OtaFailure, HttpResponse> send(EndlessServer server, HttpTransport transport) {
        BackendClient calls = calls();
        return calls.read(calls.contextOf("Show"), api(server, transport).show(), Either::right);
    }

    private static BackendClient calls() {
        return TestClients.client(LIMITS);
    }

    private static Api api(EndlessServer server, HttpTransport transport) {
        Endpoint endpoint =
                Endpoint.parse("http://127.0.0.1:" + server.port(), false).get();
        return transport
                .retrofit(new ConnectionSettings(endpoint, Option.none(), LIMITS), request -> request)
                .create(Api.class);
    }

    /** Sends a prefix and then repeats a text until the client closes the connection. */
    private static final class EndlessServer implements AutoCloseable {

        private final RawServer server;
        private final AtomicLong sent = new AtomicLong();
        private final CountDownLatch clientClosed = new CountDownLatch(1);

        EndlessServer(String beginning, String repeated) {
            String block = repeated.repeat(4_096);
            server = new RawServer(client -> serve(client, beginning, block));
        }

        int port() {
            return server.port();
        }

        /** The number of bytes sent when the client closed the connection. */
        long sent() throws InterruptedException {
            clientClosed.await();
            return sent.get();
        }

        private void serve(RawServer.Connection client, String beginning, String block) throws IOException {
            try {
                client.head();
                client.write(beginning);
                while (true) {
                    client.write(block);
                    sent.addAndGet(block.length());
                }
            } finally {
                clientClosed.countDown();
            }
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
