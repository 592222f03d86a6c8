package io.otabridge.domain.job;

import io.vavr.collection.Map;

/**
 * The number of tasks of a job by state. Immutable.
 *
 * @param byState the states with at least one task, in the order of {@link TaskState}
 */
public record TaskCounts(Map<TaskState, Long> byState) {

    /** @throws IllegalArgumentException if a number is negative */
    public TaskCounts {
        if (byState.exists(entry -> entry._2 < 0)) {
            throw new IllegalArgumentException("the number of tasks must not be negative");
        }
        byState = byState.filterValues(count -> count > 0).toSortedMap(entry -> entry);
    }

    /** Returns the number of tasks in this state. */
    public long of(TaskState state) {
        return byState.get(state).getOrElse(0L);
    }

    /** Returns the number of all tasks. */
    public long total() {
        return byState.values().sum().longValue();
    }

    /** Returns the number of tasks that do not change any more. */
    public long ended() {
        return byState.filterKeys(TaskState::isFinal).values().sum().longValue();
    }
}
