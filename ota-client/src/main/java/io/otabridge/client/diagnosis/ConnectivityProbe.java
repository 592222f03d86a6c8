package io.otabridge.client.diagnosis;

import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.HostPortFormatter;
import io.otabridge.client.error.CallFailures;
import io.otabridge.client.error.IntermediaryResponses;
import io.otabridge.client.proxy.UsedProxy;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.CallTraffic;
import io.otabridge.client.transport.DeadlineDns;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.domain.backend.Check;
import io.otabridge.domain.backend.Finding;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HostnameVerifier;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Checks the connection to an endpoint with one unauthenticated request on a new connection, through the HTTP client that the
 * backend uses. Reports name resolution, connection, TLS and the server's clock. Omits checks that depend on a failed one. Immutable.
 *
 * @param findings the result of each check
 * @param isReachable whether a response was received, regardless of its status
 */
public record ConnectivityProbe(List<Finding> findings, boolean isReachable) {

    private static final Duration NEGLIGIBLE_SKEW = Duration.ofSeconds(60);

    /**
     * Runs the checks within the backend's timeout. Never throws.
     *
     * @param clock the clock used to date requests
     * @param tolerated the clock skew that the vendor accepts; absent if it does not check the date
     * @param ifUnknown the advice if the endpoint's host is unknown
     */
    public static ConnectivityProbe run(
            HttpTransport transport,
            ConnectionSettings connection,
            Clock clock,
            Option<Duration> tolerated,
            String ifUnknown,
            Redactor redactor) {
        return new Probe(transport, connection, clock, redactor).run(tolerated, ifUnknown);
    }

    /** A response and its time of arrival. */
    private record Arrival(HttpResponse response, Instant at) {}

    private static final class Probe {

        private final HttpUrl url;
        private final Duration deadline;
        private final long maxBodyBytes;
        private final Clock clock;
        private final Redactor redactor;
        private final ConnectionTrace trace;
        private final Option<UsedProxy> proxy;
        private final Call call;

        Probe(HttpTransport transport, ConnectionSettings connection, Clock clock, Redactor redactor) {
            this.url = connection.endpoint().url();
            this.deadline = connection.callOptions().timeout();
            this.maxBodyBytes = connection.callOptions().maxBodyBytes();
            this.clock = clock;
            this.redactor = redactor;
            OkHttpClient client = transport.builder(connection.callOptions()).build();
            HostnameVerifier verifier = client.hostnameVerifier();
            DeadlineDns dns = DeadlineDns.of(client.dns());
            this.trace = new ConnectionTrace(dns);
            this.proxy = UsedProxy.of(client, url);
            this.call = client.newBuilder()
                    .addNetworkInterceptor(
                            chain -> chain.proceed(transport.login().addTo(chain, chain.request())))
                    .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
                    .dns(dns)
                    .eventListenerFactory(unused -> trace)
                    .hostnameVerifier((host, session) -> trace.verified(verifier.verify(host, session), session))
                    .build()
                    .newCall(new Request.Builder().url(url).build());
        }

        ConnectivityProbe run(Option<Duration> tolerated, String ifUnknown) {
            Either<IOException, Arrival> outcome = send();
            Option<IOException> problem = outcome.swap().toOption();
            Option<Integer> rejection = intermediaryRejection(outcome);
            if (rejection.isDefined()) {
                return new ConnectivityProbe(
                        dns(problem, ifUnknown).toList().append(rejectedByIntermediary(rejection.get())), false);
            }
            List<Finding> findings = List.of(
                            dns(problem, ifUnknown),
                            connection(problem),
                            tls(problem),
                            outcome.map(arrival -> clock(arrival, tolerated)).toOption())
                    .flatMap(found -> found);
            Option<Finding> notHttp = problem.filter(unused -> !findings.exists(Finding::hasFailed))
                    .map(noResponse -> Finding.failed(
                            Check.SERVICE,
                            place() + " accepts the connection, but does not respond with HTTP: "
                                    + describe(noResponse),
                            "Check that the endpoint is the vendor's API, and check the proxy, if any"));
            return new ConnectivityProbe(findings.appendAll(notHttp), outcome.isRight());
        }

