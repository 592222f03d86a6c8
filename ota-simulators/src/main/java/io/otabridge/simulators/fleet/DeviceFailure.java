package io.otabridge.simulators.fleet;

/** Why a device reports that an upgrade failed. Each cloud has its own codes for it. */
public enum DeviceFailure {
    /** The device is in use. */
    BUSY("the device is in use"),
    /** The signal is poor. */
    SIGNAL("the signal is poor"),
    /** The device already has the newest version. */
    NEWEST("the version is already the newest"),
    /** The battery is low. */
    BATTERY("the battery is low"),
    /** Not enough storage. */
    STORAGE("not enough storage"),
    /** The download did not end. */
    DOWNLOAD("the download timed out"),
    /** The digest of the downloaded file is not the one in the notice. */
    INTEGRITY("the integrity check failed"),
    /** The device does not support packages of this type. */
    UNSUPPORTED_PACKAGE("the package type is not supported"),
    /** Not enough memory. */
    MEMORY("out of memory"),
    /** The installation failed. */
    INSTALLATION("the installation failed"),
    /** Another error of the device. */
    INTERNAL("internal error");

    private final String description;

    DeviceFailure(String description) {
        this.description = description;
    }

    /** Returns the text that the device reports. */
    public String description() {
        return description;
    }
}
