package io.otabridge.client.diagnosis;

import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.HostAndPort;
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
 * The way to an endpoint, gone once: one request without authentication over a connection of its own, through the client
 * that a backend's calls use. It tells of name resolution, connection, TLS, and the clock behind the answer; what needs
 * something that is wrong is left out.
 *
 * @param findings what was found on the way
 * @param isOpen whether an answer came, whatever it says
 */
public record ConnectivityProbe(List<Finding> findings, boolean isOpen) {

    private static final Duration NEGLIGIBLE = Duration.ofSeconds(60);

    /**
     * Goes the way, within the backend's deadline. Throws nothing.
     *
     * @param clock by which requests are dated
     * @param tolerated how far this clock may be off before the vendor refuses a request; absent if it does not look
     * @param ifUnknown what to do if nobody knows the name of the endpoint's host
     */
    public static ConnectivityProbe of(
            HttpTransport transport,
            ConnectionSettings connection,
            Clock clock,
            Option<Duration> tolerated,
            String ifUnknown,
            Redactor redactor) {
        return new Walk(transport, connection, clock, redactor).gone(tolerated, ifUnknown);
    }

    /** An answer, and when it came. */
    private record Arrival(HttpResponse answer, Instant at) {}

    private static final class Walk {

        private final HttpUrl url;
        private final Duration deadline;
        private final long maxBodyBytes;
        private final Clock clock;
        private final Redactor redactor;
        private final ConnectionTrace trace;
        private final Option<UsedProxy> proxy;
        private final Call call;

        Walk(HttpTransport transport, ConnectionSettings connection, Clock clock, Redactor redactor) {
            this.url = connection.endpoint().url();
            this.deadline = connection.limits().timeout();
            this.maxBodyBytes = connection.limits().maxBodyBytes();
            this.clock = clock;
            this.redactor = redactor;
            OkHttpClient client = transport.builder(connection.limits()).build();
            HostnameVerifier usual = client.hostnameVerifier();
            DeadlineDns dns = DeadlineDns.of(client.dns());
            this.trace = new ConnectionTrace(dns);
            this.proxy = UsedProxy.of(client, url);
            this.call = client.newBuilder()
                    .addNetworkInterceptor(
                            chain -> chain.proceed(transport.login().addTo(chain, chain.request())))
                    .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
                    .dns(dns)
                    .eventListenerFactory(made -> trace)
                    .hostnameVerifier((host, session) -> trace.verified(usual.verify(host, session), session))
                    .build()
                    .newCall(new Request.Builder().url(url).build());
        }

        ConnectivityProbe gone(Option<Duration> tolerated, String ifUnknown) {
            Either<IOException, Arrival> outcome = outcome();
            Option<IOException> problem = outcome.swap().toOption();
            Option<Integer> refusal = refusal(outcome);
            if (refusal.isDefined()) {
                return new ConnectivityProbe(name(problem, ifUnknown).toList().append(refused(refusal.get())), false);
            }
            List<Finding> way = List.of(
                            name(problem, ifUnknown),
                            connected(problem),
                            safe(problem),
                            outcome.map(arrival -> time(arrival, tolerated)).toOption())
                    .flatMap(found -> found);
            Option<Finding> silence = problem.filter(unused -> !way.exists(Finding::hasFailed))
                    .map(silent -> Finding.failed(
                            Check.SERVICE,
                            place() + " takes the connection and answers with nothing that is HTTP: " + words(silent),
                            "Check that the endpoint is the vendor's API, and any proxy between"));
            return new ConnectivityProbe(way.appendAll(silence), outcome.isRight());
        }

        @SuppressWarnings("try") // The traffic is limited as long as it is open.
        private Either<IOException, Arrival> outcome() {
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
            } catch (RuntimeException fault) {
                // Some malformed answers, and faults in an application's interceptors; a message may quote headers.
                String kind = fault.getClass().getSimpleName();
                return Either.left(new IOException("the HTTP client failed (" + kind + ")"));
            }
        }

        private static Either<IOException, Arrival> interrupted() {
            return Either.left(new IOException("it was interrupted"));
        }

        /** The status with which a proxy, or the network, refused to let the request through. */
        private static Option<Integer> refusal(Either<IOException, Arrival> outcome) {
            return outcome.fold(
                    IntermediaryResponses::refusedTunnel,
                    arrival -> Option.some(arrival.answer().status())
                            .filter(status -> status == IntermediaryResponses.PROXY_LOGIN
                                    || status == IntermediaryResponses.NETWORK_LOGIN));
        }

