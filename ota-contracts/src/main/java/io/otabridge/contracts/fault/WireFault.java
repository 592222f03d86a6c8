package io.otabridge.contracts.fault;

import static io.otabridge.contracts.fault.WireFaultScenario.Trait.EXPIRED;
import static io.otabridge.contracts.fault.WireFaultScenario.Trait.OVER_TLS;
import static io.otabridge.contracts.fault.WireFaultScenario.Trait.PER_CONNECTION;
import static io.otabridge.contracts.fault.WireFaultScenario.Trait.REQUIRES_BODY;
import static io.otabridge.contracts.fault.WireFaultScenario.Trait.SELF_SIGNED;
import static io.otabridge.contracts.fault.WireFaultScenario.Trait.UNREACHABLE;
import static io.otabridge.contracts.fault.WireFaultScenario.Trait.UNTIL_DEADLINE;
import static io.otabridge.contracts.fault.WireFaultScenario.Trait.WRONG_HOST;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.otabridge.contracts.fault.FaultProxy.Exchange;
import io.otabridge.contracts.fault.FaultProxy.Response;
import io.otabridge.domain.OtaFailure;
import io.otabridge.simulators.server.Gzip;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Network faults that do not depend on the vendor, with the expected outcomes. Error statuses are sent as a gateway
 * sends them, without an error code of the vendor.
 */
@SuppressWarnings("ImmutableEnumChecker") // The lambdas have no state.
public enum WireFault implements WireFaultScenario {

    // The connection

    CONNECTION_REFUSED("The connection is refused", same(ExpectedOutcome.unavailable(0)), exchange -> {}, UNREACHABLE),
    RESET_BEFORE_REQUEST(
            "The connection is reset before a request is read",
            new ExpectedOutcomes(
                    ExpectedOutcome.unavailable(3), ExpectedOutcome.unknown(3), ExpectedOutcome.unavailable(3)),
            exchange -> {
                // A reset before the first byte may reach the client while it is still connecting.
                exchange.listen();
                exchange.reset();
            },
            PER_CONNECTION),
    RESET_BEFORE_RESPONSE("The connection is reset before the response", lost(), Exchange::reset),
    CUT_BEFORE_RESPONSE("The connection is closed before the response", lost(), exchange -> {}),
    CUT_IN_HEADERS(
            "The connection is closed within the headers",
            lost(),
            exchange -> exchange.send("HTTP/1.1 200 OK\r\nCont")),
    RESET_IN_BODY(
            "The connection is reset within the body",
            lost(),
            exchange -> {
                sendHalf(exchange);
                exchange.reset();
            },
            REQUIRES_BODY),
    CUT_IN_BODY(
            "The connection is closed before Content-Length is reached", lost(), WireFault::sendHalf, REQUIRES_BODY),
    CUT_IN_CHUNKS(
            "The connection is closed before the last chunk",
            lost(),
            exchange -> {
                exchange.send(exchange.response().head() + "Transfer-Encoding: chunked\r\n\r\n");
                exchange.send(chunk(exchange.response()));
            },
            REQUIRES_BODY),
    HANG_BEFORE_RESPONSE("No response arrives", ExpectedOutcomes.late(), Exchange::hang, UNTIL_DEADLINE),
    HANG_IN_BODY(
            "The body stalls",
            ExpectedOutcomes.late(),
            exchange -> {
                sendHalf(exchange);
                exchange.hang();
            },
            REQUIRES_BODY,
            UNTIL_DEADLINE),
    SLOW_DRIP(
            "The body arrives slowly and is incomplete at the deadline",
            ExpectedOutcomes.late(),
            exchange -> {
                exchange.send(exchange.response().head() + length(1_000_000));
                while (true) {
                    exchange.send(" ");
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                }
            },
            REQUIRES_BODY,
            UNTIL_DEADLINE),
    BYTE_BY_BYTE(
            "The body arrives byte by byte",
            same(ExpectedOutcome.success(1)),
            exchange -> {
                exchange.send(exchange.response().head() + "Connection: close\r\n"
                        + length(exchange.response().body().length));
                for (byte next : exchange.response().body()) {
                    exchange.send(new byte[] {next});
                }
            },
            REQUIRES_BODY),

    // HTTP

