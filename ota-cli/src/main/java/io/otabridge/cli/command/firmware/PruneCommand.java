package io.otabridge.cli.command.firmware;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.cli.command.DeleteAction;
import io.otabridge.cli.command.FirmwareFilterOptions;
import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.Confirmation;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.render.FirmwareTable;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.cli.terminal.TextWrapper;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.vavr.collection.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Deletes old packages. */
@Command(
        name = "prune",
        description = {
            "Deletes old firmware packages after confirmation, and keeps the newest of each product and target.",
            "Full images and deltas are counted separately. A package is deleted only if N others are certainly newer, so"
                    + " one that cannot be ordered is kept."
        })
public final class PruneCommand implements Callable<Integer> {

    private final OtaCommand root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--keep",
            paramLabel = "N",
            required = true,
            description = "How many packages of each product and target to keep.")
    private int keep;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            defaultValue = "created",
            description =
                    "What newer means: created (by creation time) or semantic (by version). Default: ${DEFAULT-VALUE}.")
    private NewestBy order = NewestBy.CREATED;

    @Option(names = "--unverified-only", description = "Delete only packages that must not be rolled out yet.")
    private boolean isOnlyUnverified;

    @Option(names = "--with-artifact", description = DeleteFirmwareCommand.WITH_ARTIFACT)
    private boolean isWithFile;

    @Mixin
    private FirmwareFilterOptions selection = new FirmwareFilterOptions();

    @Mixin
    private Confirmation confirmation = new Confirmation();

    public PruneCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        OtaCommand.requireBetween(1, Integer.MAX_VALUE, spec, "--keep", keep);
        return root.run(
                selected -> root.readAll(selected, selected.backend().firmware().list(selection.filter(selected)))
                        .map(packages -> PrunePlan.of(packages, keep, order, isOnlyUnverified))
                        .fold(root.errors()::failure, plan -> prune(selected, plan)));
    }

    private int prune(SelectedBackend selected, PrunePlan plan) {
        List<DeleteAction<Firmware>> actions =
                plan.deletions().map(one -> DeleteFirmwareCommand.deletion(one.id(), isWithFile));
        if (!confirmation.isGiven() && !confirmation.isDryRun() && actions.nonEmpty()) {
            root.environment().err().print(table(selected, plan));
            root.environment().err().print(summary(selected, plan));
            confirmation.require(
                    ValueFormatter.count(actions.size(), "firmware package") + " of backend "
                            + selected.backend().name(),
                    root.environment());
        }
        return DeleteAction.runConfirmed(
                actions,
                root,
                selected,
                confirmation.isDryRun(),
                text -> (confirmation.isDryRun() ? table(selected, plan) : text) + summary(selected, plan),
                json -> fields(selected, plan).setAll(json));
    }

    private String table(SelectedBackend selected, PrunePlan plan) {
        return plan.deletions().isEmpty()
                ? ""
                : FirmwareTable.list(
                        selected.backend().name(),
                        plan.deletions(),
                        selected.products(),
                        "",
                        root.environment().formatter());
    }

    private String summary(SelectedBackend selected, PrunePlan plan) {
        int kept = plan.all() - plan.deletions().size();
        String text = ValueFormatter.count(plan.deletions().size(), "package") + " to delete, " + kept + " to keep"
                + selected.backend()
                        .capabilities()
                        .packageLimit()
                        .map(limit -> "; the limit is " + limit.packages() + " per "
                                + limit.scope().description())
                        .getOrElse("")
                + "."
                + (plan.unordered().isEmpty()
                        ? ""
                        : " Kept because they cannot be ordered: "
                                + plan.unordered().map(FirmwareSummary::id).mkString(", ") + ".");
        return TextWrapper.wrapLines(
                        TerminalEscaper.of(text), root.environment().formatter().width())
                + "\n";
    }

    private ObjectNode fields(SelectedBackend selected, PrunePlan plan) {
        return JsonOutput.of(
                        selected.backend(),
                        "limit",
                        selected.backend().capabilities().packageLimit())
                .put("keep", keep)
                .put("order", order.toString())
                .put("packages", plan.all())
                .putPOJO("unordered", plan.unordered().map(FirmwareSummary::id));
    }
}
