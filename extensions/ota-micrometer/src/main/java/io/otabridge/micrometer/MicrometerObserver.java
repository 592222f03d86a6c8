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
 * Tells Micrometer what backends do. Hand it in with {@code BackendContext.withResource(BackendObserver.class, observer)}.
 *
 * <p>Every call is an observation named {@code ota.calls}, from which the registry's handlers make a timer and, where tracing
 * is set up, a span whose context goes along to the vendor ({@code traceparent} of W3C Trace Context, or what the propagator
 * writes). Its tags are {@code backend}, {@code vendor}, {@code operation} and {@code outcome}: {@code success}, or the kind of
 * failure such as {@code not_found}; a failure other than that is an error too. Besides there are, without the outcome:
 *
 * <ul>
 *   <li>counters {@code ota.calls.retries}, {@code ota.calls.throttled}; {@code ota.cache} with the tag {@code use}
 *       ({@code hit}, {@code miss}, {@code stale})
 *   <li>a timer {@code ota.calls.queued}: what each request waited for its turn in the account's quota
 *   <li>a gauge {@code ota.quota.use}, 0 to 1: how much of the operation's quota this process used in about the last ten
 *       seconds; and a gauge {@code ota.circuit} for each {@code state}, 1 for the one that the circuit breaker is in
 * </ul>
 *
 * <p>Ids of requests, firmware and products are no tags. Where a configuration is read again, with this observer or another
 * over the same meters, counters go on, and gauges show the backend that was opened last under a name. Safe for many threads.
 */
public final class MicrometerObserver implements BackendObserver {

    private final ObservationRegistry observations;
    private final MeterRegistry meters;
    private final Map<String, BackendStatus> states = new ConcurrentHashMap<>();
    private final Map<OperationContext, OperationMeters> operations = new ConcurrentHashMap<>();

    /** By which this observer knows whether it is the last one to which a backend of that name was opened. */
    private final Map<String, Gauge> circuits = new ConcurrentHashMap<>();

    private MicrometerObserver(ObservationRegistry observations, MeterRegistry meters) {
        this.observations = observations;
        this.meters = meters;
    }

    /** Metrics alone. */
    public static MicrometerObserver of(MeterRegistry meters) {
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        return new MicrometerObserver(observations, meters);
    }

    /**
     * Metrics, and whatever the handlers of the application's observation registry make of a call. One of them should be a
     * {@link DefaultMeterObservationHandler} over the same meters, as it is in a Spring Boot application.
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
                            "1 for the state that the backend's circuit breaker is in",
                            Tags.of("backend", name, "vendor", vendor.name(), "state", word(circuit)),
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
                .description("Questions that a cache might answer")
                .tags(tags(origin).and("use", word(use)))
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
        if (backend != null && backend.quotaUse(origin.operation()).isDefined() && isLast(origin.backend())) {
            gauge(
                    "ota.quota.use",
                    "Share of the operation's quota that this process used in the last ten seconds",
                    tags,
                    origin.backend(),
                    now -> now.quotaUse(origin.operation()).getOrElse(Double.NaN));
        }
        return new OperationMeters(
                backend,
                Counter.builder("ota.calls.retries")
                        .description("Requests that were sent again")
                        .tags(tags)
                        .register(meters),
                Counter.builder("ota.calls.throttled")
                        .description("Requests that the vendor refused because they come too often")
                        .tags(tags)
                        .register(meters),
                Timer.builder("ota.calls.queued")
                        .description("What requests waited for their turn in the account's quota")
                        .tags(tags)
                        .register(meters));
    }

    /**
     * A gauge of whatever backend has that name when it is read. Micrometer keeps the first gauge of its name and tags for
     * ever, and that may be another observer's, so it goes.
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

    /** Whether no other observer over the same meters has been told since of a backend of that name. */
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
     * What is counted for the calls of one operation.
     *
     * @param backend that was open under the name when these were made; absent if nobody had told of one
     */
    record OperationMeters(@Nullable BackendStatus backend, Counter retries, Counter throttled, Timer queued) {

        void sent(int number, Duration waited) {
            if (number > 1) {
                retries.increment();
            }
            queued.record(waited);
        }
    }

    private static Tags tags(OperationContext origin) {
        return Tags.of("backend", origin.backend(), "vendor", origin.vendor().name(), "operation", origin.operation());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
