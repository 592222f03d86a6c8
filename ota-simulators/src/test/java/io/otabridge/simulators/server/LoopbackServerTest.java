package io.otabridge.simulators.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid and invalid requests over plain sockets. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class LoopbackServerTest {

    private static final String OK = "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

    private LoopbackServer server;

    @BeforeEach
    void start() {
        server = LoopbackServer.start(0, 1000, new Echo());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void passes_on_the_complete_request() throws IOException {
        String response = send(
                "POST /a%20b?x=1+2&y=%E5%9B%BA HTTP/1.1\r\nHost: h:1\r\nX-A: 1\r\nX-A: 2\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\nConnection: close\r\n\r\nz=%2B");

        assertThat(response).startsWith("HTTP/1.1 200").contains("POST /a%20b x=1 2 y=固 z=+ ", " host=h:1 ", " x-a=1");
    }

    @Test
    void reads_a_chunked_body() throws IOException {
        String response = send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n\r\n3\r\na=b\r\n0\r\n\r\n");

        assertThat(response).contains("a=b");
    }

    @Test
    void returns_413_for_a_body_that_is_too_large() throws IOException {
        String response = send(
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\nConnection: close\r\n\r\n" + "x".repeat(1001));

        assertThat(response).startsWith("HTTP/1.1 413").contains("error 413");
    }

    @Test
    void returns_400_for_an_invalid_form() throws IOException {
        String response = send("POST / HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: 4\r\nConnection: close\r\n\r\na=%G");

        assertThat(response).startsWith("HTTP/1.1 400").contains("error 400");
    }

    @Test
    void returns_500_if_the_service_throws() throws IOException {
        Logger log = Logger.getLogger(LoopbackServer.class.getName());
        log.setLevel(Level.OFF);

        assertThat(send(OK.replace("GET /", "GET /fail"))).startsWith("HTTP/1.1 500");

        log.setLevel(Level.INFO);
    }

    @Test
    void sends_no_body_for_head() throws IOException {
        assertThat(send(OK.replace("GET", "HEAD"))).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n",
                "GET\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /?a=%zz HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET mailto:someone HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: many\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "\u0000\u0001\u0002\u00ff\r\n\r\n"
            })
    void survives_invalid_requests(String bytes) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }

        assertThat(send(OK)).startsWith("HTTP/1.1 200");
    }

    @Test
    void responds_while_other_clients_stall() throws IOException {
        try (Socket first = connect();
                Socket second = connect()) {
            first.getOutputStream()
                    .write("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nhalf".getBytes(ISO_8859_1));
            second.getOutputStream().write("GET / HTTP/1.1\r\nHos".getBytes(ISO_8859_1));

            assertThat(send(OK)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void loses_only_the_response_to_the_next_change() throws IOException {
        String change = OK.replace("GET /", "POST /change");
        server.loseNextResponse();

        assertThat(send(OK)).startsWith("HTTP/1.1 200");
        assertThat(send(change)).isEmpty();
        assertThat(send(change)).startsWith("HTTP/1.1 200");
        assertThat(server.requestCount()).isEqualTo(3);
    }

    @Test
    void passes_on_a_body_that_is_not_a_form() throws IOException {
        assertThat(send("POST /body HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nConnection: close\r\n\r\na&b"))
                .endsWith("a&b");
    }

    @Test
    void uses_only_daemon_threads() throws IOException {
        send(OK);

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("HTTP-Dispatcher")
                        || thread.getName().startsWith("ota-simulator"))
                .hasSizeGreaterThan(1)
                .allMatch(Thread::isDaemon);
    }

    @Test
    void reports_a_port_that_is_in_use() {
        int port = server.endpoint().getPort();

        assertThatThrownBy(() -> LoopbackServer.start(port, 1, new Echo()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot listen on port " + port + " of 127.0.0.1");
    }

    @Test
    void does_not_listen_after_close() {
        server.close();

        assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
    }

    private String send(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private Socket connect() throws IOException {
        return new Socket("127.0.0.1", server.endpoint().getPort());
    }

    /** Returns the parts of the request. */
    private static final class Echo implements LoopbackServer.Service {

        @Override
        public HttpReply respond(ReceivedRequest call) {
            if (call.rawPath().equals("/fail")) {
                throw new IllegalStateException("test failure");
            }
            if (call.rawPath().equals("/change")) {
                return new HttpReply(200, Map.of(), "changed").ofChange();
            }
            if (call.rawPath().equals("/body")) {
                return new HttpReply(200, Map.of(), call.body());
            }
            StringBuilder text = new StringBuilder(call.method() + " " + call.rawPath());
            call.query()
                    .forEach(p -> text.append(' ').append(p.name()).append('=').append(p.value()));
            call.form()
                    .forEach(p -> text.append(' ').append(p.name()).append('=').append(p.value()));
            call.headers()
                    .forEach((name, value) ->
                            text.append(' ').append(name).append('=').append(value));
            return new HttpReply(200, Map.of(), text.toString());
        }

        @Override
        public HttpReply errorResponse(int status) {
            return new HttpReply(status, Map.of(), "error " + status);
        }
    }
}
