package io.otabridge.domain.device;

/** The status of a device at the vendor. */
public enum DeviceStatus {
    /** Connected: Huawei {@code ONLINE}, Alibaba {@code ONLINE}. */
    ONLINE,
    /** Not connected: Huawei {@code OFFLINE}, Alibaba {@code OFFLINE}. */
    OFFLINE,
    /** Never connected: Huawei {@code INACTIVE}, Alibaba {@code UNACTIVE}. */
    INACTIVE,
    /** The connection is abnormal: Huawei {@code ABNORMAL}. */
    ABNORMAL,
    /** Blocked by the operator: Huawei {@code FROZEN}, Alibaba {@code DISABLE}. */
    DISABLED,
    /** A status that this library does not know. */
    UNKNOWN
}
