package io.otabridge.simulators.aliyun.job;

import static io.otabridge.simulators.aliyun.operation.OperationError.firmware;

import io.otabridge.simulators.aliyun.operation.OperationError;
import io.otabridge.simulators.aliyun.store.AliyunStore;
import io.otabridge.simulators.fleet.FleetDevice;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Selects the devices of a new job. Devices that have the version are left out without a message. So are, and this is
 * not documented, names in a file that are unknown or have never reported a version.
 */
final class JobTargets {

    private final JobEngine engine;
    private final AliyunStore store;
    private final DeviceLists lists;

    JobTargets(JobEngine engine, AliyunStore store, DeviceLists lists) {
        this.engine = engine;
        this.store = store;
        this.lists = lists;
    }

    /** Returns the devices of a static job or verification. */
    Either<OperationError, List<FleetDevice>> select(JobOrder order) {
        Either<OperationError, List<FleetDevice>> selected = switch (order.targetSelection()) {
            case "SPECIFIC" -> listed(order);
            case "GROUP" -> group(order).map(group -> current(order));
            case "GRAY" -> Either.right(percentage(current(order), order.call().text("GrayPercent")));
            default -> Either.right(current(order));
        };
        return selected.filterOrElse(
                devices -> !devices.isEmpty(),
                none -> firmware("NoDeviceCanUpgrade", "There is no device that can be upgraded."));
    }

    /** Checks the group of a job, if it has one. */
    Either<OperationError, Option<String>> group(JobOrder order) {
        boolean isNeeded = order.targetSelection().equals("GROUP");
        boolean isUnknown = order.groupId()
                .exists(id -> store.deviceGroups().stream()
                        .noneMatch(group -> group.groupId().equals(id)));
        String type = order.type() == JobType.DYNAMIC ? "LINK_PLATFORM_DYNAMIC" : "LINK_PLATFORM";
        if (isNeeded && order.groupId().isEmpty()) {
            return Either.left(new OperationError("iot.group.NullGroupId", "The group is missing."));
        }
        if (isUnknown) {
            return Either.left(new OperationError("iot.group.NotExistedGroup", "The group does not exist."));
        }
        return order.groupId().isDefined()
                        && !order.call().find("GroupType").getOrElse(type).equals(type)
                ? Either.left(OperationError.malformed("GroupType"))
                : Either.right(order.groupId());
    }

    /** Returns the devices of the product that match a job now. */
    List<FleetDevice> current(JobOrder order) {
        return engine.fleet().devices(order.productKey()).stream()
                .filter(device -> version(order, device).exists(version -> engine.isSelected(order, device, version)))
                .toList();
    }

    private static Option<String> version(JobOrder order, FleetDevice device) {
        return Option.of(device.versions().get(order.firmware().moduleName()));
    }

    private static List<FleetDevice> percentage(List<FleetDevice> devices, String percent) {
        int count = new BigDecimal(percent)
                .multiply(BigDecimal.valueOf(devices.size()))
                .divide(BigDecimal.valueOf(100), RoundingMode.DOWN)
                .intValue();
        return devices.subList(0, Math.min(devices.size(), Math.max(1, count)));
    }

    private Either<OperationError, List<FleetDevice>> listed(JobOrder order) {
        Option<String> file = order.call().find("DnListFileUrl");
        return file.isDefined()
                ? lists.read(file.get())
                        .map(names -> names.stream()
                                .map(name -> engine.fleet().find(order.productKey(), name))
                                .flatMap(Option::toJavaStream)
                                .filter(device -> version(order, device)
                                        .exists(version -> engine.isSelected(order, device, version)))
                                .toList())
                : named(order);
    }

    private Either<OperationError, List<FleetDevice>> named(JobOrder order) {
        List<FleetDevice> found = new ArrayList<>();
        for (String name : order.call().list("TargetDeviceName")) {
            Option<FleetDevice> device = engine.fleet().find(order.productKey(), name);
            Option<String> version = device.flatMap(known -> version(order, known));
            if (device.isEmpty()) {
                return Either.left(OperationError.noSuchDevice());
            }
            if (version.isEmpty()) {
                return Either.left(
                        firmware("NonVersionedDeviceInArray", "A device has never reported a version of the module."));
            }
            if (engine.isSelected(order, device.get(), version.get())) {
                found.add(device.get());
            } else if (!version.contains(order.firmware().destVersion())) {
                return Either.left(
                        firmware("SrcVersionMismatch", "A device has not the source version of the package."));
            } else if (order.type() == JobType.VERIFICATION) {
                return Either.left(
                        firmware("DeviceWithDestinationVersionInArray", "A device already has the version."));
            }
        }
        return Either.right(found);
    }
}
