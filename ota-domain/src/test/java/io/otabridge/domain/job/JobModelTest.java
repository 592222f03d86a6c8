package io.otabridge.domain.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.otabridge.domain.Reported;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.FirmwareId;
import io.vavr.collection.HashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens, counts, filters and states of jobs. */
class JobModelTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a-b", "a.b", "a b", "固件", "a\n"})
    void a_token_has_letters_digits_and_underscores_only(String text) {
        assertThat(ClientToken.parse(text).isLeft()).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> ClientToken.of(text));
    }

    @ParameterizedTest
    @CsvSource({
        "ota, ota, true",
        "ota, ota_1of3, true",
        "ota, ota_12of100000, true",
        "ota_1, ota_1_2of3, true",
        "ota, ota1, false",
        "ota, ota_1, false",
        "ota, ota1of3, false",
        "ota, ota_01of3, false",
        "ota, ota_1of03, false",
        "ota, ota_0of3, false",
        "ota, ota_1of, false",
        "ota, ota_x_1of3, false",
        "ota_1, ota_12of13, false",
        "ota_1of3, ota, false",
        "ota, OTA, false"
    })
    void a_token_includes_only_its_own_parts(String token, String other, boolean isIncluded) {
        assertThat(ClientToken.of(token).includes(ClientToken.of(other))).isEqualTo(isIncluded);
    }

    @Test
    void the_longest_token_has_parts_and_random_tokens_differ() {
        ClientToken longest = ClientToken.of("a".repeat(ClientToken.MAX_LENGTH));

        assertThat(longest.includes(longest.part(100_000, 200_000))).isTrue();
        assertThat(longest.part(2, 30).partNumber()).isEqualTo(2);
        assertThat(longest.part(2, 30).partCount()).isEqualTo(30);
        assertThat(ClientToken.of("spring_1").partNumber()).isZero();
        assertThat(ClientToken.parse("a".repeat(ClientToken.MAX_LENGTH + 1)).isLeft())
                .isTrue();
        assertThat(ClientToken.random()).isNotEqualTo(ClientToken.random());
    }

    @Test
    void counts_omit_states_without_tasks_and_do_not_depend_on_their_order() {
        TaskCounts counts = counts(HashMap.of(TaskState.FAILED, 2L, TaskState.QUEUED, 3L, TaskState.RUNNING, 0L));

        assertThat(counts).isEqualTo(counts(HashMap.of(TaskState.QUEUED, 3L).put(TaskState.FAILED, 2L)));
        assertThat(counts.byState().keySet()).containsExactly(TaskState.QUEUED, TaskState.FAILED);
        assertThat(counts.of(TaskState.RUNNING)).isZero();
        assertThat(counts.total()).isEqualTo(5);
        assertThat(counts.ended()).isEqualTo(2);
        assertThat(counts(HashMap.empty()).total()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> counts(HashMap.of(TaskState.QUEUED, -1L)));
    }

    @Test
    void an_outcome_needs_the_state_of_every_task() {
        assertThat(JobOutcome.of(counts(HashMap.of(TaskState.SUCCEEDED, 2L, TaskState.UNKNOWN, 1L))))
                .isEmpty();
        assertThat(JobOutcome.of(counts(HashMap.empty()))).contains(JobOutcome.NO_DEVICES);
        assertThat(JobOutcome.of(counts(HashMap.of(TaskState.SUCCEEDED, 2L)))).contains(JobOutcome.ALL_SUCCEEDED);
        assertThat(JobOutcome.of(counts(HashMap.of(TaskState.SUCCEEDED, 2L, TaskState.FAILED, 1L))))
                .contains(JobOutcome.SOME_SUCCEEDED);
        assertThat(JobOutcome.of(counts(HashMap.of(TaskState.FAILED, 2L)))).contains(JobOutcome.NONE_SUCCEEDED);
    }

    @Test
    void only_a_finished_job_has_an_outcome() {
        TaskCounts counts = counts(HashMap.of(TaskState.SUCCEEDED, 2L));

        assertThat(job(JobState.FINISHED).withCounts(counts).outcome()).contains(JobOutcome.ALL_SUCCEEDED);
        assertThat(job(JobState.CANCELLED).withCounts(counts).outcome()).isEmpty();
        assertThat(job(JobState.RUNNING).withCounts(counts).outcome()).isEmpty();
    }

    @Test
    void a_filter_without_a_state_or_a_device_must_be_intended() {
        assertThatIllegalArgumentException().isThrownBy(TaskFilter::inState);
        assertThatIllegalArgumentException().isThrownBy(() -> TaskFilter.all().withStates());
        assertThatIllegalArgumentException().isThrownBy(() -> TaskFilter.ofDevices(List.empty()));
        assertThat(TaskFilter.all().isAll()).isTrue();
    }

    @Test
    void a_filter_of_tasks_needs_state_and_device() {
        TaskFilter filter = TaskFilter.ofDevices(DeviceId.of("a"), DeviceId.of("b"), DeviceId.of("a"))
                .withStates(TaskState.FAILED, TaskState.CANCELLED);

        assertThat(filter.devices()).containsExactly(DeviceId.of("a"), DeviceId.of("b"));
        assertThat(filter.isAll()).isFalse();
        assertThat(filter.matches(task("a", TaskState.FAILED))).isTrue();
        assertThat(filter.matches(task("a", TaskState.QUEUED))).isFalse();
        assertThat(filter.matches(task("c", TaskState.FAILED))).isFalse();
        assertThat(TaskFilter.all().matches(task("c", TaskState.UNKNOWN))).isTrue();
    }

    @Test
    void a_filter_of_many_devices_is_fast() {
        List<DeviceId> devices = List.range(0, 50_000).map(number -> DeviceId.of("d" + number));
        TaskFilter filter = TaskFilter.ofDevices(devices);
        List<UpgradeTask> tasks = devices.map(device -> task(device.value(), TaskState.QUEUED));

        assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                () -> assertThat(tasks.forAll(filter::matches)).isTrue());
        assertThat(filter).isEqualTo(TaskFilter.ofDevices(devices)).hasSameHashCodeAs(TaskFilter.ofDevices(devices));
    }

    @Test
    void tasks_that_have_not_started_are_neither_running_nor_ended() {
        for (TaskState state : TaskState.values()) {
            assertThat(TaskFilter.notStarted().matches(task("a", state)))
                    .as(state.name())
                    .isEqualTo(!state.isFinal()
                            && state != TaskState.RUNNING
                            && state != TaskState.CANCELLING
                            && state != TaskState.UNKNOWN);
        }
    }

    @Test
    void a_filter_of_jobs_matches_their_state() {
        JobFilter filter = JobFilter.all().firmware(FirmwareId.of("f")).states(JobState.RUNNING, JobState.CANCELLED);

        assertThat(filter.matchesState(job(JobState.RUNNING))).isTrue();
        assertThat(filter.matchesState(job(JobState.FINISHED))).isFalse();
        assertThat(JobFilter.all().matchesState(job(JobState.UNKNOWN))).isTrue();
    }

    @Test
    void a_reported_state_keeps_the_text_of_the_vendor() {
        Reported<TaskState> state = new Reported<>(TaskState.UNKNOWN, "DeviceInProgress");

        assertThat(state.is(TaskState.FAILED, TaskState.UNKNOWN)).isTrue();
        assertThat(state.is(TaskState.FAILED)).isFalse();
        assertThat(state.raw()).isEqualTo("DeviceInProgress");
        assertThat(Reported.of(TaskState.AWAITING_RETRY).code()).isEqualTo("awaiting-retry");
    }

    @Test
    void a_retry_policy_needs_at_least_one_retry() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(0, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(1, Duration.ofMinutes(-1)));
    }

    private static TaskCounts counts(Map<TaskState, Long> byState) {
        return new TaskCounts(byState);
    }

    private static UpgradeJob job(JobState state) {
        return UpgradeJob.builder(JobId.of("j"), Reported.of(state)).build();
    }

    private static UpgradeTask task(String device, TaskState state) {
        return UpgradeTask.builder(JobId.of("j"), DeviceId.of(device), Reported.of(state))
                .build();
    }
}
