package io.otabridge.client.chain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Steps in the order of execution. The last one sends the request. Immutable. */
public final class Chain {

    private final Step step;
    private final @Nullable Chain next;

    private Chain(Step step, @Nullable Chain next) {
        this.step = step;
        this.next = next;
    }

    /** A chain of these steps; at least one. */
    public static Chain of(List<Step> steps) {
        Chain chain = new Chain(steps.get(steps.size() - 1), null);
        for (int i = steps.size() - 2; i >= 0; i--) {
            chain = new Chain(steps.get(i), chain);
        }
        return chain;
    }

    /** Executes the call with the first step of this chain. */
    public <T> Result<T> proceed(Call<T> call) {
        return step.execute(call, next == null ? this : next);
    }
}
