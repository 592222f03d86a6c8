package io.otabridge.huawei.job;

import io.otabridge.domain.firmware.FirmwareTarget;
import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * The values of {@code task_type} for upgrades. IoTDA lists one type at a time. It has other types too, such as {@code
 * createDevices}, which are no upgrades.
 */
final class TaskType {

    static final String FIRMWARE = "firmwareUpgrade";
    static final String SOFTWARE = "softwareUpgrade";

    /** Since October 2025; older platforms reject it. */
    static final String MODULE = "moduleUpgrade";

    /** In the order in which they are listed. */
    static final List<String> ALL = List.of(FIRMWARE, SOFTWARE, MODULE);

    private TaskType() {}

    /** The type of the tasks for packages with this target; absent if the package does not state it. */
    static Option<String> of(FirmwareTarget target) {
        if (target instanceof FirmwareTarget.WholeDevice) {
            return Option.some(FIRMWARE);
        }
        if (target instanceof FirmwareTarget.Software) {
            return Option.some(SOFTWARE);
        }
        return Option.when(target instanceof FirmwareTarget.Module, MODULE);
    }

    /** The target of a task. A task does not contain the name of its module. */
    static FirmwareTarget target(String type) {
        return switch (type) {
            case FIRMWARE -> FirmwareTarget.wholeDevice();
            case SOFTWARE -> FirmwareTarget.software();
            default -> FirmwareTarget.unknown(type);
        };
    }
}
