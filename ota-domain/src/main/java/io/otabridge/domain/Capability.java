package io.otabridge.domain;

import java.util.Locale;

/**
 * Something that backends may or may not be able to do. The first group are operations: a backend that does not declare
 * one answers it with {@link OtaFailure.Unsupported} before anything is sent. The second group are facts that a backend's
 * answers tell or leave out.
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
    UPDATE_MODULE("change a module's alias and description"),
    /** {@code moduleCommands().delete}. */
    DELETE_MODULE("delete a module"),
    /** {@code firmware().find} with an id. */
    FIND_FIRMWARE("find a firmware package by its id"),
    /** {@code firmware().list}, {@code stream}, {@code newest}, and {@code find} with coordinates. */
    LIST_FIRMWARE("list firmware packages"),
    /** The target {@code Software} in a filter or in coordinates. */
    SOFTWARE_PACKAGES("keep packages for a device's software apart from its firmware"),
    /** {@code firmwareCommands().delete}. */
    DELETE_FIRMWARE("delete a firmware package"),

    /** Answers say how far a package is verified; without it they say {@code NotOffered}. */
    VERIFICATION("tell how far a package is verified"),
    /** Answers say whether a package is a full image or a delta; without it they say {@code NotStated}. */
    UPDATE_KIND("tell a full image from a delta"),
    /** Lists say the size and digests of a package with one file; without it only {@code find} does. */
    CONTENT_IN_LISTS("tell size and digests in lists");

    private final String words;

    Capability(String words) {
        this.words = words;
    }

    /** The word for programs, such as {@code find-module-by-id}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The same for people, as the end of a sentence that begins with "it can". */
    public String words() {
        return words;
    }
}
