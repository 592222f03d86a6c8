package io.otabridge.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.otabridge.client.config.CallOptions;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.client.transport.LocalProxy;
import io.otabridge.client.transport.PreparedRequest;
import io.otabridge.client.transport.RawServer;
import io.otabridge.client.transport.TestCertificates;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.HTTP;

/** Gateways that send more responses than requests, over real sockets. */
class SurplusResponseTest {

    private static final CallOptions LIMITS = new CallOptions(Duration.ofSeconds(30), 100_000, 0, false);

    private static final String FOUND = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfound";
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfound\r\n0\r\n\r\n";
    private static final String DONE = "HTTP/1.1 204 No Content\r\n\r\n";
    private static final String FORBIDDEN = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";

    @TempDir
    static Path scratch;

    static TestCertificates certificates;
    static ServerSocketFactory tls;

    interface Api {
        @GET("thing")
        PreparedRequest show();

        @HTTP(method = "DELETE", path = "thing", hasBody = true)
        PreparedRequest delete(@Body okhttp3.RequestBody body);
    }

    @BeforeAll
    static void makeCertificates() {
        certificates = TestCertificates.in(scratch);
        tls = certificates.of("gateway", "-1d", 10, "localhost");
    }

    static Stream<Arguments> surplusResponses() {
        return Stream.of(false, true)
                .flatMap(isTls -> Stream.of(
                        arguments(isTls, FOUND + DONE),
                        arguments(isTls, FOUND + FOUND),
                        arguments(isTls, CHUNKED + DONE),
                        arguments(isTls, CHUNKED + CHUNKED),
                        arguments(isTls, FOUND + DONE + DONE + DONE)));
    }

