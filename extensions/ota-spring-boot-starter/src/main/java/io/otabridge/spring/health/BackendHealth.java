package io.otabridge.spring.health;

import io.otabridge.app.OtaBridge;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.backend.Finding;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The health of one backend. A diagnosis is cached, and one caller at a time repeats it, while the others get the last
 * result. Safe for use by multiple threads.
 */
final class BackendHealth {

    /** What was found. */
    enum State {
        UP,
        DOWN,
        UNKNOWN
    }

    /** A result, with details that hold no credential. */
    record Result(State state, Map<String, Object> details, long nanos) {}

    private final OtaBridge ota;
    private final String name;
    private final Duration ttl;
    private final Duration timeout;
    private final LongSupplier nanoTime;
    private final ReentrantLock refresh = new ReentrantLock();
    private volatile @Nullable Result last;

    BackendHealth(OtaBridge ota, String name, Duration ttl, Duration timeout, LongSupplier nanoTime) {
        this.ota = ota;
        this.name = name;
        this.ttl = ttl;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
    }

    Result check() {
        @Nullable Result known = last;
        if (known != null && (isFresh(known) || !refresh.tryLock())) {
            return known;
        }
        if (known == null) {
            refresh.lock();
        }
        try {
            @Nullable Result other = last;
            Result result = other != null && isFresh(other) ? other : diagnose();
            last = result;
            return result;
        } finally {
            refresh.unlock();
        }
    }

    private boolean isFresh(Result result) {
        return nanoTime.getAsLong() - result.nanos() < ttl.toNanos();
    }

    private Result diagnose() {
        Backend backend = ota.backend(name);
        Diagnosis diagnosis = backend.within(timeout).diagnose();
        boolean isChecked = diagnosis.findings().exists(found -> found.severity() != Finding.Severity.SKIPPED);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("vendor", backend.vendor().name());
        details.put("endpoint", backend.endpoint());
        for (Finding found : diagnosis.findings()) {
            if (found.severity() == Finding.Severity.FAILED || found.severity() == Finding.Severity.WARNING) {
                details.merge(found.check().code(), text(found), (first, second) -> first + "; " + second);
            }
        }
        State state = diagnosis.hasFailed() ? State.DOWN : isChecked ? State.UP : State.UNKNOWN;
        return new Result(state, details, nanoTime.getAsLong());
    }

    private static String text(Finding found) {
        return found.severity().code() + ": " + found.description()
                + found.advice().map(advice -> ". " + advice).getOrElse("");
    }
}
