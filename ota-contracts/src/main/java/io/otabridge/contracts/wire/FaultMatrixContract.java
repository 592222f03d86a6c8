package io.otabridge.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.otabridge.contracts.BackendContract;
import io.otabridge.contracts.fault.CallType;
import io.otabridge.contracts.fault.ExpectedOutcome;
import io.otabridge.contracts.fault.FaultProxy;
import io.otabridge.contracts.fault.Redirect;
import io.otabridge.contracts.fault.WireFault;
import io.otabridge.contracts.fault.WireFaultScenario;
import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Check;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.backend.Finding;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.NewModule;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The outcome of every {@link CallType} under every {@link WireFault} over real sockets, and the number of attempts.
 * There is one call type for each way in which an adapter decodes responses and retries calls. For adapters that use
 * HTTP and support the settings {@code timeout}, {@code retries}, {@code max-response-bytes} and
 * {@code circuit-breaker}. Each test needs its own proxy and vendor. The tests run in parallel if JUnit allows it
 * ({@code junit.jupiter.execution.parallel.enabled}).
 */
public interface FaultMatrixContract extends BackendContract {

    /** The maximum size of a response that the backend under test reads. Valid responses must be smaller. */
    int MAX_BYTES = 1 << 20;

    /** The maximum number of bytes that a call may allocate. */
    long MAX_ALLOCATED_BYTES = 64L << 20;

    /** Returns the proxy between the backend and the vendor, the same instance throughout a test. */
    FaultProxy server();

    /**
     * Opens a new backend without pooled connections and without client-side rate limiting. {@code backend()} returns
     * it from then on.
     *
     * @param endpoint the endpoint of the API
     * @param limits settings to add to those of the adapter
     * @param trust the trust manager; none if the connection does not use TLS
     */
    void openBackend(URI endpoint, Map<String, Object> limits, Option<X509TrustManager> trust);

    /** Returns the number of connections that are neither closed nor idle. */
    int busyConnections();

    /** Returns the id of an existing package, always the same. */
    FirmwareId givenFirmware();

    /** Returns the id of an existing package that can be deleted. */
    FirmwareId givenFirmwareToDelete();

    /** Returns a product in which modules can be created and which has no module {@code Radio}. */
    ProductId givenProduct();

    /** Returns whether this request creates, updates or deletes something. */
    boolean isChange(FaultProxy.Request request);

    @Override
    default int requestsSent() {
        return server().received().size();
    }

    @Override
    default void givenFailure(FailureScenario scenario) {
        throw new UnsupportedOperationException("the fault matrix uses WireFault");
    }

    @Override
    default void givenFailureOnChanges(FailureScenario scenario) {
        throw new UnsupportedOperationException("the fault matrix uses WireFault");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource("io.otabridge.contracts.wire.FaultMatrixContract#wireFaults")
    default void returns_the_expected_outcome(WireFault fault, CallType callType) {
        expectOutcome(fault, callType);
    }

    /** No request, and so no credential, reaches the other host. */
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource("io.otabridge.contracts.wire.FaultMatrixContract#redirects")
    default void does_not_follow_redirects(int status, Redirect.Destination to, CallType callType) {
        try (FaultProxy elsewhere = FaultProxy.before(server().vendor())) {
            expectOutcome(new Redirect(status, to, elsewhere.endpoint()), callType);

            assertThat(elsewhere.connections()).as("connections elsewhere").isZero();
            assertThat(server().received())
                    .noneMatch(request -> request.target().startsWith(Redirect.PATH));
        }
    }

    @Test
    default void limits_memory_for_a_decompressed_body() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        play(WireFault.GZIP_BOMB, CallType.FIRMWARE);

        long before = threads.getCurrentThreadAllocatedBytes();
        OtaFailure failure = call(CallType.FIRMWARE).getLeft();
        long used = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(used).as("bytes of memory").isLessThan(MAX_ALLOCATED_BYTES);
    }

    @Test
    default void diagnosis_keeps_the_deadline_when_the_server_does_not_respond() {
        server().play(WireFault.HANG_BEFORE_RESPONSE, request -> true);
        openBackend(server().endpoint(), Map.of("timeout", "3s"), Option.none());

        expectServiceTimeout(backend().within(Duration.ofSeconds(1)).diagnose());

        assertThat(server().connections()).isEqualTo(1);
    }

    @Test
    default void diagnosis_keeps_the_deadline_when_the_api_does_not_respond() {
        server().play(
                        WireFault.HANG_BEFORE_RESPONSE,
                        request -> !request.target().equals("/"));
        openBackend(server().endpoint(), Map.of("timeout", "3s"), Option.none());

        expectServiceTimeout(backend().within(Duration.ofSeconds(1)).diagnose());

        assertThat(server().received()).hasSize(2);
    }

