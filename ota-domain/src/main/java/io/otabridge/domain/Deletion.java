package io.otabridge.domain;

/** What a deletion led to: either way the thing is not there any more. */
public enum Deletion {
    /** It was there, and has been deleted. */
    DELETED,
    /** There was nothing to delete; as after a deletion whose answer was lost. */
    ABSENT
}
