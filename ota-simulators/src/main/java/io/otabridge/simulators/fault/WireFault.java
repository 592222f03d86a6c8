package io.otabridge.simulators.fault;

import static io.otabridge.simulators.fault.WireFaultScenario.Trait.EXPIRED;
import static io.otabridge.simulators.fault.WireFaultScenario.Trait.OF_BODY;
import static io.otabridge.simulators.fault.WireFaultScenario.Trait.OF_CONNECTION;
import static io.otabridge.simulators.fault.WireFaultScenario.Trait.OVER_TLS;
import static io.otabridge.simulators.fault.WireFaultScenario.Trait.SELF_SIGNED;
import static io.otabridge.simulators.fault.WireFaultScenario.Trait.UNREACHABLE;
import static io.otabridge.simulators.fault.WireFaultScenario.Trait.UNTIL_DEADLINE;
import static io.otabridge.simulators.fault.WireFaultScenario.Trait.WRONG_HOST;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.otabridge.domain.OtaFailure;
import io.otabridge.simulators.fault.FaultProxy.Answer;
import io.otabridge.simulators.fault.FaultProxy.Exchange;
import io.otabridge.simulators.server.Gzip;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The faults of the wire, which look alike whatever the vendor, each with how calls must end that meet it. What HTTP says by a
 * status is told as a gateway tells it, without a word of the vendor's.
 */
@SuppressWarnings("ImmutableEnumChecker") // What a fault does holds nothing of its own.
public enum WireFault implements WireFaultScenario {

    // The connection

    NOBODY_LISTENS("The connection is refused", same(ExpectedOutcome.unavailable(0)), exchange -> {}, UNREACHABLE),
    RESET_AT_ONCE(
            "The connection is reset before a request is read",
            new ExpectedOutcomes(
                    ExpectedOutcome.unavailable(3), ExpectedOutcome.unknown(3), ExpectedOutcome.unavailable(3)),
            exchange -> {
                // A reset before the first byte may reach the client while it still connects.
                exchange.listen();
                exchange.reset();
            },
            OF_CONNECTION),
    RESET_BEFORE_ANSWER("The connection is reset in place of an answer", lost(), Exchange::reset),
    CUT_BEFORE_ANSWER("The connection ends in place of an answer", lost(), exchange -> {}),
    CUT_IN_HEADERS("The connection ends in the headers", lost(), exchange -> exchange.send("HTTP/1.1 200 OK\r\nCont")),
    RESET_IN_BODY(
            "The connection is reset in the body",
            lost(),
            exchange -> {
                sendHalf(exchange);
                exchange.reset();
            },
            OF_BODY),
    CUT_IN_BODY("The connection ends before Content-Length is reached", lost(), WireFault::sendHalf, OF_BODY),
    CUT_IN_CHUNKS(
            "The connection ends before the last chunk",
            lost(),
            exchange -> {
                exchange.send(exchange.good().head() + "Transfer-Encoding: chunked\r\n\r\n");
                exchange.send(chunk(exchange.good()));
            },
            OF_BODY),
    HANG_BEFORE_ANSWER("Nothing comes", ExpectedOutcomes.late(), Exchange::hang, UNTIL_DEADLINE),
    HANG_IN_BODY(
            "The body stops coming",
            ExpectedOutcomes.late(),
            exchange -> {
                sendHalf(exchange);
                exchange.hang();
            },
            OF_BODY,
            UNTIL_DEADLINE),
    SLOW_DRIP(
            "The body drips, and is not whole before the deadline",
            ExpectedOutcomes.late(),
            exchange -> {
                exchange.send(exchange.good().head() + length(1_000_000));
                while (true) {
                    exchange.send(" ");
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                }
            },
            OF_BODY,
            UNTIL_DEADLINE),
    BYTE_BY_BYTE(
            "The body comes byte by byte",
            same(ExpectedOutcome.success(1)),
            exchange -> {
                exchange.send(exchange.good().head() + "Connection: close\r\n"
                        + length(exchange.good().body().length));
                for (byte next : exchange.good().body()) {
                    exchange.send(new byte[] {next});
                }
            },
            OF_BODY),

    // HTTP

