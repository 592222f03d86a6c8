package io.otabridge.client.transport;

import io.otabridge.client.redaction.Redactor;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import okhttp3.Headers;
import okhttp3.Response;

/** What a server answered: status, headers and the whole body, which is within the size limit. */
public final class HttpResponse {

    /** More than a redactor reads. */
    private static final int BEGINNING = 64_000;

    /** Of a response that may be larger than memory. */
    private static final int PEEKED = 8_192;

    private final int status;
    private final Headers headers;
    private final byte[] body;

    public HttpResponse(int status, Headers headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** Status, headers and the first bytes of a response, which is read elsewhere, too: enough to tell a web page. */
    public static HttpResponse beginning(Response response) throws IOException {
        byte[] start = response.peekBody(PEEKED).bytes();
        return new HttpResponse(response.code(), response.headers(), start);
    }

    /** Status and headers alone. */
    public HttpResponse head() {
        return new HttpResponse(status, headers, new byte[0]);
    }

    public int status() {
        return status;
    }

    /** Whether the status is 200 to 299. */
    public boolean isSuccess() {
        return status >= 200 && status <= 299;
    }

    /** The first header of this name, in any case; a blank one counts as absent. */
    public Option<String> header(String name) {
        return Option.of(headers.get(name)).map(String::trim).filter(value -> !value.isEmpty());
    }

    /** The body's bytes, not copied: do not change them. */
    public byte[] body() {
        return body;
    }

    /** The beginning of the body as text, as it came: only a {@link Redactor} may look at it. */
    public String beginning() {
        return beginning(StandardCharsets.UTF_8);
    }

    public String beginning(Charset charset) {
        return new String(body, 0, Math.min(body.length, BEGINNING), charset);
    }

    /** How long the server asks to wait, from the header {@code Retry-After} in either of its forms. */
    public Option<Duration> retryAfter(Clock clock) {
        return header("Retry-After")
                .flatMap(text -> text.matches("[0-9]{1,9}")
                        ? Option.some(Duration.ofSeconds(Long.parseLong(text)))
                        : untilDate(text, clock));
    }

    /** The id of the request in a header such as {@code X-Request-Id}, whoever sent it. */
    public Option<String> requestId() {
        return io.vavr.collection.List.ofAll(headers.names())
                .find(name -> name.toLowerCase(Locale.ROOT).endsWith("request-id"))
                .flatMap(this::header);
    }

    /** When the server sent it, by its own clock. */
    public Option<Instant> date() {
        return header("Date").flatMap(HttpResponse::moment);
    }

    private static Option<Instant> moment(String text) {
        try {
            return Option.some(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException notADate) {
            return Option.none();
        }
    }

    private static Option<Duration> untilDate(String text, Clock clock) {
        return moment(text)
                .map(at -> Duration.between(clock.instant(), at))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }
}
