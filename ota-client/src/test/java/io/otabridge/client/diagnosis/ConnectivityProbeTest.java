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

/** Name resolution, connection, TLS and clock checks over real sockets. */
class ConnectivityProbeTest {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final Clock TEST_CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
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
    void reports_all_checks_with_one_unauthenticated_request() {
        serveTls("good", "-5d", 365, "iot.example", "*.other.example");

        ConnectivityProbe probe = probe("https://iot.example");

        assertThat(probe.isReachable()).isTrue();
        assertThat(probe.findings().map(Finding::severity)).containsOnly(OK);
        assertThat(probe.findings().map(Finding::check)).containsExactly(DNS, CONNECTION, TLS, CLOCK);
        assertThat(what(probe, DNS)).isEqualTo("iot.example resolves to 127.0.0.1");
        assertThat(what(probe, CONNECTION)).isEqualTo("127.0.0.1:" + server.port() + " accepts connections");
        assertThat(what(probe, TLS))
                .isEqualTo("TLSv1.3, with a certificate for iot.example until "
                        + NOW.plus(Duration.ofDays(360)).atZone(ZoneOffset.UTC).toLocalDate());
        assertThat(server.requests()).hasSize(1);
        assertThat(server.requests().get(0)).startsWith("GET / HTTP/1.1").doesNotContainIgnoringCase("authorization");
    }

    @Test
    void warns_of_a_certificate_that_expires_soon() {
        serveTls("ending", "-5d", 10, "iot.example");

        ConnectivityProbe probe = probe("https://iot.example");

        assertThat(probe.isReachable()).isTrue();
        assertThat(severity(probe, TLS)).isEqualTo(WARNING);
    }

    @Test
    void names_the_hosts_of_a_certificate_for_other_hosts() {
        serveTls("foreign", "-5d", 365, "a.example", "b.example", "c.example", "d.example");

        assertTlsFailure("the certificate is for a.example, b.example, c.example and 1 more and not for iot.example");
    }

    @Test
    void reports_an_expired_certificate() {
        serveTls("expired", "-10d", 5, "iot.example");

        assertTlsFailure("the certificate of iot.example has expired (NotAfter: ");
    }

    @Test
    void reports_a_certificate_that_is_not_yet_valid() {
        serveTls("early", "+5d", 5, "iot.example");

        assertTlsFailure("the certificate of iot.example is not valid yet (NotBefore: ");
    }

    @Test
    void reports_a_certificate_that_is_not_signed_by_a_trusted_ca() {
        serveTls("unknown", "-5d", 365, "iot.example");
        client = new OkHttpClient.Builder().dns(host -> loopback());

        assertTlsFailure("the certificate of iot.example is not signed by a trusted CA");
    }

    @Test
    void reports_a_server_without_tls() {
        serve(new RawServer(client -> client.write("220 mail.example\r\n")));

        assertTlsFailure("the TLS handshake failed: ");
    }

    @Test
    void reports_an_unknown_host_with_advice() {
        client = new OkHttpClient.Builder();

        ConnectivityProbe probe = probe("https://iotda.cn-nowhere-1.invalid");

        assertThat(probe.isReachable()).isFalse();
        assertThat(probe.findings())
                .containsExactly(Finding.failed(DNS, "unknown host iotda.cn-nowhere-1.invalid", "Check the region"));
    }

    @Test
    void name_resolution_ends_at_the_deadline() {
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

        ConnectivityProbe probe = probe("https://iot.example");
        never.countDown();

        assertThat(probe.isReachable()).isFalse();
        assertThat(probe.findings().map(Finding::check)).containsExactly(DNS);
        assertThat(what(probe, DNS))
                .isEqualTo("no address of iot.example was found: no response before the deadline of 500 ms");
    }

