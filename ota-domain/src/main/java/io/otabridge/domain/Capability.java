package io.otabridge.domain;

import java.util.Locale;

/**
 * An optional ability of a backend. The first group are operations: a backend that does not declare one returns {@link
 * OtaFailure.Unsupported} before anything is sent. The second group are facts that the backend's responses contain or
 * omit.
 */
public enum Capability {
    /** {@code modules().find} with an id. */
    FIND_MODULE_BY_ID("find a module by its id"),
    /** {@code modules().find} with product and name. */
    FIND_MODULE_BY_NAME("find a module by product and name"),
    /** {@code modules().list} and {@code stream}. */
    LIST_MODULES("list the modules of a product"),
    /** {@code moduleCommands().create}. */
    CREATE_MODULE("create a module"),
    /** {@code moduleCommands().update}. */
    UPDATE_MODULE("update a module's alias and description"),
    /** {@code moduleCommands().delete}. */
    DELETE_MODULE("delete a module"),
    /** {@code firmware().find} with an id. */
    FIND_FIRMWARE("find a firmware package by its id"),
    /** {@code firmware().list}, {@code stream}, {@code newest}, and {@code find} with coordinates. */
    LIST_FIRMWARE("list firmware packages"),
    /** The target {@code Software} in a filter or in coordinates. */
    SOFTWARE_PACKAGES("distinguish software packages from firmware packages"),
    /** {@code firmwareCommands().delete}. */
    DELETE_FIRMWARE("delete a firmware package"),
    /** {@code firmwareCommands().publish} with files of this machine. */
    PUBLISH_FIRMWARE("publish a firmware package from a local file"),
    /** {@code firmwareCommands().publish} with an object in the vendor's object store. */
    PUBLISH_STORED_FILE("publish a stored object without an upload"),
    /** A package with several files. */
    SEVERAL_FILES("store several files in a package"),
    /** Source versions of a full image. */
    SOURCE_VERSIONS_OF_FULL_IMAGE("restrict a full image to source versions"),
    /** {@code firmwareCommands().update}. */
    UPDATE_FIRMWARE("update the texts of a firmware package"),
    /** {@code firmwareCommands().deleteWithFile}. */
    DELETE_STORED_FILE("delete the stored file of a package"),
    /** {@code firmwareCommands().unfinishedUploads} and {@code abort}. */
    UNFINISHED_UPLOADS("list and abort unfinished uploads"),
    /** {@code firmware().download}. */
    DOWNLOAD_FIRMWARE("download the file of a package"),
    /** {@code products().list}. */
    LIST_PRODUCTS("list products"),
    /** {@code deviceGroups().list}. */
    LIST_DEVICE_GROUPS("list device groups"),
    /** {@code devices().find} and {@code versions}. */
    FIND_DEVICE("find a device and its versions"),
    /** {@code devices().list}. */
    LIST_DEVICES("list the devices of a product"),
    /** {@code devices().list} with a version. */
    FIND_DEVICES_BY_VERSION("list the devices with a version"),
    /** {@code jobs().find} and {@code counts}. */
    FIND_JOB("find an upgrade job by its id"),
    /** {@code jobs().findByToken}: jobs store the client token. */
    FIND_JOB_BY_TOKEN("find an upgrade job by its client token"),
    /** {@code jobs().list}. */
    LIST_JOBS("list upgrade jobs"),
    /** {@code jobs().list} with a device. */
    LIST_JOBS_OF_DEVICE("list the upgrade jobs of a device"),
    /** {@code jobs().tasks}. */
    LIST_TASKS("list the tasks of an upgrade job"),
    /** {@code jobs().unfinishedTasks}. */
    LIST_UNFINISHED_TASKS("list the unfinished tasks of a device"),
    /** {@code jobCommands().create} with listed devices. */
    CREATE_JOB("create an upgrade job"),
    /** {@code jobCommands().create} of a verification. */
    VERIFY_FIRMWARE("verify a package on test devices"),
    /** A job for a device group. */
    JOB_FOR_GROUP("create a job for a device group"),
    /** A job for all devices of the product. */
    JOB_FOR_ALL("create a job for all devices of a product"),
    /** A job for a percentage of the devices. */
    JOB_FOR_PERCENTAGE("create a job for a percentage of the devices"),
    /** A job for devices that match now or later. */
    CONTINUOUS_JOB("create a job for devices that match later"),
    /** Source versions of a job. */
    SOURCE_VERSIONS_OF_JOB("restrict a job to source versions"),
    /** The start of a job. */
    JOB_START("start a job at a given time"),
    /** The end of a job. */
    JOB_END("end a job at a given time"),
    /** The rate of a job. */
    JOB_RATE("limit how many devices a job notifies each minute"),
    /** The retries of a job. */
    JOB_RETRIES("retry failed tasks automatically"),
    /** The timeout of a job's tasks. */
    JOB_TIMEOUT("limit the time of a device in a job"),
    /** Confirmation of tasks before they start, and {@code jobCommands().confirm}. */
    CONFIRM_TASKS("wait for a confirmation of tasks"),
    /** A job that replaces unfinished tasks. */
    REPLACE_TASKS("replace unfinished tasks of other jobs"),
    /** A job that notifies devices through their gateway. */
    JOB_THROUGH_GATEWAYS("notify devices through their gateway"),
    /** Tags of a job, which devices receive. */
    JOB_TAGS("send tags of a job to devices"),
    /** {@code jobCommands().cancel}. */
    CANCEL_JOB("cancel an upgrade job and its tasks"),
    /** {@code jobCommands().retry}. */
    RETRY_TASKS("retry failed tasks on request"),
    /** {@code jobCommands().update}. */
    UPDATE_JOB("update an upgrade job"),
    /** {@code jobCommands().delete}. */
    DELETE_JOB("delete an upgrade job"),

