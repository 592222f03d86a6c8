package io.otabridge.client.diagnosis;

import static io.otabridge.domain.backend.Check.CLOCK;
import static io.otabridge.domain.backend.Check.CONNECTION;
import static io.otabridge.domain.backend.Check.DNS;
import static io.otabridge.domain.backend.Check.SERVICE;
import static io.otabridge.domain.backend.Check.TLS;
import static io.otabridge.domain.backend.Finding.Severity.FAILED;
import static io.otabridge.domain.backend.Finding.Severity.OK;
import static io.otabridge.domain.backend.Finding.Severity.SKIPPED;
import static io.otabridge.domain.backend.Finding.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.client.config.CallOptions;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.client.transport.RawServer;
import io.otabridge.client.transport.TestCertificates;
import io.otabridge.domain.backend.Check;
import io.otabridge.domain.backend.Finding;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the name of a host to the date of an answer, over real sockets. */
class ConnectivityProbeTest {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final Clock CLOCK_OF_TEST = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String SECRET = "s3cret-of-the-test";

    @TempDir
    private static Path scratch;

    private static TestCertificates certificates;

    private Duration deadline = Duration.ofSeconds(10);
    private Option<Duration> tolerated = Option.some(Duration.ofMinutes(15));
    private RawServer server = new RawServer(RawServer.ok());
    private OkHttpClient.Builder client = certificates.client().dns(host -> loopback());

    @BeforeAll
    static void make() {
        certificates = TestCertificates.in(scratch);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tells_of_every_step_of_an_open_way_with_one_bare_request() {
        safe("good", "-5d", 365, "iot.example", "*.other.example");

        ConnectivityProbe way = look("https://iot.example");

        assertThat(way.isOpen()).isTrue();
        assertThat(way.findings().map(Finding::severity)).containsOnly(OK);
        assertThat(way.findings().map(Finding::check)).containsExactly(DNS, CONNECTION, TLS, CLOCK);
        assertThat(what(way, DNS)).isEqualTo("iot.example is at 127.0.0.1");
        assertThat(what(way, CONNECTION)).isEqualTo("127.0.0.1:" + server.port() + " takes connections");
        assertThat(what(way, TLS))
                .isEqualTo("TLSv1.3, with a certificate for iot.example until "
                        + NOW.plus(Duration.ofDays(360)).atZone(ZoneOffset.UTC).toLocalDate());
        assertThat(server.requests()).hasSize(1);
        assertThat(server.requests().get(0)).startsWith("GET / HTTP/1.1").doesNotContainIgnoringCase("authorization");
    }

    @Test
    void warns_of_a_certificate_that_ends_soon() {
        safe("ending", "-5d", 10, "iot.example");

        ConnectivityProbe way = look("https://iot.example");

        assertThat(way.isOpen()).isTrue();
        assertThat(verdict(way, TLS)).isEqualTo(WARNING);
    }

    @Test
    void names_the_hosts_of_a_certificate_for_others() {
        safe("foreign", "-5d", 365, "a.example", "b.example", "c.example", "d.example");

        assertUnsafe("the certificate is for a.example, b.example, c.example and 1 more and not for iot.example");
    }

    @Test
    void tells_an_expired_certificate() {
        safe("expired", "-10d", 5, "iot.example");

        assertUnsafe("the certificate of iot.example has expired (NotAfter: ");
    }

    @Test
    void tells_a_certificate_that_is_not_valid_yet() {
        safe("early", "+5d", 5, "iot.example");

        assertUnsafe("the certificate of iot.example is not valid yet (NotBefore: ");
    }

    @Test
    void tells_a_certificate_by_nobody_that_is_trusted() {
        safe("unknown", "-5d", 365, "iot.example");
        client = new OkHttpClient.Builder().dns(host -> loopback());

        assertUnsafe("the certificate of iot.example is signed by nobody whom this machine trusts");
    }

    @Test
    void tells_that_there_is_no_tls_at_all() {
        serve(RawServer.greeting("220 mail.example\r\n"));

        assertUnsafe("no safe connection is made: ");
    }

    @Test
    void says_what_to_do_about_a_host_that_nobody_knows() {
        client = new OkHttpClient.Builder();

        ConnectivityProbe way = look("https://iotda.cn-nowhere-1.invalid");

        assertThat(way.isOpen()).isFalse();
        assertThat(way.findings())
                .containsExactly(
                        Finding.failed(DNS, "nobody knows a host iotda.cn-nowhere-1.invalid", "Check the region"));
    }

    @Test
    void gives_up_on_name_servers_at_the_deadline() {
        CountDownLatch never = new CountDownLatch(1);
        deadline = Duration.ofMillis(500);
        client.dns(host -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return loopback();
        });

        ConnectivityProbe way = look("https://iot.example");
        never.countDown();

        assertThat(way.isOpen()).isFalse();
        assertThat(way.findings().map(Finding::check)).containsExactly(DNS);
        assertThat(what(way, DNS))
                .isEqualTo("no address of iot.example was found: no response before the deadline of 500 ms");
    }

