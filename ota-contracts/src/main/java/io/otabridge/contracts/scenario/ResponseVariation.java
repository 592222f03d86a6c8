package io.otabridge.contracts.scenario;

/** Variations of a valid response that an adapter must accept. */
public enum ResponseVariation {
    /** The response has undocumented members. */
    UNKNOWN_MEMBERS,
    /** All optional members are missing. */
    OPTIONAL_MEMBERS_MISSING,
    /** All optional members are {@code null}. */
    OPTIONAL_MEMBERS_NULL,
    /** All optional strings are empty. */
    OPTIONAL_TEXTS_EMPTY,
    /** States and types that the adapter does not know. */
    NEW_ENUM_VALUES,
    /** Timestamps in an undocumented format. */
    UNREADABLE_TIMES,
    /** A file larger than 2 GiB. */
    HUGE_FILE
}