    /**
     * Responses contain the verification state; without this capability it is {@link
     * io.otabridge.domain.firmware.Verification.NotOffered}.
     */
    VERIFICATION("report how far a package is verified"),
    /**
     * Responses distinguish a full image from a delta; without this capability the kind is {@link
     * io.otabridge.domain.firmware.UpdateKind.NotStated}.
     */
    UPDATE_KIND("distinguish a full image from a delta"),
    /**
     * Lists contain size and digests of a package with one file; without this capability only {@code find} returns
     * them.
     */
    CONTENT_IN_LISTS("report size and digests in lists"),
    /** Tasks contain their progress; without this capability it is absent. */
    TASK_PROGRESS("report the progress of a task in percent"),
    /** Packages have a name besides their version; without this capability it is absent and not stored. */
    FIRMWARE_NAMES("store the name of a firmware package");

    private final String description;

    Capability(String description) {
        this.description = description;
    }

    /** Returns the name for programs, such as {@code find-module-by-id}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns whether it is an operation, and not a fact that responses contain or omit. */
    public boolean isOperation() {
        return compareTo(VERIFICATION) < 0;
    }

    /** Returns whether it creates, updates or deletes something at the vendor. */
    public boolean isChange() {
        return switch (this) {
            case CREATE_MODULE,
                    UPDATE_MODULE,
                    DELETE_MODULE,
                    DELETE_FIRMWARE,
                    PUBLISH_FIRMWARE,
                    PUBLISH_STORED_FILE,
                    SEVERAL_FILES,
                    SOURCE_VERSIONS_OF_FULL_IMAGE,
                    UPDATE_FIRMWARE,
                    DELETE_STORED_FILE,
                    UNFINISHED_UPLOADS,
                    CREATE_JOB,
                    VERIFY_FIRMWARE,
                    JOB_FOR_GROUP,
                    JOB_FOR_ALL,
                    JOB_FOR_PERCENTAGE,
                    CONTINUOUS_JOB,
                    SOURCE_VERSIONS_OF_JOB,
                    JOB_START,
                    JOB_END,
                    JOB_RATE,
                    JOB_RETRIES,
                    JOB_TIMEOUT,
                    CONFIRM_TASKS,
                    REPLACE_TASKS,
                    JOB_THROUGH_GATEWAYS,
                    JOB_TAGS,
                    CANCEL_JOB,
                    RETRY_TASKS,
                    UPDATE_JOB,
                    DELETE_JOB -> true;
            default -> false;
        };
    }

    /** Returns the description for people, a phrase that completes a sentence beginning with "it can". */
    public String description() {
        return description;
    }
}
