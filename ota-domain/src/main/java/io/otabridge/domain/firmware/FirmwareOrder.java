package io.otabridge.domain.firmware;

import java.util.Comparator;

/** What makes one firmware package newer than another. */
public sealed interface FirmwareOrder {

    /** By the time at which the vendor took the package in. */
    static FirmwareOrder byCreation() {
        return new ByCreation();
    }

    /**
     * By the version, such as {@link VersionOrder#SEMANTIC}. Of equal versions the later created is newer. Versions are
     * opaque text, so there is no default order.
     */
    static FirmwareOrder byVersion(VersionOrder versions) {
        return new ByVersion(versions);
    }

    /** By the version, in the order of a comparator that can compare any two versions, the older first. */
    static FirmwareOrder byVersion(Comparator<FirmwareVersion> versions) {
        return new ByVersion(VersionOrder.of(versions));
    }

    /** By the time of creation. */
    record ByCreation() implements FirmwareOrder {}

    /** By the version. */
    record ByVersion(VersionOrder versions) implements FirmwareOrder {}
}
