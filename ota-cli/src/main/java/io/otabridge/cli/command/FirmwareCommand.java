package io.otabridge.cli.command;

import io.otabridge.cli.context.Confirmation;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.context.StandardInput;
import io.otabridge.cli.option.FirmwareSort;
import io.otabridge.cli.option.FirmwareTargetOptions;
import io.otabridge.cli.option.ListOptions;
import io.otabridge.cli.option.ProductOption;
import io.otabridge.cli.render.FirmwareCsv;
import io.otabridge.cli.render.FirmwareTable;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ResultRenderers;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.VersionComparator;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows, finds, lists and deletes firmware packages. */
@Command(name = "firmware", description = "Shows, finds, lists and deletes firmware packages.")
public final class FirmwareCommand {

    private static ResultRenderers<Firmware> one(OtaCommand root) {
        return new ResultRenderers<>(
                (backend, firmware) ->
                        FirmwareTable.of(backend, firmware, root.environment().formatter()),
                (backend, firmware) -> JsonOutput.of(backend, "firmware", firmware),
                (backend, firmware) -> FirmwareCsv.of(backend, FirmwareSummary.of(firmware)));
    }

    private static ResultRenderers<List<LookupResult<FirmwareId, Firmware>>> several(OtaCommand root) {
        return new ResultRenderers<>(
                (backend, results) -> results.flatMap(LookupResult::result)
                        .map(firmware -> FirmwareTable.of(
                                backend, firmware, root.environment().formatter()))
                        .mkString("\n"),
                (backend, results) -> JsonOutput.of(
                                backend,
                                "complete",
                                results.forAll(one -> one.result().isRight()))
                        .putPOJO("answers", results),
                (backend, results) -> FirmwareCsv.list(
                        backend, results.flatMap(LookupResult::result).map(FirmwareSummary::of)));
    }

    /** Shows one package, or several. */
    @Command(
            name = "show",
            description = {
                "Shows one firmware package, or several, with all details that the vendor returns.",
                "The output may contain a download link. Anyone who has the link can download, so treat it like a password."
            })
    public static final class Show implements Callable<Integer> {

        private final OtaCommand root;

        @Parameters(
                paramLabel = "<id>",
                arity = "1..*",
                description = {
                    "The vendor's id of the package. Several packages are requested concurrently.",
                    StandardInput.MEANING
                })
        private FirmwareId[] ids = {};

        public Show(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            List<FirmwareId> distinct = StandardInput.expand(List.of(ids), FirmwareId::parse, root.environment());
            return distinct.size() == 1
                    ? root.execute(selected -> selected.backend().firmware().find(distinct.head()), one(root))
                    : root.executeAll(
                            distinct,
                            (selected, all) -> selected.backend().firmware().findAll(all),
                            several(root));
        }
    }

    /** Finds one package by product, target and version, or the newest package. */
    @Command(
            name = "find",
            description = {
                "Finds one firmware package by product, target and version, or the newest one, and shows it like 'show'.",
                "The same command works with every vendor."
            })
    public static final class Find implements Callable<Integer> {

        private final OtaCommand root;

        @Option(
                names = "--product",
                paramLabel = "P",
                required = true,
                description = "The product, " + ProductOption.MEANING)
        private @Nullable String product;

        @ArgGroup(exclusive = true, multiplicity = "1")
        private @Nullable FirmwareTargetOptions target;

        @ArgGroup(exclusive = true, multiplicity = "1")
        private @Nullable VersionOptions version;

        public Find(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            String nameOrId = Objects.requireNonNull(product, "product");
            FirmwareTarget updated = Objects.requireNonNull(target, "target").toTarget();
            VersionOptions options = Objects.requireNonNull(version, "version");
            return root.execute(selected -> options.find(selected, nameOrId, updated), one(root));
        }
    }

    /** Selects the package by its version, or the newest package. */
    static final class VersionOptions {

        @Option(names = "--firmware-version", paramLabel = "V", description = "Exactly this version.")
        private @Nullable FirmwareVersion version;

        @ArgGroup(exclusive = false)
        private @Nullable NewestOptions newest;

