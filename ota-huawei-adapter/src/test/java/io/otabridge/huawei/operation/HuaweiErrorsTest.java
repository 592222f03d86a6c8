package io.otabridge.huawei.operation;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static io.otabridge.huawei.HuaweiFixture.payload;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.huawei.HuaweiFixture;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maps every documented error response to a failure, over a real socket. */
class HuaweiErrorsTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    @ParameterizedTest
    @CsvSource({
        "400, IOTDA.000006, Rejected, false",
        "400, IOTDA.000017, Rejected, false",
        "404, IOTDA.000029, Rejected, false",
        "401, IOTDA.000002, AccessDenied, false",
        "403, IOTDA.000004, AccessDenied, false",
        "500, IOTDA.000020, AccessDenied, false",
        "403, IOTDA.000021, AccessDenied, false",
        "403, IOTDA.001000, Rejected, false",
        "403, IOTDA.001002, AccessDenied, false",
        "403, IOTDA.001005, Rejected, false",
        "400, IOTDA.014204, NotFound, false",
        "404, IOTDA.019300, NotFound, false",
        "403, IOTDA.021101, RateLimited, true",
        "403, IOTDA.021102, RateLimited, true",
        "429, APIGW.0308, RateLimited, true",
        "429, APIG.0308, RateLimited, true",
        "404, APIGW.0101, Rejected, false",
        "401, APIGW.0301, AccessDenied, false",
        "403, APIGW.0302, AccessDenied, false",
        "502, APIGW.0201, Unavailable, true",
        "413, APIGW.0201, Rejected, false",
        "500, IOTDA.999999, Unavailable, true",
        "403, IOTDA.999999, AccessDenied, false",
        "404, SOMETHING.else, Rejected, false",
        "400, IOTDA.000008, Rejected, false",
        "400, IOTDA.000009, Rejected, false",
        "400, IOTDA.000010, Rejected, false",
        "400, IOTDA.000011, Rejected, false",
        "400, IOTDA.000012, Rejected, false",
        "400, IOTDA.000013, Rejected, false",
        "400, IOTDA.000014, Rejected, false",
        "400, IOTDA.000018, Rejected, false",
        "400, IOTDA.000029, Rejected, false",
        "400, IOTDA.019305, Rejected, false",
        "400, IOTDA.014602, Rejected, false",
        "400, IOTDA.014115, Rejected, false",
        "400, iotda.000006, Rejected, false",
        "403, IOTDA.001007, AccessDenied, false",
        "403, IOTDA.001006, Rejected, false",
        "401, APIGW.0303, AccessDenied, false",
        "403, APIGW.0304, AccessDenied, false",
        "401, APIGW.0305, AccessDenied, false",
        "403, APIGW.0306, AccessDenied, false",
        "401, APIGW.0307, AccessDenied, false",
        "404, apig.0101, Rejected, false",
        "404, iotda.019300, NotFound, false",
        "403, Iotda.021101, RateLimited, true",
        "504, APIGW.0201, Unavailable, true",
        "200, IOTDA.999999, Rejected, false"
    })
    void maps_codes_before_statuses(int status, String code, String kind, boolean retryable) {
        stub(status, "{\"error_code\":\"%s\",\"error_msg\":\"a message\"}".formatted(code));

        OtaFailure failure = find();

        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.isRetryable()).isEqualTo(retryable);
        assertThat(failure.vendorCode()).contains(code);
        assertThat(failure.vendorMessage()).contains("a message");
        assertThat(failure.status()).contains(status);
    }

    @ParameterizedTest
    @CsvSource({
        "400, Rejected", "401, AccessDenied", "403, AccessDenied", "404, Rejected", "408, Unavailable",
        "418, Rejected", "429, RateLimited", "500, Unavailable", "502, Unavailable", "503, Unavailable",
        "504, Unavailable", "301, UnreadableResponse", "304, UnreadableResponse", "204, UnreadableResponse"
    })
    void maps_statuses_without_a_body(int status, String kind) {
        stub(status, "");

        OtaFailure failure = find();

        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.status()).contains(status);
        assertThat(failure.vendorMessage()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"code\":\"IOTDA.000006\",\"message\":\"a message\"}",
                "{\"error\":{\"code\":\"IOTDA.000006\",\"message\":\"a message\"}}",
                "{\"error\":{\"error_code\":\"IOTDA.000006\",\"error_msg\":\"a message\"}}",
                "{\"error_msg\":\"a message\",\"error_code\":\"IOTDA.000006\",\"details\":[{\"error_code\":\"x\"}]}"
            })
    void reads_every_format_of_an_error(String body) {
        stub(400, body);

        OtaFailure failure = find();

        assertThat(failure.vendorCode()).contains("IOTDA.000006");
        assertThat(failure.vendorMessage()).contains("a message");
    }

    @Test
    void prefers_the_request_id_in_the_header() {
        SERVER.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(401)
                        .withHeader("X-Request-Id", "from-header")
                        .withBody(payload("error-401-gateway"))));

        assertThat(find().requestId()).contains("from-header");
    }

    @Test
    void reads_the_request_id_in_the_body() {
        stub(401, payload("error-401-gateway"));

        assertThat(find().requestId()).contains("8080d377bffeb6d519b0567c09cebe6b");
    }

    @Test
    void keeps_the_request_id_of_an_unreadable_success() {
        SERVER.stubFor(any(anyUrl())
                .willReturn(aResponse().withHeader("X-Request-Id", "r-1").withBody("{}")));

        OtaFailure failure = find();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.requestId()).contains("r-1");
        assertThat(failure.status()).contains(200);
    }

    @Test
    void returns_retry_after_in_seconds() {
        SERVER.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(429)
                        .withHeader("Retry-After", "7")
                        .withBody(payload("error-429-gateway"))));

        assertThat(find().retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void returns_retry_after_as_a_date() {
        SERVER.stubFor(any(anyUrl())
                .willReturn(aResponse().withStatus(503).withHeader("Retry-After", "Thu, 15 Jan 2026 08:16:00 GMT")));

        assertThat(find().retryAfter()).contains(Duration.ofSeconds(30));
    }

    @Test
    void ignores_an_error_code_that_is_null() {
        stub(400, "{\"error_code\":null,\"error_msg\":null}");

        OtaFailure failure = find();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.vendorCode()).isEmpty();
    }

    @Test
    void reads_an_error_with_status_200() {
        stub(200, "{\"error_code\":\"IOTDA.021101\",\"error_msg\":\"too much\"}");

        assertThat(find()).isInstanceOf(OtaFailure.RateLimited.class);
    }

    @ParameterizedTest
    @CsvSource({"200", "403"})
    void does_not_read_a_web_page_as_a_vendor_error(int status) {
        stub(status, "<html><head><title>Blocked</title></head><body>Incident 1234567890</body></html>");

        OtaFailure failure = find();

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(failure.vendorMessage()).contains("a web page \"Blocked: Incident 1234567890\"");
        assertThat(failure.advice()).doesNotContainIgnoringCase("credential");
    }

    @Test
    void shortens_a_long_web_page_to_one_line() {
        stub(503, "<html>\n<body>Maintenance\t" + "x".repeat(100_000) + "</body></html>");

        assertThat(find().vendorMessage().get())
                .startsWith("a web page \"Maintenance xxx")
                .hasSizeLessThan(320);
    }

    @Test
    void hides_keys_that_the_vendor_repeats() {
        stub(
                401,
                "{\"error_code\":\"APIGW.0301\",\"error_msg\":\"ak %s with %s not exist at https://h/p?X-Sig=1\"}"
                        .formatted(HuaweiFixture.ACCESS_KEY, HuaweiFixture.SECRET_KEY));

        assertThat(find().vendorMessage()).contains("ak *** with *** not exist at https://h/p?…");
    }

    private static void stub(int status, String body) {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
    }

    private static OtaFailure find() {
        return HuaweiFixture.open(HuaweiFixture.settings(SERVER.baseUrl()))
                .firmware()
                .find(FirmwareId.of("28f61af50fc9452aa0ed5ea25c3cc3d3"))
                .getLeft();
    }
}
