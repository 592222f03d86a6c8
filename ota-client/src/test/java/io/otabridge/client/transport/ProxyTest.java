package io.otabridge.client.transport;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.client.BackendClient;
import io.otabridge.client.config.CallOptions;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.diagnosis.ConnectivityProbe;
import io.otabridge.client.proxy.ProxyAuthorization;
import io.otabridge.client.proxy.ProxyVariables;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Check;
import io.otabridge.domain.backend.Finding;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import okhttp3.Authenticator;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.POST;

/** Requests through a proxy, over real sockets. */
class ProxyTest {

    private static final String LOGIN = "Proxy-Authorization: Basic dXNlcjpodW50ZXIy";
    private static final CallOptions LIMITS = new CallOptions(Duration.ofSeconds(30), 10_000, 0, false);
    private static final CallOptions LIMITS_WITH_A_RETRY = new CallOptions(Duration.ofSeconds(30), 10_000, 1, false);

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    @TempDir
    private static Path scratch;

    private AutoCloseable proxy = () -> {};

    interface Api {
        @GET("thing")
        PreparedRequest show();

        @POST("thing")
        PreparedRequest create(@Body RequestBody body);

        @DELETE("thing")
        PreparedRequest remove();
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
    }

    @Test
    void sends_the_login_with_a_clear_text_request_only_to_the_proxy() throws IOException {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson("{}")));
        RawServer recording = forwardingTo(SERVER.getPort());

        Either<OtaFailure, HttpResponse> response =
                send(environment("http_proxy", "user:hunter2@", recording.port()), "http://iot.example");

        assertThat(response.get().status()).isEqualTo(200);
        assertThat(recording.requests()).hasSize(1);
        assertThat(recording.requests().get(0))
                .startsWith("GET http://iot.example/thing HTTP/1.1")
                .contains(LOGIN);
        SERVER.verify(1, anyRequestedFor(anyUrl()).withoutHeader("Proxy-Authorization"));
    }

    @Test
    void sends_a_creation_through_a_proxy_with_a_login_once() throws IOException {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson("{}")));
        RawServer recording = forwardingTo(SERVER.getPort());
        HttpTransport transport = HttpTransport.of(environment("http_proxy", "user:hunter2@", recording.port()));
        BackendClient calls = calls(transport);
        PreparedRequest request = transport
                .retrofit(at("http://iot.example"), signed -> signed)
                .create(Api.class)
                .create(OneShotBody.json("{}"));

        assertThat(calls.change(calls.contextOf("Create"), request, Either::right)
                        .isRight())
                .isTrue();
        SERVER.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void sends_the_login_with_connect_and_not_through_the_tunnel() throws IOException {
        TestCertificates certificates = TestCertificates.in(scratch);
        RawServer server = new RawServer(
                certificates.of("tunnel", "-5d", 365, "iot.example"),
                "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"trap\"\r\n"
                        + "Content-Length: 0\r\n\r\n");
        RawServer recording = forwardingTo(server.port());
        HttpTransport transport = HttpTransport.over(certificates
                .client()
                .proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", recording.port())))
                .proxyAuthenticator((route, response) -> response.request()
                        .newBuilder()
                        .header("Proxy-Authorization", "Basic dXNlcjpodW50ZXIy")
                        .build())
                .build());

        OtaFailure failure = send(transport, "https://iot.example").getLeft();

        assertThat(failure)
                .isInstanceOfSatisfying(
                        OtaFailure.Rejected.class,
                        rejected -> assertThat(rejected.subject()).isEqualTo(OtaFailure.Rejected.Subject.NETWORK));
        assertThat(recording.requests()).hasSize(1);
        assertThat(recording.requests().get(0))
                .startsWith("CONNECT iot.example:443 HTTP/1.1")
                .contains(LOGIN);
        assertThat(server.requests()).hasSize(1);
        assertThat(server.requests().get(0)).doesNotContainIgnoringCase("Proxy-Authorization");
        server.close();
    }

    @Test
    void a_deletion_without_a_tunnel_was_not_sent() throws IOException {
        TestCertificates certificates = TestCertificates.in(Files.createDirectory(scratch.resolve("deletion")));
        try (RawServer server = new RawServer(
                certificates.of("tunnel", "-5d", 365, "iot.example"),
                "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")) {
            RawServer recording = LocalProxy.http(server.port(), true);
            proxy = recording;
            HttpTransport transport = HttpTransport.over(certificates
                    .client()
                    .proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", recording.port())))
                    .build());
            BackendClient calls = calls(transport, LIMITS_WITH_A_RETRY);
            PreparedRequest request = transport
                    .retrofit(at("https://iot.example"), signed -> signed)
                    .create(Api.class)
                    .remove();

            Either<OtaFailure, DeleteResult> deletion = calls.delete(
                    calls.contextOf("Remove"),
                    request,
                    response -> Either.right(response.status() == 404 ? DeleteResult.NOT_FOUND : DeleteResult.DELETED),
                    () -> false);

            assertThat(deletion).contains(DeleteResult.NOT_FOUND);
            assertThat(recording.requests())
                    .hasSize(2)
                    .allSatisfy(head -> assertThat(head).startsWith("CONNECT iot.example:443"));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void sends_the_login_of_a_variable_with_connect() {
        RawServer rejecting = respondingWith("403 Forbidden");

        send(environment("https_proxy", "user:hunter2@", rejecting.port()), "https://iot.example");

        assertThat(rejecting.requests()).hasSize(1);
        assertThat(rejecting.requests().get(0))
                .startsWith("CONNECT iot.example:443")
                .contains(LOGIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void reports_a_proxy_that_asks_for_a_login(String scheme) {
        RawServer rejecting = respondingWith("407 Proxy Authentication Required");

        OtaFailure failure = send(environment(scheme + "_proxy", "", rejecting.port()), scheme + "://iot.example")
                .getLeft();

        assertThat(failure)
                .isInstanceOfSatisfying(
                        OtaFailure.Rejected.class,
                        rejected -> assertThat(rejected.subject()).isEqualTo(OtaFailure.Rejected.Subject.NETWORK));
        assertThat(failure.isRetryable()).isFalse();
        assertThat(failure.status()).contains(407);
        assertThat(failure.summary())
                .isEqualTo("Backend b was not reached: the proxy 127.0.0.1:" + rejecting.port() + " asks for a login");
        assertThat(failure.advice())
                .startsWith("Set user and password in environment variable " + scheme + "_proxy")
                .contains("http://user:password@127.0.0.1:" + rejecting.port());
        assertThat(rejecting.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void reports_a_rejected_login_without_showing_it(String scheme) {
        RawServer rejecting = respondingWith("407 Proxy Authentication Required");

        OtaFailure failure = send(
                        environment(scheme + "_proxy", "user:hunter2@", rejecting.port()), scheme + "://iot.example")
                .getLeft();

        assertThat(failure.summary()).endsWith("the proxy 127.0.0.1:" + rejecting.port() + " rejected the login");
        assertThat(failure.advice()).startsWith("Correct user and password in");
        assertThat(failure.toString()).doesNotContain("hunter2").doesNotContain("dXNlcjpo");
        assertThat(rejecting.requests()).hasSize(1);
    }

    @Test
    void reports_a_server_that_responds_like_a_proxy() {
        RawServer server = respondingWith("407 Proxy Authentication Required");

        OtaFailure failure = send(
                        BackendContext.system().withEnvironment(Map.of()), "http://127.0.0.1:" + server.port())
                .getLeft();

        assertThat(failure)
                .isInstanceOfSatisfying(
                        OtaFailure.Rejected.class,
                        rejected -> assertThat(rejected.subject()).isEqualTo(OtaFailure.Rejected.Subject.NETWORK));
        assertThat(failure.summary())
                .endsWith("127.0.0.1:" + server.port()
                        + " responded like a proxy that asks for a login, but no proxy is configured");
    }

    @ParameterizedTest
    @CsvSource({"403 Forbidden, Rejected, false", "502 Bad Gateway, Unavailable, true"})
    void reports_a_proxy_that_does_not_connect(String status, String kind, boolean isRetryable) {
        RawServer rejecting = respondingWith(status);

        OtaFailure failure = send(environment("https_proxy", "", rejecting.port()), "https://iot.example")
                .getLeft();

        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.isRetryable()).isEqualTo(isRetryable);
        assertThat(failure.summary())
                .isEqualTo("Backend b was not reached: the proxy 127.0.0.1:" + rejecting.port()
                        + " does not connect to iot.example:443 (HTTP " + status.substring(0, 3) + ")");
    }

    @Test
    void names_a_proxy_that_refuses_connections() throws IOException {
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0));

            OtaFailure failure = send(environment("https_proxy", "", taken.getLocalPort()), "https://iot.example")
                    .getLeft();

            assertThat(failure.summary())
                    .startsWith("Backend b cannot connect to the proxy 127.0.0.1:" + taken.getLocalPort()
                            + " for iot.example:443: ");
            assertThat(failure.advice()).contains("https_proxy");
        }
    }

    @Test
    void names_a_proxy_with_an_unknown_host() {
        OtaFailure failure = send(
                        BackendContext.system().withEnvironment(Map.of("https_proxy", "http://proxy.invalid:3128")),
                        "https://iot.example")
                .getLeft();

        assertThat(failure.summary())
                .isEqualTo("Backend b cannot be reached: unknown host of the proxy proxy.invalid:3128");
    }

    @Test
    void sends_nothing_if_the_variable_is_invalid() {
        OtaFailure failure = send(
                        BackendContext.system().withEnvironment(Map.of("https_proxy", "ftp://user:hunter2@proxy")),
                        "https://iot.example")
                .getLeft();

        assertThat(failure)
                .isInstanceOfSatisfying(
                        OtaFailure.Rejected.class,
                        rejected -> assertThat(rejected.subject()).isEqualTo(OtaFailure.Rejected.Subject.NETWORK));
        assertThat(failure.summary())
                .startsWith("Backend b cannot reach iot.example:443: environment variable https_proxy must be");
        assertThat(failure.toString()).doesNotContain("hunter2");
    }

    @Test
    void reaches_a_server_through_a_socks_proxy() throws IOException {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson("{}")));
        try (RawServer socks = LocalProxy.socks(SERVER.getPort())) {
            BackendContext context =
                    BackendContext.system().withEnvironment(Map.of("all_proxy", "socks5h://127.0.0.1:" + socks.port()));

            assertThat(send(context, "http://iot.invalid").get().status()).isEqualTo(200);
            assertThat(socks.requests()).containsExactly("iot.invalid");
        }
    }

    @Test
    void ignores_variables_if_the_application_has_its_own_client() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson("{}")));
        BackendContext context = environment("all_proxy", "", 1)
                .withResource(
                        HttpTransport.class,
                        HttpTransport.over(new OkHttpClient.Builder()
                                .proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", SERVER.getPort())))
                                .build()));

        assertThat(send(context, "http://iot.example").get().status()).isEqualTo(200);
    }

    @Test
    void uses_the_authenticator_of_the_application() {
        RawServer rejecting = respondingWith("407 Proxy Authentication Required");
        HttpTransport transport = HttpTransport.over(new OkHttpClient.Builder()
                .proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", rejecting.port())))
                .proxyAuthenticator((route, response) -> response.request().header("Proxy-Authorization") != null
                        ? null
                        : response.request()
                                .newBuilder()
                                .header("Proxy-Authorization", "Basic dXNlcjpodW50ZXIy")
                                .build())
                .build());

        OtaFailure failure = send(transport, "http://iot.example").getLeft();

        assertThat(failure.summary()).endsWith("rejected the login");
        assertThat(rejecting.requests()).hasSize(2);
        assertThat(rejecting.requests().get(1)).contains(LOGIN);
    }

    @Test
    void hides_a_login_that_a_proxy_repeats() {
        SERVER.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(403)
                        .withHeader("Content-Type", "text/html")
                        .withBody("<html><title>Denied</title>user hunter2, Basic dXNlcjpodW50ZXIy</html>")));

        OtaFailure failure = send(environment("http_proxy", "user:hunter2@", SERVER.getPort()), "http://iot.example")
                .getLeft();

        assertThat(failure.vendorMessage()).contains("a web page \"Denied: user ***, Basic ***\"");
        assertThat(failure.summary())
                .isEqualTo("Backend b received a web page from iot.example:80 through the proxy 127.0.0.1:"
                        + SERVER.getPort() + " instead of an API response");
    }

    @ParameterizedTest
    @CsvSource({
        "407 Proxy Authentication Required, http,  asks for a login (HTTP 407)",
        "407 Proxy Authentication Required, https, asks for a login (HTTP 407)",
        "403 Forbidden,                     https, does not connect to iot.example:443 (HTTP 403)",
    })
    void a_diagnosis_reports_a_proxy_that_rejects_requests(String status, String scheme, String problem) {
        RawServer rejecting = respondingWith(status);

        ConnectivityProbe probe =
                runProbe(environment(scheme + "_proxy", "", rejecting.port()), scheme + "://iot.example");

        assertThat(probe.isReachable()).isFalse();
        assertThat(probe.findings().map(Finding::check)).containsExactly(Check.DNS, Check.CONNECTION);
        Finding found = probe.findings().last();
        assertThat(found.hasFailed()).isTrue();
        assertThat(found.description())
                .startsWith("the proxy 127.0.0.1:" + rejecting.port())
                .endsWith(problem);
        assertThat(found.advice().get()).contains(scheme + "_proxy");
    }

    @Test
    void a_diagnosis_sends_the_login_too() throws IOException {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson("{}")));
        RawServer recording = forwardingTo(SERVER.getPort());

        ConnectivityProbe probe =
                runProbe(environment("http_proxy", "user:hunter2@", recording.port()), "http://iot.example");

        assertThat(probe.isReachable()).isTrue();
        assertThat(recording.requests().get(0)).contains(LOGIN);
    }

    @Test
    void has_no_login_without_variables_and_authenticator() {
        assertThat(new ProxyAuthorization(ProxyVariables.NONE, Authenticator.NONE)
                        .hasLoginFor(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", 1))))
                .isFalse();
    }

    private RawServer respondingWith(String status) {
        RawServer server = new RawServer("HTTP/1.1 " + status
                + "\r\nProxy-Authenticate: Basic realm=\"corp\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        proxy = server;
        return server;
    }

    private RawServer forwardingTo(int port) {
        RawServer recording = LocalProxy.http(port, false);
        proxy = recording;
        return recording;
    }

    private static BackendContext environment(String variable, String login, int port) {
        return BackendContext.system().withEnvironment(Map.of(variable, "http://" + login + "127.0.0.1:" + port));
    }

    private static ConnectionSettings at(String address) {
        return new ConnectionSettings(Endpoint.parse(address, true).get(), Option.none(), LIMITS);
    }

    private static BackendClient calls(HttpTransport transport) {
        return calls(transport, LIMITS);
    }

    private static BackendClient calls(HttpTransport transport, CallOptions limits) {
        return new BackendClient(
                "b",
                Vendor.of("acme"),
                transport.redactor(List.empty()),
                BackendContext.system(),
                limits,
                Option.none());
    }

    private static Either<OtaFailure, HttpResponse> send(BackendContext context, String address) {
        return send(HttpTransport.of(context), address);
    }

    private static Either<OtaFailure, HttpResponse> send(HttpTransport transport, String address) {
        BackendClient calls = calls(transport);
        OperationContext origin = calls.contextOf("Show");
        PreparedRequest request = transport
                .retrofit(at(address), signed -> signed)
                .create(Api.class)
                .show();
        return calls.read(origin, request, Either::right);
    }

    private static ConnectivityProbe runProbe(BackendContext context, String address) {
        HttpTransport transport = HttpTransport.of(context);
        return ConnectivityProbe.run(
                transport,
                at(address),
                Clock.systemUTC(),
                Option.none(),
                "Check the region",
                transport.redactor(List.empty()));
    }
}
