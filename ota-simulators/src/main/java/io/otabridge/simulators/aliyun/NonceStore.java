package io.otabridge.simulators.aliyun;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Stores used nonces for as long as a request with them could be valid. Safe for use by multiple threads. */
final class NonceStore {

    private final Duration span;
    private final Set<String> used = new HashSet<>();
    private final Deque<Use> inOrder = new ArrayDeque<>();

    NonceStore(Duration span) {
        this.span = span;
    }

    /** Returns whether this is the first use of the nonce. */
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