    NOT_HTTP("The response is not HTTP", unreadable(), exchange -> exchange.send("SSH-2.0-OpenSSH_9.6\r\n")),
    LENGTH_TOO_SHORT(
            "Content-Length is less than the body",
            unreadable(),
            exchange -> {
                byte[] body = exchange.response().body();
                exchange.send(exchange.response().head() + "Connection: close\r\n" + length(body.length / 2));
                exchange.send(body);
            },
            REQUIRES_BODY),
    LENGTH_NEGATIVE(
            "Content-Length is negative",
            unreadable(),
            exchange -> {
                exchange.send(exchange.response().head() + length(-5));
                exchange.send(exchange.response().body());
            },
            REQUIRES_BODY),
    NO_LENGTH(
            "The body ends with the connection",
            same(ExpectedOutcome.success(1)),
            exchange -> {
                exchange.send(exchange.response().head() + "\r\n");
                exchange.send(exchange.response().body());
            },
            REQUIRES_BODY),
    CHUNKED(
            "The body is chunked",
            same(ExpectedOutcome.success(1)),
            exchange -> {
                exchange.send(exchange.response().head() + "Transfer-Encoding: chunked\r\n\r\n");
                exchange.send(chunk(exchange.response()));
                exchange.send("0\r\n\r\n");
            },
            REQUIRES_BODY),
    INVALID_CHUNK_LENGTH(
            "A chunk length is not a number",
            unreadable(),
            exchange -> exchange.send(
                    exchange.response().head() + "Transfer-Encoding: chunked\r\n\r\nlong\r\n{}\r\n0\r\n\r\n"),
            REQUIRES_BODY),
    COMPRESSED(
            "The body is compressed",
            same(ExpectedOutcome.success(1)),
            exchange -> {
                byte[] body = Gzip.of(exchange.response().body());
                exchange.send(exchange.response().head() + "Content-Encoding: gzip\r\n" + length(body.length));
                exchange.send(body);
            },
            REQUIRES_BODY),
    NOT_COMPRESSED(
            "Content-Encoding is gzip but the body is not compressed",
            unreadable(),
            exchange -> {
                exchange.send(exchange.response().head() + "Content-Encoding: gzip\r\n"
                        + length(exchange.response().body().length));
                exchange.send(exchange.response().body());
            },
            REQUIRES_BODY),
    COMPRESSED_AND_CUT(
            "The connection is closed within a compressed body",
            lost(),
            exchange -> {
                exchange.send(exchange.response().head() + "Content-Encoding: gzip\r\n" + length(1_000_000));
                exchange.send(Gzip.header());
                exchange.send(Gzip.mebibyteOfBlanks());
            },
            REQUIRES_BODY),
    GZIP_BOMB(
            "The body decompresses to 1 GiB",
            unreadable(),
            exchange -> {
                exchange.send(exchange.response().head() + "Content-Encoding: gzip\r\n\r\n");
                exchange.send(Gzip.header());
                byte[] piece = Gzip.mebibyteOfBlanks();
                for (int i = 0; i < 1024; i++) {
                    exchange.send(piece);
                }
            },
            REQUIRES_BODY),
    ENDLESS_BODY(
            "The body is endless",
            unreadable(),
            exchange -> {
                exchange.send(exchange.response().head() + "\r\n");
                byte[] blanks = " ".repeat(1 << 16).getBytes(US_ASCII);
                while (true) {
                    exchange.send(blanks);
                }
            },
            REQUIRES_BODY),

    // Interim responses, and responses without a body

