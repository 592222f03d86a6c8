package io.otabridge.domain.job;

/** Why an upgrade task failed, derived from the vendor's code and text. */
public enum FailureReason {
    /** The device did not come online in time. */
    DEVICE_OFFLINE("the device was offline"),
    /** The device did not report in time. */
    NO_REPORT("the device did not report in time"),
    /** Another task of the device was unfinished. */
    CONFLICT("another upgrade of the device was unfinished"),
    /** The device could not download the package. */
    DOWNLOAD("the download failed"),
    /** The package was damaged. */
    INTEGRITY("the package did not pass the integrity check"),
    /** The device reported another version than the new one. */
    WRONG_VERSION("the device reported another version"),
    /** The package cannot be applied to the installed version. */
    SOURCE_VERSION("the package does not support the installed version"),
    /** The device already had the version. */
    ALREADY_INSTALLED("the device already had the version"),
    /** The device does not support the package type. */
    UNSUPPORTED_PACKAGE("the device does not support the package"),
    /** Not enough storage. */
    STORAGE("the device had not enough storage"),
    /** Not enough memory. */
    MEMORY("the device had not enough memory"),
    /** The battery was low. */
    BATTERY("the battery was low"),
    /** The signal was poor. */
    SIGNAL("the signal was poor"),
    /** The device was in use. */
    BUSY("the device was in use"),
    /** The installation failed. */
    INSTALLATION("the installation failed"),
    /** The device reported an internal error. */
    INTERNAL("the device reported an internal error"),
    /** Every other reason; the vendor's text has it. */
    OTHER("another reason");

    private final String description;

    FailureReason(String description) {
        this.description = description;
    }

    /** Returns the description for people, such as {@code the download failed}. */
    public String description() {
        return description;
    }
}
