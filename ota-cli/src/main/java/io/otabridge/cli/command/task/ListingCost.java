package io.otabridge.cli.command.task;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.page.RequestEstimate;
import io.vavr.control.Option;
import java.time.Duration;

/** Announces a list of tasks that takes long. */
public final class ListingCost {

    private static final Duration LONG = Duration.ofSeconds(10);

    /** As many requests take long where the quota is unknown. */
    private static final long MANY = 100;

    private ListingCost() {}

    /**
     * Announces a list if it takes long.
     *
     * @param advice follows the announcement
     */
    public static void announce(
            OtaCommand root, SelectedBackend selected, JobId job, TaskFilter filter, String advice) {
        selected.backend()
                .jobs()
                .estimate(job, filter)
                .toOption()
                .flatMap(ListingCost::announcement)
                .forEach(text -> root.hints().note(text + advice));
    }

    /** The announcement of a list that takes long; absent for others. */
    static Option<String> announcement(RequestEstimate cost) {
        boolean isUnlimited = cost.duration().isZero();
        boolean isLong = isUnlimited ? cost.requests() >= MANY : cost.duration().compareTo(LONG) > 0;
        return Option.when(
                isLong,
                () -> "reading " + ValueFormatter.count(cost.items(), "task") + " needs about "
                        + ValueFormatter.count(cost.requests(), "request")
                        + (isUnlimited ? "" : ", and at least " + ValueFormatter.duration(cost.duration())));
    }
}
