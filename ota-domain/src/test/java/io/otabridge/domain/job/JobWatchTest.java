package io.otabridge.domain.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Reported;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.page.Pages;
import io.otabridge.domain.page.RequestEstimate;
import io.vavr.collection.HashMap;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A watch polls a job and its counts until the job ends. */
class JobWatchTest {

    private static final OperationContext ORIGIN = new OperationContext("shelf", Vendor.of("acme"), "QueryJob");
    private static final JobId ID = JobId.of("j1");
    private static final JobWatch TINY = JobWatch.standard().every(Duration.ofNanos(4), Duration.ofNanos(100));

    private final FakePort port = new FakePort();
    private final java.util.List<UpgradeJob> changes = new ArrayList<>();
    private final java.util.List<Duration> pauses = new ArrayList<>();

    @Test
    void a_failure_that_a_retry_cannot_solve_ends_the_watch() {
        port.results = List.of(job(JobState.RUNNING, 2), Either.left(new OtaFailure.NotFound(details())));

        assertThat(watch(TINY).getLeft()).isInstanceOf(OtaFailure.NotFound.class);
        assertThat(changes).hasSize(1);
    }

    @Test
    void a_retryable_failure_is_reported_and_the_poll_repeated_at_growing_intervals() {
        port.results = List.of(
                Either.left(new OtaFailure.Unavailable(details().withRetry(Option.some(Duration.ofNanos(99))))),
                Either.left(new OtaFailure.RateLimited(details().withRetry(Option.none()))),
                job(JobState.FINISHED, 2));

        assertThat(watch(TINY).get().outcome()).contains(JobOutcome.NONE_SUCCEEDED);
        assertThat(pauses).containsExactly(Duration.ofNanos(99), Duration.ofNanos(9));
        assertThat(changes).hasSize(1);
    }

    @Test
    void unreadable_polls_of_a_proxy_are_repeated_up_to_five_in_a_row() {
        Either<OtaFailure, UpgradeJob> unreadable = Either.left(new OtaFailure.UnreadableResponse(details()));
        port.results = List.fill(4, unreadable)
                .append(job(JobState.RUNNING, 2))
                .appendAll(List.fill(4, unreadable))
                .append(job(JobState.FINISHED, 2));

        assertThat(watch(TINY).isRight()).isTrue();
        assertThat(pauses).hasSize(8);

        port.polls = 0;
        port.results = List.fill(5, unreadable).append(job(JobState.FINISHED, 2));

        assertThat(watch(TINY).getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(port.polls).isEqualTo(5);
    }

    @Test
    void a_job_without_counts_is_reported_without_them_until_it_ends() {
        port.counts = Either.left(new OtaFailure.UnreadableResponse(details()));
        port.results = List.of(
                withoutCounts(JobState.PREPARING),
                withoutCounts(JobState.PREPARING),
                withoutCounts(JobState.RUNNING),
                job(JobState.RUNNING, 2),
                withoutCounts(JobState.RUNNING),
                job(JobState.FINISHED, 2));

        assertThat(watch(TINY).get().counts().get().total()).isEqualTo(2);
        assertThat(changes.stream().map(job -> job.counts().isDefined())).containsExactly(false, false, true, true);
        assertThat(pauses).isEmpty();
    }

    @Test
    void a_job_that_ended_is_not_returned_without_counts() {
        port.counts = Either.left(new OtaFailure.UnreadableResponse(details()));
        port.results = List.of(withoutCounts(JobState.FINISHED));

        assertThat(watch(TINY).getLeft()).isInstanceOf(OtaFailure.UnreadableResponse.class);
        assertThat(changes).isEmpty();
    }

    @Test
    void a_job_that_does_not_end_exceeds_the_timeout() {
        port.results = List.of(job(JobState.RUNNING, 2));
        JobWatch watch = TINY.timeout(Duration.ofMillis(2));

        OtaFailure failure = watch(watch).getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.DeadlineExceeded.class);
        assertThat(failure.summary()).contains("j1");
        assertThat(failure.backend()).isEqualTo("shelf");
        assertThat(changes).hasSize(1);
    }

