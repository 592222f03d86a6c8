package io.otabridge.domain.job;

import io.otabridge.domain.Capability;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Polls one job until it ends. */
final class JobWatcher {

    /** How many unreadable polls in a row end the watch. In a few of them, a proxy may have responded for the vendor. */
    private static final int MAX_UNREADABLE = 5;

    private final JobQueryPort jobs;
    private final JobWatch watch;
    private final JobListener listener;
    private final long started = System.nanoTime();
    private Option<UpgradeJob> last = Option.none();
    private int unreadable;

    JobWatcher(JobQueryPort jobs, JobWatch watch, JobListener listener) {
        this.jobs = jobs;
        this.watch = watch;
        this.listener = listener;
    }

    Either<OtaFailure, UpgradeJob> run(JobId id) {
        Duration interval = watch.shortest();
        while (true) {
            Either<OtaFailure, UpgradeJob> polled = poll(id);
            unreadable = polled.isLeft() && isUnreadable(polled.getLeft()) ? unreadable + 1 : 0;
            if (polled.isLeft() && !isRepeated(polled.getLeft())) {
                return polled;
            }
            boolean isChanged = polled.exists(this::isChanged);
            if (isChanged) {
                last = polled.toOption();
                listener.changed(polled.get());
            }
            if (polled.exists(UpgradeJob::isFinal)) {
                return polled;
            }
            interval = isChanged ? watch.shortest() : watch.after(interval);
            Duration pause = polled.isLeft() ? longer(interval, polled.getLeft().retryAfter()) : interval;
            Option<Duration> left = watch.timeout().map(timeout -> timeout.minus(elapsed()));
            if (left.exists(remaining -> remaining.isNegative() || remaining.isZero())) {
                return Either.left(timedOut(id));
            }
            Duration wait =
                    left.filter(remaining -> remaining.compareTo(pause) < 0).getOrElse(pause);
            polled.peekLeft(failure -> listener.pollFailed(failure, wait));
            if (!sleep(wait)) {
                return Either.left(cancelled(id));
            }
        }
    }

    private Either<OtaFailure, UpgradeJob> poll(JobId id) {
        return jobs.find(id).flatMap(job -> job.counts().isDefined() ? Either.right(job) : withCounts(job));
    }

    /** A vendor may not send the number of tasks before a job has begun. */
    private Either<OtaFailure, UpgradeJob> withCounts(UpgradeJob job) {
        Either<OtaFailure, UpgradeJob> counted = jobs.counts(job.id()).map(job::withCounts);
        return !job.isFinal() && counted.isLeft() && isUnreadable(counted.getLeft()) ? Either.right(job) : counted;
    }

    private boolean isRepeated(OtaFailure failure) {
        return failure.isRetryable() || (isUnreadable(failure) && unreadable < MAX_UNREADABLE);
    }

    private static boolean isUnreadable(OtaFailure failure) {
        return failure instanceof OtaFailure.UnreadableResponse;
    }

    private boolean isChanged(UpgradeJob job) {
        return last.isEmpty()
                || !last.get().state().equals(job.state())
                || job.counts().exists(counts -> !last.get().counts().contains(counts));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private static Duration longer(Duration interval, Option<Duration> other) {
        return other.filter(duration -> duration.compareTo(interval) > 0).getOrElse(interval);
    }

    private static boolean sleep(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(TimeUnit.NANOSECONDS.convert(duration));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private OtaFailure timedOut(JobId id) {
        return new OtaFailure.DeadlineExceeded(details(
                Message.of(
                        "Job {0} did not end within {1}",
                        id, watch.timeout().map(JobWatcher::text).getOrElse("")),
                Message.of("Watch it again; the job goes on")));
    }

    /** A duration without the start of ISO 8601, such as {@code 1h30m}. */
    private static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private OtaFailure cancelled(JobId id) {
        return new OtaFailure.Cancelled(details(
                Message.of("The watch of job {0} was interrupted", id), Message.of("Watch it again; the job goes on")));
    }

    private FailureDetails details(Message summary, Message advice) {
        return FailureDetails.of(jobs.unsupported(Capability.FIND_JOB).details().origin(), summary, advice);
    }
}
