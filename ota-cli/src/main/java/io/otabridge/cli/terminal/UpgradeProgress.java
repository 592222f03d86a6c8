package io.otabridge.cli.terminal;

import io.otabridge.domain.Reported;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeJob;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import java.io.PrintStream;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** The tasks of the watched jobs, as one bar with a segment for each state. */
public final class UpgradeProgress extends ProgressLine {

    private static final int WIDTH = 30;
    private static final String SPINNER = "|/-\\";
    private static final List<TaskState> ORDER = List.of(
            TaskState.SUCCEEDED,
            TaskState.FAILED,
            TaskState.CANCELLED,
            TaskState.REMOVED,
            TaskState.CANCELLING,
            TaskState.RUNNING,
            TaskState.NOTIFIED,
            TaskState.AWAITING_RETRY);

    private final int columns;
    private Map<JobId, UpgradeJob> jobs = LinkedHashMap.empty();
    private String note = "";

    /**
     * Creates a line that is not visible yet.
     *
     * @param nanos the time source, such as {@link System#nanoTime}
     * @param interrupts clears the line if the process ends early
     * @param columns the width of the terminal, which the line does not exceed
     */
    public UpgradeProgress(
            PrintStream err, boolean isShown, LongSupplier nanos, InterruptActions interrupts, int columns) {
        super(err, isShown, nanos, interrupts);
        this.columns = columns;
    }

    /** Starts a thread that draws the line while the job does not change. Returns this. */
    public UpgradeProgress moving() {
        animate();
        return this;
    }

    /** Shows the state of the job, together with that of the other ones. */
    public synchronized void update(UpgradeJob changed) {
        jobs = jobs.put(changed.id(), changed);
        note = "";
        draw();
    }

    /** Shows a note until the next change. */
    public synchronized void note(String text) {
        note = ", " + text;
        draw();
    }

    @Override
    synchronized String text(int number) {
        String line = SPINNER.charAt(number % SPINNER.length()) + " " + TerminalEscaper.of(label() + note);
        return line.length() < columns ? line : line.substring(0, columns - 2) + "\u2026";
    }

    private String label() {
        if (jobs.isEmpty()) {
            return "waiting";
        }
        TaskCounts counts = new TaskCounts(jobs.values()
                .flatMap(UpgradeJob::counts)
                .map(TaskCounts::byState)
                .foldLeft(HashMap.empty(), (sum, more) -> sum.merge(more, Long::sum)));
        return bar(counts)
                + (jobs.values().exists(job -> job.counts().isDefined())
                        ? " " + counts.ended() + " of " + counts.total() + " ended"
                        : "")
                + counts.byState()
                        .toJavaStream()
                        .map(count -> ", " + count._2 + " " + words(count._1))
                        .collect(Collectors.joining())
                + states();
    }

    private String states() {
        if (jobs.size() > 1) {
            return "; " + jobs.values().count(UpgradeJob::isFinal) + " of " + jobs.size() + " jobs ended";
        }
        UpgradeJob job = jobs.values().head();
        return job.state().code().equals("running")
                ? ""
                : "; the job is " + words(job.state().value());
    }

    /** Each state with tasks has a segment, however few they are. */
    private static String bar(TaskCounts counts) {
        StringBuilder bar = new StringBuilder();
        List<TaskState> later = ORDER.filter(state -> counts.of(state) > 0);
        long passed = 0;
        while (later.nonEmpty()) {
            TaskState state = later.head();
            later = later.tail();
            passed += counts.of(state);
            long end = Math.max(bar.length() + 1, passed * WIDTH / counts.total());
            while (bar.length() < Math.min(end, WIDTH - later.size())) {
                bar.append(symbol(state));
            }
        }
        return "[" + bar + ".".repeat(WIDTH - bar.length()) + "]";
    }

    private static char symbol(TaskState state) {
        return switch (state) {
            case SUCCEEDED -> '#';
            case FAILED -> 'x';
            case CANCELLED, REMOVED -> '-';
            default -> '>';
        };
    }

    private static String words(Enum<?> state) {
        return Reported.code(state).replace('-', ' ');
    }
}
