package io.otabridge.huawei.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.client.json.TimestampFormat;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.vavr.collection.List;
import io.vavr.control.Option;

/** The request bodies of batch tasks. */
final class TaskBody {

    private static final TimestampFormat TIME = TimestampFormat.of("yyyyMMddTHHmmssZ");

    private TaskBody() {}

    /** The body of "Create a Batch Task". Fields that older platforms do not know are sent only if they are needed. */
    static String of(Option<String> appId, boolean hasPackageIds, JobOperations.NewTask task) {
        JobRequest request = task.request();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        appId.forEach(id -> body.put("app_id", id));
        body.put("task_name", request.token().value());
        body.put("task_type", task.type());
        if (request.throughGateways()) {
            body.put("task_mode", "GATEWAY");
        }
        if (request.needsConfirmation()) {
            body.put("need_confirm", true);
        }
        if (request.tags().nonEmpty()) {
            body.set("task_ext_info", extInfo(request));
        }
        if (request.targets() instanceof JobTargets.Devices devices) {
            devices.ids().map(DeviceId::value).forEach(body.putArray("targets")::add);
        } else if (request.targets() instanceof JobTargets.Group group) {
            body.putObject("targets_filter")
                    .putArray("group_ids")
                    .add(group.id().value());
        }
        ObjectNode document = body.putObject("document");
        if (hasPackageIds || task.type().equals(TaskType.MODULE)) {
            document.putArray("package_ids").add(request.firmware().value());
        } else {
            document.put("package_id", request.firmware().value());
        }
        ObjectNode policy = JsonNodeFactory.instance.objectNode();
        request.start().forEach(start -> policy.put("schedule_time", TIME.format(start)));
        request.retry()
                .forEach(retry -> policy.put("retry_count", retry.count())
                        .put("retry_interval", retry.interval().toMinutes()));
        if (!policy.isEmpty()) {
            body.set("task_policy", policy);
        }
        return body.toString();
    }

    /** The texts for devices. */
    static ObjectNode extInfo(JobRequest request) {
        ObjectNode info = JsonNodeFactory.instance.objectNode();
        request.tags().forEach(tag -> info.put(tag._1, tag._2));
        return info;
    }

    /** The body of a command for sub-tasks; for all of them without devices. */
    static String of(List<DeviceId> devices) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (devices.nonEmpty()) {
            ArrayNode targets = body.putArray("targets");
            devices.map(DeviceId::value).forEach(targets::add);
        }
        return body.toString();
    }
}
