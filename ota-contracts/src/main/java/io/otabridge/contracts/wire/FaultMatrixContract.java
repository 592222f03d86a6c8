package io.otabridge.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.otabridge.contracts.BackendContract;
import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Check;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.backend.Finding;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.NewModule;
import io.otabridge.simulators.fault.CallType;
import io.otabridge.simulators.fault.ExpectedOutcome;
import io.otabridge.simulators.fault.FaultProxy;
import io.otabridge.simulators.fault.Redirect;
import io.otabridge.simulators.fault.WireFault;
import io.otabridge.simulators.fault.WireFaultScenario;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What comes of every call that meets a fault on the wire, over real sockets, and how often it is sent: the matrix of
 * {@link WireFault} and {@link CallType}, one call for each way in which responses are decoded and repeated. For adapters that speak HTTP and take the settings {@code timeout}, {@code retries},
 * {@code max-response-bytes} and {@code circuit-breaker}. Each test needs a server and a vendor of its own. Most of them wait;
 * where JUnit may run tests at the same time ({@code junit.jupiter.execution.parallel.enabled}), these do.
 */
public interface FaultMatrixContract extends BackendContract {

    /** The most bytes that a backend under test reads of an answer; good answers must be smaller. */
    int MAX_BYTES = 1 << 20;

    /** A call that holds more holds a body that it should have dropped. */
    long MOST_MEMORY = 64L << 20;

    /** The server between the backend and the vendor, the same one for the whole of a test. */
    FaultProxy server();

    /**
     * Opens the backend anew, without a connection from before, so that {@code backend()} answers it from then on. It keeps to no
     * quota.
     *
     * @param endpoint the address of the API
     * @param limits settings to add to the adapter's own
     * @param trust whom to trust; absent where it is not about TLS
     */
    void openBackend(URI endpoint, Map<String, Object> limits, Option<X509TrustManager> trust);

    /** How many connections the backend has that are neither closed nor ready for another call. */
    int busyConnections();

    /** A package that the vendor holds, the same one whenever it is asked for. */
    FirmwareId givenFirmware();

    /** A package that the vendor holds and lets go. */
    FirmwareId givenFirmwareToDelete();

    /** A product in which modules are made; it has none called {@code Radio}. */
    ProductId givenProduct();

    /** Whether this request is to create, change or delete something. */
    boolean isChange(FaultProxy.Request request);

    @Override
    default int requestsSent() {
        return server().received().size();
    }

    @Override
    default void givenTrouble(FailureScenario trouble) {
        throw new UnsupportedOperationException("the matrix has faults of its own");
    }

    @Override
    default void givenTroubleWithChanges(FailureScenario trouble) {
        throw new UnsupportedOperationException("the matrix has faults of its own");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource("io.otabridge.contracts.wire.FaultMatrixContract#wireFaults")
    default void ends_as_it_must(WireFault fault, CallType act) {
        expectEnding(fault, act);
    }

    /** Nor does a credential reach the other host, as nothing does. */
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource("io.otabridge.contracts.wire.FaultMatrixContract#redirects")
    default void follows_no_redirect(int status, Redirect.Destination to, CallType act) {
        try (FaultProxy elsewhere = FaultProxy.before(server().vendor())) {
            expectEnding(new Redirect(status, to, elsewhere.endpoint()), act);

            assertThat(elsewhere.connections()).as("connections elsewhere").isZero();
            assertThat(server().received())
                    .noneMatch(request -> request.target().startsWith(Redirect.PATH));
        }
    }

    @Test
    default void holds_little_of_a_body_that_grows() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        play(WireFault.GZIP_BOMB, CallType.FIRMWARE);

        long before = threads.getCurrentThreadAllocatedBytes();
        OtaFailure failure = make(CallType.FIRMWARE).getLeft();
        long used = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(used).as("bytes of memory").isLessThan(MOST_MEMORY);
    }

    @Test
    default void diagnoses_within_the_deadline_of_a_derived_backend_where_nothing_responds() {
        server().play(WireFault.HANG_BEFORE_ANSWER, request -> true);
        openBackend(server().endpoint(), Map.of("timeout", "3s"), Option.none());

        expectLateService(backend().within(Duration.ofSeconds(1)).diagnose());

        assertThat(server().connections()).isEqualTo(1);
    }

    @Test
    default void diagnoses_within_the_deadline_of_a_derived_backend_where_the_api_does_not_respond() {
        server().play(WireFault.HANG_BEFORE_ANSWER, request -> !request.target().equals("/"));
        openBackend(server().endpoint(), Map.of("timeout", "3s"), Option.none());

        expectLateService(backend().within(Duration.ofSeconds(1)).diagnose());

        assertThat(server().received()).hasSize(2);
    }

