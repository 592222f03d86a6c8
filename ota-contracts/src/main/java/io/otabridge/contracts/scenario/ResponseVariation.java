package io.otabridge.contracts.scenario;

/** What vendors do to an answer that is still a good answer. */
public enum ResponseVariation {
    /** Members that nobody documented. */
    UNKNOWN_MEMBERS,
    /** Every member that may be absent is left out. */
    OPTIONAL_MEMBERS_MISSING,
    /** Every member that may be absent is {@code null}. */
    OPTIONAL_MEMBERS_NULL,
    /** Every text that may be absent is empty. */
    OPTIONAL_TEXTS_EMPTY,
    /** States and kinds that are newer than the adapter. */
    NEW_ENUM_VALUES,
    /** Times in a form that nobody documented. */
    UNREADABLE_TIMES,
    /** A file of more than 2 GiB. */
    HUGE_FILE
}
