package io.otabridge.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.app.BackendInventory;
import io.otabridge.app.Inventory;
import io.otabridge.app.InventoryRequest;
import io.otabridge.app.OtaBridge;
import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.option.FirmwareSort;
import io.otabridge.cli.option.ListOptions;
import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.FirmwareCsv;
import io.otabridge.cli.render.FirmwareTable;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.cli.report.HtmlReportFile;
import io.otabridge.cli.report.InventoryHtmlReport;
import io.otabridge.cli.terminal.ListingProgress;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.domain.OtaFailure;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists the packages of several backends. */
@Command(
        name = "inventory",
        description = {
            "Lists the firmware packages of all configured backends, several backends concurrently.",
            "If a backend fails, the failure is reported and the other backends are listed."
        })
public final class InventoryCommand implements Callable<Integer> {

    private final OtaCommand root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @CommandLine.Option(
            names = "--backends",
            paramLabel = "NAME",
            split = ",",
            description = "Only these backends, separated by commas.")
    private String @Nullable [] backends;

    @Mixin
    private FirmwareFilterOptions selection = new FirmwareFilterOptions();

    @CommandLine.Option(
            names = "--sort",
            paramLabel = "KEY",
            description = ListOptions.SORT + " Each backend is sorted, and limited, on its own.")
    private @Nullable FirmwareSort sort;

    @Mixin
    private ListOptions listOptions = new ListOptions();

    @CommandLine.Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "4",
            description = "The number of backends that are queried concurrently. Default: ${DEFAULT-VALUE}.")
    private int parallel;

    @CommandLine.Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "The time limit for the whole list of a backend. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @CommandLine.Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write an HTML page, in which packages can be filtered and sorted, instead of printing.")
    private @Nullable Path html;

    public InventoryCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        if (html != null && root.isFormatGiven()) {
            throw new ParameterException(
                    spec.commandLine(), "--html and --output exclude each other: give one of the two");
        }
        if (html != null && (sort != null || listOptions.isGiven())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--html does not go with --sort, --reverse and --limit: the page has all packages, and sorts them");
        }
        List<String> named = backends == null ? List.empty() : BackendsOption.names(spec, backends);
        OtaCommand.requireBetween(1, Integer.MAX_VALUE, spec, "--parallel", parallel);
        OtaCommand.requireBetween(1, Integer.MAX_VALUE, spec, "--deadline", seconds);
        Option<HtmlReportFile> page = Option.of(html)
                .map(file -> new HtmlReportFile(root.environment().directory().resolve(file)));
        page.forEach(HtmlReportFile::requireReplaceable);
        try (OtaBridge ota = root.openAll()) {
            InventoryRequest query = CliException.requireValid(() -> query(ota, named));
            query.product().forEach(name -> root.hints().noteUnknownProduct(name, ota.products()));
            Inventory all = read(ota, query);
            return page.map(file -> report(all, () -> write(all, file)))
                    .getOrElse(() -> report(all, () -> print(sorted(all), count(all))));
        }
    }

    private InventoryRequest query(OtaBridge ota, List<String> named) {
        return selection.query(ota, named).parallel(parallel).deadline(Duration.ofSeconds(seconds));
    }

    private Inventory read(OtaBridge ota, InventoryRequest query) {
        try (ListingProgress progress = root.environment().progress()) {
            return ota.inventory(query.progress(progress::update));
        }
    }

    private Inventory sorted(Inventory inventory) {
        return new Inventory(
                inventory
                        .backends()
                        .map(one -> new BackendInventory(
                                one.backend(),
                                one.vendor(),
                                one.capabilities(),
                                listOptions.apply(sort, one.firmware()),
                                one.failure())),
                inventory.skipped(),
                inventory.products(),
                inventory.isFiltered());
    }

    /** Prints the inventory, and reports failures even if it cannot be written. Returns the exit code of the first failure. */
    private int report(Inventory inventory, Runnable output) {
        inventory
                .skipped()
                .forEach(backend -> root.hints()
                        .note("backend " + backend
                                + " was skipped, because the configuration has no id of this product for it"));
        int exitCode;
        try {
            output.run();
        } finally {
            List<OtaFailure> failures = inventory.backends().flatMap(BackendInventory::failure);
            List<Integer> codes = failures.map(root.errors()::failure);
            exitCode = codes.headOption().getOrElse(ExitCode.FOUND);
        }
        return exitCode;
    }

    /** @param all the number of packages before {@code --limit} */
    private void print(Inventory inventory, int all) {
        int omitted = all - count(inventory);
        if (omitted > 0) {
            root.hints().note("--limit omitted " + ValueFormatter.count(omitted, "package"));
        }
        root.print(
                () -> FirmwareTable.inventory(
                        inventory,
                        FirmwareSort.heading(sort),
                        root.environment().formatter()),
                () -> json(inventory, omitted),
                () -> csv(inventory));
    }

    private static int count(Inventory inventory) {
        return inventory.backends().map(one -> one.firmware().size()).sum().intValue();
    }

    private static ObjectNode json(Inventory inventory, int omitted) {
        ObjectNode json = JsonOutput.object()
                .put("complete", inventory.isComplete() && omitted == 0)
                .put("omitted", omitted);
        return json.setAll(JsonOutput.fields(inventory).<ObjectNode>without("complete"));
    }

    private void write(Inventory inventory, HtmlReportFile file) {
        file.write(InventoryHtmlReport.html(
                inventory, root.environment().context().clock().instant()));
        int failed = inventory.backends().count(one -> one.failure().isDefined());
        root.environment()
                .err()
                .println("Wrote " + TerminalEscaper.of(file.path().toString()) + ": "
                        + ValueFormatter.count(count(inventory), "package") + " of "
                        + ValueFormatter.count(inventory.backends().size(), "backend")
                        + (failed == 0 ? "" : ", of which " + failed + " failed"));
    }

    private static CsvWriter csv(Inventory inventory) {
        CsvWriter csv = FirmwareCsv.empty();
        inventory
                .backends()
                .forEach(backend -> backend.firmware()
                        .forEach(one -> FirmwareCsv.add(
                                csv, backend.backend(), backend.vendor().name(), one)));
        return csv;
    }
}
