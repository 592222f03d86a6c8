package io.otabridge.huawei.operation;

import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.vavr.collection.List;

/** The values of {@code package_type}. IoTDA lists one type at a time. */
public final class PackageType {

    private static final List<String> TYPES = List.of("firmwarePackage", "softwarePackage", "modulePackage");

    private PackageType() {}

    /** The types of the packages that a filter selects, in the order in which they are listed. */
    public static List<String> of(FirmwareFilter filter) {
        return filter.target().map(PackageType::of).map(List::of).getOrElse(TYPES);
    }

    /** The type of the packages for a target. */
    static String of(FirmwareTarget target) {
        return TYPES.get(
                target instanceof FirmwareTarget.WholeDevice ? 0 : target instanceof FirmwareTarget.Software ? 1 : 2);
    }
}
