package io.otabridge.domain.firmware;

import java.util.Comparator;

/** What makes one firmware package newer than another. */
public sealed interface FirmwareOrder {

    /** By the time at which the vendor took the package in. */
    static FirmwareOrder byCreation() {
        return new ByCreation();
    }

    /**
     * By the version. Versions are opaque texts without an order of their own, so the caller brings one, such as
     * {@link VersionOrder#SEMANTIC}; of equal versions the later created is newer.
     */
    static FirmwareOrder byVersion(Comparator<FirmwareVersion> versions) {
        return new ByVersion(versions);
    }

    /** By the time of creation. */
    record ByCreation() implements FirmwareOrder {}

    /** By the version, in the order of the comparator. */
    record ByVersion(Comparator<FirmwareVersion> versions) implements FirmwareOrder {}
}
