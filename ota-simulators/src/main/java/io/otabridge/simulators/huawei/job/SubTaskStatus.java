package io.otabridge.simulators.huawei.job;

import java.util.Set;

/** The status of one device in a batch task. */
public enum SubTaskStatus {
    WAITTING("Waitting"),
    PROCESSING("Processing"),
    SUCCESS("Success"),
    FAIL("Fail"),
    FAIL_WAIT_RETRY("FailWaitRetry"),
    STOPPED("Stopped"),
    REMOVED("Removed");

    static final Set<SubTaskStatus> UNFINISHED = Set.of(WAITTING, PROCESSING, FAIL_WAIT_RETRY);

    private final String text;

    SubTaskStatus(String text) {
        this.text = text;
    }

    /** Returns the text on the wire. */
    public String text() {
        return text;
    }

    /** Returns whether the status does not change by itself. */
    public boolean isFinal() {
        return !UNFINISHED.contains(this);
    }
}
