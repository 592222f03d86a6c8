package io.otabridge.app;

import io.otabridge.domain.OperationContext;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.observation.CacheResult;
import io.otabridge.domain.observation.CallObservation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts cache results. */
public final class CacheResultCounter implements BackendObserver {

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    @Override
    public CallObservation started(OperationContext origin) {
        return CallObservation.NONE;
    }

    @Override
    public void cached(OperationContext origin, CacheResult result) {
        count(origin.operation(), result);
    }

    public void count(String kind, CacheResult result) {
        counts.computeIfAbsent(kind + result, unused -> new LongAdder()).increment();
    }

    public long of(String kind, CacheResult result) {
        return counts.getOrDefault(kind + result, new LongAdder()).sum();
    }
}