        Either<OtaFailure, Firmware> find(SelectedBackend selected, String product, FirmwareTarget target) {
            FirmwareQueryPort port = selected.backend().firmware();
            if (version != null) {
                return port.find(new FirmwareCoordinates(selected.product(product), target, version));
            }
            NewestOptions options = Objects.requireNonNull(newest, "newest");
            FirmwareFilter all =
                    FirmwareFilter.all().product(selected.product(product)).target(target);
            FirmwareFilter filter = options.verified ? all.verified() : all;
            return port.newest(filter, options.toOrder())
                    .flatMap(listed -> port.find(listed.id())
                            .flatMap(details ->
                                    selected.requireDetails(filter.version(listed.version()), listed, details)));
        }
    }

    /** Selects the newest package by an order. */
    static final class NewestOptions {

        @Option(
                names = "--newest",
                paramLabel = "ORDER",
                arity = "0..1",
                fallbackValue = "created",
                required = true,
                description = {
                    "The newest package: --newest or --newest=created by creation time,",
                    "--newest=semantic by version: Semantic Versioning, or number by number if the versions differ only in"
                            + " their numbers. Versions that cannot be compared are an error."
                })
        private @Nullable NewestBy by;

        @Option(names = "--verified", description = FirmwareFilterOptions.VERIFIED)
        private boolean verified;

        FirmwareOrder toOrder() {
            return by == NewestBy.SEMANTIC
                    ? FirmwareOrder.byVersion(VersionComparator.SEMANTIC)
                    : FirmwareOrder.byCreation();
        }
    }

    /** The orders by which a package is the newest. */
    public enum NewestBy {
        CREATED,
        SEMANTIC;

        /** Returns the name on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Lists packages. */
    @Command(
            name = "list",
            description = {
                "Lists the firmware packages of the account that match the options.",
                "A list has fewer details than 'show': no download links and no single files. If a page fails, nothing is"
                        + " printed, so the output is always complete."
            })
    public static final class ListAll implements Callable<Integer> {

        private final OtaCommand root;

        @Mixin
        private FirmwareFilterOptions selection = new FirmwareFilterOptions();

        @Option(names = "--sort", paramLabel = "KEY", description = ListOptions.SORT)
        private @Nullable FirmwareSort sort;

        @Mixin
        private ListOptions listOptions = new ListOptions();

        public ListAll(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return root.execute(
                    selected -> root.read(
                                    selected,
                                    selected.backend().firmware().list(selection.filter(selected)),
                                    listOptions.needed(sort))
                            .map(all -> listOptions.apply(sort, all)),
                    products -> new ResultRenderers<List<FirmwareSummary>>(
                            (backend, firmware) -> FirmwareTable.list(
                                    backend.name(),
                                    firmware,
                                    products,
                                    FirmwareSort.heading(sort),
                                    root.environment().formatter()),
                            (backend, firmware) -> JsonOutput.of(backend, "firmwareList", firmware),
                            FirmwareCsv::list));
        }
    }

    /** Deletes packages. */
    @Command(
            name = "delete",
            description = {
                "Deletes firmware packages after confirmation. Succeeds if a package does not exist, unless --must-exist"
                        + " is given.",
                "On Huawei, the file stays in the object store."
            })
    public static final class Delete implements Callable<Integer> {

        private final OtaCommand root;

        @Parameters(
                paramLabel = "<id>",
                arity = "1..*",
                description = {
                    "The vendor's id of the package. Several packages need --yes or --dry-run.",
                    StandardInput.MEANING
                })
        private FirmwareId[] ids = {};

        @Mixin
        private Confirmation confirmation = new Confirmation();

        public Delete(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return DeleteAction.run(
                    StandardInput.expand(List.of(ids), FirmwareId::parse, root.environment())
                            .map(this::deletion),
                    root,
                    confirmation);
        }

        private DeleteAction<Firmware> deletion(FirmwareId id) {
            return new DeleteAction<>(
                    "firmware " + id,
                    List.of("firmware", "show", id.value()),
                    found -> "version " + found.version() + " for " + FirmwareTable.target(found.target()),
                    selected -> selected.backend().firmware().find(id),
                    (selected, isDryRun) -> selected.firmwareCommands(isDryRun).delete(id));
        }
    }
}