    private static void expectServiceTimeout(Diagnosis diagnosis) {
        Assumptions.assumeTrue(
                diagnosis.findings().exists(found -> found.severity() != Finding.Severity.SKIPPED),
                "this backend has no diagnosis");
        assertThat(diagnosis.findings().filter(Finding::hasFailed))
                .singleElement()
                .satisfies(timeout -> assertThat(timeout.check()).isEqualTo(Check.SERVICE))
                .satisfies(timeout -> assertThat(timeout.description()).endsWith("before the deadline of 1 s"));
    }

    @Test
    default void diagnosis_accepts_any_deadline() {
        Diagnosis diagnosis = backend().within(ChronoUnit.FOREVER.getDuration()).diagnose();

        assertThat(diagnosis.findings().filter(Finding::hasFailed)).isEmpty();
    }

    /** Returns a factory of TLS sockets that trust only this manager. */
    static SSLSocketFactory sockets(X509TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK supports TLS", e);
        }
    }

    /** Returns every fault with every call type, as arguments. */
    static Stream<Arguments> wireFaults() {
        return cells(WireFault.values());
    }

    /** Returns these faults with every call type, as arguments for {@link #expectOutcome}. */
    static Stream<Arguments> cells(WireFaultScenario... faults) {
        return Arrays.stream(faults)
                .flatMap(fault -> Stream.of(CallType.values()).map(callType -> Arguments.of(fault, callType)));
    }

    /** Returns every redirect with a read, and one redirect with every other call type, as arguments. */
    static Stream<Arguments> redirects() {
        return Stream.concat(
                Stream.of(301, 302, 303, 307, 308)
                        .flatMap(status -> Stream.of(Redirect.Destination.values())
                                .map(to -> Arguments.of(status, to, CallType.FIRMWARE))),
                Stream.of(CallType.DELETION, CallType.CREATION)
                        .map(callType -> Arguments.of(307, Redirect.Destination.OTHER_HOST, callType)));
    }

    /** Returns these faults as rows of a Markdown table, each with a line break at its end. */
    static String rows(WireFaultScenario... faults) {
        return Arrays.stream(faults)
                .map(fault -> "| " + fault.description() + " | "
                        + fault.expectedOutcomes().query() + " | "
                        + fault.expectedOutcomes().deletion() + " | "
                        + fault.expectedOutcomes().creation() + " |\n")
                .collect(Collectors.joining());
    }

    /**
     * Makes a call under a fault, and checks its outcome, the number of attempts, and that no connection stays in use.
     */
    default void expectOutcome(WireFaultScenario fault, CallType callType) {
        ExpectedOutcome expected = fault.expectedOutcomes().of(callType);
        Option<Either<OtaFailure, ?>> normal = Option.when(callType.isQuery(), () -> callWithoutFault(callType));
        play(fault, callType);

        Either<OtaFailure, ?> result = call(callType);

        Assumptions.assumeFalse(server().responseHadNoBody(), "this vendor sends no body in this response");
        if (expected.failure().isDefined()) {
            OtaFailure failure = result.getLeft();
            assertThat(failure).isInstanceOf(expected.failure().get());
            assertThat(failure.isRetryable()).as("retry may help").isEqualTo(expected.retryable());
            expectOriginAndAdvice(failure);
        } else {
            assertThat(result.isRight()).as(result.toString()).isTrue();
            normal.forEach(same -> assertThat(result).isEqualTo(same));
        }
        assertThat(server().played()).as("calls").isEqualTo(expected.calls());
        assertThat(busyConnections()).as("connections in use").isZero();
    }

    private Either<OtaFailure, ?> callWithoutFault(CallType callType) {
        openBackend(server().endpoint(), limits("20s"), Option.none());
        Either<OtaFailure, ?> result = call(callType);
        assertThat(result.isRight()).as(result.toString()).isTrue();
        return result;
    }

    private void play(WireFaultScenario fault, CallType callType) {
        server().play(fault, request -> callType != CallType.CREATION || isChange(request));
        openBackend(
                server().endpoint(), limits(lastsUntilDeadline(fault) ? "2s" : "20s"), Option.some(server().trust()));
    }

    private static boolean lastsUntilDeadline(WireFaultScenario fault) {
        return fault.traits().contains(WireFaultScenario.Trait.UNTIL_DEADLINE);
    }

    private static Map<String, Object> limits(String timeout) {
        return Map.of("timeout", timeout, "retries", 2, "circuit-breaker", "off", "max-response-bytes", MAX_BYTES);
    }

    private Either<OtaFailure, ?> call(CallType callType) {
        return switch (callType) {
            case FIRMWARE -> backend().firmware().find(givenFirmware());
            case DELETION -> backend().firmwareCommands().delete(givenFirmwareToDelete());
            case CREATION -> backend().moduleCommands().create(NewModule.named(givenProduct(), ModuleName.of("Radio")));
        };
    }
}
