package io.otabridge.huawei;

import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.page.PageToken;
import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * Where a walk over packages is. IoTDA lists one type of package at a time, so a walk goes through the types one after the
 * other, and a token is a type and a marker in it.
 *
 * @param type the {@code package_type} to list
 * @param marker where to go on in it; empty for its beginning
 */
record PackageWalk(String type, String marker) {

    private static final List<String> TYPES = List.of("firmwarePackage", "softwarePackage", "modulePackage");

    /** Where this token leads with this filter; absent if it comes from another list. */
    static Option<PackageWalk> at(FirmwareFilter filter, PageToken from) {
        List<String> types = types(filter);
        if (from.equals(PageToken.FIRST)) {
            return Option.some(new PackageWalk(types.head(), ""));
        }
        int colon = from.value().indexOf(':');
        return Option.when(
                        colon > 0,
                        () -> new PackageWalk(
                                from.value().substring(0, colon), from.value().substring(colon + 1)))
                .filter(walk -> types.contains(walk.type()));
    }

    /** Where it goes on: at the next marker, else at the next type; absent at the end. */
    Option<PageToken> next(FirmwareFilter filter, Option<String> nextMarker) {
        return nextMarker
                .map(onward -> new PageToken(type + ":" + onward))
                .orElse(() -> types(filter)
                        .dropUntil(type::equals)
                        .drop(1)
                        .headOption()
                        .map(later -> new PageToken(later + ":")));
    }

    private static List<String> types(FirmwareFilter filter) {
        return filter.target()
                .map(target -> TYPES.get(
                        target instanceof FirmwareTarget.WholeDevice
                                ? 0
                                : target instanceof FirmwareTarget.Software ? 1 : 2))
                .map(List::of)
                .getOrElse(TYPES);
    }
}
