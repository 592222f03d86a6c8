package io.otabridge.simulators.fleet;

/** Whether a device is connected. */
public enum DeviceStatus {
    ONLINE,
    OFFLINE,
    /** Registered, but never connected. */
    INACTIVE,
    /** Blocked by the operator. */
    DISABLED
}