    @Test
    void a_timeout_shorter_than_the_interval_still_polls_at_the_timeout() {
        port.results = List.of(job(JobState.RUNNING, 2), job(JobState.FINISHED, 2));
        JobWatch watch = JobWatch.standard()
                .every(Duration.ofDays(1), Duration.ofDays(1))
                .timeout(Duration.ofMillis(2));

        assertThat(watch(watch).isRight()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {86_400, Long.MAX_VALUE})
    void an_interrupt_ends_the_watch_and_stays_set(long interval) {
        port.results = List.of(job(JobState.RUNNING, 2));
        port.interruptsAt = 1;

        OtaFailure failure = watch(
                        JobWatch.standard().every(Duration.ofSeconds(interval), Duration.ofSeconds(interval)))
                .getLeft();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).isInstanceOf(OtaFailure.Cancelled.class);
        assertThat(port.polls).isEqualTo(1);
    }

    @Test
    void only_changes_of_state_and_counts_are_reported() {
        port.results = List.of(
                job(JobState.SCHEDULED, 2),
                job(JobState.SCHEDULED, 2),
                job(JobState.RUNNING, 2),
                job(JobState.RUNNING, 1),
                job(JobState.RUNNING, 1),
                job(JobState.CANCELLED, 1));

        assertThat(watch(TINY).get().state().value()).isEqualTo(JobState.CANCELLED);
        assertThat(changes.stream().map(job -> job.state().value()))
                .containsExactly(JobState.SCHEDULED, JobState.RUNNING, JobState.RUNNING, JobState.CANCELLED);
    }

    @Test
    void counts_that_the_job_lacks_are_requested_separately() {
        port.results = List.of(withoutCounts(JobState.FINISHED));

        UpgradeJob ended = port.watch(ID).get();

        assertThat(ended.counts().get().of(TaskState.SUCCEEDED)).isEqualTo(3);
        assertThat(ended.outcome()).contains(JobOutcome.ALL_SUCCEEDED);
    }

    @Test
    void intervals_grow_to_the_longest() {
        JobWatch watch = JobWatch.standard();

        assertThat(watch.after(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(3));
        assertThat(watch.after(Duration.ofSeconds(50))).isEqualTo(Duration.ofMinutes(1));
        assertThatIllegalArgumentException().isThrownBy(() -> watch.every(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> watch.every(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }

    private Either<OtaFailure, UpgradeJob> watch(JobWatch watch) {
        return port.watch(ID, watch, new JobListener() {
            @Override
            public void changed(UpgradeJob job) {
                changes.add(job);
            }

            @Override
            public void pollFailed(OtaFailure failure, Duration retryIn) {
                pauses.add(retryIn);
            }
        });
    }

    private static Either<OtaFailure, UpgradeJob> job(JobState state, long queued) {
        return Either.right(UpgradeJob.builder(ID, Reported.of(state))
                .build()
                .withCounts(new TaskCounts(HashMap.of(TaskState.QUEUED, queued))));
    }

    private static Either<OtaFailure, UpgradeJob> withoutCounts(JobState state) {
        return Either.right(UpgradeJob.builder(ID, Reported.of(state)).build());
    }

    private static FailureDetails details() {
        return FailureDetails.of(ORIGIN, "It failed", "Try again");
    }

    /** Returns one result for each poll; the last one again after that. */
    private static final class FakePort implements JobQueryPort {

        List<Either<OtaFailure, UpgradeJob>> results = List.empty();
        Either<OtaFailure, TaskCounts> counts = Either.right(new TaskCounts(HashMap.of(TaskState.SUCCEEDED, 3L)));
        int interruptsAt;
        int polls;

        @Override
        public Either<OtaFailure, UpgradeJob> find(JobId id) {
            if (++polls == interruptsAt) {
                Thread.currentThread().interrupt();
            }
            return results.get(Math.min(polls, results.size()) - 1);
        }

        @Override
        public Either<OtaFailure, TaskCounts> counts(JobId id) {
            return counts;
        }

        @Override
        public Either<OtaFailure, List<UpgradeJob>> findByToken(ClientToken token, FirmwareId firmware) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Either<OtaFailure, List<UpgradeJob>> findByToken(ClientToken token) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Pages<UpgradeJob> list(JobFilter filter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Pages<UpgradeTask> tasks(JobId job, TaskFilter filter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Either<OtaFailure, RequestEstimate> estimate(JobId job, TaskFilter filter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public OtaFailure unsupported(Capability missing) {
            return Capabilities.of().unsupported(ORIGIN, missing);
        }
    }
}
