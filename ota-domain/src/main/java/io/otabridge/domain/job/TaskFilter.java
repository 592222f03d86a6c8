package io.otabridge.domain.job;

import io.otabridge.domain.device.DeviceId;
import io.vavr.collection.List;
import io.vavr.collection.Set;
import io.vavr.collection.TreeSet;

/**
 * Selects tasks of a job, for a list or for a command. Immutable.
 *
 * @param states only tasks in one of these states, in the order of {@link TaskState}; empty for all
 * @param devices only tasks of these devices, without duplicates; empty for all
 */
public record TaskFilter(Set<TaskState> states, List<DeviceId> devices) {

    public TaskFilter {
        states = TreeSet.ofAll(states);
        devices = devices.distinct();
    }

    /** Returns a filter for all tasks. */
    public static TaskFilter all() {
        return new TaskFilter(TreeSet.empty(), List.empty());
    }

    /**
     * Returns a filter for the tasks in one of these states.
     *
     * @throws IllegalArgumentException if there is no state
     */
    public static TaskFilter inState(TaskState... states) {
        return all().withStates(states);
    }

    /** Returns a filter for the tasks whose device has not begun: all except running and ended ones. */
    public static TaskFilter notStarted() {
        return inState(TaskState.AWAITING_CONFIRMATION, TaskState.QUEUED, TaskState.NOTIFIED, TaskState.AWAITING_RETRY);
    }

    /**
     * Returns a filter for the tasks of these devices.
     *
     * @throws IllegalArgumentException if there is no device
     */
    public static TaskFilter ofDevices(Iterable<DeviceId> devices) {
        List<DeviceId> all = List.ofAll(devices);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("name at least one device");
        }
        return new TaskFilter(TreeSet.empty(), all);
    }

    /** Returns a filter for the tasks of these devices. */
    public static TaskFilter ofDevices(DeviceId first, DeviceId... more) {
        return ofDevices(List.of(more).prepend(first));
    }

    /**
     * Returns a copy for the tasks in one of these states.
     *
     * @throws IllegalArgumentException if there is no state
     */
    public TaskFilter withStates(TaskState... wanted) {
        if (wanted.length == 0) {
            throw new IllegalArgumentException("name at least one state");
        }
        return new TaskFilter(TreeSet.of(wanted), devices);
    }

    /** Returns whether it selects every task. */
    public boolean isAll() {
        return states.isEmpty() && devices.isEmpty();
    }

    /** Returns whether it selects the task. */
    public boolean matches(UpgradeTask task) {
        return (states.isEmpty() || states.contains(task.state().value()))
                && (devices.isEmpty() || devices.contains(task.device()));
    }
}
