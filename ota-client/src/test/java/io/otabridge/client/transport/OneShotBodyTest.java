package io.otabridge.client.transport;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.moreThan;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.client.BackendClient;
import io.otabridge.client.TestClients;
import io.otabridge.client.config.CallOptions;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import io.vavr.control.Option;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import retrofit2.http.Body;
import retrofit2.http.POST;

/** Which requests the HTTP client resends itself, over real sockets. */
class OneShotBodyTest {

    private static final BackendClient CALLS = TestClients.client(CallOptions.defaults());

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    /** Each test has its own connection pool. */
    private final HttpTransport transport = HttpTransport.over(new OkHttpClient());

    interface Api {
        @POST("things")
        PreparedRequest create(@Body RequestBody body);
    }

    @Test
    void is_not_resent_when_a_pooled_connection_is_closed() {
        openPooledConnection();
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        assertThat(send(OneShotBody.json("{}")).getLeft()).isInstanceOf(OtaFailure.OutcomeUnknown.class);

        SERVER.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void the_body_of_a_read_is_resent_when_a_pooled_connection_is_closed() {
        openPooledConnection();
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        CALLS.read(CALLS.contextOf("Show"), request(RequestBody.create("{}", null)), Either::right);

        SERVER.verify(moreThan(1), anyRequestedFor(anyUrl()));
    }

    @Test
    void nothing_is_resent_for_retry_after_zero() {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503).withHeader("Retry-After", "0")));

        assertThat(send(OneShotBody.json("{}")).get().status()).isEqualTo(503);
        assertThat(send(RequestBody.create("{}", null)).get().status()).isEqualTo(503);

        SERVER.verify(2, anyRequestedFor(anyUrl()));
    }

    @Test
    void nothing_is_resent_for_request_timeout() {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(408)));

        assertThat(send(RequestBody.create(new byte[0], null)).get().status()).isEqualTo(408);
        assertThat(send(RequestBody.create("{}", null)).get().status()).isEqualTo(408);

        SERVER.verify(2, anyRequestedFor(anyUrl()));
    }

    @Test
    void arrives_as_json_in_utf_8() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok()));

        send(OneShotBody.json("{\"alias\":\"微控制单元\"}"));

        SERVER.verify(anyRequestedFor(anyUrl())
                .withHeader("Content-Type", equalTo("application/json"))
                .withRequestBody(equalTo("{\"alias\":\"微控制单元\"}")));
    }

    @Test
    void an_empty_body_has_content_length_zero() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok()));

        send(RequestBody.create(new byte[0], null));

        SERVER.verify(anyRequestedFor(anyUrl())
                .withHeader("Content-Type", absent())
                .withHeader("Content-Length", equalTo("0")));
    }

    /** Leaves a connection in the pool, without a recorded request. */
    private void openPooledConnection() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok("text")));
        CALLS.read(CALLS.contextOf("Show"), request(RequestBody.create("{}", null)), Either::right);
        SERVER.resetAll();
    }

    private Either<OtaFailure, HttpResponse> send(RequestBody body) {
        return CALLS.change(CALLS.contextOf("Create"), request(body), Either::right);
    }

    private PreparedRequest request(RequestBody body) {
        ConnectionSettings connection = new ConnectionSettings(
                Endpoint.parse(SERVER.getRuntimeInfo().getHttpBaseUrl(), false).get(),
                Option.none(),
                CallOptions.defaults());
        return transport
                .retrofit(connection, request -> request)
                .create(Api.class)
                .create(body);
    }
}