    @Test
    void tells_a_port_that_nobody_listens_to() throws IOException {
        // Taken until the end, so that nobody else comes to listen to it.
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0));

            ConnectivityProbe way = look("http://127.0.0.1", taken.getLocalPort());

            assertThat(way.isOpen()).isFalse();
            assertThat(way.findings().map(Finding::check)).containsExactly(DNS, CONNECTION);
            assertThat(what(way, DNS)).isEqualTo("127.0.0.1 is an address by itself");
            assertThat(what(way, CONNECTION))
                    .startsWith("127.0.0.1:" + taken.getLocalPort() + " takes no connection: ")
                    .contains("Connection refused");
        }
    }

    @Test
    void shows_an_ipv6_address_in_brackets() {
        ConnectivityProbe way = look("http://[::1]", 1);

        assertThat(what(way, DNS)).isEqualTo("[::1] is an address by itself");
        assertThat(what(way, CONNECTION)).startsWith("[::1]:1 takes no connection: [::1]:1 (");
    }

    @Test
    void warns_of_addresses_that_do_not_answer() throws IOException {
        // Of this machine, but nobody listens there.
        InetAddress deaf = InetAddress.getByAddress(new byte[] {127, 0, 0, 9});
        client.dns(host -> java.util.List.of(deaf, loopback().get(0)));

        ConnectivityProbe way = look("http://iot.example");

        assertThat(way.isOpen()).isTrue();
        assertThat(verdict(way, CONNECTION)).isEqualTo(WARNING);
        assertThat(what(way, CONNECTION))
                .startsWith("127.0.0.1:" + server.port() + " takes connections, but not 127.0.0.9:" + server.port());
    }

    @Test
    void warns_of_clear_text_that_leaves_this_machine() {
        ConnectivityProbe way = look("http://iot.example");

        assertThat(way.isOpen()).isTrue();
        assertThat(verdict(way, TLS)).isEqualTo(WARNING);
        assertThat(verdict(look("http://127.0.0.1"), TLS)).isEqualTo(SKIPPED);
    }

    @ParameterizedTest
    @CsvSource({
        "-3600, FAILED,   this machine's clock is 1 h 0 min ahead of the endpoint's",
        "3600,  FAILED,   this machine's clock is 1 h 0 min behind the endpoint's",
        "901,   FAILED,   this machine's clock is 15 min behind the endpoint's",
        "300,   WARNING, this machine's clock is 5 min behind the endpoint's",
        "30,    OK,    this machine's clock and the endpoint's agree within a minute",
        "-864000, FAILED, this machine's clock is 10 days ahead of the endpoint's",
    })
    void holds_this_machines_clock_against_the_answers_date(int seconds, Finding.Severity verdict, String what) {
        serve(new RawServer(RawServer.ok(date(NOW.plusSeconds(seconds)))));

        ConnectivityProbe way = look("http://127.0.0.1");

        assertThat(way.isOpen()).isTrue();
        assertThat(verdict(way, CLOCK)).isEqualTo(verdict);
        assertThat(what(way, CLOCK)).isEqualTo(what);
    }

    @Test
    void does_no_more_than_warn_of_a_clock_that_nobody_looks_at() {
        tolerated = Option.none();
        serve(new RawServer(RawServer.ok(date(NOW.plusSeconds(86_400)))));

        assertThat(verdict(look("http://127.0.0.1"), CLOCK)).isEqualTo(WARNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Other: 1", "Date: yesterday"})
    void makes_nothing_of_an_answer_without_a_date(String header) {
        serve(new RawServer(RawServer.ok(header)));

        ConnectivityProbe way = look("http://127.0.0.1");

        assertThat(way.isOpen()).isTrue();
        assertThat(verdict(way, CLOCK)).isEqualTo(SKIPPED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/1.1 banana\r\n\r\n"})
    void tells_that_what_listens_speaks_no_http(String answer) {
        serve(new RawServer(answer));

        ConnectivityProbe way = look("http://127.0.0.1");

        assertThat(way.isOpen()).isFalse();
        assertThat(verdict(way, CONNECTION)).isEqualTo(OK);
        assertThat(verdict(way, SERVICE)).isEqualTo(FAILED);
    }

    @Test
    void tells_that_what_listens_says_nothing() throws IOException {
        deadline = Duration.ofMillis(500);
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            ConnectivityProbe way = look("http://127.0.0.1", silent.getLocalPort());

            assertThat(way.isOpen()).isFalse();
            assertThat(what(way, SERVICE))
                    .endsWith("answers with nothing that is HTTP: no response before the deadline of 500 ms");
        }
    }

    @Test
    void goes_through_the_proxy_of_the_application() {
        client.proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", server.port())));

        ConnectivityProbe way = look("http://iot.example", 8080);

        assertThat(way.isOpen()).isTrue();
        assertThat(verdict(way, DNS)).isEqualTo(SKIPPED);
        assertThat(what(way, CONNECTION))
                .isEqualTo("127.0.0.1:" + server.port() + " takes connections, as a proxy for iot.example:8080");
        assertThat(server.requests().get(0)).startsWith("GET http://iot.example:8080/ HTTP/1.1");
    }

    @Test
    void tells_a_proxy_that_opens_no_tunnel() {
        serve(new RawServer("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"));
        client.proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", server.port())));

        ConnectivityProbe way = look("https://iot.example", 443);

        assertThat(way.isOpen()).isFalse();
        assertThat(way.findings().filter(Finding::hasFailed).map(Finding::check))
                .containsExactly(CONNECTION);
        assertThat(what(way, CONNECTION)).contains("502");
    }

    @Test
    void tells_a_proxy_whose_host_nobody_knows() {
        client = new OkHttpClient.Builder()
                .proxy(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.invalid", 3128)));

        ConnectivityProbe way = look("https://iot.example");

        assertThat(way.findings())
                .containsExactly(
                        Finding.failed(DNS, "nobody knows a host proxy.invalid", "Check the proxy's settings"));
    }

    @Test
    void shows_nothing_of_what_an_interceptor_throws() {
        client.addInterceptor(chain -> {
            throw new IllegalStateException(SECRET);
        });

        ConnectivityProbe way = look("http://127.0.0.1");

        assertThat(way.isOpen()).isFalse();
        assertThat(way.findings().filter(Finding::hasFailed)).hasSize(1);
        assertThat(way.toString()).contains("IllegalStateException").doesNotContain(SECRET);
    }

    @Test
    void hides_secrets_that_an_error_repeats() {
        client.addInterceptor(chain -> {
            throw new IOException("no access with " + SECRET);
        });

        assertThat(look("http://127.0.0.1").toString()).contains("no access with ***");
    }

    @Test
    void ends_at_once_when_it_is_interrupted_and_says_so() {
        Thread.currentThread().interrupt();

        ConnectivityProbe way = look("http://127.0.0.1");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(way.isOpen()).isFalse();
        assertThat(way.findings().exists(Finding::hasFailed)).isTrue();
    }

    private void safe(String alias, String from, int days, String... hosts) {
        serve(new RawServer(certificates.of(alias, from, days, hosts), RawServer.ok(date(NOW))));
    }

    private void serve(RawServer other) {
        server.close();
        server = other;
    }

    private void assertUnsafe(String what) {
        ConnectivityProbe way = look("https://iot.example");

        assertThat(way.isOpen()).isFalse();
        assertThat(way.findings().map(Finding::check)).containsExactly(DNS, CONNECTION, TLS);
        assertThat(verdict(way, TLS)).isEqualTo(FAILED);
        assertThat(what(way, TLS)).startsWith(what);
        assertThat(server.requests()).isEmpty();
    }

    private ConnectivityProbe look(String host) {
        return look(host, server.port());
    }

    private ConnectivityProbe look(String host, int port) {
        Endpoint endpoint = Endpoint.parse(host + ":" + port, true).get();
        CallOptions limits = new CallOptions(deadline, 1_000, 2, true);
        return ConnectivityProbe.of(
                HttpTransport.over(client.build()),
                new ConnectionSettings(endpoint, Option.none(), limits),
                CLOCK_OF_TEST,
                tolerated,
                "Check the region",
                Redactor.hiding(List.of(SECRET)));
    }

    private static Finding.Severity verdict(ConnectivityProbe way, Check check) {
        return way.findings().find(found -> found.check() == check).get().severity();
    }

    private static String what(ConnectivityProbe way, Check check) {
        return way.findings().find(found -> found.check() == check).get().what();
    }

    private static String date(Instant at) {
        return "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atZone(ZoneOffset.UTC));
    }

    private static java.util.List<InetAddress> loopback() {
        try {
            return java.util.List.of(InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
