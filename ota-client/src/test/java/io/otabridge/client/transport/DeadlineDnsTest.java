package io.otabridge.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otabridge.client.BackendClient;
import io.otabridge.client.ConcurrentCallers;
import io.otabridge.client.config.CallOptions;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.BackendContext;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import retrofit2.http.GET;

/** Who waits for name servers, and for how long. */
class DeadlineDnsTest {

    private static final int CALLERS = 8;
    private static final Duration LONG = Duration.ofMinutes(5);

    private interface Api {
        @GET("/")
        PreparedRequest show();
    }

    private final CountDownLatch answered = new CountDownLatch(1);
    private final AtomicInteger lookups = new AtomicInteger();
    private final RawServer server = new RawServer(RawServer.ok("Connection: close"));

    @AfterEach
    void stop() {
        answered.countDown();
        server.close();
    }

    @Test
    void goes_where_the_platform_says() {
        answered.countDown();

        assertThat(ask(over(this::whenLet), LONG).isRight()).isTrue();
        assertThat(lookups).hasValue(1);
    }

    @Test
    void says_that_a_host_is_not_known() {
        OtaFailure failure = ask(
                        over(host -> {
                            throw new UnknownHostException(host);
                        }),
                        LONG)
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(failure.summary()).endsWith("the host name vendor.example is not known");
    }

    @Test
    void takes_a_fault_of_the_platform_for_an_unknown_host() {
        DeadlineDns dns = new DeadlineDns(host -> {
            throw new IllegalStateException("a mistake");
        });

        assertThatThrownBy(() -> dns.lookup("vendor.example")).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void asks_anew_after_what_no_platform_should_throw() throws Exception {
        DeadlineDns dns = new DeadlineDns(host -> {
            if (lookups.getAndIncrement() == 0) {
                throw new StackOverflowError("a mistake");
            }
            return java.util.List.of(InetAddress.getLoopbackAddress());
        });
        ConcurrentCallers<Boolean> asking = ConcurrentCallers.of(1, () -> isKnown(dns));

        assertThat(asking.answers()).containsExactly(false);
        assertThat(isKnown(dns)).isTrue();
    }

    @Test
    void gives_up_at_the_deadline() {
        // Classes are there by then, so that the time is spent where it is meant to be.
        ask(over(host -> loopback()), LONG);

        OtaFailure failure = ask(over(this::whenLet), Duration.ofMillis(250)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.DeadlineExceeded.class);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.summary())
                .isEqualTo("Backend prod received no address of vendor.example from the name servers before the"
                        + " deadline of 250 ms");
        assertThat(answered.getCount()).isEqualTo(1);
    }

    @Test
    void ends_at_once_when_it_is_interrupted() {
        HttpTransport transport = over(this::whenLet);
        ConcurrentCallers<Either<OtaFailure, HttpResponse>> asking =
                ConcurrentCallers.of(1, () -> ask(transport, LONG)).whenWaiting(1);

        asking.interrupt();

        OtaFailure failure = asking.answers().head().getLeft();
        assertThat(failure.summary()).contains("was interrupted");
        assertThat(failure.isRetryable()).isFalse();
        assertThat(answered.getCount()).isEqualTo(1);
    }

    @Test
    void asks_once_for_all_who_wait() {
        HttpTransport transport = over(this::whenLet);
        ConcurrentCallers<Either<OtaFailure, HttpResponse>> asking =
                ConcurrentCallers.of(CALLERS, () -> ask(transport, LONG)).whenWaiting(CALLERS);

        answered.countDown();

        assertThat(asking.answers()).allMatch(Either::isRight);
        assertThat(lookups).hasValue(1);
    }

    @Test
    void piles_up_no_threads_while_name_servers_are_silent() {
        HttpTransport transport = over(this::whenLet);
        ConcurrentCallers<Either<OtaFailure, HttpResponse>> asking =
                ConcurrentCallers.of(1, () -> ask(transport, LONG)).whenWaiting(1);

        List.range(0, CALLERS).forEach(i -> ask(transport, Duration.ofMillis(20)));

        answered.countDown();
        assertThat(asking.answers()).allMatch(Either::isRight);
        assertThat(lookups).hasValue(1);
    }

    @Test
    void asks_anew_once_it_was_answered() throws UnknownHostException {
        answered.countDown();
        DeadlineDns dns = new DeadlineDns(this::whenLet);

        dns.lookup("vendor.example");
        dns.lookup("vendor.example");

        assertThat(lookups).hasValue(2);
    }

    @Test
    void serves_the_transport_of_this_process() {
        OkHttpClient client =
                HttpTransport.shared().builder(CallOptions.usual()).build();

        assertThat(client.dns()).isInstanceOf(DeadlineDns.class);
    }

    private static boolean isKnown(DeadlineDns dns) {
        try {
            return !dns.lookup("vendor.example").isEmpty();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    /** As the transport of this process has it, over another platform. */
    private static HttpTransport over(Dns platform) {
        DeadlineDns dns = new DeadlineDns(platform);
        return HttpTransport.over(
                new OkHttpClient.Builder().dns(dns).eventListener(dns).build());
    }

    /** Heeds no interrupt, as the platform does not. */
    private java.util.List<InetAddress> whenLet(String host) throws UnknownHostException {
        lookups.incrementAndGet();
        while (answered.getCount() > 0) {
            try {
                answered.await();
            } catch (InterruptedException unheeded) {
                continue;
            }
        }
        return loopback();
    }

    private static java.util.List<InetAddress> loopback() throws UnknownHostException {
        return java.util.List.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    /** Each in a backend of its own, so that nobody waits for another's answer. */
    private Either<OtaFailure, HttpResponse> ask(HttpTransport transport, Duration deadline) {
        CallOptions limits = new CallOptions(LONG, 1_000, 0, false);
        BackendClient calls = new BackendClient(
                        "prod",
                        Vendor.of("acme"),
                        Redactor.hiding(List.empty()),
                        BackendContext.system(),
                        limits,
                        Option.none())
                .within(deadline);
        ConnectionSettings connection = new ConnectionSettings(
                Endpoint.parse("http://vendor.example:" + server.port(), true).get(), Option.none(), limits);
        return calls.ask(
                calls.origin("Show"),
                transport
                        .retrofit(connection, request -> request)
                        .create(Api.class)
                        .show(),
                Either::right);
    }
}