        @SuppressWarnings("try") // The traffic limit applies while the resource is open.
        private Either<IOException, Arrival> send() {
            if (Thread.currentThread().isInterrupted()) {
                return interrupted();
            }
            call.timeout().deadlineNanoTime(System.nanoTime() + deadline.toNanos());
            try (CallTraffic traffic = CallTraffic.begin(maxBodyBytes, false);
                    Response response = call.execute()) {
                return Either.right(new Arrival(
                        new HttpResponse(response.code(), response.headers(), new byte[0]), clock.instant()));
            } catch (IOException problem) {
                return Thread.currentThread().isInterrupted() ? interrupted() : Either.left(problem);
            } catch (RuntimeException exception) {
                // Thrown for some malformed responses and by application interceptors. The message may contain headers.
                String kind = exception.getClass().getSimpleName();
                return Either.left(new IOException("the HTTP client failed (" + kind + ")"));
            }
        }

        private static Either<IOException, Arrival> interrupted() {
            return Either.left(new IOException("the thread was interrupted"));
        }

        /** The status with which a proxy or the network rejected the request. */
        private static Option<Integer> intermediaryRejection(Either<IOException, Arrival> outcome) {
            return outcome.fold(
                    IntermediaryResponses::refusedTunnel,
                    arrival -> Option.some(arrival.response().status())
                            .filter(status -> status == IntermediaryResponses.PROXY_LOGIN
                                    || status == IntermediaryResponses.NETWORK_LOGIN));
        }

        private Finding rejectedByIntermediary(int status) {
            if (status == IntermediaryResponses.NETWORK_LOGIN) {
                return Finding.failed(
                        Check.CONNECTION,
                        "the network requires a login (HTTP 511)",
                        IntermediaryResponses.advice(status, url).text());
            }
            return status == IntermediaryResponses.PROXY_LOGIN
                    ? Finding.failed(
                            Check.CONNECTION,
                            IntermediaryResponses.loginWords(url, proxy).text() + " (HTTP 407)",
                            IntermediaryResponses.loginAdvice(url, proxy).text())
                    : Finding.failed(
                            Check.CONNECTION,
                            IntermediaryResponses.tunnelWords(url, proxy, status)
                                    .text(),
                            IntermediaryResponses.tunnelAdvice(url).text());
        }

        private Option<Finding> dns(Option<IOException> problem, String ifUnknown) {
            if (trace.lookedUp().isEmpty()) {
                return Option.when(
                        trace.isAttempted(),
                        () -> trace.proxy().isDefined()
                                ? Finding.skipped(Check.DNS, "a proxy resolves " + host())
                                : Finding.ok(Check.DNS, host() + " is an IP address"));
            }
            String lookedUp = trace.lookedUp().get();
            boolean isProxy = !lookedUp.equals(url.host());
            String name = isProxy ? "the proxy's host " + lookedUp : lookedUp;
            if (trace.addresses().nonEmpty()) {
                return Option.some(Finding.ok(
                        Check.DNS,
                        name + " resolves to "
                                + trace.addresses().map(HostPortFormatter::host).mkString(", ")));
            }
            return problem.map(failed -> failed instanceof UnknownHostException
                    ? Finding.failed(
                            Check.DNS, "unknown host " + lookedUp, isProxy ? "Check the proxy's settings" : ifUnknown)
                    : Finding.failed(
                            Check.DNS,
                            "no address of " + name + " was found: " + describe(failed),
                            "Check the name servers of this machine"));
        }

