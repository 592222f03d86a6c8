package io.otabridge.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.observation.CallObservation;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One call as an observation, which is the current observation of its thread until the call ends. */
final class ObservedCall implements CallObservation {

    private final Map<String, String> headers = new HashMap<>();
    private final MicrometerObserver.OperationMeters meters;
    private final Observation observation;
    private final Observation.Scope scope;
    private int attempts;

    ObservedCall(OperationContext origin, ObservationRegistry registry, MicrometerObserver.OperationMeters meters) {
        this.meters = meters;
        this.observation = Observation.createNotStarted("ota.calls", () -> context(origin), registry)
                .contextualName(origin.vendor().name() + " " + origin.operation())
                .lowCardinalityKeyValue("backend", origin.backend())
                .lowCardinalityKeyValue("vendor", origin.vendor().name())
                .lowCardinalityKeyValue("operation", origin.operation())
                .start();
        this.scope = observation.openScope();
    }

    /** Tracing writes its headers into this context when the observation starts. */
    private SenderContext<Map<String, String>> context(OperationContext origin) {
        SenderContext<Map<String, String>> context =
                new SenderContext<>((carrier, key, value) -> headers.put(key, value), Kind.CLIENT);
        context.setCarrier(headers);
        context.setRemoteServiceName(origin.vendor().name());
        return context;
    }

    @Override
    public Map<String, String> headers() {
        return headers;
    }

    @Override
    public void sent(Duration queued) {
        meters.sent(++attempts, queued);
    }

    @Override
    public void throttled() {
        meters.throttled().increment();
    }

    @Override
    public void ended(Option<OtaFailure> failure) {
        failure.peek(this::record);
        end(failure.map(ObservedCall::outcome).getOrElse("success"));
    }

    @Override
    public void threw(Throwable exception) {
        observation.error(exception);
        end("exception");
    }

    private void record(OtaFailure failure) {
        failure.requestId().forEach(id -> observation.highCardinalityKeyValue("request.id", id));
        if (!(failure instanceof OtaFailure.NotFound)) {
            observation.error(new CallFailed(failure));
        }
    }

    private void end(String outcome) {
        scope.close();
        observation.lowCardinalityKeyValue("outcome", outcome).stop();
    }

    /** The kind of failure in snake case, such as {@code not_found}. */
    private static String outcome(OtaFailure failure) {
        return failure.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT);
    }

    /** Passes a failure to handlers as an exception without a stack trace: its kind and summary. */
    private static final class CallFailed extends Exception {

        private static final long serialVersionUID = 1;

        CallFailed(OtaFailure failure) {
            super(failure.getClass().getSimpleName() + ": " + failure.summary(), null, false, false);
        }
    }
}
