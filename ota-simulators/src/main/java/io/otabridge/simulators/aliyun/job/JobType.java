package io.otabridge.simulators.aliyun.job;

/** The types of jobs, each with the vendor's names. */
enum JobType {
    VERIFICATION("VERIFY_FIRMWARE", "STATIC"),
    STATIC("UPGRADE_FIRMWARE", "STATIC"),
    DYNAMIC("UPGRADE_FIRMWARE", "DYNAMIC");

    private final String jobType;
    private final String selectionType;

    JobType(String jobType, String selectionType) {
        this.jobType = jobType;
        this.selectionType = selectionType;
    }

    String jobType() {
        return jobType;
    }

    String selectionType() {
        return selectionType;
    }
}