        private Option<Finding> connection(Option<IOException> problem) {
            String failures = trace.failedAttempts()
                    .map(attempt -> attempt._1 + " (" + describeAttempt(attempt._2) + ")")
                    .mkString(", ");
            if (trace.connected().isDefined()) {
                String success = trace.connected().get() + " accepts connections"
                        + (trace.proxy().isDefined() ? ", as a proxy for " + place() : "");
                return Option.some(
                        failures.isEmpty()
                                ? Finding.ok(Check.CONNECTION, success)
                                : Finding.warning(
                                        Check.CONNECTION,
                                        success + ", but not " + failures,
                                        "Check the route to the other addresses; calls that try them first are delayed"));
            }
            if (!trace.isAttempted()) {
                return Option.when(
                        problem.isEmpty(),
                        () -> Finding.skipped(
                                Check.CONNECTION, "the application's HTTP client responded without a connection"));
            }
            return problem.map(
                    failed -> Finding.failed(
                            Check.CONNECTION,
                            proxy.map(known -> "the proxy " + known.address()).getOrElse(place())
                                    + " accepts no connections: " + (failures.isEmpty() ? describe(failed) : failures),
                            proxy.isDefined()
                                    ? "Check the proxy's address in " + IntermediaryResponses.settings(url)
                                    : "Check host and port of the endpoint, and whether a firewall or proxy blocks the connection"));
        }

        private Option<Finding> tls(Option<IOException> problem) {
            if (trace.connected().isEmpty()) {
                return Option.none();
            }
            if (!url.isHttps()) {
                return Option.some(TlsDiagnostics.ofCleartext(url));
            }
            return trace.handshake()
                    .map(handshake -> TlsDiagnostics.ofSuccess(url, handshake, clock))
                    .orElse(() -> problem.map(failed -> TlsDiagnostics.ofFailure(
                            url, failed, trace.certificateForOtherHost(), describe(failed), redactor)));
        }

        private Finding clock(Arrival arrival, Option<Duration> tolerated) {
            Option<Duration> ahead = arrival.response().date().map(date -> Duration.between(date, arrival.at()));
            if (ahead.isEmpty()) {
                return Finding.skipped(Check.CLOCK, "the response has no valid Date header");
            }
            Duration skew = ahead.get().abs();
            if (skew.compareTo(NEGLIGIBLE_SKEW) <= 0) {
                return Finding.ok(Check.CLOCK, "this machine's clock and the endpoint's agree within a minute");
            }
            String what = "this machine's clock is " + format(skew)
                    + (ahead.get().isNegative() ? " behind" : " ahead of") + " the endpoint's";
            String advice = "Set this machine's clock"
                    + tolerated
                            .map(limit -> "; the vendor accepts a difference of at most " + format(limit))
                            .getOrElse("");
            return tolerated.exists(limit -> skew.compareTo(limit) > 0)
                    ? Finding.failed(Check.CLOCK, what, advice)
                    : Finding.warning(Check.CLOCK, what, advice);
        }

        private String host() {
            return HostPortFormatter.host(url.host());
        }

        private String place() {
            return HostPortFormatter.of(url);
        }

        /** Describes a failed connection attempt, whose timeout is shorter than the deadline. */
        private String describeAttempt(IOException problem) {
            return problem instanceof InterruptedIOException ? "no response in time" : message(problem);
        }

        private String describe(IOException problem) {
            if (problem instanceof InterruptedIOException) {
                return "no response before the deadline of " + CallFailures.duration(deadline);
            }
            return message(problem);
        }

        private String message(IOException problem) {
            // OkHttp's message repeats the address; the cause contains the reason.
            Throwable reason = problem instanceof ConnectException && problem.getCause() instanceof IOException
                    ? problem.getCause()
                    : problem;
            return Option.of(reason.getMessage())
                    .flatMap(redactor::sanitize)
                    .getOrElse(problem.getClass().getSimpleName());
        }
    }

    private static String format(Duration exact) {
        Duration duration = exact.plusSeconds(30);
        if (duration.toHours() == 0) {
            return duration.toMinutes() + " min";
        }
        return duration.toDays() < 2
                ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
                : duration.toDays() + " days";
    }
}
