package io.otabridge.simulators.fleet;

import io.vavr.control.Option;
import org.jspecify.annotations.Nullable;

/** What a device does with an upgrade notice. */
public enum Behavior {
    /** Downloads, verifies, installs and reports the new version. */
    SUCCESS,
    /** As {@link #SUCCESS}, ten times slower. */
    SLOW,
    /** Never reports anything. */
    SILENT,
    /** Disconnects in the middle of the download, and never connects again. */
    DIES,
    /** Disconnects in the middle of the download for 20 seconds, and then resumes it. */
    INTERRUPTED,
    /** Reports in the middle of the download that it failed. */
    DOWNLOAD_FAILS(DeviceFailure.DOWNLOAD),
    /** Receives a damaged byte, so that the digest is wrong. */
    DAMAGED,
    /** Verifies the file, but fails to install it. */
    INSTALLATION_FAILS(DeviceFailure.INSTALLATION),
    /** Installs the file, but reports the old version. */
    REPORTS_OLD_VERSION,
    /** Rejects the notice because it is in use. */
    BUSY(DeviceFailure.BUSY),
    /** Rejects the notice because of a poor signal. */
    POOR_SIGNAL(DeviceFailure.SIGNAL),
    /** Rejects the notice because its battery is low. */
    BATTERY_LOW(DeviceFailure.BATTERY),
    /** Rejects the notice because its storage is full. */
    STORAGE_FULL(DeviceFailure.STORAGE),
    /** Rejects the notice because its memory is full. */
    MEMORY_FULL(DeviceFailure.MEMORY),
    /** Rejects the type of the package. */
    UNSUPPORTED_PACKAGE(DeviceFailure.UNSUPPORTED_PACKAGE),
    /** Rejects the notice because of an internal error. */
    INTERNAL_ERROR(DeviceFailure.INTERNAL);

    private final @Nullable DeviceFailure failure;

    Behavior() {
        this(null);
    }

    Behavior(@Nullable DeviceFailure failure) {
        this.failure = failure;
    }

    /** Returns the failure with which the device rejects the notice at once. */
    Option<DeviceFailure> rejection() {
        return Option.of(failure).filter(reported -> this != DOWNLOAD_FAILS && this != INSTALLATION_FAILS);
    }
}
