package io.otabridge.simulators.aliyun;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Remembers which nonces were used, for as long as a request that carries one could be fresh. Safe for many threads. */
final class NonceStore {

    private final Duration span;
    private final Set<String> used = new HashSet<>();
    private final Deque<Use> inOrder = new ArrayDeque<>();

    NonceStore(Duration span) {
        this.span = span;
    }

    /** Whether this is the first use. */
    synchronized boolean use(String nonce, Instant now) {
        while (!inOrder.isEmpty() && inOrder.getFirst().at().plus(span).isBefore(now)) {
            used.remove(inOrder.removeFirst().nonce());
        }
        boolean isFirst = used.add(nonce);
        if (isFirst) {
            inOrder.addLast(new Use(nonce, now));
        }
        return isFirst;
    }

    private record Use(String nonce, Instant at) {}
}
