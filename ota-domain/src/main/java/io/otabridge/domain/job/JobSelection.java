package io.otabridge.domain.job;

/** Which devices a job selects. */
public enum JobSelection {
    /** Listed devices: Huawei {@code targets}, Alibaba {@code SPECIFIC}. */
    DEVICES,
    /** A device group: Huawei {@code targets_filter}, Alibaba {@code GROUP}. */
    GROUP,
    /** All devices of the product: Alibaba {@code ALL}. */
    ALL,
    /** A percentage of the devices: Alibaba {@code GRAY}. */
    PERCENTAGE,
    /** Devices that match now or later: Alibaba {@code DYNAMIC}. */
    CONTINUOUS,
    /** A selection that this library does not know. */
    UNKNOWN
}
