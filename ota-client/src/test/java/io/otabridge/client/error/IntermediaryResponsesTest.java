package io.otabridge.client.error;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.client.BackendClient;
import io.otabridge.client.config.CallOptions;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.client.transport.PreparedRequest;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.BackendContext;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import retrofit2.http.GET;

/** Responses of proxies, login portals and firewalls in place of a vendor, over real sockets. */
class IntermediaryResponsesTest {

    private static final String SECRET = "s3cret-of-the-test";
    private static final CallOptions LIMITS = new CallOptions(Duration.ofSeconds(30), 1_000_000, 0, false);

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    interface Api {
        @GET("thing")
        PreparedRequest show();
    }

    @ParameterizedTest
    @CsvSource({
        "200, UnreadableResponse, false",
        "401, UnreadableResponse, false",
        "403, UnreadableResponse, false",
        "404, Rejected,           false",
        "405, Rejected,           false",
        "429, RateLimited,        true",
        "500, Unavailable,        true",
        "502, Unavailable,        true",
        "503, Unavailable,        true",
        "511, Rejected,           false",
    })
    void never_maps_a_page_to_a_rejection_by_the_vendor(int status, String kind, boolean isRetryable) {
        OtaFailure failure = failure(page(status, "<html><title>Blocked</title>Incident 1234567890</html>"));

        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.isRetryable()).isEqualTo(isRetryable);
        assertThat(failure.status()).contains(status);
        assertThat(failure.vendorMessage()).contains("a web page \"Blocked: Incident 1234567890\"");
        assertThat(failure.advice()).doesNotContainIgnoringCase("credential");
    }

    @Test
    void names_the_host_that_sent_the_page_and_gives_advice() {
        OtaFailure failure = failure(page(403, "<html>Blocked</html>").withHeader("X-Request-Id", "r-7"));

        assertThat(failure.summary())
                .isEqualTo("Backend b received a web page from 127.0.0.1:" + SERVER.getPort()
                        + " instead of an API response");
        assertThat(failure.advice())
                .startsWith("A proxy, login portal or firewall probably sent this response")
                .contains("127.0.0.1:" + SERVER.getPort());
        assertThat(failure.requestId()).contains("r-7");
    }

    @Test
    void keeps_the_retry_after_of_a_page() {
        assertThat(failure(page(503, "<html>Soon</html>").withHeader("Retry-After", "7"))
                        .retryAfter())
                .contains(Duration.ofSeconds(7));
    }

    @Test
    void names_the_target_of_a_redirect_without_tokens() {
        OtaFailure failure = failure(page(302, "<html>Found</html>")
                .withHeader("Location", "http://portal.example/login?token=" + SECRET + "#id_token=abc"));

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.summary())
                .isEqualTo("Backend b was redirected by 127.0.0.1:" + SERVER.getPort()
                        + " to http://portal.example/login");
        assertThat(failure.advice()).startsWith("Redirects are not followed");
        SERVER.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void recognizes_a_network_login_without_a_page() {
        OtaFailure failure = failure(aResponse().withStatus(511));

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).isEqualTo("Backend b was not reached: the network asks for a login");
        assertThat(failure.vendorMessage()).isEmpty();
    }

    @Test
    void hides_secrets_and_control_characters_of_a_page() {
        OtaFailure failure = failure(page(
                403,
                "<html>You sent s3cret&#45;of-the-test to https://u:p@host/a?Signature=x\u001b[2J" + " \u202e<b>x</b>"
                        + "y".repeat(2_000) + "</html>"));

        assertThat(failure.vendorMessage().get())
                .startsWith("a web page \"You sent *** to https://host/a?… [2J x")
                .hasSizeLessThan(340)
                .doesNotContain("\u001b", "\u202e");
    }

    @Test
    void leaves_other_responses_to_the_adapter() {
        SERVER.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(403)
                        .withHeader("Content-Type", "text/html")
                        .withBody("{}")));

        assertThat(send().get().status()).isEqualTo(403);
    }

    private static ResponseDefinitionBuilder page(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "text/html; charset=utf-8")
                .withBody(body);
    }

    private static OtaFailure failure(ResponseDefinitionBuilder response) {
        SERVER.stubFor(any(anyUrl()).willReturn(response));
        return send().getLeft();
    }

    private static Either<OtaFailure, HttpResponse> send() {
        BackendClient calls = new BackendClient(
                "b",
                Vendor.of("acme"),
                Redactor.hiding(List.of(SECRET)),
                BackendContext.system(),
                LIMITS,
                Option.none());
        ConnectionSettings connection = new ConnectionSettings(
                Endpoint.parse("http://127.0.0.1:" + SERVER.getPort(), true).get(), Option.none(), LIMITS);
        PreparedRequest request = HttpTransport.shared()
                .retrofit(connection, signed -> signed)
                .create(Api.class)
                .show();
        return calls.read(calls.contextOf("Show"), request, Either::right);
    }
}
