package io.otabridge.domain;

/** What a deletion led to. In each case the thing does not exist any more. */
public enum DeleteResult {
    /** This call deleted it. */
    DELETED,
    /** There was nothing to delete. Another call may have deleted it before, or at the same time. */
    ABSENT,
    /**
     * It is gone, and it is not known whether this call deleted it: a first attempt was sent and its response was lost, and the
     * retry found nothing.
     */
    GONE
}
