package io.otabridge.simulators.huawei.job;

/** The status of a batch task. */
public enum JobStatus {
    INITIALIZING("Initializing"),
    WAITTING("Waitting"),
    PROCESSING("Processing"),
    SUCCESS("Success"),
    FAIL("Fail"),
    PARTIAL_SUCCESS("PartialSuccess"),
    STOPPING("Stopping"),
    STOPPED("Stopped");

    private final String text;

    JobStatus(String text) {
        this.text = text;
    }

    /** Returns the text on the wire. */
    public String text() {
        return text;
    }

    /** Returns whether the batch task has ended. */
    public boolean isFinal() {
        return this == SUCCESS || this == FAIL || this == PARTIAL_SUCCESS || this == STOPPED;
    }
}
