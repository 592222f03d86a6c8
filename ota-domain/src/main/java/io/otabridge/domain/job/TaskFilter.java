package io.otabridge.domain.job;

import io.otabridge.domain.device.DeviceId;
import io.vavr.collection.HashSet;
import io.vavr.collection.List;
import io.vavr.collection.Set;
import io.vavr.collection.TreeSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Selects tasks of a job, for a list or for a command. Immutable. */
public final class TaskFilter {

    private final Set<TaskState> states;
    private final List<DeviceId> devices;
    private final Set<DeviceId> deviceSet;

    /**
     * Creates a filter.
     *
     * @param states only tasks in one of these states; empty for all
     * @param devices only tasks of these devices; empty for all
     */
    public TaskFilter(Set<TaskState> states, List<DeviceId> devices) {
        this.states = TreeSet.ofAll(states);
        this.devices = devices.distinct();
        this.deviceSet = HashSet.ofAll(devices);
    }

    /** The states in the order of {@link TaskState}; empty for all. */
    public Set<TaskState> states() {
        return states;
    }

    /** The devices without duplicates; empty for all. */
    public List<DeviceId> devices() {
        return devices;
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

    /** Returns a filter for the tasks whose device has not begun: all except running, cancelling and ended ones. */
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
                && (devices.isEmpty() || deviceSet.contains(task.device()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TaskFilter filter && states.equals(filter.states) && devices.equals(filter.devices);
    }

    @Override
    public int hashCode() {
        return Objects.hash(states, devices);
    }

    @Override
    public String toString() {
        return "TaskFilter[states=" + states + ", devices=" + devices + "]";
    }
}
