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
                    UNFINISHED_UPLOADS -> true;
            default -> false;
        };
    }

    /** Returns the description for people, a phrase that completes a sentence beginning with "it can". */
    public String description() {
        return description;
    }
}
