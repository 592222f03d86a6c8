package io.otabridge.simulators.huawei;

import io.otabridge.simulators.fleet.DeviceStatus;
import io.otabridge.simulators.fleet.Fleet;
import io.otabridge.simulators.fleet.FleetDevice;
import io.otabridge.simulators.huawei.device.HuaweiDevice;
import io.otabridge.simulators.huawei.job.HuaweiJobRequest;
import io.otabridge.simulators.huawei.job.HuaweiJobs;
import io.otabridge.simulators.huawei.job.HuaweiSubTask;
import io.otabridge.simulators.huawei.job.JobStatus;
import io.otabridge.simulators.huawei.job.SubTaskStatus;
import io.otabridge.simulators.huawei.store.HuaweiDeviceGroup;
import io.otabridge.simulators.huawei.store.HuaweiPackage;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The initial devices and batch tasks: some devices of every product with a package, the documented ones, and batch
 * tasks of the past. Packages are those of {@link HuaweiFixtures}.
 */
final class HuaweiFleetFixtures {

    private static final Instant FIRST_JOB = Instant.parse("2023-05-01T08:00:00Z");
    private static final DeviceStatus[] STATUS = {
        DeviceStatus.ONLINE, DeviceStatus.ONLINE, DeviceStatus.OFFLINE, DeviceStatus.INACTIVE
    };

    private final List<HuaweiPackage> packages;
    private final HuaweiJobs jobs;
    private final Consumer<HuaweiDevice> devices;

    private HuaweiFleetFixtures(List<HuaweiPackage> packages, HuaweiJobs jobs, Consumer<HuaweiDevice> devices) {
        this.packages = packages;
        this.jobs = jobs;
        this.devices = devices;
    }

    static void fill(
            List<HuaweiPackage> packages,
            List<HuaweiDeviceGroup> groups,
            HuaweiJobs jobs,
            Consumer<HuaweiDevice> devices) {
        HuaweiFleetFixtures fixtures = new HuaweiFleetFixtures(packages, jobs, devices);
        fixtures.addDevices(groups);
        fixtures.addJobs();
    }

    private void addDevices(List<HuaweiDeviceGroup> groups) {
        packages.stream()
                .map(HuaweiPackage::productId)
                .distinct()
                .filter(product -> !product.equals(HuaweiSimulator.SHARED_PRODUCT))
                .forEach(product -> {
                    for (int number = 0; number < STATUS.length; number++) {
                        boolean hasReported = STATUS[number] != DeviceStatus.INACTIVE;
                        devices.accept(HuaweiDevice.of(
                                product,
                                "SN000" + number,
                                STATUS[number],
                                hasReported ? upgradable(product) : Map.of()));
                    }
                });
        String shared = HuaweiSimulator.SHARED_PRODUCT;
        List<String> versions = List.of("3.1.0", "3.2.0", "3.2.0", "3.2.1");
        for (int number = 0; number < versions.size(); number++) {
            HuaweiDevice device = HuaweiDevice.of(
                    shared,
                    "thermo" + number,
                    DeviceStatus.ONLINE,
                    Map.of("MCU", versions.get(number), HuaweiDevice.FIRMWARE, "1.0.0"));
            String group = groups.get(number % groups.size()).groupId();
            devices.accept(number < 3 ? device.inGroups(group) : device);
        }
        String documented = "5ba24f5ebbe8f56f5a14f605";
        devices.accept(HuaweiDevice.of(
                new FleetDevice(documented, documentedTarget(), DeviceStatus.ONLINE, firmware("V2.0")),
                "ABC123456780"));
        devices.accept(HuaweiDevice.of(
                new FleetDevice(
                        documented,
                        HuaweiSimulator.DOCUMENTED_DEVICE,
                        DeviceStatus.INACTIVE,
                        Map.of(HuaweiDevice.FIRMWARE, "1.1.0", HuaweiDevice.SOFTWARE, "1.1.0")),
                "ABC123456789"));
    }

    /** Adds the additional devices of the fleet to the product that exists at both vendors. */
    static void generate(Fleet fleet, Consumer<HuaweiDevice> devices) {
        String start = HuaweiSimulator.SHARED_PRODUCT + "_";
        fleet.generate(HuaweiSimulator.SHARED_PRODUCT, start + "thermo-", "MCU", List.of("3.1.0", "3.2.0"))
                .forEach(device ->
                        devices.accept(HuaweiDevice.of(device, device.id().substring(start.length()))));
    }

    private static String documentedTarget() {
        return "e495cf17-ff79-4294-8f64-4d367919d665";
    }

    private static Map<String, String> firmware(String version) {
        return Map.of(HuaweiDevice.FIRMWARE, version);
    }

    /** Returns versions that the packages of a product can upgrade. */
    private Map<String, String> upgradable(String product) {
        Map<String, String> versions = new HashMap<>(firmware("V0.1"));
        packages.stream().filter(each -> each.productId().equals(product)).forEach(each -> {
            String module = switch (each.packageType()) {
                case "firmwarePackage" -> HuaweiDevice.FIRMWARE;
                case "softwarePackage" -> HuaweiDevice.SOFTWARE;
                default -> String.valueOf(each.moduleName());
            };
            versions.put(
                    module, each.supportSourceVersions().stream().findFirst().orElse("V0.1"));
        });
        return versions;
    }

    private void addJobs() {
        HuaweiPackage firmware = packages.stream()
                .filter(each -> each.packageType().equals("firmwarePackage"))
                .skip(1)
                .findFirst()
                .orElseThrow();
        String start = firmware.productId() + "_SN000";
        HuaweiSubTask success = waiting(start + 0).in(SubTaskStatus.SUCCESS);
        add(
                0,
                HuaweiSimulator.DOCUMENTED_JOB,
                JobStatus.SUCCESS,
                documented(),
                waiting(documentedTarget()).in(SubTaskStatus.SUCCESS));
        add(
                1,
                "68b0000000000000000000a1",
                JobStatus.PARTIAL_SUCCESS,
                firmware,
                success,
                waiting(start + 1).failed(SubTaskStatus.FAIL, null, "integrity check failure"),
                waiting(start + 2).failed(SubTaskStatus.FAIL, null, "waiting for the device online timeout"),
                waiting(start + 3)
                        .failed(
                                SubTaskStatus.FAIL,
                                "IOTDA.005005",
                                "Upgrade failed. The current version cannot be upgraded to the target version."));
        add(
                2,
                "68b0000000000000000000a2",
                JobStatus.STOPPED,
                firmware,
                success,
                waiting(start + 2).in(SubTaskStatus.STOPPED));
        add(3, HuaweiSimulator.RUNNING_JOB, JobStatus.PROCESSING, firmware, success, waiting(start + 2));
    }

    private HuaweiPackage documented() {
        return packages.stream()
                .filter(each -> each.packageId().equals(HuaweiSimulator.DOCUMENTED_PACKAGE))
                .findFirst()
                .orElseThrow();
    }

    private static HuaweiSubTask waiting(String target) {
        return HuaweiSubTask.waiting(target, true);
    }

    private void add(int number, String id, JobStatus status, HuaweiPackage firmware, HuaweiSubTask... tasks) {
        List<HuaweiSubTask> all = List.of(tasks);
        List<String> targets = all.stream().map(HuaweiSubTask::target).toList();
        jobs.restore(
                Option.some(id),
                HuaweiJobRequest.of("upgrade_" + (number + 1), firmware, targets),
                FIRST_JOB.plusSeconds(86_400L * 90 * number),
                status,
                all);
    }
}
