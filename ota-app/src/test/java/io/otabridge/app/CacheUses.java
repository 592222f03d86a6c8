package io.otabridge.app;

import io.otabridge.domain.OperationContext;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.observation.CacheResult;
import io.otabridge.domain.observation.CallObservation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts how questions to caches were answered. */
public final class CacheUses implements BackendObserver {

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    @Override
    public CallObservation started(OperationContext origin) {
        return CallObservation.NONE;
    }

    @Override
    public void cached(OperationContext origin, CacheResult use) {
        count(origin.operation(), use);
    }

    public void count(String kind, CacheResult use) {
        counts.computeIfAbsent(kind + use, unused -> new LongAdder()).increment();
    }

    public long of(String kind, CacheResult use) {
        return counts.getOrDefault(kind + use, new LongAdder()).sum();
    }
}
