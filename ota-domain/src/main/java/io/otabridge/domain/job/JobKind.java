package io.otabridge.domain.job;

/** The purpose of an upgrade job. */
public enum JobKind {
    /** Upgrades devices: every job of Huawei Cloud IoTDA, Alibaba {@code UPGRADE_FIRMWARE}. */
    UPGRADE,
    /** Verifies a package on test devices before other jobs may use it: Alibaba {@code VERIFY_FIRMWARE}. */
    VERIFICATION,
    /** A kind that this library does not know. */
    UNKNOWN
}