    CONTINUE_FIRST("100 precedes the response", same(ExpectedOutcome.success(1)), exchange -> {
        exchange.send("HTTP/1.1 100 Continue\r\n\r\n");
        exchange.forward();
    }),
    HINTS_FIRST("103 precedes the response, twice", same(ExpectedOutcome.success(1)), exchange -> {
        exchange.send("HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n".repeat(2));
        exchange.forward();
    }),
    CONTINUE_ONLY(
            "The connection is closed after 100", lost(), exchange -> exchange.send("HTTP/1.1 100 Continue\r\n\r\n")),
    ENDLESS_HINTS(
            "103 is sent endlessly",
            ExpectedOutcomes.late(),
            exchange -> {
                while (true) {
                    exchange.send("HTTP/1.1 103 Early Hints\r\n\r\n");
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
            },
            UNTIL_DEADLINE),
    SWITCHING_PROTOCOLS(
            "101 without an upgrade request",
            unreadable(),
            exchange ->
                    exchange.send("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n")),
    NO_CONTENT_WITH_BODY(
            "204 with a body",
            unreadable(),
            exchange -> exchange.respond("204 No Content", "", "{\"note\":\"a body\"}")),

    // Statuses, as gateways and proxies send them

    UNAUTHORIZED("401", same(ExpectedOutcome.at(OtaFailure.AccessDenied.class)), status("401 Unauthorized")),
    FORBIDDEN("403", same(ExpectedOutcome.at(OtaFailure.AccessDenied.class)), status("403 Forbidden")),
    LOGIN_PAGE("200 with an HTML page", unreadable(), page("200 OK")),
    FORBIDDEN_PAGE("403 with an HTML page", unreadable(), page("403 Forbidden")),
    NOT_FOUND("404", same(ExpectedOutcome.at(OtaFailure.Rejected.class)), status("404 Not Found")),
    PROXY_AUTHENTICATION(
            "407 although no proxy is used",
            same(ExpectedOutcome.at(OtaFailure.Rejected.class)),
            status("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"proxy\"\r\n")),
    REQUEST_TIMEOUT("408", ExpectedOutcomes.outage(), status("408 Request Timeout")),
    TOO_MANY_REQUESTS("429", limited(3), status("429 Too Many Requests")),
    RETRY_AFTER_ONE_SECOND("429 with Retry-After: 1, once", same(ExpectedOutcome.success(2)), exchange -> {
        if (exchange.number() == 1) {
            status("429 Too Many Requests", "Retry-After: 1\r\n").apply(exchange);
        } else {
            exchange.forward();
        }
    }),
    RETRY_AFTER_PAST_DATE(
            "429 with a past date in Retry-After",
            limited(3),
            status("429 Too Many Requests", "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n")),
    RETRY_AFTER_LATE_DATE(
            "429 with a date after the deadline in Retry-After",
            limited(1),
            status("429 Too Many Requests", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT\r\n")),
    RETRY_AFTER_HUGE(
            "429 with Retry-After: 999999999",
            limited(1),
            status("429 Too Many Requests", "Retry-After: 999999999\r\n")),
    RETRY_AFTER_INVALID(
            "429 with Retry-After: soon", limited(3), status("429 Too Many Requests", "Retry-After: soon\r\n")),
    RETRY_AFTER_NEGATIVE(
            "429 with Retry-After: -60", limited(3), status("429 Too Many Requests", "Retry-After: -60\r\n")),
    RETRY_AFTER_OVERFLOW(
            "429 with forty digits in Retry-After",
            limited(3),
            status("429 Too Many Requests", "Retry-After: " + "9".repeat(40) + "\r\n")),
    SERVER_ERROR("500", ExpectedOutcomes.outage(), status("500 Internal Server Error")),
    BAD_GATEWAY("502 with an HTML page", ExpectedOutcomes.outage(), page("502 Bad Gateway")),
    UNAVAILABLE("503", ExpectedOutcomes.outage(), status("503 Service Unavailable")),
    UNAVAILABLE_RETRY_AFTER_ZERO(
            "503 with Retry-After: 0",
            ExpectedOutcomes.outage(),
            status("503 Service Unavailable", "Retry-After: 0\r\n")),
    UNAVAILABLE_RETRY_AFTER_LATE(
            "503 with Retry-After: 3600",
            same(ExpectedOutcome.unavailable(1)),
            status("503 Service Unavailable", "Retry-After: 3600\r\n")),
    UNAVAILABLE_TWICE(
            "503 twice, then the response",
            new ExpectedOutcomes(
                    ExpectedOutcome.success(3), ExpectedOutcome.success(3), ExpectedOutcome.unavailable(1)),
            exchange -> {
                if (exchange.number() <= 2) {
                    status("503 Service Unavailable").apply(exchange);
                } else {
                    exchange.forward();
                }
            }),
    GATEWAY_TIMEOUT("504", ExpectedOutcomes.outage(), status("504 Gateway Timeout")),
    NETWORK_AUTHENTICATION(
            "511", same(ExpectedOutcome.at(OtaFailure.Rejected.class)), status("511 Network Authentication Required")),

    // TLS

    TLS("The server uses TLS", same(ExpectedOutcome.success(1)), Exchange::forward, OVER_TLS),
    CERTIFICATE_OF_ANOTHER_HOST(
            "The certificate is for another host", unsafe(), exchange -> {}, WRONG_HOST, PER_CONNECTION),
    CERTIFICATE_EXPIRED("The certificate has expired", unsafe(), exchange -> {}, EXPIRED, PER_CONNECTION),
    CERTIFICATE_SELF_SIGNED("The certificate is self-signed", unsafe(), exchange -> {}, SELF_SIGNED, PER_CONNECTION),
    NO_TLS(
            "The server does not use TLS",
            unsafe(),
            exchange -> {
                exchange.listen();
                exchange.respond("400 Bad Request", "", "<html>This is not the TLS port</html>");
            },
            OVER_TLS,
            PER_CONNECTION),
    TLS_CUT_IN_HANDSHAKE(
            "The connection is closed during the TLS handshake",
            same(ExpectedOutcome.unavailable(3)),
            Exchange::listen,
            OVER_TLS,
            PER_CONNECTION),
    TLS_RESET_IN_HANDSHAKE(
            "The connection is reset during the TLS handshake",
            same(ExpectedOutcome.unavailable(3)),
            exchange -> {
                exchange.listen();
                exchange.reset();
            },
            OVER_TLS,
            PER_CONNECTION),
    TLS_HANG_IN_HANDSHAKE(
            "The TLS handshake stalls",
            same(ExpectedOutcome.late()),
            Exchange::hang,
            OVER_TLS,
            PER_CONNECTION,
            UNTIL_DEADLINE),
    TLS_RESET_BEFORE_RESPONSE(
            "The connection is reset before the response, over TLS", lost(), Exchange::reset, OVER_TLS),
    TLS_CUT_BEFORE_RESPONSE("The connection is closed before the response, over TLS", lost(), exchange -> {}, OVER_TLS),
    TLS_CUT_IN_BODY(
            "The connection is closed before Content-Length is reached, over TLS",
            lost(),
            WireFault::sendHalf,
            REQUIRES_BODY,
            OVER_TLS),
    TLS_RESET_IN_BODY(
            "The connection is reset within the body, over TLS",
            lost(),
            exchange -> {
                sendHalf(exchange);
                exchange.reset();
            },
            REQUIRES_BODY,
            OVER_TLS);

    private final String description;
    private final ExpectedOutcomes expectedOutcomes;
    private final Injection injection;
    private final Set<Trait> traits;

    WireFault(String description, ExpectedOutcomes expectedOutcomes, Injection injection, Trait... traits) {
        this.description = description;
        this.expectedOutcomes = expectedOutcomes;
        this.injection = injection;
        this.traits = EnumSet.noneOf(Trait.class);
        this.traits.addAll(Arrays.asList(traits));
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public ExpectedOutcomes expectedOutcomes() {
        return expectedOutcomes;
    }

    @Override
    public Set<Trait> traits() {
        return Set.copyOf(traits);
    }

    @Override
    public void play(Exchange exchange) throws IOException {
        injection.apply(exchange);
    }

    private interface Injection {
        void apply(Exchange exchange) throws IOException;
    }

    private static Injection page(String status) {
        return exchange ->
                exchange.respond(status, "Content-Type: text/html\r\n", "<html><body>An HTML page</body></html>");
    }

    private static Injection status(String status) {
        return status(status, "");
    }

    private static Injection status(String status, String headers) {
        return exchange -> exchange.respond(status, headers, "");
    }

    private static void sendHalf(Exchange exchange) throws IOException {
        byte[] body = exchange.response().body();
        exchange.send(exchange.response().head() + length(body.length));
        exchange.send(Arrays.copyOf(body, body.length / 2));
    }

    private static String length(int length) {
        return "Content-Length: " + length + "\r\n\r\n";
    }

    private static byte[] chunk(Response response) {
        return (Integer.toHexString(response.body().length) + "\r\n" + new String(response.body(), UTF_8) + "\r\n")
                .getBytes(UTF_8);
    }

    private static ExpectedOutcomes same(ExpectedOutcome outcome) {
        return ExpectedOutcomes.same(outcome);
    }

    private static ExpectedOutcomes lost() {
        return ExpectedOutcomes.lost();
    }

    private static ExpectedOutcomes unreadable() {
        return same(ExpectedOutcome.at(OtaFailure.UnreadableResponse.class));
    }

    private static ExpectedOutcomes limited(int calls) {
        return same(ExpectedOutcome.limited(calls));
    }

    /** Unavailable, not retryable: TLS errors do not go away on a retry. */
    private static ExpectedOutcomes unsafe() {
        return same(ExpectedOutcome.at(OtaFailure.Unavailable.class));
    }
}
