package io.otabridge.huawei.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.Reported;
import io.otabridge.domain.job.FailureReason;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.TaskState;
import io.vavr.collection.HashSet;
import io.vavr.collection.List;
import io.vavr.control.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of the vendor's statuses and failure texts: one row for each. */
class StatesTest {

    @ParameterizedTest
    @CsvSource({
        "Initializing,   false, false, false, PREPARING",
        "Waitting,       true,  false, false, AWAITING_CONFIRMATION",
        "Waitting,       true,  true,  false, AWAITING_CONFIRMATION",
        "Waitting,       false, true,  false, SCHEDULED",
        "Waitting,       false, false, false, WAITING",
        "Processing,     true,  false, false, RUNNING",
        "Success,        false, false, false, FINISHED",
        "PartialSuccess, false, false, false, FINISHED",
        "Fail,           false, false, false, FINISHED",
        "Fail,           false, false, true,  FAILED",
        "Stopping,       false, false, false, CANCELLING",
        "Stopped,        false, false, false, CANCELLED",
        "Waiting,        false, false, false, UNKNOWN",
        "Suspended,      false, false, false, UNKNOWN"
    })
    void gives_each_status_of_a_job_a_state(
            String status, boolean needsConfirmation, boolean isScheduled, boolean hasNoTasks, JobState expected) {
        assertThat(States.ofJob(status, needsConfirmation, isScheduled, hasNoTasks))
                .isEqualTo(new Reported<>(expected, status));
    }

    @ParameterizedTest
    @CsvSource({
        "Waitting,         QUEUED",
        "Processing,       RUNNING",
        "DeviceInProgress, RUNNING",
        "FailWaitRetry,    AWAITING_RETRY",
        "Success,          SUCCEEDED",
        "Fail,             FAILED",
        "Rejected,         FAILED",
        "Stopped,          CANCELLED",
        "Removed,          REMOVED",
        "Paused,           UNKNOWN"
    })
    void gives_each_status_of_a_task_a_state(String status, TaskState expected) {
        assertThat(States.ofTask(status, TaskState.QUEUED)).isEqualTo(new Reported<>(expected, status));
    }

    @ParameterizedTest
    @CsvSource({
        "Waitting,     true,  AWAITING_CONFIRMATION",
        "Initializing, true,  AWAITING_CONFIRMATION",
        "Processing,   true,  QUEUED",
        "Waitting,     false, QUEUED",
        "Processing,   false, QUEUED"
    })
    void lets_tasks_wait_for_confirmation_until_the_job_leaves_waitting(
            String jobStatus, boolean needsConfirmation, TaskState expected) {
        assertThat(States.ofWaitingTask(jobStatus, needsConfirmation)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(TaskState.class)
    void filters_by_a_status_of_the_same_state(TaskState state) {
        Option<List<String>> statuses = States.filters(HashSet.of(state));

        if (state == TaskState.UNKNOWN) {
            assertThat(statuses).as("all tasks must be read").isEmpty();
        } else {
            assertThat(statuses.get()).hasSize(state == TaskState.NOTIFIED || state == TaskState.CANCELLING ? 0 : 1);
            assertThat(statuses.get().map(status -> States.ofTask(status, state).value()))
                    .allMatch(state::equals);
        }
    }

    @Test
    void filters_jobs_by_one_status_only() {
        assertThat(States.filter(HashSet.of(JobState.RUNNING))).contains("Processing");
        assertThat(States.filter(HashSet.of(JobState.SCHEDULED, JobState.WAITING)))
                .contains("Waitting");
        assertThat(States.filter(HashSet.of(JobState.FINISHED))).isEmpty();
        assertThat(States.filter(HashSet.of(JobState.RUNNING, JobState.UNKNOWN)))
                .isEmpty();
        assertThat(States.filter(HashSet.empty())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "IOTDA.014016, ,                                                      DEVICE_OFFLINE",
        "iotda.005005, upgrade failed,                                        SOURCE_VERSION",
        "IOTDA.005004, ,                                                      SOURCE_VERSION",
        "IOTDA.014112, The device has not subscribed to the topic,            OTHER",
        ", device abnormal is not online,                                     DEVICE_OFFLINE",
        ", task conflict,                                                     CONFLICT",
        ", waiting for the device online timeout,                             DEVICE_OFFLINE",
        ", waiting for report cellId timeout,                                 NO_REPORT",
        ", waiting for report device firmware version timeout,                NO_REPORT",
        ", wait for the device to report upgrade result timeout,              NO_REPORT",
        ", updating timeout and query device version for check timeout,       NO_REPORT",
        ", waiting for device downloaded package timeout,                     DOWNLOAD",
        ", integrity check failure,                                           INTEGRITY",
        ", unsupported package type,                                          UNSUPPORTED_PACKAGE",
        ", Not enough storage,                                                STORAGE",
        ", out of memory,                                                     MEMORY",
        ", connection lost during download,                                   DOWNLOAD",
        ", invalid URI,                                                       DOWNLOAD",
        ", firmware update failed,                                            INSTALLATION",
        ", result_code: 1,                                                    BUSY",
        ", result code 2 (poor signal),                                       SIGNAL",
        ", code=3,                                                            ALREADY_INSTALLED",
        ", result_code:4,                                                     BATTERY",
        ", result_code: 5,                                                    STORAGE",
        ", result_code: 6,                                                    DOWNLOAD",
        ", result_code: -7,                                                   INTEGRITY",
        ", result_code: 8,                                                    UNSUPPORTED_PACKAGE",
        ", result_code: 9,                                                    MEMORY",
        ", result_code: 10,                                                   INSTALLATION",
        ", result_code: 255,                                                  INTERNAL",
        ", result_code: 77,                                                   OTHER",
        ", 设备升级失败,                                                        OTHER",
        ", ,                                                                  OTHER"
    })
    void gives_each_documented_failure_a_reason(String code, String text, FailureReason expected) {
        assertThat(FailureReasons.of(Option.of(code), Option.of(text))).isEqualTo(expected);
    }
}
