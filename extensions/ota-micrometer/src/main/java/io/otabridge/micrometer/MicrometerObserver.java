package io.otabridge.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.observation.BackendStatus;
import io.otabridge.domain.observation.CacheResult;
import io.otabridge.domain.observation.CallObservation;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Records metrics and traces of backend calls with Micrometer. Register it with {@code
 * BackendContext.withResource(BackendObserver.class, observer)}.
 *
 * <p>Every call is an observation named {@code ota.calls}. The registry's handlers record it as a timer and, if tracing is
 * configured, as a span whose context is sent to the vendor (in the header {@code traceparent} of W3C Trace Context, or as the
 * propagator defines). Its tags are {@code backend}, {@code vendor}, {@code operation} and {@code outcome}: {@code success}, or
 * the kind of failure such as {@code not_found}. Every failure except {@code not_found} is also recorded as an error. Further
 * meters, without the tag {@code outcome}:
 *
 * <ul>
 *   <li>counters {@code ota.calls.retries} and {@code ota.calls.throttled}; counter {@code ota.cache} with the tag {@code use}
 *       ({@code hit}, {@code miss}, {@code stale})
 *   <li>timer {@code ota.calls.queued}: the time each request waited for a permit of the account's quota
 *   <li>gauge {@code ota.quota.use}, from 0 to 1: the share of the operation's quota that this process used in about the last
 *       ten seconds; gauge {@code ota.circuit} for each {@code state}: 1 for the current state of the circuit breaker, otherwise 0
 * </ul>
 *
 * <p>Ids of requests, firmware and products are not used as tags. If a configuration is reloaded, with this observer or another one
 * for the same meter registry, counters continue and gauges show the backend opened last under each name. Thread-safe.
 */
public final class MicrometerObserver implements BackendObserver {

    private final ObservationRegistry observations;
    private final MeterRegistry meters;
    private final Map<String, BackendStatus> states = new ConcurrentHashMap<>();
    private final Map<OperationContext, OperationMeters> operations = new ConcurrentHashMap<>();

    /** One gauge per backend name, used to detect that another observer has replaced it. */
    private final Map<String, Gauge> circuits = new ConcurrentHashMap<>();

    private MicrometerObserver(ObservationRegistry observations, MeterRegistry meters) {
        this.observations = observations;
        this.meters = meters;
    }

    /** Records metrics only. */
    public static MicrometerObserver of(MeterRegistry meters) {
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        return new MicrometerObserver(observations, meters);
    }

    /**
     * Records metrics, and passes calls to the handlers of the application's observation registry. One handler should be a
     * {@link DefaultMeterObservationHandler} for the same meter registry, as in a Spring Boot application.
     */
    public static MicrometerObserver of(ObservationRegistry observations, MeterRegistry meters) {
        return new MicrometerObserver(observations, meters);
    }

    @Override
    public void opened(String name, Vendor vendor, BackendStatus state) {
        states.put(name, state);
        for (BackendStatus.Circuit circuit : BackendStatus.Circuit.values()) {
            circuits.put(
                    name,
                    gauge(
                            "ota.circuit",
                            "1 for the current state of the backend's circuit breaker",
                            Tags.of("backend", name, "vendor", vendor.name(), "state", tagValue(circuit)),
                            name,
                            now -> now.circuit() == circuit ? 1 : 0));
        }
    }

    @Override
    public CallObservation started(OperationContext origin) {
        return new ObservedCall(origin, observations, meters(origin));
    }

    @Override
    public void cached(OperationContext origin, CacheResult use) {
        Counter.builder("ota.cache")
                .description("Cacheable queries by cache result")
                .tags(tags(origin).and("use", tagValue(use)))
                .register(meters)
                .increment();
    }

    private OperationMeters meters(OperationContext origin) {
        @Nullable BackendStatus backend = states.get(origin.backend());
        OperationMeters known = operations.get(origin);
        return known == null || known.backend() != backend
                ? operations.compute(origin, (same, before) -> register(origin, backend))
                : known;
    }

    private OperationMeters register(OperationContext origin, @Nullable BackendStatus backend) {
        Tags tags = tags(origin);
        if (backend != null && backend.quotaUsage(origin.operation()).isDefined() && isLast(origin.backend())) {
            gauge(
                    "ota.quota.use",
                    "Share of the operation's quota that this process used in the last ten seconds",
                    tags,
                    origin.backend(),
                    now -> now.quotaUsage(origin.operation()).getOrElse(Double.NaN));
        }
        return new OperationMeters(
                backend,
                Counter.builder("ota.calls.retries")
                        .description("Retried requests")
                        .tags(tags)
                        .register(meters),
                Counter.builder("ota.calls.throttled")
                        .description("Requests that the vendor throttled")
                        .tags(tags)
                        .register(meters),
                Timer.builder("ota.calls.queued")
                        .description("Time that requests waited for a permit of the account's quota")
                        .tags(tags)
                        .register(meters));
    }

    /**
     * A gauge for the backend that has this name when the gauge is read. Replaces an existing gauge with the same name and tags,
     * which Micrometer would otherwise keep, as it may belong to another observer.
     */
    private Gauge gauge(
            String name, String description, Tags tags, String backend, ToDoubleFunction<BackendStatus> value) {
        @Nullable Gauge before = meters.find(name).tags(tags).gauge();
        if (before != null) {
            meters.remove(before);
        }
        return Gauge.builder(
                        name,
                        states,
                        now -> Option.of(now.get(backend))
                                .map(value::applyAsDouble)
                                .getOrElse(Double.NaN))
                .description(description)
                .tags(tags)
                .register(meters);
    }

    /** Whether no other observer for the same meter registry has since opened a backend with this name. */
    private boolean isLast(String backend) {
        @Nullable Gauge mine = circuits.get(backend);
        @Nullable Gauge shown = mine == null
                ? null
                : meters.find(mine.getId().getName())
                        .tags(mine.getId().getTags())
                        .gauge();
        return shown == null || shown == mine;
    }

    /**
     * The meters of one operation.
     *
     * @param backend the backend that had the name when the meters were created; null if there was none
     */
    record OperationMeters(@Nullable BackendStatus backend, Counter retries, Counter throttled, Timer queued) {

        void sent(int attempt, Duration waited) {
            if (attempt > 1) {
                retries.increment();
            }
            queued.record(waited);
        }
    }

    private static Tags tags(OperationContext origin) {
        return Tags.of("backend", origin.backend(), "vendor", origin.vendor().name(), "operation", origin.operation());
    }

    private static String tagValue(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
