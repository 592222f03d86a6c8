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

/** The response of a server: status, headers and the whole body, which is within the size limit. */
public final class HttpResponse {

    /** More than a redactor reads. */
    private static final int BEGINNING = 64_000;

    /** The bytes to peek of a response that may be larger than memory. */
    private static final int PEEKED = 8_192;

    private final int status;
    private final Headers headers;
    private final byte[] body;

    public HttpResponse(int status, Headers headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** Status, headers and the first bytes of a response, without consuming it: enough to recognize a web page. */
    public static HttpResponse beginning(Response response) throws IOException {
        byte[] start = response.peekBody(PEEKED).bytes();
        return new HttpResponse(response.code(), response.headers(), start);
    }

    /** The same response without its body. */
    public HttpResponse head() {
        return new HttpResponse(status, headers, new byte[0]);
    }

    /** The same response with this body. */
    public HttpResponse withBody(byte[] newBody) {
        return new HttpResponse(status, headers, newBody);
    }

    public int status() {
        return status;
    }

    /** Whether the status is 200 to 299. */
    public boolean isSuccess() {
        return status >= 200 && status <= 299;
    }

    /** The first header of this name, case-insensitive and trimmed; absent if it is blank. */
    public Option<String> header(String name) {
        return Option.of(headers.get(name)).map(String::trim).filter(value -> !value.isEmpty());
    }

    /** The bytes of the body. They are not copied and must not be changed. */
    public byte[] body() {
        return body;
    }

    /** The beginning of the body as text, unredacted: pass it only to a {@link Redactor}. */
    public String beginning() {
        return beginning(StandardCharsets.UTF_8);
    }

    public String beginning(Charset charset) {
        return new String(body, 0, Math.min(body.length, BEGINNING), charset);
    }

    /** The delay that the server requests in the header {@code Retry-After}, in either of its forms. */
    public Option<Duration> retryAfter(Clock clock) {
        return header("Retry-After")
                .flatMap(text -> text.matches("[0-9]{1,9}")
                        ? Option.some(Duration.ofSeconds(Long.parseLong(text)))
                        : untilDate(text, clock));
    }

    /** The request id in a header such as {@code X-Request-Id}, from the vendor or an intermediary. */
    public Option<String> requestId() {
        return io.vavr.collection.List.ofAll(headers.names())
                .find(name -> name.toLowerCase(Locale.ROOT).endsWith("request-id"))
                .flatMap(this::header);
    }

    /** The header {@code Date}: when the server sent the response, by its own clock. */
    public Option<Instant> date() {
        return header("Date").flatMap(HttpResponse::parseDate);
    }

    private static Option<Instant> parseDate(String text) {
        try {
            return Option.some(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException notADate) {
            return Option.none();
        }
    }

    private static Option<Duration> untilDate(String text, Clock clock) {
        return parseDate(text)
                .map(date -> Duration.between(clock.instant(), date))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }
}