    NO_HTTP("Something comes that is no HTTP", unreadable(), exchange -> exchange.send("SSH-2.0-OpenSSH_9.6\r\n")),
    LENGTH_TOO_SHORT(
            "Content-Length is less than the body",
            unreadable(),
            exchange -> {
                byte[] body = exchange.good().body();
                exchange.send(exchange.good().head() + "Connection: close\r\n" + length(body.length / 2));
                exchange.send(body);
            },
            OF_BODY),
    LENGTH_NEGATIVE(
            "Content-Length is negative",
            unreadable(),
            exchange -> {
                exchange.send(exchange.good().head() + length(-5));
                exchange.send(exchange.good().body());
            },
            OF_BODY),
    NO_LENGTH(
            "The body ends with the connection",
            same(ExpectedOutcome.success(1)),
            exchange -> {
                exchange.send(exchange.good().head() + "\r\n");
                exchange.send(exchange.good().body());
            },
            OF_BODY),
    CHUNKED(
            "The body comes in chunks",
            same(ExpectedOutcome.success(1)),
            exchange -> {
                exchange.send(exchange.good().head() + "Transfer-Encoding: chunked\r\n\r\n");
                exchange.send(chunk(exchange.good()));
                exchange.send("0\r\n\r\n");
            },
            OF_BODY),
    BAD_CHUNK(
            "The length of a chunk is no number",
            unreadable(),
            exchange ->
                    exchange.send(exchange.good().head() + "Transfer-Encoding: chunked\r\n\r\nlong\r\n{}\r\n0\r\n\r\n"),
            OF_BODY),
    COMPRESSED(
            "The body is compressed",
            same(ExpectedOutcome.success(1)),
            exchange -> {
                byte[] body = Gzip.of(exchange.good().body());
                exchange.send(exchange.good().head() + "Content-Encoding: gzip\r\n" + length(body.length));
                exchange.send(body);
            },
            OF_BODY),
    NOT_COMPRESSED(
            "The body is said to be compressed and is not",
            unreadable(),
            exchange -> {
                exchange.send(exchange.good().head() + "Content-Encoding: gzip\r\n"
                        + length(exchange.good().body().length));
                exchange.send(exchange.good().body());
            },
            OF_BODY),
    COMPRESSED_AND_CUT(
            "The connection ends in a compressed body",
            lost(),
            exchange -> {
                exchange.send(exchange.good().head() + "Content-Encoding: gzip\r\n" + length(1_000_000));
                exchange.send(Gzip.header());
                exchange.send(Gzip.mebibyteOfBlanks());
            },
            OF_BODY),
    GZIP_BOMB(
            "The body is a gibibyte when decompressed",
            unreadable(),
            exchange -> {
                exchange.send(exchange.good().head() + "Content-Encoding: gzip\r\n\r\n");
                exchange.send(Gzip.header());
                byte[] piece = Gzip.mebibyteOfBlanks();
                for (int i = 0; i < 1024; i++) {
                    exchange.send(piece);
                }
            },
            OF_BODY),
    ENDLESS_BODY(
            "The body does not end",
            unreadable(),
            exchange -> {
                exchange.send(exchange.good().head() + "\r\n");
                byte[] blanks = " ".repeat(1 << 16).getBytes(US_ASCII);
                while (true) {
                    exchange.send(blanks);
                }
            },
            OF_BODY),

    // Interim answers, and answers without a body

