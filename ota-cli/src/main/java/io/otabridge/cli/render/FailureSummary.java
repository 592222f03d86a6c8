package io.otabridge.cli.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.domain.Reported;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.job.FailureReason;
import io.otabridge.domain.job.TaskFailure;
import io.otabridge.domain.job.UpgradeTask;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The failed tasks of a job by reason. Memory is bounded. Not thread-safe. */
public final class FailureSummary {

    private static final int EXAMPLES = 3;

    /**
     * The tasks that failed for a reason.
     *
     * @param message the text of the first of them
     * @param examples the first devices
     */
    private record Group(FailureReason reason, long count, Option<String> message, List<DeviceId> examples) {

        private Group with(UpgradeTask task) {
            return new Group(
                    reason,
                    count + 1,
                    message.orElse(() -> message(task)),
                    examples.size() < EXAMPLES ? examples.append(task.device()) : examples);
        }

        private static Option<String> message(UpgradeTask task) {
            return task.failure().flatMap(TaskFailure::message).orElse(task.message());
        }

        private String devices() {
            return examples.mkString(", ") + (count > examples.size() ? ", …" : "");
        }
    }

    private final Map<FailureReason, Group> groups = new TreeMap<>();

    /** Adds a failed task. */
    public void add(UpgradeTask task) {
        FailureReason reason = task.failure().map(TaskFailure::reason).getOrElse(FailureReason.OTHER);
        groups.put(
                reason,
                groups.getOrDefault(reason, new Group(reason, 0, Option.none(), List.empty()))
                        .with(task));
    }

    /** Returns the groups, the largest first. */
    private List<Group> sorted() {
        return List.ofAll(groups.values()).sortBy(group -> -group.count());
    }

    /** Returns a table with the vendor's text of a device for each reason; empty if no task failed. */
    public String table(int width) {
        if (groups.isEmpty()) {
            return "";
        }
        Table table = Table.of(
                Column.required("FAILED"),
                Column.text("REASON"),
                Column.optionalText(1, "TEXT OF THE FIRST"),
                Column.text("DEVICES"));
        sorted().forEach(group -> table.row(
                String.valueOf(group.count()),
                group.reason().description(),
                group.message().getOrElse("-"),
                group.devices()));
        return table.fit(width);
    }

    /** Returns the reasons, such as {@code 12 devices: the download failed}; empty if no task failed. */
    public String sentence() {
        return sorted().toJavaStream()
                .map(group -> group.count() + ": " + group.reason().description())
                .collect(Collectors.joining("; "));
    }

    /** Returns the groups with the first devices of each. */
    public ArrayNode json() {
        ArrayNode array = JsonOutput.object().putArray("failures");
        sorted().forEach(group -> {
            ObjectNode json = array.addObject()
                    .put("reason", Reported.code(group.reason()))
                    .put("description", group.reason().description())
                    .put("count", group.count())
                    .put("message", group.message().getOrNull());
            ArrayNode devices = json.putArray("devices");
            group.examples().forEach(device -> devices.add(device.value()));
        });
        return array;
    }
}
