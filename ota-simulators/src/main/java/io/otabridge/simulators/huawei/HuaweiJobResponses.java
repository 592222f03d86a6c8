package io.otabridge.simulators.huawei;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.otabridge.simulators.huawei.job.HuaweiJob;
import io.otabridge.simulators.huawei.job.HuaweiJobRequest;
import io.otabridge.simulators.huawei.job.HuaweiSubTask;
import io.otabridge.simulators.huawei.job.SubTaskStatus;
import io.otabridge.simulators.huawei.job.TargetResult;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Writes batch tasks. Members without a value are omitted. */
final class HuaweiJobResponses {

    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final ObjectMapper JSON = new ObjectMapper();

    private HuaweiJobResponses() {}

    static ObjectNode job(HuaweiJob job) {
        HuaweiJobRequest request = job.request();
        ObjectNode body = JSON.createObjectNode();
        body.put("task_id", job.id());
        body.put("task_name", request.name());
        body.put("task_type", request.type());
        request.mode().forEach(mode -> body.put("task_mode", mode));
        body.put("need_confirm", request.needsConfirmation());
        request.extInfo().forEach(json -> body.putRawValue("task_ext_info", new RawValue(json)));
        if (!request.targets().isEmpty()) {
            request.targets().forEach(body.putArray("targets")::add);
        }
        if (!request.groupIds().isEmpty()) {
            request.groupIds().forEach(body.putObject("targets_filter").putArray("group_ids")::add);
        }
        putDocument(body.putObject("document"), request);
        putPolicy(body, request);
        body.put("status", job.status().text());
        body.put("status_desc", job.statusDescription());
        ObjectNode progress = body.putObject("task_progress");
        progress.put("total", job.total());
        progress.put("processing", job.count(SubTaskStatus.PROCESSING));
        progress.put("success", job.count(SubTaskStatus.SUCCESS));
        progress.put("fail", job.count(SubTaskStatus.FAIL));
        progress.put("waitting", job.count(SubTaskStatus.WAITTING));
        progress.put("fail_wait_retry", job.count(SubTaskStatus.FAIL_WAIT_RETRY));
        progress.put("stopped", job.count(SubTaskStatus.STOPPED));
        progress.put("removed", job.count(SubTaskStatus.REMOVED));
        body.put("create_time", time(job.created()));
        return body;
    }

    private static void putDocument(ObjectNode document, HuaweiJobRequest request) {
        String id = request.firmware().packageId();
        if (request.usesPackageIds()) {
            document.putArray("package_ids").add(id);
        } else {
            document.put("package_id", id);
        }
    }

    private static void putPolicy(ObjectNode body, HuaweiJobRequest request) {
        if (request.schedule().isDefined() || request.retry().isDefined()) {
            ObjectNode policy = body.putObject("task_policy");
            request.schedule().forEach(start -> policy.put("schedule_time", time(start)));
            request.retry().forEach(retry -> {
                policy.put("retry_count", retry.count());
                policy.put("retry_interval", retry.interval().toMinutes());
            });
        }
    }

    static ObjectNode task(HuaweiSubTask task) {
        ObjectNode body = JSON.createObjectNode();
        body.put("target", task.target());
        body.put("status", task.status().text());
        HuaweiResponses.put(body, "output", task.output());
        if (task.errorCode() != null) {
            ObjectNode error = body.putObject("error");
            error.put("error_code", task.errorCode());
            HuaweiResponses.put(error, "error_msg", task.errorMessage());
        }
        return body;
    }

    static ObjectNode results(List<TargetResult> results) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode targets = body.putArray("targets");
        for (TargetResult result : results) {
            ObjectNode target = targets.addObject();
            target.put("target", result.target());
            target.put("status", result.error().isEmpty() ? "success" : "failure");
            result.error().forEach(error -> {
                target.put("error_code", error.code());
                target.put("error_msg", error.message());
            });
        }
        return body;
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }
}
