package io.otabridge.aliyun.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.Reported;
import io.otabridge.domain.job.FailureReason;
import io.otabridge.domain.job.JobKind;
import io.otabridge.domain.job.JobSelection;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.TaskState;
import io.vavr.control.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each documented state and text of the platform means. */
class JobStatesTest {

    @ParameterizedTest
    @CsvSource({
        "PLANNED, SCHEDULED",
        "IN_PROGRESS, RUNNING",
        "COMPLETED, FINISHED",
        "COMPLETE, FINISHED",
        "CANCELED, CANCELLED",
        "CANCELLED, CANCELLED",
        "completed, FINISHED",
        "ARCHIVED, UNKNOWN",
    })
    void each_state_of_a_job_has_one_meaning_and_keeps_its_text(String raw, JobState state) {
        assertThat(JobMapping.state(raw)).isEqualTo(new Reported<>(state, raw));
    }

    @ParameterizedTest
    @CsvSource({
        "UPGRADE_FIRMWARE, UPGRADE",
        "VERIFY_FIRMWARE, VERIFICATION",
        "VERFIY_FIRMWARE, VERIFICATION",
        "ROLLBACK_FIRMWARE, UNKNOWN",
    })
    void both_spellings_of_a_verification_are_known(String raw, JobKind kind) {
        assertThat(JobMapping.kind(raw)).isEqualTo(new Reported<>(kind, raw));
    }

    @ParameterizedTest
    @CsvSource({
        "STATIC, SPECIFIC, DEVICES, SPECIFIC",
        "STATIC, ALL, ALL, ALL",
        "STATIC, GRAY, PERCENTAGE, GRAY",
        "STATIC, GROUP, GROUP, GROUP",
        "STATIC, REGION, UNKNOWN, REGION",
        "DYNAMIC, ALL, CONTINUOUS, ALL",
        "DYNAMIC, GROUP, CONTINUOUS, GROUP",
        "DYNAMIC, , CONTINUOUS, DYNAMIC",
        ", GRAY, PERCENTAGE, GRAY",
    })
    void a_dynamic_job_is_continuous_whatever_it_selects(
            String type, String target, JobSelection selection, String raw) {
        assertThat(JobMapping.selection(type, target)).contains(new Reported<>(selection, raw));
    }

    @Test
    void a_job_without_a_selection_has_none() {
        assertThat(JobMapping.selection("STATIC", null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CONFIRM, AWAITING_CONFIRMATION",
        "QUEUED, QUEUED",
        "NOTIFIED, NOTIFIED",
        "IN_PROGRESS, RUNNING",
        "SUCCEEDED, SUCCEEDED",
        "FAILED, FAILED",
        "CANCELED, CANCELLED",
        "CANCELLED, CANCELLED",
        "failed, FAILED",
        "FROZEN, UNKNOWN",
    })
    void each_state_of_a_task_has_one_meaning_and_keeps_its_text(String raw, TaskState state) {
        assertThat(TaskMapping.state(raw)).isEqualTo(new Reported<>(state, raw));
    }

    @ParameterizedTest
    @CsvSource({
        "report version is not conform, WRONG_VERSION,",
        "'step: -2, desc: connection reset', DOWNLOAD, -2",
        "-3, INTEGRITY, -3",
        "'{\"step\":\"-4\",\"desc\":\"x\"}', INSTALLATION, -4",
        "-1, OTHER, -1",
        "'-1 not enough space to download', DOWNLOAD, -1",
        "SrcVersionMismatch, SOURCE_VERSION,",
        "upgrade timeout, NO_REPORT,",
        "The device timed out, NO_REPORT,",
        "conflict with another upgrade task, CONFLICT,",
        "device is in another unfinished task, CONFLICT,",
        "md5 check failed, INTEGRITY,",
        "Firmware installation failed, INSTALLATION,",
        "version 1.0-2 is odd, OTHER,",
        "设备升级失败, OTHER,",
    })
    void the_description_of_a_failed_task_has_one_reason_and_stays(String text, FailureReason reason, String code) {
        assertThat(TaskMapping.failure(Option.some(text)).reason()).isEqualTo(reason);
        assertThat(TaskMapping.failure(Option.some(text)).vendorCode()).isEqualTo(Option.of(code));
        assertThat(TaskMapping.failure(Option.some(text)).message()).contains(text);
    }

    @Test
    void a_failed_task_without_a_description_failed_for_another_reason() {
        assertThat(TaskMapping.failure(Option.none()).reason()).isEqualTo(FailureReason.OTHER);
        assertThat(TaskMapping.failure(Option.none()).message()).isEmpty();
    }

    @Test
    void every_state_that_can_be_requested_means_what_it_means_in_a_task() {
        TaskMapping.states()
                .forEach((raw, state) ->
                        assertThat(TaskMapping.state(raw).value()).isEqualTo(state));
    }
}
