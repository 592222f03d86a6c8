package io.otabridge.cli.command.firmware;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.cli.command.DeleteAction;
import io.otabridge.cli.command.FirmwareFilterOptions;
import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.Confirmation;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.option.NewestBy;
import io.otabridge.cli.render.FirmwareTable;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.cli.terminal.TextWrapper;
import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.vavr.collection.List;
import io.vavr.control.Either;
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
            "Full images and deltas are counted separately; if the vendor does not state the kind (Huawei), packages with"
                    + " and without source versions. A package is deleted only if the order shows that N others are"
                    + " newer, so a package that cannot be ordered is kept."
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
        return root.run(selected -> requireFileDeletion(selected)
                .flatMap(able ->
                        root.readAll(selected, selected.backend().firmware().list(selection.filterForChange(selected))))
                .map(packages -> PrunePlan.of(packages, keep, order, isOnlyUnverified))
                .fold(root.errors()::failure, plan -> prune(selected, plan)));
    }

    /** Fails before the plan, and not once for each package of it. */
    private Either<OtaFailure, Capabilities> requireFileDeletion(SelectedBackend selected) {
        Backend backend = selected.backend();
        Capabilities capabilities = backend.capabilities();
        return isWithFile && !capabilities.has(Capability.DELETE_STORED_FILE)
                ? Either.left(capabilities.unsupported(
                        new OperationContext(backend.name(), backend.vendor(), "prune"), Capability.DELETE_STORED_FILE))
                : Either.right(capabilities);
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
                    actions.size(),
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
                + (plan.hasPossibleDeltas()
                        ? " The kind of some packages is not known: those with source versions may be deltas, and are"
                                + " counted separately."
                        : "")
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