    private static void expectLateService(Diagnosis diagnosis) {
        Assumptions.assumeTrue(
                diagnosis.findings().exists(found -> found.severity() != Finding.Severity.SKIPPED),
                "this backend does not look for what is wrong with it");
        assertThat(diagnosis.findings().filter(Finding::hasFailed))
                .singleElement()
                .satisfies(late -> assertThat(late.check()).isEqualTo(Check.SERVICE))
                .satisfies(late -> assertThat(late.what()).endsWith("before the deadline of 1000 ms"));
    }

    @Test
    default void diagnoses_within_any_deadline() {
        Diagnosis diagnosis = backend().within(ChronoUnit.FOREVER.getDuration()).diagnose();

        assertThat(diagnosis.findings().filter(Finding::hasFailed)).isEmpty();
    }

    /** Every fault of the wire with every call that it can befall. */
    static Stream<Arguments> wireFaults() {
        return cells(WireFault.values());
    }

    /** These faults with every call, as arguments for {@link #expectEnding}. */
    static Stream<Arguments> cells(WireFaultScenario... faults) {
        return Arrays.stream(faults)
                .flatMap(fault -> Stream.of(CallType.values()).map(act -> Arguments.of(fault, act)));
    }

    /** Every redirect with a question, and one with every other call. */
    static Stream<Arguments> redirects() {
        return Stream.concat(
                Stream.of(301, 302, 303, 307, 308)
                        .flatMap(status -> Stream.of(Redirect.Destination.values())
                                .map(to -> Arguments.of(status, to, CallType.FIRMWARE))),
                Stream.of(CallType.DELETION, CallType.CREATION)
                        .map(act -> Arguments.of(307, Redirect.Destination.OTHER_HOST, act)));
    }

    /** The rows of these faults in a table for people, each with a line break at its end. */
    static String rows(WireFaultScenario... faults) {
        return Arrays.stream(faults)
                .map(fault -> "| " + fault.words() + " | " + fault.endings().question() + " | "
                        + fault.endings().deletion() + " | " + fault.endings().creation() + " |\n")
                .collect(Collectors.joining());
    }

    /** Checks how a call ends that meets a fault, how often it was sent, and that it leaves no connection in use. */
    default void expectEnding(WireFaultScenario fault, CallType act) {
        ExpectedOutcome expected = fault.endings().of(act);
        Option<Either<OtaFailure, ?>> good = Option.when(act.isQuestion(), () -> makeInPeace(act));
        play(fault, act);

        Either<OtaFailure, ?> answer = make(act);

        Assumptions.assumeFalse(server().metNoBody(), "this vendor answers without a body");
        if (expected.failure().isDefined()) {
            OtaFailure failure = answer.getLeft();
            assertThat(failure).isInstanceOf(expected.failure().get());
            assertThat(failure.isRetryable()).as("retry may help").isEqualTo(expected.retryable());
            expectOriginAndAdvice(failure);
        } else {
            assertThat(answer.isRight()).as(answer.toString()).isTrue();
            good.forEach(same -> assertThat(answer).isEqualTo(same));
        }
        assertThat(server().played()).as("calls").isEqualTo(expected.calls());
        assertThat(busyConnections()).as("connections in use").isZero();
    }

    private Either<OtaFailure, ?> makeInPeace(CallType act) {
        openBackend(server().endpoint(), limits("20s"), Option.none());
        Either<OtaFailure, ?> answer = make(act);
        assertThat(answer.isRight()).as(answer.toString()).isTrue();
        return answer;
    }

    private void play(WireFaultScenario fault, CallType act) {
        server().play(fault, request -> act != CallType.CREATION || isChange(request));
        openBackend(server().endpoint(), limits(lasts(fault) ? "2s" : "20s"), Option.some(server().trust()));
    }

    private static boolean lasts(WireFaultScenario fault) {
        return fault.traits().contains(WireFaultScenario.Trait.UNTIL_DEADLINE);
    }

    private static Map<String, Object> limits(String timeout) {
        return Map.of("timeout", timeout, "retries", 2, "circuit-breaker", "off", "max-response-bytes", MAX_BYTES);
    }

    private Either<OtaFailure, ?> make(CallType act) {
        return switch (act) {
            case FIRMWARE -> backend().firmware().find(givenFirmware());
            case DELETION -> backend().firmwareCommands().delete(givenFirmwareToDelete());
            case CREATION -> backend().moduleCommands().create(NewModule.named(givenProduct(), ModuleName.of("Radio")));
        };
    }
}
