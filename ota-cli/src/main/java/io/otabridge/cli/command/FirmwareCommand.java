package io.otabridge.cli.command;

import io.otabridge.cli.option.ProductOption;
import io.otabridge.cli.option.TargetOptions;
import io.otabridge.cli.render.FirmwareCsv;
import io.otabridge.cli.render.FirmwareJson;
import io.otabridge.cli.render.FirmwareTable;
import io.otabridge.cli.render.OutputFormats;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.batch.BatchResult;
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
import picocli.CommandLine.TypeConversionException;

/** Shows, finds, lists and deletes firmware packages. */
@Command(name = "firmware", description = "Shows, finds, lists and deletes firmware packages.")
public final class FirmwareCommand {

    private static OutputFormats<Firmware> one(OtaCommand root) {
        return new OutputFormats<>(
                (backend, firmware) ->
                        FirmwareTable.of(backend, firmware, root.surroundings().words()),
                FirmwareJson::of,
                (backend, firmware) -> FirmwareCsv.of(backend, FirmwareSummary.of(firmware)));
    }

    private static OutputFormats<List<BatchResult<FirmwareId, Firmware>>> several(OtaCommand root) {
        return new OutputFormats<>(
                (backend, answers) -> answers.flatMap(BatchResult::found)
                        .map(firmware -> FirmwareTable.of(
                                backend, firmware, root.surroundings().words()))
                        .mkString("\n"),
                FirmwareJson::answers,
                (backend, answers) -> FirmwareCsv.list(
                        backend, answers.flatMap(BatchResult::found).map(FirmwareSummary::of)));
    }

    /** Shows one package, or several. */
    @Command(
            name = "show",
            description = {
                "Shows one firmware package, or several, with everything the vendor says about it.",
                "The output may hold a download link, which works for anybody who has it: treat it like a password."
            })
    public static final class Show implements Callable<Integer> {

        private final OtaCommand root;

        @Parameters(
                paramLabel = "<id>",
                arity = "1..*",
                description = "The vendor's id of the package. Several are asked for at the same time.")
        private FirmwareId[] ids = {};

        public Show(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            List<FirmwareId> asked = List.of(ids).distinct();
            return asked.size() == 1
                    ? root.ask(chosen -> chosen.backend().firmware().find(asked.head()), one(root))
                    : root.askAll(
                            asked, (chosen, all) -> chosen.backend().firmware().findAll(all), several(root));
        }
    }

    /** Finds one package by what people call it. */
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
        private @Nullable TargetOptions target;

        @ArgGroup(exclusive = true, multiplicity = "1")
        private @Nullable Which which;

        public Find(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            String asked = Objects.requireNonNull(product, "product");
            FirmwareTarget part = Objects.requireNonNull(target, "target").toTarget();
            Which choice = Objects.requireNonNull(which, "which");
            return root.ask(chosen -> choice.find(chosen, asked, part), one(root));
        }
    }

    /** The version, or the newest. */
    static final class Which {

        @Option(names = "--firmware-version", paramLabel = "V", description = "In exactly this version.")
        private @Nullable FirmwareVersion version;

        @ArgGroup(exclusive = false)
        private @Nullable Newest newest;

        Either<OtaFailure, Firmware> find(SelectedBackend chosen, String product, FirmwareTarget target) {
            FirmwareQueryPort port = chosen.backend().firmware();
            if (version != null) {
                return port.find(new FirmwareCoordinates(chosen.product(product), target, version));
            }
            Newest asked = Objects.requireNonNull(newest, "newest");
            FirmwareFilter all =
                    FirmwareFilter.all().product(chosen.product(product)).target(target);
            FirmwareFilter filter = asked.verified ? all.verified() : all;
            return port.newest(filter, asked.toOrder())
                    .flatMap(listed -> port.find(listed.id())
                            .flatMap(details ->
                                    chosen.requireDetails(filter.version(listed.version()), listed, details)));
        }
    }

    /** The newest, and what that means. */
    static final class Newest {

        @Option(
                names = "--newest",
                paramLabel = "ORDER",
                arity = "0..1",
                fallbackValue = "created",
                required = true,
                description = {
                    "The newest: --newest or --newest=created by time of creation,",
                    "--newest=semantic by version: Semantic Versioning, or by number if versions are the same text"
                            + " but for their numbers. Versions that cannot be compared are an error."
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

    /** What makes one package newer than another. */
    public enum NewestBy {
        CREATED,
        SEMANTIC;

        public static NewestBy parse(String word) {
            for (NewestBy order : values()) {
                if (order.toString().equals(word)) {
                    return order;
                }
            }
            throw new TypeConversionException("it must be created or semantic, but is \"" + word + "\"");
        }

        /** The word on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Lists packages. */
    @Command(
            name = "list",
            description = {
                "Lists the firmware packages of the account, or those that the options mean.",
                "A list says less than 'show': neither links nor several files. If a page of it fails, nothing is"
                        + " listed: what is printed is whole."
            })
    public static final class ListAll implements Callable<Integer> {

        private final OtaCommand root;

        @Mixin
        private FirmwareFilterOptions selection = new FirmwareFilterOptions();

        public ListAll(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return root.ask(
                    chosen -> root.whole(chosen, chosen.backend().firmware().list(selection.filter(chosen))),
                    new OutputFormats<List<FirmwareSummary>>(
                            (backend, firmware) -> FirmwareTable.list(
                                    firmware, root.surroundings().words()),
                            FirmwareJson::list,
                            FirmwareCsv::list));
        }
    }

    /** Deletes one package. */
    @Command(
            name = "delete",
            description = {
                "Deletes one firmware package, after asking. One that is not there is a success.",
                "Huawei leaves the file itself in the object store."
            })
    public static final class Delete implements Callable<Integer> {

        private final OtaCommand root;

        @Parameters(paramLabel = "<id>", description = "The vendor's id of the package.")
        private @Nullable FirmwareId id;

        @Mixin
        private Confirmation confirmation = new Confirmation();

        public Delete(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            FirmwareId asked = Objects.requireNonNull(id, "id");
            DeleteAction<Firmware> removal = new DeleteAction<>(
                    "firmware " + asked,
                    found -> "version " + found.version() + " for " + FirmwareTable.target(found.target()),
                    chosen -> chosen.backend().firmware().find(asked),
                    (chosen, isDryRun) -> chosen.firmwareCommands(isDryRun).delete(asked));
            return removal.run(root, confirmation);
        }
    }
}