    CONTINUE_FIRST("100 comes before the answer", same(ExpectedOutcome.success(1)), exchange -> {
        exchange.send("HTTP/1.1 100 Continue\r\n\r\n");
        exchange.passOn();
    }),
    HINTS_FIRST("103 comes before the answer, twice", same(ExpectedOutcome.success(1)), exchange -> {
        exchange.send("HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n".repeat(2));
        exchange.passOn();
    }),
    CONTINUE_ALONE("100 comes, and then the end", lost(), exchange -> exchange.send("HTTP/1.1 100 Continue\r\n\r\n")),
    HINTS_FOR_EVER(
            "103 comes again and again",
            ExpectedOutcomes.late(),
            exchange -> {
                while (true) {
                    exchange.send("HTTP/1.1 103 Early Hints\r\n\r\n");
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
            },
            UNTIL_DEADLINE),
    SWITCHING_PROTOCOLS(
            "101 comes, unasked",
            unreadable(),
            exchange ->
                    exchange.send("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n")),
    NO_CONTENT_WITH_BODY(
            "204 comes with a body",
            unreadable(),
            exchange -> exchange.answer("204 No Content", "", "{\"note\":\"a body\"}")),

    // Statuses, as gateways and proxies send them

    UNAUTHORIZED("401", same(ExpectedOutcome.at(OtaFailure.AccessDenied.class)), status("401 Unauthorized")),
    FORBIDDEN("403", same(ExpectedOutcome.at(OtaFailure.AccessDenied.class)), status("403 Forbidden")),
    LOGIN_PAGE("200 with a page for people", unreadable(), page("200 OK")),
    FORBIDDEN_PAGE("403 with a page for people", unreadable(), page("403 Forbidden")),
    NOT_FOUND("404", same(ExpectedOutcome.at(OtaFailure.Rejected.class)), status("404 Not Found")),
    PROXY_AUTHENTICATION(
            "407, though no proxy is used",
            same(ExpectedOutcome.at(OtaFailure.Rejected.class)),
            status("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"proxy\"\r\n")),
    REQUEST_TIMEOUT("408", ExpectedOutcomes.outage(), status("408 Request Timeout")),
    TOO_MANY("429", limited(3), status("429 Too Many Requests")),
    TOO_MANY_FOR_A_SECOND("429 with Retry-After: 1, once", same(ExpectedOutcome.success(2)), exchange -> {
        if (exchange.number() == 1) {
            status("429 Too Many Requests", "Retry-After: 1\r\n").on(exchange);
        } else {
            exchange.passOn();
        }
    }),
    TOO_MANY_UNTIL_PAST(
            "429 with Retry-After of a date that is past",
            limited(3),
            status("429 Too Many Requests", "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n")),
    TOO_MANY_UNTIL_FUTURE(
            "429 with Retry-After of a date after the deadline",
            limited(1),
            status("429 Too Many Requests", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT\r\n")),
    TOO_MANY_FOR_AN_AGE(
            "429 with Retry-After: 999999999",
            limited(1),
            status("429 Too Many Requests", "Retry-After: 999999999\r\n")),
    TOO_MANY_FOR_NO_NUMBER(
            "429 with Retry-After: soon", limited(3), status("429 Too Many Requests", "Retry-After: soon\r\n")),
    TOO_MANY_FOR_LESS_THAN_NOTHING(
            "429 with Retry-After: -60", limited(3), status("429 Too Many Requests", "Retry-After: -60\r\n")),
    TOO_MANY_FOR_A_LONG_NUMBER(
            "429 with Retry-After of forty digits",
            limited(3),
            status("429 Too Many Requests", "Retry-After: " + "9".repeat(40) + "\r\n")),
    SERVER_ERROR("500", ExpectedOutcomes.outage(), status("500 Internal Server Error")),
    BAD_GATEWAY("502 with a page for people", ExpectedOutcomes.outage(), page("502 Bad Gateway")),
    UNAVAILABLE("503", ExpectedOutcomes.outage(), status("503 Service Unavailable")),
    UNAVAILABLE_FOR_NOTHING(
            "503 with Retry-After: 0",
            ExpectedOutcomes.outage(),
            status("503 Service Unavailable", "Retry-After: 0\r\n")),
    UNAVAILABLE_FOR_AN_AGE(
            "503 with Retry-After: 3600",
            same(ExpectedOutcome.unavailable(1)),
            status("503 Service Unavailable", "Retry-After: 3600\r\n")),
    UNAVAILABLE_TWICE(
            "503 twice, and then the answer",
            new ExpectedOutcomes(
                    ExpectedOutcome.success(3), ExpectedOutcome.success(3), ExpectedOutcome.unavailable(1)),
            exchange -> {
                if (exchange.number() <= 2) {
                    status("503 Service Unavailable").on(exchange);
                } else {
                    exchange.passOn();
                }
            }),
    GATEWAY_TIMEOUT("504", ExpectedOutcomes.outage(), status("504 Gateway Timeout")),
    NETWORK_AUTHENTICATION(
            "511", same(ExpectedOutcome.at(OtaFailure.Rejected.class)), status("511 Network Authentication Required")),

    // TLS

    TLS("The vendor speaks TLS", same(ExpectedOutcome.success(1)), Exchange::passOn, OVER_TLS),
    CERTIFICATE_OF_ANOTHER("The certificate is for another host", unsafe(), exchange -> {}, WRONG_HOST, OF_CONNECTION),
    CERTIFICATE_EXPIRED("The certificate has expired", unsafe(), exchange -> {}, EXPIRED, OF_CONNECTION),
    CERTIFICATE_SELF_SIGNED(
            "The certificate is signed by nobody but itself", unsafe(), exchange -> {}, SELF_SIGNED, OF_CONNECTION),
    NO_TLS(
            "There is no TLS where there should be",
            unsafe(),
            exchange -> {
                exchange.listen();
                exchange.answer("400 Bad Request", "", "<html>This is not the TLS port</html>");
            },
            OVER_TLS,
            OF_CONNECTION),
    TLS_CUT_IN_HANDSHAKE(
            "The connection ends in the TLS handshake",
            same(ExpectedOutcome.unavailable(3)),
            Exchange::listen,
            OVER_TLS,
            OF_CONNECTION),
    TLS_RESET_IN_HANDSHAKE(
            "The connection is reset in the TLS handshake",
            same(ExpectedOutcome.unavailable(3)),
            exchange -> {
                exchange.listen();
                exchange.reset();
            },
            OVER_TLS,
            OF_CONNECTION),
    TLS_HANG_IN_HANDSHAKE(
            "Nothing comes in the TLS handshake",
            same(ExpectedOutcome.late()),
            Exchange::hang,
            OVER_TLS,
            OF_CONNECTION,
            UNTIL_DEADLINE),
    TLS_RESET_BEFORE_ANSWER(
            "The connection is reset in place of an answer, over TLS", lost(), Exchange::reset, OVER_TLS),
    TLS_CUT_BEFORE_ANSWER("The connection ends in place of an answer, over TLS", lost(), exchange -> {}, OVER_TLS),
    TLS_CUT_IN_BODY(
            "The connection ends before Content-Length is reached, over TLS",
            lost(),
            WireFault::sendHalf,
            OF_BODY,
            OVER_TLS),
    TLS_RESET_IN_BODY(
            "The connection is reset in the body, over TLS",
            lost(),
            exchange -> {
                sendHalf(exchange);
                exchange.reset();
            },
            OF_BODY,
            OVER_TLS);

    private final String words;
    private final ExpectedOutcomes endings;
    private final Playing playing;
    private final Set<Trait> traits;

    WireFault(String words, ExpectedOutcomes endings, Playing playing, Trait... traits) {
        this.words = words;
        this.endings = endings;
        this.playing = playing;
        this.traits = EnumSet.noneOf(Trait.class);
        this.traits.addAll(Arrays.asList(traits));
    }

    @Override
    public String words() {
        return words;
    }

    @Override
    public ExpectedOutcomes endings() {
        return endings;
    }

    @Override
    public Set<Trait> traits() {
        return Set.copyOf(traits);
    }

    @Override
    public void play(Exchange exchange) throws IOException {
        playing.on(exchange);
    }

    private interface Playing {
        void on(Exchange exchange) throws IOException;
    }

    private static Playing page(String status) {
        return exchange ->
                exchange.answer(status, "Content-Type: text/html\r\n", "<html><body>A page for people</body></html>");
    }

    private static Playing status(String status) {
        return status(status, "");
    }

    private static Playing status(String status, String headers) {
        return exchange -> exchange.answer(status, headers, "");
    }

    private static void sendHalf(Exchange exchange) throws IOException {
        byte[] body = exchange.good().body();
        exchange.send(exchange.good().head() + length(body.length));
        exchange.send(Arrays.copyOf(body, body.length / 2));
    }

    private static String length(int length) {
        return "Content-Length: " + length + "\r\n\r\n";
    }

    private static byte[] chunk(Answer answer) {
        return (Integer.toHexString(answer.body().length) + "\r\n" + new String(answer.body(), UTF_8) + "\r\n")
                .getBytes(UTF_8);
    }

    private static ExpectedOutcomes same(ExpectedOutcome ending) {
        return ExpectedOutcomes.same(ending);
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

    /** Not worth asking again before somebody has seen to it. */
    private static ExpectedOutcomes unsafe() {
        return same(ExpectedOutcome.at(OtaFailure.Unavailable.class));
    }
}
