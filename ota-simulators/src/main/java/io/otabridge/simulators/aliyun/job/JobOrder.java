package io.otabridge.simulators.aliyun.job;

import io.otabridge.simulators.aliyun.operation.Parameters;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a valid request asks for.
 *
 * @param call the parameters, which were checked
 */
record JobOrder(JobType type, AliyunFirmware firmware, Parameters call) {

    private static final int DEFAULT_RATE = 10_000;

    String productKey() {
        return firmware.productKey();
    }

    /** Returns the selection as "QueryOTAJob" names it. */
    String targetSelection() {
        return call.find("TargetSelection").getOrElse(type == JobType.DYNAMIC ? "ALL" : "SPECIFIC");
    }

    /** Returns the installed versions that a device may have; empty for any version. */
    List<String> sourceVersions() {
        List<String> sent = call.list("SrcVersion");
        return sent.isEmpty() && firmware.type() == 1 ? List.of(firmware.srcVersion()) : sent;
    }

    /** Returns when the job starts; none for at once. */
    Option<Instant> start() {
        return time("ScheduleTime");
    }

    Option<Instant> end() {
        return time("ScheduleFinishTime");
    }

    private Option<Instant> time(String name) {
        return call.find(name).map(Long::valueOf).map(Instant::ofEpochMilli);
    }

    int maximumPerMinute() {
        return call.number("MaximumPerMinute", DEFAULT_RATE);
    }

    int retryCount() {
        return call.number("RetryCount", 0);
    }

    Duration retryInterval() {
        return Duration.ofMinutes(call.number("RetryInterval", 0));
    }

    /** Returns the time for a device after its first progress report. */
    Option<Duration> timeout() {
        return call.find("TimeoutInMinutes").map(Long::valueOf).map(Duration::ofMinutes);
    }

    /** Returns whether the job replaces unfinished tasks of its devices that are not in progress. */
    boolean isOverwriting() {
        return call.text("OverwriteMode").equals("2");
    }

    boolean isMultiModule() {
        return call.isTrue("MultiModuleMode");
    }

    boolean needsConfirmation() {
        return call.isTrue("NeedConfirm");
    }

    boolean isPushed() {
        return call.isNotFalse("NeedPush");
    }

    /** Returns whether a dynamic job includes the devices that match at its creation. */
    boolean includesCurrentDevices() {
        return !call.text("DynamicMode").equals("2");
    }

    Option<String> groupId() {
        return call.find("GroupId");
    }

    /** Returns the tags, each with {@code Key} and {@code Value}. */
    List<Map<String, String>> tags() {
        return call.structures("Tag");
    }

    /**
     * Returns a copy with other parameters.
     *
     * @param starts the beginnings of the names that the change contains completely
     */
    JobOrder with(List<String> starts, Map<String, String> change) {
        SortedMap<String, String> values = new TreeMap<>(call.values());
        values.keySet().removeIf(name -> starts.stream().anyMatch(name::startsWith));
        values.putAll(change);
        return new JobOrder(type, firmware, new Parameters(values));
    }
}
