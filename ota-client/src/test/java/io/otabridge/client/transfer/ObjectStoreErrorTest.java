package io.otabridge.client.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.client.BackendClient;
import io.otabridge.client.config.CallOptions;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.client.transport.RawServer;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.BackendContext;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors in the responses of object stores. */
class ObjectStoreErrorTest {

    private static final BackendClient BACKEND = new BackendClient(
            "prod",
            Vendor.of("acme"),
            Redactor.hiding(List.of("AKIDSECRET")),
            BackendContext.system(),
            CallOptions.defaults(),
            Option.none());

    private static HttpResponse response(int status, String body) {
        return new HttpResponse(
                status,
                Headers.of("x-obs-request-id", "from-header", "Retry-After", "3"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static OtaFailure failure(int status, String body) {
        HttpResponse response = response(status, body);
        return ObjectStoreError.of(response)
                .toFailure(BACKEND, BACKEND.contextOf("PutObject"), Message.of("object a"), response);
    }

    @ParameterizedTest
    @CsvSource({
        "404, NoSuchKey, NotFound, false",
        "404, NoSuchBucket, NotFound, false",
        "404, NoSuchUpload, NotFound, false",
        "404, Unknown, NotFound, false",
        "403, AccessDenied, AccessDenied, false",
        "403, SignatureDoesNotMatch, AccessDenied, false",
        "403, InvalidAccessKeyId, AccessDenied, false",
        "403, InvalidSecurity, AccessDenied, false",
        "403, InvalidSecurityToken, AccessDenied, false",
        "403, RequestTimeTooSkewed, AccessDenied, false",
        "403, Unknown, AccessDenied, false",
        "400, EntityTooLarge, Rejected, false",
        "400, BadDigest, Rejected, false",
        "400, InvalidDigest, Rejected, false",
        "409, Unknown, Rejected, false",
        "412, PreconditionFailed, Rejected, false",
        "503, SlowDown, RateLimited, true",
        "429, Unknown, RateLimited, true",
        "500, InternalError, Unavailable, true",
        "503, ServiceUnavailable, Unavailable, true",
        "301, PermanentRedirect, UnreadableResponse, false",
        "204, Unknown, UnreadableResponse, false"
    })
    void a_code_has_its_kind_of_failure(int status, String code, String kind, boolean isRetryable) {
        OtaFailure failure = failure(
                status,
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Error>\n  <Code>" + code
                        + "</Code>\n  <Message>text</Message><RequestId> r1 </RequestId></Error>");

        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.isRetryable()).isEqualTo(isRetryable);
        assertThat(failure.status()).contains(status);
        assertThat(failure.vendorCode()).contains(code);
        assertThat(failure.vendorMessage()).contains("text");
        assertThat(failure.requestId()).contains("r1");
        assertThat(failure.retryAfter()).isEqualTo(Option.when(isRetryable, Duration.ofSeconds(3)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no XML",
                "{\"code\":\"NoSuchKey\"}",
                "<html><Code>NoSuchKey</Code></html>",
                "<Error/>",
                "<Error><Code></Code></Error>",
                "<!DOCTYPE Error [<!ENTITY c \"NoSuchKey\">]><Error><Code>&c;</Code></Error>",
                "<!DOCTYPE Error SYSTEM \"http://127.0.0.1:1/e.dtd\"><Error><Code>NoSuchKey</Code></Error>",
                "<!DOCTYPE Error [<!EN\0TITY c \"x\">]><Error><Code>NoSuchKey</Code></Error>",
                "<Error><Detail><Code>NoSuchKey</Code></Detail></Error>"
            })
    void a_response_without_a_code_has_the_failure_of_its_status(String body) {
        OtaFailure failure = failure(403, body);

        assertThat(failure).isInstanceOf(OtaFailure.AccessDenied.class);
        assertThat(failure.vendorCode()).isEmpty();
        assertThat(failure.requestId()).contains("from-header");
    }

    @Test
    void nothing_outside_the_document_is_read() {
        try (RawServer server = new RawServer(RawServer.ok())) {
            String address = "\"http://127.0.0.1:" + server.port() + "/e.dtd\"";

            failure(403, "<!DOCTYPE Error SYSTEM " + address + "><Error><Code>NoSuchKey</Code></Error>");
            failure(403, "<!DOCTYPE Error [<!ENTITY % e SYSTEM " + address + "> %e;]><Error/>");

            assertThat(server.requests()).isEmpty();
        }
    }

    /** The parser of the JDK does that. */
    @Test
    void malformed_bytes_are_not_written_to_the_standard_error_stream() {
        byte[] body = "<Error><Code>NoSuchKey</Code><Message>\u00ff</Message></Error>".getBytes(ISO_8859_1);
        PrintStream before = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true, UTF_8));
        try {
            assertThat(ObjectStoreError.of(new HttpResponse(404, Headers.of(), body))
                            .code())
                    .contains("NoSuchKey");
        } finally {
            System.setErr(before);
        }

        assertThat(written.toString(UTF_8)).isEmpty();
    }

    @Test
    void a_byte_order_mark_is_skipped() {
        assertThat(ObjectStoreError.of(response(404, "\uFEFF<Error><Code>NoSuchKey</Code></Error>"))
                        .code())
                .contains("NoSuchKey");
    }

    @Test
    void a_truncated_document_has_what_was_read() {
        ObjectStoreError error = ObjectStoreError.of(response(404, "<Error><Code>NoSuchKey</Code><Mess"));

        assertThat(error)
                .isEqualTo(new ObjectStoreError(Option.some("NoSuchKey"), Option.none(), Option.some("from-header")));
    }

    /** A store repeats the string to sign, which holds a token, and the signature. */
    @Test
    void no_secret_is_shown() {
        OtaFailure failure = failure(
                403,
                "<Error><Code>SignatureDoesNotMatch</Code><Message>Key AKIDSECRET is wrong, Signature=abc123def</Message>"
                        + "<StringToSign>PUT x-obs-security-token:t0k3n</StringToSign>"
                        + "<SignatureProvided>c2lnbmF0dXJl</SignatureProvided></Error>");

        assertThat(failure.vendorCode()).contains("SignatureDoesNotMatch");
        assertThat(failure.toString()).doesNotContain("AKIDSECRET", "abc123def", "t0k3n", "c2lnbmF0dXJl");
    }

    @Test
    void a_large_document_is_read_at_its_beginning_only() {
        String body = "<Error><Code>NoSuchKey</Code><Message>" + "x".repeat(1_000_000) + "</Message></Error>";

        OtaFailure failure = failure(404, body);

        assertThat(failure.vendorCode()).contains("NoSuchKey");
        assertThat(failure.vendorMessage()).isEmpty();
    }
}
