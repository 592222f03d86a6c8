package io.otabridge.domain;

/** The result of a delete operation. In every case the object no longer exists. */
public enum DeleteResult {
    /** This call deleted it. */
    DELETED,
    /** The object did not exist. Another call may have deleted it earlier or at the same time. */
    NOT_FOUND,
    /**
     * The object no longer exists, and it is unknown whether this call deleted it: the response to the first attempt
     * was lost, and the retry did not find the object.
     */
    NOT_FOUND_AFTER_RETRY;

    /** Returns the identifier for output: {@code deleted}, {@code absent} or {@code gone}. */
    public String code() {
        return switch (this) {
            case DELETED -> "deleted";
            case NOT_FOUND -> "absent";
            case NOT_FOUND_AFTER_RETRY -> "gone";
        };
    }
}
