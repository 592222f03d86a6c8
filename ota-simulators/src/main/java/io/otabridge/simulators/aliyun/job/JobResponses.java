package io.otabridge.simulators.aliyun.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.simulators.aliyun.device.AliyunDevice;
import io.otabridge.simulators.aliyun.operation.Paging;
import io.otabridge.simulators.aliyun.operation.Parameters;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes jobs and tasks with the vendor's member names. Members without a value are omitted. */
final class JobResponses {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final boolean isTuya;

    JobResponses(boolean isTuya) {
        this.isTuya = isTuya;
    }

    static String format(Instant time) {
        return UTC.format(time);
    }

    static ObjectNode created(AliyunJob job) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("Data").put("JobId", job.id()).put("UtcCreate", format(job.created()));
        return body;
    }

    ObjectNode job(AliyunJob job, Option<String> groupName) {
        JobOrder order = job.order();
        Parameters call = order.call();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode data = body.putObject("Data");
        describe(data, job);
        data.put("Name", order.firmware().firmwareName());
        data.put("DestVersion", order.firmware().destVersion());
        data.put("JobDesc", order.type() == JobType.VERIFICATION ? "verify firmware" : "batch upgrade");
        if (!order.sourceVersions().isEmpty()) {
            ArrayNode versions = data.putObject("SrcVersions").putArray("SrcVersion");
            order.sourceVersions().forEach(versions::add);
        }
        call.find("GrayPercent").forEach(percent -> data.put("GrayPercent", percent(Double.parseDouble(percent))));
        order.groupId().forEach(id -> data.put("GroupId", id));
        groupName.forEach(name -> data.put("GroupName", name));
        List.of("RetryInterval", "RetryCount", "TimeoutInMinutes").forEach(name -> putNumber(data, call, name));
        data.put("NeedPush", order.isPushed());
        data.put("NeedConfirm", order.needsConfirmation());
        data.put("DownloadProtocol", call.find("DownloadProtocol").getOrElse("HTTPS"));
        if (!isTuya && order.type() != JobType.VERIFICATION) {
            data.put("MaximumPerMinute", order.maximumPerMinute());
            data.put("OverwriteMode", order.isOverwriting() ? 2 : 1);
            data.put("MultiModuleMode", order.isMultiModule());
        }
        if (order.type() == JobType.DYNAMIC) {
            data.put("DynamicMode", order.includesCurrentDevices() ? 1 : 2);
        }
        put(data, "UtcScheduleTime", order.start());
        put(data, "UtcScheduleFinishTime", order.end());
        return body;
    }

    static ObjectNode jobs(Paging page, List<AliyunJob> all) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        page.write(body, "CurrentPage", all.size());
        ArrayNode list = body.putObject("Data").putArray("SimpleOTAJobInfo");
        page.of(all).forEach(job -> describe(list.addObject(), job));
        return body;
    }

    /** Writes the members that lists and details have in common. */
    private static void describe(ObjectNode info, AliyunJob job) {
        JobOrder order = job.order();
        info.put("JobId", job.id());
        info.put("FirmwareId", order.firmware().firmwareId());
        info.put("ProductKey", order.productKey());
        info.put("JobStatus", job.status());
        info.put("JobType", order.type().jobType());
        info.put("SelectionType", order.type().selectionType());
        info.put("TargetSelection", order.targetSelection());
        if (!order.tags().isEmpty()) {
            ArrayNode tags = info.putObject("Tags").putArray("OtaTagDTO");
            for (Map<String, String> tag : order.tags()) {
                tags.addObject().put("Key", tag.get("Key")).put("Value", tag.get("Value"));
            }
        }
        info.put("UtcCreate", format(job.created()));
        info.put("UtcModified", format(job.modified()));
        put(info, "UtcStartTime", job.started());
        put(info, "UtcEndTime", job.ended());
    }

    ObjectNode tasks(Paging page, List<AliyunTask> all) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        page.write(body, "CurrentPage", all.size());
        ArrayNode list = body.putObject("Data").putArray("SimpleOTATaskInfo");
        for (AliyunTask task : page.of(all)) {
            ObjectNode info = list.addObject();
            describe(info, task);
            info.put("TaskDesc", task.description);
            info.put("Progress", percent(task.progress));
            task.timeout.forEach(limit -> info.put("Timeout", String.valueOf(limit.toMinutes())));
        }
        return body;
    }

    static ObjectNode unfinishedTasks(List<AliyunTask> all) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode list = body.putObject("Data").putArray("SimpleOTATaskInfo");
        for (AliyunTask task : all) {
            ObjectNode info = list.addObject();
            describe(info, task);
            info.put("ModuleName", task.module());
        }
        return body;
    }

    private static void describe(ObjectNode info, AliyunTask task) {
        AliyunFirmware firmware = task.job.order().firmware();
        info.put("TaskId", task.id);
        info.put("JobId", task.job.id());
        info.put("FirmwareId", firmware.firmwareId());
        info.put("ProductKey", firmware.productKey());
        info.put("ProductName", firmware.productName());
        info.put("DeviceName", task.device.id());
        info.put("IotId", AliyunDevice.iotId(task.device));
        info.put("SrcVersion", task.sourceVersion);
        info.put("DestVersion", firmware.destVersion());
        info.put("TaskStatus", task.status().name());
        info.put("UtcCreate", format(task.created));
        info.put("UtcModified", format(task.modified));
    }

    /** Returns a percentage as text, such as {@code 50.00}; {@code 50} on Tuya. */
    private String percent(double value) {
        return isTuya ? String.valueOf((int) value) : String.format(Locale.ROOT, "%.2f", value);
    }

    private static void putNumber(ObjectNode body, Parameters call, String name) {
        call.find(name).forEach(value -> body.put(name, Integer.valueOf(value)));
    }

    private static void put(ObjectNode body, String name, Option<Instant> time) {
        time.forEach(value -> body.put(name, format(value)));
    }
}
