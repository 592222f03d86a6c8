package io.otabridge.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otabridge.client.BackendClient;
import io.otabridge.client.ConcurrentCallers;
import io.otabridge.client.TestClients;
import io.otabridge.client.config.CallOptions;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.domain.OtaFailure;
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

/** Deadlines, interrupts and coalescing of name lookups. */
class DeadlineDnsTest {

    private static final int CALLERS = 8;
    private static final Duration LONG = Duration.ofMinutes(5);

    private interface Api {
        @GET("/")
        PreparedRequest show();
    }

    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger lookups = new AtomicInteger();
    private final RawServer server = new RawServer(RawServer.ok("Connection: close"));

    @AfterEach
    void stop() {
        released.countDown();
        server.close();
    }

    @Test
    void uses_the_address_of_the_platform() {
        released.countDown();

        assertThat(send(transportWith(this::lookupWhenReleased), LONG).isRight())
                .isTrue();
        assertThat(lookups).hasValue(1);
    }

    @Test
    void an_unknown_host_is_unavailable() {
        OtaFailure failure = send(
                        transportWith(host -> {
                            throw new UnknownHostException(host);
                        }),
                        LONG)
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unavailable.class);
        assertThat(failure.summary()).endsWith("unknown host vendor.example");
    }

    @Test
    void an_exception_of_the_platform_is_an_unknown_host() {
        DeadlineDns dns = new DeadlineDns(host -> {
            throw new IllegalStateException("a mistake");
        });

        assertThatThrownBy(() -> dns.lookup("vendor.example")).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void starts_a_new_lookup_after_an_error_of_the_platform() throws Exception {
        DeadlineDns dns = new DeadlineDns(host -> {
            if (lookups.getAndIncrement() == 0) {
                throw new StackOverflowError("a mistake");
            }
            return java.util.List.of(InetAddress.getLoopbackAddress());
        });
        ConcurrentCallers<Boolean> callers = ConcurrentCallers.of(1, () -> isKnown(dns));

        assertThat(callers.results()).containsExactly(false);
        assertThat(isKnown(dns)).isTrue();
    }

    @Test
    void stops_at_the_deadline() {
        // Loads classes, so that the timeout below passes in the lookup.
        send(transportWith(host -> loopback()), LONG);

        OtaFailure failure = send(transportWith(this::lookupWhenReleased), Duration.ofMillis(250))
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.DeadlineExceeded.class);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.summary())
                .isEqualTo("Backend prod received no address of vendor.example from the name servers before the"
                        + " deadline of 250 ms");
        assertThat(released.getCount()).isEqualTo(1);
    }

    @Test
    void an_interrupt_ends_the_wait_at_once() {
        HttpTransport transport = transportWith(this::lookupWhenReleased);
        ConcurrentCallers<Either<OtaFailure, HttpResponse>> callers =
                ConcurrentCallers.of(1, () -> send(transport, LONG)).whenWaiting(1);

        callers.interrupt();

        OtaFailure failure = callers.results().head().getLeft();
        assertThat(failure.summary()).contains("was interrupted");
        assertThat(failure.isRetryable()).isFalse();
        assertThat(released.getCount()).isEqualTo(1);
    }

    @Test
    void coalesces_concurrent_lookups() {
        HttpTransport transport = transportWith(this::lookupWhenReleased);
        ConcurrentCallers<Either<OtaFailure, HttpResponse>> callers =
                ConcurrentCallers.of(CALLERS, () -> send(transport, LONG)).whenWaiting(CALLERS);

        released.countDown();

        assertThat(callers.results()).allMatch(Either::isRight);
        assertThat(lookups).hasValue(1);
    }

    @Test
    void starts_one_thread_while_name_servers_do_not_respond() {
        HttpTransport transport = transportWith(this::lookupWhenReleased);
        ConcurrentCallers<Either<OtaFailure, HttpResponse>> callers =
                ConcurrentCallers.of(1, () -> send(transport, LONG)).whenWaiting(1);

        List.range(0, CALLERS).forEach(i -> send(transport, Duration.ofMillis(20)));

        released.countDown();
        assertThat(callers.results()).allMatch(Either::isRight);
        assertThat(lookups).hasValue(1);
    }

    @Test
    void does_not_cache_addresses() throws UnknownHostException {
        released.countDown();
        DeadlineDns dns = new DeadlineDns(this::lookupWhenReleased);

        dns.lookup("vendor.example");
        dns.lookup("vendor.example");

        assertThat(lookups).hasValue(2);
    }

    @Test
    void is_used_by_the_shared_transport() {
        OkHttpClient client =
                HttpTransport.shared().builder(CallOptions.defaults()).build();

        assertThat(client.dns()).isInstanceOf(DeadlineDns.class);
    }

    private static boolean isKnown(DeadlineDns dns) {
        try {
            return !dns.lookup("vendor.example").isEmpty();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    /** A transport like the shared one, with another platform resolver. */
    private static HttpTransport transportWith(Dns platform) {
        DeadlineDns dns = new DeadlineDns(platform);
        return HttpTransport.over(
                new OkHttpClient.Builder().dns(dns).eventListener(dns).build());
    }

    /** Ignores interrupts, like the platform. */
    private java.util.List<InetAddress> lookupWhenReleased(String host) throws UnknownHostException {
        lookups.incrementAndGet();
        while (released.getCount() > 0) {
            try {
                released.await();
            } catch (InterruptedException ignored) {
                continue;
            }
        }
        return loopback();
    }

    private static java.util.List<InetAddress> loopback() throws UnknownHostException {
        return java.util.List.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    /** Each call has its own backend, so that calls are not coalesced. */
    private Either<OtaFailure, HttpResponse> send(HttpTransport transport, Duration deadline) {
        CallOptions limits = new CallOptions(LONG, 1_000, 0, false);
        BackendClient calls = TestClients.client(limits).withTimeout(deadline);
        ConnectionSettings connection = new ConnectionSettings(
                Endpoint.parse("http://vendor.example:" + server.port(), true).get(), Option.none(), limits);
        return calls.read(
                calls.contextOf("Show"),
                transport
                        .retrofit(connection, request -> request)
                        .create(Api.class)
                        .show(),
                Either::right);
    }
}