    @Test
    void reports_a_closed_port() throws IOException {
        // Bound without listening, so that no other process can use the port.
        try (Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress("127.0.0.1", 0));

            ConnectivityProbe probe = probe("http://127.0.0.1", bound.getLocalPort());

            assertThat(probe.isReachable()).isFalse();
            assertThat(probe.findings().map(Finding::check)).containsExactly(DNS, CONNECTION);
            assertThat(what(probe, DNS)).isEqualTo("127.0.0.1 is an IP address");
            assertThat(what(probe, CONNECTION))
                    .startsWith("127.0.0.1:" + bound.getLocalPort() + " accepts no connections: ")
                    .contains("Connection refused");
        }
    }

    @Test
    void shows_an_ipv6_address_in_brackets() {
        ConnectivityProbe probe = probe("http://[::1]", 1);

        assertThat(what(probe, DNS)).isEqualTo("[::1] is an IP address");
        assertThat(what(probe, CONNECTION)).startsWith("[::1]:1 accepts no connections: [::1]:1 (");
    }

    @Test
    void warns_of_addresses_that_accept_no_connections() throws IOException {
        // A loopback address without a listener.
        InetAddress closed = InetAddress.getByAddress(new byte[] {127, 0, 0, 9});
        client.dns(host -> java.util.List.of(closed, loopback().get(0)));

        ConnectivityProbe probe = probe("http://iot.example");

        assertThat(probe.isReachable()).isTrue();
        assertThat(severity(probe, CONNECTION)).isEqualTo(WARNING);
        assertThat(what(probe, CONNECTION))
                .startsWith("127.0.0.1:" + server.port() + " accepts connections, but not 127.0.0.9:" + server.port());
    }

    @Test
    void warns_of_clear_text_to_another_machine() {
        ConnectivityProbe probe = probe("http://iot.example");

        assertThat(probe.isReachable()).isTrue();
        assertThat(severity(probe, TLS)).isEqualTo(WARNING);
        assertThat(severity(probe("http://127.0.0.1"), TLS)).isEqualTo(SKIPPED);
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
    void compares_the_clock_with_the_date_of_the_response(int seconds, Finding.Severity severity, String what) {
        serve(new RawServer(RawServer.ok(date(NOW.plusSeconds(seconds)))));

        ConnectivityProbe probe = probe("http://127.0.0.1");

        assertThat(probe.isReachable()).isTrue();
        assertThat(severity(probe, CLOCK)).isEqualTo(severity);
        assertThat(what(probe, CLOCK)).isEqualTo(what);
    }

    @Test
    void only_warns_of_clock_skew_that_the_vendor_does_not_check() {
        tolerated = Option.none();
        serve(new RawServer(RawServer.ok(date(NOW.plusSeconds(86_400)))));

        assertThat(severity(probe("http://127.0.0.1"), CLOCK)).isEqualTo(WARNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Other: 1", "Date: yesterday"})
    void skips_the_clock_check_for_a_response_without_a_date(String header) {
        serve(new RawServer(RawServer.ok(header)));

        ConnectivityProbe probe = probe("http://127.0.0.1");

        assertThat(probe.isReachable()).isTrue();
        assertThat(severity(probe, CLOCK)).isEqualTo(SKIPPED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/1.1 banana\r\n\r\n"})
    void reports_a_server_that_does_not_speak_http(String response) {
        serve(new RawServer(response));

        ConnectivityProbe probe = probe("http://127.0.0.1");

        assertThat(probe.isReachable()).isFalse();
        assertThat(severity(probe, CONNECTION)).isEqualTo(OK);
        assertThat(severity(probe, SERVICE)).isEqualTo(FAILED);
    }

    @Test
    void reports_a_server_that_does_not_respond() throws IOException {
        deadline = Duration.ofMillis(500);
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            ConnectivityProbe probe = probe("http://127.0.0.1", silent.getLocalPort());

            assertThat(probe.isReachable()).isFalse();
            assertThat(what(probe, SERVICE))
                    .endsWith("does not respond with HTTP: no response before the deadline of 500 ms");
        }
    }

    @Test
    void uses_the_proxy_of_the_application() {
        client.proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", server.port())));

        ConnectivityProbe probe = probe("http://iot.example", 8080);

        assertThat(probe.isReachable()).isTrue();
        assertThat(severity(probe, DNS)).isEqualTo(SKIPPED);
        assertThat(what(probe, CONNECTION))
                .isEqualTo("127.0.0.1:" + server.port() + " accepts connections, as a proxy for iot.example:8080");
        assertThat(server.requests().get(0)).startsWith("GET http://iot.example:8080/ HTTP/1.1");
    }

    @Test
    void reports_a_proxy_that_rejects_the_tunnel() {
        serve(new RawServer("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"));
        client.proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", server.port())));

        ConnectivityProbe probe = probe("https://iot.example", 443);

        assertThat(probe.isReachable()).isFalse();
        assertThat(probe.findings().filter(Finding::hasFailed).map(Finding::check))
                .containsExactly(CONNECTION);
        assertThat(what(probe, CONNECTION)).contains("502");
    }

    @Test
    void reports_an_unknown_proxy_host() {
        client = new OkHttpClient.Builder()
                .proxy(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.invalid", 3128)));

        ConnectivityProbe probe = probe("https://iot.example");

        assertThat(probe.findings())
                .containsExactly(Finding.failed(DNS, "unknown host proxy.invalid", "Check the proxy's settings"));
    }

    @Test
    void does_not_show_the_message_of_an_interceptor_exception() {
        client.addInterceptor(chain -> {
            throw new IllegalStateException(SECRET);
        });

        ConnectivityProbe probe = probe("http://127.0.0.1");

        assertThat(probe.isReachable()).isFalse();
        assertThat(probe.findings().filter(Finding::hasFailed)).hasSize(1);
        assertThat(probe.toString()).contains("IllegalStateException").doesNotContain(SECRET);
    }

    @Test
    void hides_secrets_in_error_messages() {
        client.addInterceptor(chain -> {
            throw new IOException("no access with " + SECRET);
        });

        assertThat(probe("http://127.0.0.1").toString()).contains("no access with ***");
    }

    @Test
    void an_interrupted_probe_ends_immediately_with_a_failure() {
        Thread.currentThread().interrupt();

        ConnectivityProbe probe = probe("http://127.0.0.1");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(probe.isReachable()).isFalse();
        assertThat(probe.findings().exists(Finding::hasFailed)).isTrue();
    }

    private void serveTls(String alias, String from, int days, String... hosts) {
        serve(new RawServer(certificates.of(alias, from, days, hosts), RawServer.ok(date(NOW))));
    }

    private void serve(RawServer other) {
        server.close();
        server = other;
    }

    private void assertTlsFailure(String what) {
        ConnectivityProbe probe = probe("https://iot.example");

        assertThat(probe.isReachable()).isFalse();
        assertThat(probe.findings().map(Finding::check)).containsExactly(DNS, CONNECTION, TLS);
        assertThat(severity(probe, TLS)).isEqualTo(FAILED);
        assertThat(what(probe, TLS)).startsWith(what);
        assertThat(server.requests()).isEmpty();
    }

    private ConnectivityProbe probe(String host) {
        return probe(host, server.port());
    }

    private ConnectivityProbe probe(String host, int port) {
        Endpoint endpoint = Endpoint.parse(host + ":" + port, true).get();
        CallOptions limits = new CallOptions(deadline, 1_000, 2, true);
        return ConnectivityProbe.run(
                HttpTransport.over(client.build()),
                new ConnectionSettings(endpoint, Option.none(), limits),
                TEST_CLOCK,
                tolerated,
                "Check the region",
                Redactor.hiding(List.of(SECRET)));
    }

    private static Finding.Severity severity(ConnectivityProbe probe, Check check) {
        return probe.findings().find(found -> found.check() == check).get().severity();
    }

    private static String what(ConnectivityProbe probe, Check check) {
        return probe.findings().find(found -> found.check() == check).get().description();
    }

    private static String date(Instant time) {
        return "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atZone(ZoneOffset.UTC));
    }

    private static java.util.List<InetAddress> loopback() {
        try {
            return java.util.List.of(InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
