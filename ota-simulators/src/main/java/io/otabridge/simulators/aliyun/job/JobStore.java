package io.otabridge.simulators.aliyun.job;

import io.otabridge.simulators.fleet.FleetDevice;
import io.otabridge.simulators.server.Digests;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Stores jobs and tasks. Synchronized on the timeline. */
final class JobStore {

    /** The ids of Tuya are numbers. */
    private static final long FIRST_NUMBER = 183_634_077_921_260_000L;

    private final boolean hasNumbers;
    private final Map<String, AliyunJob> jobs = new LinkedHashMap<>();
    private final Map<String, AliyunTask> tasks = new HashMap<>();
    private final Map<String, List<AliyunTask>> tasksOfDevices = new HashMap<>();
    private long lastId;

    /** @param hasNumbers whether ids are numbers, as those of Tuya */
    JobStore(boolean hasNumbers) {
        this.hasNumbers = hasNumbers;
    }

    String newId(String kind) {
        lastId++;
        return hasNumbers
                ? String.valueOf(FIRST_NUMBER + lastId)
                : Digests.md5Hex(kind + "/" + lastId).substring(0, 22) + "0200";
    }

    AliyunJob add(JobOrder order, Instant now) {
        AliyunJob job = new AliyunJob(newId("job"), order, now);
        put(job);
        return job;
    }

    void put(AliyunJob job) {
        jobs.put(job.id(), job);
    }

    AliyunTask addTask(AliyunJob job, FleetDevice device, TaskStatus status, Instant now) {
        AliyunTask task = new AliyunTask(newId("task"), job, device, status, now);
        job.add(task);
        tasks.put(task.id, task);
        tasksOfDevices
                .computeIfAbsent(device.toString(), absent -> new ArrayList<>())
                .add(task);
        return task;
    }

    Option<AliyunJob> find(String jobId) {
        return Option.of(jobs.get(jobId));
    }

    Option<AliyunTask> findTask(String taskId) {
        return Option.of(tasks.get(taskId));
    }

    /** Returns the tasks of a device in all jobs, oldest first. */
    List<AliyunTask> tasksOf(FleetDevice device) {
        return List.copyOf(tasksOfDevices.getOrDefault(device.toString(), List.of()));
    }

    /** Returns the unfinished tasks of the same device that exclude this one. */
    Stream<AliyunTask> conflicts(AliyunTask task) {
        boolean isMultiModule = task.job.order().isMultiModule();
        return tasksOf(task.device).stream()
                .filter(other -> other != task && other.isUnfinished())
                .filter(other -> !isMultiModule || other.module().equals(task.module()));
    }

    /** Returns the jobs that match, newest first. */
    List<AliyunJob> jobs(Predicate<AliyunJob> filter) {
        List<AliyunJob> found =
                new ArrayList<>(jobs.values().stream().filter(filter).toList());
        Collections.reverse(found);
        return found;
    }

    /** Returns the newest dynamic job that matches. */
    Option<AliyunJob> newestDynamic(Predicate<AliyunJob> filter) {
        return Option.ofOptional(jobs(job -> job.order().type() == JobType.DYNAMIC && filter.test(job)).stream()
                .findFirst());
    }
}
