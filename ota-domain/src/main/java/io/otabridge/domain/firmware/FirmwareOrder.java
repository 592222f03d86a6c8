package io.otabridge.domain.firmware;

/** What makes one firmware package newer than another. */
public sealed interface FirmwareOrder {

    /** By the time at which the vendor took the package in. */
    static FirmwareOrder byCreation() {
        return new ByCreation();
    }

    /**
     * By the version, such as {@link VersionComparator#SEMANTIC}, or a
     * comparator in {@link VersionComparator#of}. Of equal versions the later created is newer. Versions are
     * opaque text, so there is no default order.
     */
    static FirmwareOrder byVersion(VersionComparator versions) {
        return new ByVersion(versions);
    }

    /** By the time of creation. */
    record ByCreation() implements FirmwareOrder {}

    /** By the version. */
    record ByVersion(VersionComparator versions) implements FirmwareOrder {}
}
