package io.otabridge.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.otabridge.app.OtaBridge;
import io.otabridge.app.OtaConfig;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.observation.BackendStatus;
import io.otabridge.domain.observation.BackendStatus.Circuit;
import io.otabridge.domain.observation.CacheResult;
import io.otabridge.domain.observation.CallObservation;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics and traces of calls to a simulated vendor. */
class MicrometerObserverTest {

    private static final FirmwareId KNOWN = FirmwareId.of(HuaweiSimulator.DOCUMENTED_PACKAGE);
    private static final FirmwareId UNKNOWN = FirmwareId.of("unknown");
    private static final OperationContext ORIGIN = new OperationContext("prod", Vendor.of("acme"), "Show");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CopyOnWriteArrayList<String> traceParents = new CopyOnWriteArrayList<>();
    private HuaweiSimulator cloud;

    @BeforeEach
    void start() {
        cloud = HuaweiSimulator.start();
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void times_a_call_by_backend_operation_and_outcome() {
        try (OtaBridge ota = open(MicrometerObserver.of(meters))) {
            ota.backend().firmware().find(KNOWN);
        }

        assertThat(calls("success").count()).isEqualTo(1);
        assertThat(calls("success").getId().getTags())
                .extracting(tag -> tag.getKey() + "=" + tag.getValue())
                .containsExactlyInAnyOrder(
                        "backend=prod", "vendor=huawei", "operation=ShowOtaPackage", "outcome=success", "error=none");
        assertThat(meters.get("ota.calls.queued").timer().count()).isEqualTo(1);
        assertThat(meters.get("ota.calls.retries").counter().count()).isZero();
    }

    @Test
    void counts_retries() {
        CallObservation call = MicrometerObserver.of(meters).started(ORIGIN);
        call.sent(Duration.ZERO);
        call.sent(Duration.ofMillis(40));
        call.sent(Duration.ofMillis(2));
        call.ended(Option.none());

        assertThat(calls("success").count()).isEqualTo(1);
        assertThat(meters.get("ota.calls.retries").counter().count()).isEqualTo(2);
        assertThat(meters.get("ota.calls.queued").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(42);
    }

    @Test
    void not_found_is_not_an_error() {
        try (OtaBridge ota = open(MicrometerObserver.of(meters))) {
            ota.backend().firmware().find(UNKNOWN);
        }

        assertThat(calls("not_found").getId().getTag("error")).isEqualTo("none");
    }

    @Test
    void an_outage_is_an_error() {
        MicrometerObserver observer = MicrometerObserver.of(meters);
        try (OtaBridge ota = open(observer)) {
            cloud.close();
            ota.backend().firmware().find(KNOWN);
        }

        assertThat(calls("unavailable").getId().getTag("error")).isEqualTo("CallFailed");
    }

    @Test
    void shows_circuit_and_quota() {
        try (OtaBridge ota = open(MicrometerObserver.of(meters))) {
            ota.backend().firmware().find(KNOWN);

            assertThat(circuit("closed")).isEqualTo(1);
            assertThat(circuit("open")).isZero();
            assertThat(circuit("half_open")).isZero();
            assertThat(meters.get("ota.quota.use")
                            .tags("backend", "prod", "operation", "ShowOtaPackage")
                            .gauge()
                            .value())
                    .isBetween(0.0, 1.0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shows_the_backend_that_was_opened_last(boolean sameObserver) {
        MicrometerObserver observer = MicrometerObserver.of(meters);
        observer.opened("prod", ORIGIN.vendor(), state(Circuit.OPEN, Option.some(0.5)));
        observer.started(ORIGIN).ended(Option.none());
        assertThat(List.of(circuit("open"), circuit("closed"), quotaUse())).containsExactly(1.0, 0.0, 0.5);

        MicrometerObserver next = sameObserver ? observer : MicrometerObserver.of(meters);
        next.opened("prod", ORIGIN.vendor(), state(Circuit.CLOSED, Option.some(0.75)));
        next.started(ORIGIN).ended(Option.none());
        assertThat(List.of(circuit("open"), circuit("closed"), quotaUse())).containsExactly(0.0, 1.0, 0.75);
        assertThat(calls("success").count()).isEqualTo(2);
    }

    @Test
    void shows_a_quota_that_was_not_limited_before() {
        MicrometerObserver observer = MicrometerObserver.of(meters);
        observer.opened("prod", ORIGIN.vendor(), state(Circuit.CLOSED, Option.none()));
        observer.started(ORIGIN).ended(Option.none());
        observer.opened("prod", ORIGIN.vendor(), state(Circuit.CLOSED, Option.some(0.25)));
        observer.started(ORIGIN).ended(Option.none());

        assertThat(quotaUse()).isEqualTo(0.25);
    }

    @Test
    void does_not_show_a_backend_replaced_by_another_observer() {
        MicrometerObserver before = MicrometerObserver.of(meters);
        MicrometerObserver next = MicrometerObserver.of(meters);
        before.opened("prod", ORIGIN.vendor(), state(Circuit.OPEN, Option.some(0.5)));
        next.opened("prod", ORIGIN.vendor(), state(Circuit.CLOSED, Option.some(0.75)));
        next.started(ORIGIN).ended(Option.none());
        before.started(ORIGIN).ended(Option.none());

        assertThat(quotaUse()).isEqualTo(0.75);
    }

    @Test
    void shows_the_quota_of_a_backend_opened_during_a_call() {
        MicrometerObserver observer = MicrometerObserver.of(meters);
        BackendStatus next = state(Circuit.CLOSED, Option.some(0.25));
        observer.opened("prod", ORIGIN.vendor(), new BackendStatus() {
            @Override
            public Circuit circuit() {
                return Circuit.CLOSED;
            }

            @Override
            public Option<Double> quotaUsage(String operation) {
                observer.opened("prod", ORIGIN.vendor(), next);
                return Option.none();
            }
        });
        observer.started(ORIGIN).ended(Option.none());
        observer.started(ORIGIN).ended(Option.none());

        assertThat(quotaUse()).isEqualTo(0.25);
    }

    @ParameterizedTest
    @CsvSource({"HIT, hit", "MISS, miss", "STALE, stale"})
    void counts_cache_results(CacheResult use, String tag) {
        MicrometerObserver.of(meters).cached(ORIGIN, use);

        assertThat(meters.get("ota.cache")
                        .tags("backend", "prod", "use", tag)
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void counts_throttled_requests() {
        CallObservation call = MicrometerObserver.of(meters).started(ORIGIN);
        call.sent(Duration.ofMillis(3));
        call.throttled();
        call.ended(Option.some(new OtaFailure.RateLimited(FailureDetails.of(ORIGIN, "Too many", "Wait"))));

        assertThat(meters.get("ota.calls.throttled").counter().count()).isEqualTo(1);
        assertThat(calls("rate_limited").count()).isEqualTo(1);
    }

    static Stream<Arguments> outcomes() {
        FailureDetails details = FailureDetails.of(ORIGIN, "It failed", "Retry");
        return Stream.of(
                arguments(new OtaFailure.Cancelled(details), "cancelled"),
                arguments(new OtaFailure.DeadlineExceeded(details), "deadline_exceeded"),
                arguments(new OtaFailure.OutcomeUnknown(details, Option.some("token-1")), "outcome_unknown"),
                arguments(new OtaFailure.CircuitOpen(details), "circuit_open"));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void names_the_outcome_after_the_kind_of_failure(OtaFailure failure, String outcome) {
        CallObservation call = MicrometerObserver.of(meters).started(ORIGIN);

        call.ended(Option.some(failure));

        assertThat(calls(outcome).count()).isEqualTo(1);
    }

    @Test
    void an_exception_is_an_error() {
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        CallObservation call = MicrometerObserver.of(observations, meters).started(ORIGIN);

        call.threw(new IllegalStateException("mistake"));

        assertThat(calls("exception").getId().getTag("error")).isEqualTo("IllegalStateException");
        assertThat(observations.getCurrentObservation()).isNull();
    }

    @Test
    void tags_do_not_grow_with_the_number_of_ids() {
        try (OtaBridge ota = open(MicrometerObserver.of(meters))) {
            ota.backend().firmware().find(KNOWN);
            ota.backend().firmware().find(UNKNOWN);
            List<Meter> before = meters.getMeters();
            for (int i = 0; i < 20; i++) {
                ota.backend().firmware().find(FirmwareId.of("unknown-" + i));
            }

            assertThat(meters.getMeters()).hasSameSizeAs(before);
        }
    }

    @Test
    void propagates_the_trace_to_the_vendor() {
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        ObservationRegistry observations = traced(spans);

        try (OtaBridge ota = open(MicrometerObserver.of(observations, meters))) {
            Observation.createNotStarted("rollout", observations)
                    .observe(() -> ota.backend().firmware().find(UNKNOWN));
        }

        SpanData call = span(spans, "huawei ShowOtaPackage");
        assertThat(call.getParentSpanId()).isEqualTo(span(spans, "rollout").getSpanId());
        assertThat(call.getStatus()).isEqualTo(StatusData.unset());
        assertThat(traceParents)
                .singleElement(STRING)
                .startsWith("00-" + call.getTraceId() + "-" + call.getSpanId() + "-");
    }

    @Test
    void marks_the_span_of_a_failed_call() {
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        try (OtaBridge ota = open(MicrometerObserver.of(traced(spans), meters))) {
            cloud.close();
            ota.backend().firmware().find(KNOWN);
        }

        assertThat(span(spans, "huawei ShowOtaPackage").getStatus().getDescription())
                .startsWith("Unavailable: Backend prod");
    }

    private OtaBridge open(MicrometerObserver observer) {
        OtaConfig config = OtaConfig.builder()
                .backend(
                        "prod",
                        "huawei",
                        Map.of(
                                "endpoint",
                                cloud.endpoint().toString(),
                                "project-id",
                                cloud.projectId(),
                                "credentials",
                                Map.of("access-key", cloud.accessKey(), "secret-key", cloud.secretKey())))
                .build();
        OkHttpClient client = new OkHttpClient.Builder()
                .eventListener(new TraceParents(traceParents))
                .build();
        return OtaBridge.of(
                config,
                BackendContext.system()
                        .withResource(BackendObserver.class, observer)
                        .withResource(HttpTransport.class, HttpTransport.over(client)));
    }

    private ObservationRegistry traced(InMemorySpanExporter spans) {
        Tracer otel = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(spans))
                .build()
                .get("test");
        OtelTracer tracer = new OtelTracer(otel, new OtelCurrentTraceContext(), event -> {});
        ObservationRegistry observations = ObservationRegistry.create();
        observations
                .observationConfig()
                .observationHandler(new DefaultMeterObservationHandler(meters))
                .observationHandler(new ObservationHandler.FirstMatchingCompositeObservationHandler(
                        new PropagatingSenderTracingObservationHandler<>(
                                tracer,
                                new OtelPropagator(
                                        ContextPropagators.create(W3CTraceContextPropagator.getInstance()), otel)),
                        new DefaultTracingObservationHandler(tracer)));
        return observations;
    }

    private static SpanData span(InMemorySpanExporter spans, String name) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static BackendStatus state(Circuit circuit, Option<Double> quotaUse) {
        return new BackendStatus() {
            @Override
            public Circuit circuit() {
                return circuit;
            }

            @Override
            public Option<Double> quotaUsage(String operation) {
                return quotaUse;
            }
        };
    }

    private double quotaUse() {
        return meters.get("ota.quota.use")
                .tags("backend", "prod", "operation", ORIGIN.operation())
                .gauge()
                .value();
    }

    private Timer calls(String outcome) {
        return meters.get("ota.calls").tag("outcome", outcome).timer();
    }

    private double circuit(String state) {
        return meters.get("ota.circuit")
                .tags("backend", "prod", "state", state)
                .gauge()
                .value();
    }
}
