package io.otabridge.domain.firmware;

/** Defines which of two firmware packages is newer. */
public sealed interface FirmwareOrder {

    /** Orders by the time at which the vendor created the package. */
    static FirmwareOrder byCreation() {
        return new ByCreation();
    }

    /**
     * Orders by version, for example with {@link VersionComparator#SEMANTIC} or a comparator in {@link
     * VersionComparator#of}. Of equal versions, the package created later is newer. Versions are opaque text, so there
     * is no default order.
     */
    static FirmwareOrder byVersion(VersionComparator versions) {
        return new ByVersion(versions);
    }

    /** Order by creation time. */
    record ByCreation() implements FirmwareOrder {}

    /** Order by version. */
    record ByVersion(VersionComparator versions) implements FirmwareOrder {}
}
