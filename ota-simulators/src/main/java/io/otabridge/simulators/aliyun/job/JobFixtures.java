package io.otabridge.simulators.aliyun.job;

import io.otabridge.simulators.aliyun.operation.Parameters;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.aliyun.store.AliyunProduct;
import io.otabridge.simulators.aliyun.store.AliyunStore;
import io.otabridge.simulators.fleet.DeviceStatus;
import io.otabridge.simulators.fleet.Fleet;
import io.otabridge.simulators.fleet.FleetDevice;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The initial devices of every product, and old jobs: one that has ended, one in progress, and the documented example.
 * Their unfinished tasks do not proceed until their devices connect.
 */
final class JobFixtures {

    /** The id of the documented job. */
    private static final String DOCUMENTED_JOB = "HvKuBpuk3rdk6E92CP****0200";

    private static final String DOCUMENTED_FIRMWARE = "UfuxnwygsuSkVE0VCN****0100";
    private static final Instant DOCUMENTED_TIME = Instant.parse("2019-12-28T02:43:10Z");
    private static final Instant FIRST_JOB = Instant.parse("2021-06-01T08:00:00Z");
    private static final int MAX_TASKS = 12;
    private static final List<String> FAILURES =
            List.of(JobEngine.WRONG_VERSION, "-2: the download timed out", JobEngine.TIMEOUT, JobEngine.CONFLICT);

    private final AliyunStore packages;
    private final JobStore store;
    private final Fleet fleet;

    JobFixtures(AliyunStore packages, JobStore store, Fleet fleet) {
        this.packages = packages;
        this.store = store;
        this.fleet = fleet;
    }

    void fill() {
        packages.products().forEach(this::addDevices);
        packages.findFirmware(DOCUMENTED_FIRMWARE).forEach(this::addDocumentedJob);
        List<AliyunFirmware> verified = packages.firmware(Option.none(), Option.none()).stream()
                .filter(firmware -> firmware.status() == JobPackages.VERIFIED
                        && firmware.srcVersion().isEmpty()
                        && fleet.devices(firmware.productKey()).size() >= 3)
                .toList();
        verified.stream().findFirst().ifPresent(this::addEndedJob);
        verified.stream().skip(1).findFirst().ifPresent(this::addRunningJob);
    }

    private void addDevices(AliyunProduct product) {
        String start = product.productKey().replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
        for (int number = 1; number <= product.deviceCount(); number++) {
            DeviceStatus status = number % 23 == 7
                    ? DeviceStatus.INACTIVE
                    : number % 11 == 5 ? DeviceStatus.OFFLINE : DeviceStatus.ONLINE;
            fleet.add(new FleetDevice(
                    product.productKey(),
                    start + String.format("-%04d", number),
                    status,
                    status == DeviceStatus.INACTIVE ? Map.of() : versions(product, number)));
        }
    }

    /** Returns what a device reported: one in five has the newest version, and some have not reported every module. */
    private Map<String, String> versions(AliyunProduct product, int number) {
        Map<String, String> versions = new TreeMap<>(Map.of("default", "1.0.0"));
        for (AliyunFirmware firmware : packages.firmware(Option.some(product.productKey()), Option.none())) {
            String old = Option.of(firmware.srcVersion())
                    .filter(version -> !version.isEmpty())
                    .getOrElse(firmware.destVersion().equals("1.0.0") ? "0.9.0" : "1.0.0");
            if (number % 7 != 3) {
                versions.put(firmware.moduleName(), number % 5 == 0 ? firmware.destVersion() : old);
            }
        }
        return versions;
    }

    private void addDocumentedJob(AliyunFirmware firmware) {
        Map<String, String> call = Map.of(
                "TargetSelection", "SPECIFIC",
                "TimeoutInMinutes", "5",
                "RetryInterval", "60",
                "RetryCount", "1",
                "OverwriteMode", "1",
                "MaximumPerMinute", "1000",
                "SrcVersion.1", "1.0.0");
        AliyunJob job = new AliyunJob(DOCUMENTED_JOB, order(firmware, call), DOCUMENTED_TIME);
        store.put(job);
        fleet.devices(firmware.productKey()).forEach(device -> addTask(job, device, TaskStatus.NOTIFIED, 0, ""));
    }

    private void addEndedJob(AliyunFirmware firmware) {
        Map<String, String> call = new TreeMap<>(tags(Map.of("release", "2021-06", "owner", "meter.team")));
        call.put("TargetSelection", "ALL");
        AliyunJob job = new AliyunJob(store.newId("job"), order(firmware, call), FIRST_JOB);
        store.put(job);
        for (FleetDevice device : firstDevices(firmware)) {
            int number = job.tasks().size();
            if (has(device, firmware)) {
                addTask(job, device, TaskStatus.SUCCEEDED, 100, "");
            } else if (number % 5 == 4) {
                addTask(job, device, TaskStatus.CANCELED, 0, JobEngine.CANCELLATION);
            } else {
                addTask(job, device, TaskStatus.FAILED, number * 7, FAILURES.get(number % FAILURES.size()));
            }
        }
        job.end(AliyunJob.COMPLETED, FIRST_JOB.plus(Duration.ofDays(2)));
    }

    private void addRunningJob(AliyunFirmware firmware) {
        Map<String, String> call = new TreeMap<>(tags(Map.of("release", "2021-07")));
        call.put("TargetSelection", "GRAY");
        call.put("GrayPercent", "50");
        call.put("NeedConfirm", "true");
        AliyunJob job = new AliyunJob(store.newId("job"), order(firmware, call), FIRST_JOB.plus(Duration.ofDays(30)));
        store.put(job);
        List<TaskStatus> open =
                List.of(TaskStatus.CONFIRM, TaskStatus.QUEUED, TaskStatus.NOTIFIED, TaskStatus.IN_PROGRESS);
        for (FleetDevice device : firstDevices(firmware)) {
            TaskStatus status = open.get(job.tasks().size() % open.size());
            if (has(device, firmware)) {
                addTask(job, device, TaskStatus.SUCCEEDED, 100, "");
            } else {
                addTask(job, device, status, status == TaskStatus.IN_PROGRESS ? 40 : 0, "");
            }
        }
    }

    private List<FleetDevice> firstDevices(AliyunFirmware firmware) {
        return fleet.devices(firmware.productKey()).stream()
                .filter(device -> device.versions().containsKey(firmware.moduleName()))
                .limit(MAX_TASKS)
                .toList();
    }

    private static boolean has(FleetDevice device, AliyunFirmware firmware) {
        return firmware.destVersion().equals(device.versions().get(firmware.moduleName()));
    }

    private static Map<String, String> tags(Map<String, String> tags) {
        Map<String, String> parameters = new TreeMap<>();
        tags.forEach((key, value) -> {
            String start = "Tag." + (parameters.size() / 2 + 1);
            parameters.put(start + ".Key", key);
            parameters.put(start + ".Value", value);
        });
        return parameters;
    }

    private static JobOrder order(AliyunFirmware firmware, Map<String, String> call) {
        return new JobOrder(JobType.STATIC, firmware, new Parameters(new TreeMap<>(call)));
    }

    private void addTask(AliyunJob job, FleetDevice device, TaskStatus status, int progress, String description) {
        AliyunTask task = store.addTask(job, device, status, job.created());
        task.progress = progress;
        task.description = description;
    }
}
