package io.otabridge.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otabridge.client.auth.Canonicalization;
import io.otabridge.client.auth.RefreshableCredential;
import io.otabridge.client.config.CallOptions;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.client.transport.PreparedRequest;
import io.otabridge.client.transport.RawServer;
import io.otabridge.client.transport.ResponseHandler;
import io.otabridge.client.transport.StreamedBody;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Headers;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.PUT;

/** Uploads and downloads of bodies that are not held in memory, over real sockets. */
public class TransferTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final byte[] IMAGE = "firmware".repeat(10_000).getBytes(StandardCharsets.US_ASCII);

    private static final String LONG_RESPONSE =
            "HTTP/1.1 200 OK\r\nContent-Length: 500\r\nConnection: close\r\n\r\n" + "x".repeat(500);

    public interface Api {
        @GET("image")
        PreparedRequest get();

        @PUT("image")
        PreparedRequest put(@Body RequestBody body);
    }

    private final TransferServer server = new TransferServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void transfers_two_gibibytes_with_a_small_heap() throws IOException, InterruptedException {
        String sha256 = LargeTransfer.sha256();

        String output = transferInSmallHeap(sha256);

        assertThat(server.received()).isEqualTo(LargeTransfer.LENGTH);
        assertThat(server.receivedSha256()).isEqualTo(sha256);
        assertThat(output.strip()).endsWith("downloaded " + LargeTransfer.LENGTH + " " + sha256);
    }

    /** Downloads a file, reads it as an artifact, and uploads it. */
    @Test
    void transfers_a_file_of_one_gibibyte_with_a_small_heap(@TempDir Path folder)
            throws IOException, InterruptedException {
        long length = 1L << 30;
        String sha256 = LargeTransfer.sha256(new LargeTransfer.Pattern(length));
        server.serve(length);

        String output = transferInSmallHeap(sha256, folder.resolve("fw.bin").toString());

        assertThat(output).contains(length + " bytes", sha256, ", verified", "uploaded Right(200)");
        assertThat(server.received()).isEqualTo(length);
        assertThat(server.receivedSha256()).isEqualTo(sha256);
    }

    /** Runs {@link LargeTransfer} and returns its output. */
    private String transferInSmallHeap(String... arguments) throws IOException, InterruptedException {
        List<String> command = List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeTransfer.class.getName(),
                        String.valueOf(server.port()))
                .appendAll(List.of(arguments));
        Process child =
                new ProcessBuilder(command.asJava()).redirectErrorStream(true).start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void an_upload_sends_the_bytes_of_its_source() {
        assertThat(upload(replayable(IMAGE, IMAGE))).isEqualTo(Either.right(200));

        assertThat(server.received()).isEqualTo(IMAGE.length);
        assertThat(server.receivedSha256()).isEqualTo(Canonicalization.sha256Hex(IMAGE));
    }

    /** The last bytes are held back until the digest is known. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 0})
    void a_source_that_does_not_match_its_digest_completes_no_request(int surplus) {
        byte[] other = Arrays.copyOf(IMAGE, IMAGE.length + surplus);
        other[0]++;

        OtaFailure failure = upload(replayable(IMAGE, other)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.isRetryable()).isFalse();
        assertThat(server.completed()).isZero();
    }

    @Test
    void a_source_that_is_announced_as_empty_and_has_bytes_completes_no_request() {
        OtaFailure failure = upload(replayable(new byte[0], IMAGE)).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(server.completed()).isZero();
    }

    @Test
    void a_source_that_cannot_be_read_completes_no_request() {
        OtaFailure failure = upload(StreamedBody.replayable(null, IMAGE.length, "00", () -> {
                    throw new IOException("no such file");
                }))
                .getLeft();

        assertThat(failure.isRetryable()).as(failure.toString()).isFalse();
        assertThat(server.completed()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 3"})
    void only_a_replayable_body_is_retried(boolean isOneShot, int expected) {
        AtomicInteger opened = new AtomicInteger();
        StreamedBody.Source source = () -> {
            opened.incrementAndGet();
            return new ByteArrayInputStream(IMAGE);
        };
        String digest = Canonicalization.sha256Hex(IMAGE);
        server.loseResponses();

        OtaFailure failure = upload(
                        isOneShot
                                ? StreamedBody.oneShot(null, IMAGE.length, digest, source)
                                : StreamedBody.replayable(null, IMAGE.length, digest, source))
                .getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(opened).hasValue(expected);
    }

    /** An unchecked exception, and a timeout of another connection. */
    @Test
    void an_error_of_the_source_is_not_mapped_as_a_network_error() {
        List<StreamedBody.Source> sources = List.of(
                () -> {
                    throw new UncheckedIOException(new IOException("no such file"));
                },
                () -> failing(new SocketTimeoutException("another host")));

        sources.forEach(source -> {
            OtaFailure failure = upload(StreamedBody.oneShot(null, IMAGE.length, "00", source))
                    .getLeft();

            assertThat(failure).as(failure.summary()).isInstanceOf(OtaFailure.Rejected.class);
            assertThat(failure.summary()).contains("its source cannot be");
        });
        assertThat(server.completed()).isZero();
    }

    private static InputStream failing(IOException problem) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw problem;
            }
        };
    }

    @Test
    void an_upload_with_a_lost_response_has_an_unknown_outcome_although_its_retry_failed() {
        AtomicInteger opened = new AtomicInteger();
        server.loseResponses();

        OtaFailure failure = upload(
                        StreamedBody.replayable(null, IMAGE.length, Canonicalization.sha256Hex(IMAGE), () -> {
                            if (opened.incrementAndGet() > 1) {
                                throw new IOException("no such file");
                            }
                            return new ByteArrayInputStream(IMAGE);
                        }))
                .getLeft();

        assertThat(failure).as(failure.summary()).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(server.completed()).isEqualTo(1);
        assertThat(opened).hasValue(2);
    }

    static List<OtaFailure> failuresAfterWhichOtherCallsAreRetried() {
        FailureDetails details = FailureDetails.of(TestBackendClients.ORIGIN, "Not now", "Retry it");
        return List.of(
                new OtaFailure.RateLimited(details.withRetry(Option.none())),
                new OtaFailure.AccessDenied(details.withStatus(401)),
                new OtaFailure.AccessDenied(details.withStatus(403)));
    }

    /** Throttled, rejected with its credential, and rejected because of its date. */
    @ParameterizedTest
    @MethodSource("failuresAfterWhichOtherCallsAreRetried")
    void a_one_shot_body_is_not_resent_after_a_rejection(OtaFailure rejection) {
        AtomicInteger opened = new AtomicInteger();
        BackendClient calls = calls(LONG);
        RefreshableCredential<String> token = new RefreshableCredential<>(
                calls.clock(),
                LONG,
                Redactor.hiding(List.empty()),
                "token",
                List::of,
                failure -> failure.status().contains(401),
                longest -> Either.right(new RefreshableCredential.IssuedCredential<>(
                        "t", calls.clock().instant().plus(Duration.ofDays(1)))));
        HttpResponse later = new HttpResponse(403, Headers.of("Date", "Thu, 01 Jan 2099 00:00:00 GMT"), new byte[0]);
        StreamedBody body = StreamedBody.oneShot(null, IMAGE.length, Canonicalization.sha256Hex(IMAGE), () -> {
            opened.incrementAndGet();
            return new ByteArrayInputStream(IMAGE);
        });

        Either<OtaFailure, Integer> outcome = calls.withCredential(token)
                .upload(
                        origin(calls),
                        api(server.port()).put(body),
                        (head, bytes) -> {
                            if (rejection.status().contains(403)) {
                                calls.synchronizeClock(later);
                            }
                            return Either.left(rejection);
                        },
                        LONG);

        assertThat(outcome).isEqualTo(Either.left(rejection));
        assertThat(opened).hasValue(1);
    }

    /** The page is not from the vendor, and a retry would not reach the vendor either. */
    @ParameterizedTest
    @CsvSource({
        "true, 200 OK, UnreadableResponse",
        "false, 200 OK, UnreadableResponse",
        "true, 403 Forbidden, UnreadableResponse",
        "false, 511 Network Authentication Required, Rejected"
    })
    void a_web_page_is_no_response_to_a_transfer(boolean isUpload, String status, String kind) {
        String page = "<!DOCTYPE html><html><head><title>Log in</title></head></html>";
        String response = "HTTP/1.1 " + status + "\r\nContent-Type: text/html\r\nContent-Length: " + page.length()
                + "\r\nConnection: close\r\n\r\n" + page;
        try (RawServer portal = new RawServer(response)) {
            OtaFailure failure = isUpload
                    ? uploadTo(portal.port(), replayable(new byte[0], new byte[0]), (head, bytes) -> Either.right(1))
                            .getLeft()
                    : downloadFrom(portal.port(), (head, bytes) -> Either.right(1))
                            .getLeft();

            assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
            assertThat(failure.vendorMessage()).contains("a web page \"Log in\"");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_handler_need_not_read_the_body(boolean isUpload) {
        try (RawServer vendor = new RawServer(LONG_RESPONSE)) {
            Either<OtaFailure, Integer> outcome = isUpload
                    ? uploadTo(
                            vendor.port(),
                            replayable(new byte[0], new byte[0]),
                            (head, bytes) -> Either.right(head.status()))
                    : downloadFrom(vendor.port(), (head, bytes) -> Either.right(head.status()));

            assertThat(outcome).isEqualTo(Either.right(200));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_a_handler_throws_reaches_the_caller(boolean isUpload) {
        IllegalStateException handlerError = new IllegalStateException("a handlerError");
        ResponseHandler<Integer> handler = (head, bytes) -> {
            throw handlerError;
        };
        try (RawServer vendor = new RawServer(LONG_RESPONSE)) {
            assertThatThrownBy(() -> {
                        Either<OtaFailure, Integer> unexpected = isUpload
                                ? uploadTo(vendor.port(), replayable(new byte[0], new byte[0]), handler)
                                : downloadFrom(vendor.port(), handler);
                        throw new AssertionError(unexpected);
                    })
                    .isSameAs(handlerError);
        }
    }

    @Test
    void accepts_any_positive_duration() {
        server.serve(1_000);
        BackendClient calls = calls(LONG);
        ResponseHandler<Integer> handler = (head, bytes) -> Either.right(bytes.readAllBytes().length);

        assertThat(calls.download(origin(calls), api(server.port()).get(), handler, ChronoUnit.FOREVER.getDuration()))
                .isEqualTo(Either.right(1_000));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> calls.download(origin(calls), api(server.port()).get(), handler, Duration.ZERO));
    }

    @Test
    void an_upload_that_stalls_ends() {
        server.stopReading();
        InputStream endless = new LargeTransfer.Pattern(LargeTransfer.LENGTH);

        OtaFailure failure = upload(
                        StreamedBody.oneShot(null, LargeTransfer.LENGTH, "00", () -> endless), Duration.ofMillis(300))
                .getLeft();

        assertThat(failure).as(failure.summary()).isInstanceOf(OtaFailure.OutcomeUnknown.class);
    }

    @Test
    void a_download_that_stalls_ends() {
        server.stallAfter(100_000);

        OtaFailure failure = download(Duration.ofMillis(300)).getLeft();

        assertThat(failure).as(failure.summary()).isInstanceOf(OtaFailure.DeadlineExceeded.class);
        assertThat(failure.summary()).contains("no bytes to or from 127.0.0.1:" + server.port() + " within 300 ms");
    }

    @Test
    void a_stall_timeout_of_less_than_a_millisecond_is_one() {
        server.stallAfter(0);

        assertThat(download(Duration.ofNanos(1)).getLeft().summary()).contains("no bytes to or from");
    }

    @Test
    void a_download_may_last_longer_than_the_timeout_of_calls() {
        server.pauseAfterEach(1_000, Duration.ofMillis(50));

        assertThat(download(Duration.ofMillis(400), 20_000)).isEqualTo(Either.right(20_000L));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_interrupt_ends_a_transfer_at_once(boolean isUpload) throws InterruptedException {
        server.stopReading();
        server.stallAfter(100_000);
        AtomicReference<Either<OtaFailure, ?>> outcome = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>(false);
        InputStream endless = new LargeTransfer.Pattern(LargeTransfer.LENGTH);
        Thread transfer = new Thread(() -> {
            outcome.set(
                    isUpload
                            ? upload(StreamedBody.oneShot(null, LargeTransfer.LENGTH, "00", () -> endless), LONG)
                            : download(LONG));
            flag.set(Thread.currentThread().isInterrupted());
        });

        transfer.start();
        server.awaitRequest();
        transfer.interrupt();
        transfer.join(TimeUnit.MINUTES.toMillis(1));

        assertThat(transfer.isAlive()).isFalse();
        assertThat(flag.get()).isTrue();
        assertThat(outcome.get().getLeft())
                .isInstanceOf(isUpload ? OtaFailure.OutcomeUnknown.class : OtaFailure.Cancelled.class);
        assertThat(outcome.get().getLeft().isRetryable()).isFalse();
    }

    private Either<OtaFailure, Integer> upload(StreamedBody body) {
        return upload(body, LONG);
    }

    private Either<OtaFailure, Integer> upload(StreamedBody body, Duration stall) {
        BackendClient calls = calls(stall);
        return calls.upload(
                origin(calls), api(server.port()).put(body), (head, bytes) -> Either.right(head.status()), LONG);
    }

    private static <T> Either<OtaFailure, T> uploadTo(int port, StreamedBody body, ResponseHandler<T> handler) {
        BackendClient calls = calls(LONG);
        return calls.upload(origin(calls), api(port).put(body), handler, LONG);
    }

    private static <T> Either<OtaFailure, T> downloadFrom(int port, ResponseHandler<T> handler) {
        BackendClient calls = calls(LONG);
        return calls.download(origin(calls), api(port).get(), handler, LONG);
    }

    private Either<OtaFailure, Long> download(Duration stall) {
        return download(stall, LargeTransfer.LENGTH);
    }

    private Either<OtaFailure, Long> download(Duration stall, long length) {
        server.serve(length);
        BackendClient calls = calls(stall);
        return calls.download(
                origin(calls),
                api(server.port()).get(),
                (head, bytes) -> Either.right(bytes.transferTo(java.io.OutputStream.nullOutputStream())),
                LONG);
    }

    private static StreamedBody replayable(byte[] announced, byte[] actual) {
        return StreamedBody.replayable(
                null, announced.length, Canonicalization.sha256Hex(announced), () -> new ByteArrayInputStream(actual));
    }

    public static BackendClient calls(Duration timeout) {
        return TestClients.client(new CallOptions(timeout, 1_000, 2, false));
    }

    public static OperationContext origin(BackendClient calls) {
        return calls.contextOf("Transfer");
    }

    static Api api(int port) {
        ConnectionSettings connection = new ConnectionSettings(
                Endpoint.parse("http://127.0.0.1:" + port, false).get(), Option.none(), CallOptions.defaults());
        return HttpTransport.shared().retrofit(connection, request -> request).create(Api.class);
    }
}