        private Finding refused(int status) {
            if (status == IntermediaryResponses.NETWORK_LOGIN) {
                return Finding.failed(
                        Check.CONNECTION,
                        "the network between asks for a login (HTTP 511)",
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

        private Option<Finding> name(Option<IOException> problem, String ifUnknown) {
            if (trace.asked().isEmpty()) {
                return Option.when(
                        trace.isTried(),
                        () -> trace.proxy().isDefined()
                                ? Finding.skipped(Check.DNS, "a proxy finds the address of " + host())
                                : Finding.ok(Check.DNS, host() + " is an address by itself"));
            }
            String asked = trace.asked().get();
            boolean isProxy = !asked.equals(url.host());
            String name = isProxy ? "the proxy's host " + asked : asked;
            if (trace.addresses().nonEmpty()) {
                return Option.some(Finding.ok(
                        Check.DNS,
                        name + " is at "
                                + trace.addresses().map(HostAndPort::host).mkString(", ")));
            }
            return problem.map(failed -> failed instanceof UnknownHostException
                    ? Finding.failed(
                            Check.DNS,
                            "nobody knows a host " + asked,
                            isProxy ? "Check the proxy's settings" : ifUnknown)
                    : Finding.failed(
                            Check.DNS,
                            "no address of " + name + " was found: " + words(failed),
                            "Check the name servers of this machine"));
        }

        private Option<Finding> connected(Option<IOException> problem) {
            String refused = trace.refused()
                    .map(attempt -> attempt._1 + " (" + attempted(attempt._2) + ")")
                    .mkString(", ");
            if (trace.reached().isDefined()) {
                String taken = trace.reached().get() + " takes connections"
                        + (trace.proxy().isDefined() ? ", as a proxy for " + place() : "");
                return Option.some(
                        refused.isEmpty()
                                ? Finding.ok(Check.CONNECTION, taken)
                                : Finding.warning(
                                        Check.CONNECTION,
                                        taken + ", but not " + refused,
                                        "Check the way to the others; calls that try them first are late"));
            }
            if (!trace.isTried()) {
                return Option.when(
                        problem.isEmpty(),
                        () -> Finding.skipped(Check.CONNECTION, "the application's HTTP client answers by itself"));
            }
            return problem.map(failed -> Finding.failed(
                    Check.CONNECTION,
                    proxy.map(known -> "the proxy " + known.place()).getOrElse(place()) + " takes no connection: "
                            + (refused.isEmpty() ? words(failed) : refused),
                    proxy.isDefined()
                            ? "Check the proxy's address in " + IntermediaryResponses.settings(url)
                            : "Check host and port of the endpoint, and whether a firewall or a proxy stands between"));
        }

        private Option<Finding> safe(Option<IOException> problem) {
            if (trace.reached().isEmpty()) {
                return Option.none();
            }
            if (!url.isHttps()) {
                return Option.some(TlsDiagnostics.ofCleartext(url));
            }
            return trace.handshake()
                    .map(made -> TlsDiagnostics.ofSuccess(url, made, clock))
                    .orElse(() -> problem.map(failed -> TlsDiagnostics.ofFailure(
                            url, failed, trace.foreignCertificate(), words(failed), redactor)));
        }

        private Finding time(Arrival arrival, Option<Duration> tolerated) {
            Option<Duration> ahead = arrival.answer().date().map(theirs -> Duration.between(theirs, arrival.at()));
            if (ahead.isEmpty()) {
                return Finding.skipped(Check.CLOCK, "the answer does not say when it was sent");
            }
            Duration off = ahead.get().abs();
            if (off.compareTo(NEGLIGIBLE) <= 0) {
                return Finding.ok(Check.CLOCK, "this machine's clock and the endpoint's agree within a minute");
            }
            String what = "this machine's clock is " + span(off) + (ahead.get().isNegative() ? " behind" : " ahead of")
                    + " the endpoint's";
            String advice = "Set this machine's clock"
                    + tolerated
                            .map(most -> "; requests may be " + span(most) + " off at most")
                            .getOrElse("");
            return tolerated.exists(most -> off.compareTo(most) > 0)
                    ? Finding.failed(Check.CLOCK, what, advice)
                    : Finding.warning(Check.CLOCK, what, advice);
        }

        private String host() {
            return HostAndPort.host(url.host());
        }

        private String place() {
            return HostAndPort.of(url);
        }

        /** Why no connection was made to an address; attempts have a timeout shorter than the deadline. */
        private String attempted(IOException problem) {
            return problem instanceof InterruptedIOException ? "no response in time" : message(problem);
        }

        private String words(IOException problem) {
            if (problem instanceof InterruptedIOException) {
                return "no response before the deadline of " + deadline.toMillis() + " ms";
            }
            return message(problem);
        }

        private String message(IOException problem) {
            // The client says once more where to, and the platform below it why not.
            Throwable telling = problem instanceof ConnectException && problem.getCause() instanceof IOException
                    ? problem.getCause()
                    : problem;
            return Option.of(telling.getMessage())
                    .flatMap(redactor::shown)
                    .getOrElse(problem.getClass().getSimpleName());
        }
    }

    private static String span(Duration exact) {
        Duration duration = exact.plusSeconds(30);
        if (duration.toHours() == 0) {
            return duration.toMinutes() + " min";
        }
        return duration.toDays() < 2
                ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
                : duration.toDays() + " days";
    }
}
