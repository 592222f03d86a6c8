package io.otabridge.aliyun.job.command;

import io.otabridge.aliyun.config.Dialect;
import io.otabridge.aliyun.job.JobMapping;
import io.otabridge.aliyun.job.JobOperations;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.JobKind;
import io.otabridge.domain.job.command.JobRequest;
import io.otabridge.domain.job.command.JobTargets;
import io.otabridge.domain.product.DeviceGroupId;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A job to create. Immutable.
 *
 * @param product the product of the package; absent until it was looked up
 * @param deviceListUrl the address of the uploaded list of devices; absent if they are few
 */
record JobOrder(JobRequest request, Option<ProductId> product, Option<String> deviceListUrl) {

    private static final int REPLACE_PENDING_TASKS = 2;
    private static final int ALL_DEVICES = 1;
    private static final int LATER_DEVICES = 2;

    static JobOrder of(JobRequest request) {
        return new JobOrder(request, Option.none(), Option.none());
    }

    boolean isVerification() {
        return request.kind() == JobKind.VERIFICATION;
    }

    boolean isContinuous() {
        return request.targets() instanceof JobTargets.Continuous;
    }

    List<String> deviceNames() {
        return request.targets() instanceof JobTargets.Devices devices
                ? devices.ids().map(DeviceId::value)
                : List.empty();
    }

    /** All parameters besides package and product. The platform's defaults are not sent. */
    Map<String, String> parameters(Dialect dialect) {
        Map<String, String> parameters = new LinkedHashMap<>();
        addTargets(parameters, dialect);
        if (request.needsConfirmation()) {
            parameters.put("NeedConfirm", "true");
        }
        request.timeout().forEach(time -> put(parameters, "TimeoutInMinutes", time.toMinutes()));
        request.start().forEach(time -> put(parameters, "ScheduleTime", time.toEpochMilli()));
        request.end().forEach(time -> put(parameters, "ScheduleFinishTime", time.toEpochMilli()));
        request.ratePerMinute().forEach(rate -> put(parameters, "MaximumPerMinute", rate));
        request.retry().forEach(retry -> {
            put(parameters, "RetryCount", retry.count());
            put(parameters, "RetryInterval", retry.interval().toMinutes());
        });
        if (request.replacesPending()) {
            put(parameters, "OverwriteMode", REPLACE_PENDING_TASKS);
        }
        parameters.putAll(
                JobOperations.numbered("SrcVersion", request.sourceVersions().map(FirmwareVersion::value)));
        if (dialect.hasJobTags()) {
            parameters.putAll(tags(
                    "Tag",
                    request.tags().put(JobMapping.TOKEN_TAG, request.token().value())));
        }
        return parameters;
    }

    /** Tags as parameters, such as {@code Tag.1.Key}. */
    static Map<String, String> tags(String name, io.vavr.collection.Map<String, String> tags) {
        Map<String, String> parameters = new LinkedHashMap<>();
        int number = 1;
        for (io.vavr.Tuple2<String, String> tag : tags) {
            parameters.put(name + "." + number + ".Key", tag._1);
            parameters.put(name + "." + number + ".Value", tag._2);
            number++;
        }
        return parameters;
    }

    private void addTargets(Map<String, String> parameters, Dialect dialect) {
        JobTargets targets = request.targets();
        if (targets instanceof JobTargets.Continuous continuous) {
            put(parameters, "DynamicMode", continuous.includesCurrent() ? ALL_DEVICES : LATER_DEVICES);
            continuous.group().forEach(group -> addGroup(parameters, group, Option.some("LINK_PLATFORM_DYNAMIC")));
        } else if (targets instanceof JobTargets.Group group) {
            parameters.put("TargetSelection", "GROUP");
            addGroup(parameters, group.id(), Option.when(dialect.isCloud(), "LINK_PLATFORM"));
        } else if (targets instanceof JobTargets.Percentage gray) {
            parameters.put("TargetSelection", "GRAY");
            parameters.put("GrayPercent", gray.percent().stripTrailingZeros().toPlainString());
        } else if (targets instanceof JobTargets.All) {
            parameters.put("TargetSelection", "ALL");
        } else {
            addDevices(parameters);
        }
    }

    private void addDevices(Map<String, String> parameters) {
        if (!isVerification()) {
            parameters.put("TargetSelection", "SPECIFIC");
        }
        deviceListUrl
                .peek(url -> parameters.put("DnListFileUrl", url))
                .onEmpty(() -> parameters.putAll(JobOperations.numbered("TargetDeviceName", deviceNames())));
    }

    /** @param type absent on a platform with one kind of groups */
    private static void addGroup(Map<String, String> parameters, DeviceGroupId group, Option<String> type) {
        parameters.put("GroupId", group.value());
        type.forEach(name -> parameters.put("GroupType", name));
    }

    private static void put(Map<String, String> parameters, String name, long value) {
        parameters.put(name, String.valueOf(value));
    }
}
