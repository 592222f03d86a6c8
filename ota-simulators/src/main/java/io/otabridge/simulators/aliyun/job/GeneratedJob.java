package io.otabridge.simulators.aliyun.job;

import io.otabridge.simulators.aliyun.device.GeneratedDevices;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A job in progress whose tasks never change. They are created when they are read, so that a million of them needs no
 * memory. Of ten tasks, seven have succeeded, one has failed, one is in progress, and one waits for its device.
 */
final class GeneratedJob extends AliyunJob {

    private static final int PERIOD = 10;

    private final int count;

    GeneratedJob(String id, JobOrder order, Instant created, int count) {
        super(id, order, created);
        this.count = count;
    }

    private static TaskStatus status(int number) {
        return switch (number % PERIOD) {
            case 7 -> TaskStatus.FAILED;
            case 8 -> TaskStatus.IN_PROGRESS;
            case 9 -> TaskStatus.QUEUED;
            default -> TaskStatus.SUCCEEDED;
        };
    }

    private AliyunTask task(int number) {
        TaskStatus status = status(number);
        AliyunTask task = new AliyunTask(
                String.valueOf(183_700_000_000_000_000L + number),
                this,
                GeneratedDevices.device(number),
                status,
                created());
        task.progress = status == TaskStatus.SUCCEEDED ? 100 : 0;
        task.description = status == TaskStatus.FAILED ? JobEngine.WRONG_VERSION : "";
        return task;
    }

    @Override
    List<AliyunTask> tasks() {
        return tasks(Set.of(TaskStatus.values()));
    }

    @Override
    List<AliyunTask> tasks(Set<TaskStatus> statuses) {
        int[] numbers = IntStream.range(0, PERIOD)
                .filter(number -> statuses.contains(status(number)))
                .toArray();
        int last = (int)
                IntStream.of(numbers).filter(number -> number < count % PERIOD).count();
        return new AbstractList<>() {
            @Override
            public AliyunTask get(int index) {
                return task(index / numbers.length * PERIOD + numbers[index % numbers.length]);
            }

            @Override
            public int size() {
                return count / PERIOD * numbers.length + last;
            }
        };
    }

    @Override
    List<AliyunTask> tasksOf(Set<String> deviceNames) {
        return deviceNames.stream()
                .map(name -> GeneratedDevices.number(name, count))
                .flatMap(Option::toJavaStream)
                .sorted()
                .map(this::task)
                .toList();
    }

    @Override
    boolean isDone() {
        return false;
    }
}