    @ParameterizedTest
    @MethodSource("surplusResponses")
    void a_change_does_not_read_a_surplus_response(boolean isTls, String first) throws Exception {
        try (Gateway gateway = new Gateway(isTls, first)) {
            assertThat(show(gateway).get().status()).isEqualTo(200);

            assertThat(delete(gateway).get().status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @MethodSource("surplusResponses")
    void a_read_does_not_return_a_surplus_response(boolean isTls, String first) throws Exception {
        try (Gateway gateway = new Gateway(isTls, first)) {
            assertThat(show(gateway).get().status()).isEqualTo(200);

            assertThat(show(gateway).getLeft()).satisfies(failure -> {
                assertThat(failure).isInstanceOf(OtaFailure.Unavailable.class);
                assertThat(failure.isRetryable()).isTrue();
                assertThat(failure.summary()).contains("a surplus response");
            });
            assertThat(show(gateway).get().status()).isEqualTo(403);
        }
    }

    @Test
    void a_read_through_a_socks_proxy_does_not_return_a_surplus_response() throws Exception {
        try (Gateway gateway = new Gateway(true, FOUND + FOUND);
                RawServer socks = LocalProxy.socks(gateway.server.port())) {
            HttpTransport transport = HttpTransport.over(certificates
                    .client()
                    .proxy(new Proxy(Proxy.Type.SOCKS, new InetSocketAddress("127.0.0.1", socks.port())))
                    .build());
            Api api = gateway.api(transport);
            assertThat(show(api).get().status()).isEqualTo(200);

            assertThat(show(api).getLeft().summary()).contains("a surplus response");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_read_does_not_reuse_a_connection_with_unread_bytes(boolean isTls) throws Exception {
        try (Gateway gateway = new Gateway(isTls, FOUND)) {
            assertThat(show(gateway).get().status()).isEqualTo(200);
            gateway.push("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");

            assertThat(show(gateway).get().status()).isEqualTo(403);
            assertThat(gateway.requests).containsExactly("0 GET", "1 GET");
        }
    }

    @Test
    void reads_share_a_connection_without_surplus_responses() throws Exception {
        try (Gateway gateway = new Gateway(false, FOUND)) {
            assertThat(show(gateway).get().status()).isEqualTo(200);
            assertThat(show(gateway).get().status()).isEqualTo(403);

            assertThat(gateway.requests).containsExactly("0 GET", "0 GET");
        }
    }

    @Test
    void a_change_fails_if_a_surplus_response_follows() throws Exception {
        try (Gateway gateway = new Gateway(false, FOUND + DONE)) {
            assertThat(delete(gateway).getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Content-Length: 5, 6\r\n",
                "Content-Length: +5\r\n",
                "Content-Length: 0x5\r\n",
                "Content-Length: 99999999999999999999\r\n",
                "Content-Length : 5\r\n",
                "Transfer-Encoding : chunked\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: gzip, chunked\r\n",
                "Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n"
            })
    void an_ambiguous_length_makes_a_response_unreadable(String headers) throws Exception {
        try (Gateway gateway = new Gateway(false, "HTTP/1.1 200 OK\r\n" + headers + "\r\n5\r\nfound\r\n0\r\n\r\n")) {
            assertThat(show(gateway).getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);

            assertThat(show(gateway).get().status()).isEqualTo(403);
            assertThat(gateway.requests).containsExactly("0 GET", "1 GET");
        }
    }

    private static Either<OtaFailure, HttpResponse> show(Gateway gateway) {
        return show(gateway.api);
    }

    private static Either<OtaFailure, HttpResponse> show(Api api) {
        BackendClient calls = calls();
        return calls.read(calls.contextOf("Show"), api.show(), Either::right);
    }

    private static Either<OtaFailure, HttpResponse> delete(Gateway gateway) {
        BackendClient calls = calls();
        return calls.change(
                calls.contextOf("Delete"),
                gateway.api.delete(okhttp3.RequestBody.create(new byte[0], null)),
                Either::right);
    }

    private static BackendClient calls() {
        return TestClients.client(LIMITS);
    }

    /** Responds to the first request with the given text, and to every other request with 403. */
    private static final class Gateway implements AutoCloseable {

        private final RawServer server;
        private final Endpoint endpoint;
        private final Api api;
        private final RecordingSockets sockets = new RecordingSockets();
        private final java.util.List<RawServer.Connection> clients = new CopyOnWriteArrayList<>();
        private final java.util.List<String> requests = new CopyOnWriteArrayList<>();

        Gateway(boolean isTls, String first) {
            server = new RawServer(isTls ? tls : ServerSocketFactory.getDefault(), client -> serve(client, first));
            OkHttpClient client = certificates
                    .client()
                    .socketFactory(sockets)
                    .dns(host -> java.util.List.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 1})))
                    .protocols(java.util.List.of(okhttp3.Protocol.HTTP_1_1))
                    .build();
            endpoint = Endpoint.parse((isTls ? "https" : "http") + "://localhost:" + server.port(), false)
                    .get();
            api = api(HttpTransport.over(client));
        }

        Api api(HttpTransport transport) {
            return transport
                    .retrofit(new ConnectionSettings(endpoint, Option.none(), LIMITS), request -> request)
                    .create(Api.class);
        }

        /** Sends a surplus response over the first connection and waits until it has arrived. */
        void push(String response) throws IOException {
            clients.get(0).write(response);
            while (sockets.first().getInputStream().available() == 0) {
                Thread.onSpinWait();
            }
        }

        private void serve(RawServer.Connection client, String first) throws IOException {
            clients.add(client);
            for (String head = client.head(); !head.isEmpty(); head = client.head()) {
                requests.add(clients.indexOf(client) + " " + head.substring(0, head.indexOf(' ')));
                client.write(requests.size() == 1 ? first : FORBIDDEN);
            }
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** Records the plain sockets that it creates. */
    private static final class RecordingSockets extends SocketFactory {

        private final java.util.List<Socket> created = new CopyOnWriteArrayList<>();

        Socket first() {
            return created.get(0);
        }

        @Override
        public Socket createSocket() {
            Socket socket = new Socket();
            created.add(socket);
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
