package io.otabridge.app;

import io.otabridge.domain.Origin;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.observation.CacheUse;
import io.otabridge.domain.observation.CallObservation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts how questions to caches were answered. */
final class CacheUses implements BackendObserver {

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    @Override
    public CallObservation started(Origin origin) {
        return CallObservation.NONE;
    }

    @Override
    public void cached(Origin origin, CacheUse use) {
        count(origin.operation(), use);
    }

    void count(String kind, CacheUse use) {
        counts.computeIfAbsent(kind + use, unused -> new LongAdder()).increment();
    }

    long of(String kind, CacheUse use) {
        return counts.getOrDefault(kind + use, new LongAdder()).sum();
    }
}
