package io.otabridge.cli.command.job;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.option.ListOptions;
import io.otabridge.cli.option.ProductOption;
import io.otabridge.cli.option.SortKey;
import io.otabridge.cli.render.PrintsIds;
import io.otabridge.domain.Reported;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.job.JobFilter;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.UpgradeJob;
import io.vavr.collection.List;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists upgrade jobs. */
@Command(
        name = "list",
        description = {
            "Lists upgrade jobs, the newest first. If a page fails, nothing is printed.",
            "All jobs are read, also with --limit. Alibaba and Tuya list jobs by package: without --firmware, the jobs of"
                    + " every package are listed."
        })
public final class ListJobsCommand implements Callable<Integer>, PrintsIds {

    /** The states, for the completion of the shell. */
    static final class States implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return List.of(JobState.values()).map(Reported::code).iterator();
        }
    }

    /** Vendors sort only within a package, or within a type of jobs. */
    private static final Comparator<UpgradeJob> NEWEST_FIRST = SortKey.of(
                    (UpgradeJob job) -> job.created().flatMap(VendorTimestamp::instant),
                    Comparator.<Instant>naturalOrder())
            .order(true);

    private final OtaCommand root;

    @Option(names = "--firmware", paramLabel = "ID", description = "Only jobs with this package.")
    private @Nullable FirmwareId firmware;

    @Option(names = "--product", paramLabel = "P", description = "Only jobs of this product, " + ProductOption.MEANING)
    private @Nullable String product;

    @Option(
            names = "--device",
            paramLabel = "ID",
            description = "Only jobs with a task for this device (Alibaba, Tuya; needs --product).")
    private @Nullable DeviceId device;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            completionCandidates = States.class,
            description = "Only jobs in one of these states, separated by commas: ${COMPLETION-CANDIDATES}.")
    private JobState[] states = {};

    @Mixin
    private ListOptions listOptions = new ListOptions();

    public ListJobsCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return root.execute(
                selected -> root.readAll(selected, selected.backend().jobs().list(filter(selected)))
                        .map(jobs -> listOptions.apply(null, jobs.sorted(NEWEST_FIRST))),
                new JobRenderers(root.environment().formatter()).list());
    }

    private JobFilter filter(SelectedBackend selected) {
        JobFilter filter =
                states.length == 0 ? JobFilter.all() : JobFilter.all().states(states);
        if (firmware != null) {
            filter = filter.firmware(firmware);
        }
        if (product != null) {
            filter = filter.product(selected.product(product));
        }
        return device == null ? filter : filter.device(new DeviceRef(filter.product(), device));
    }
}
