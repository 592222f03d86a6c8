package io.otabridge.cli.command;

import io.otabridge.app.FirmwareDiff;
import io.otabridge.app.FirmwareDiff.Difference;
import io.otabridge.app.InventoryRequest;
import io.otabridge.app.OtaBridge;
import io.otabridge.app.ProductAliases;
import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.render.Cell;
import io.otabridge.cli.render.Column;
import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.FirmwareCsv;
import io.otabridge.cli.render.FirmwareTable;
import io.otabridge.cli.render.ProductNames;
import io.otabridge.cli.render.Table;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.cli.terminal.ListingProgress;
import io.otabridge.cli.terminal.TextWrapper;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two backends. */
@Command(
        name = "diff",
        description = {
            "Shows where the firmware packages of two backends differ: by product, target and version, then by size,"
                    + " digest, source versions and verification.",
            "Products are the same if they have the same name in the configuration, or the same id. The exit code is 0 if"
                    + " there is no difference, and 1 if there is."
        })
public final class DiffCommand implements Callable<Integer> {

    private static final String ID = "id ";
    private static final Pattern DIGEST = Pattern.compile("\\b([0-9a-fA-F]{12})[0-9a-fA-F]{20,}\\b");

    private final OtaCommand root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "<A>", description = "The first backend, by its name in the configuration.")
    private @Nullable String left;

    @Parameters(index = "1", paramLabel = "<B>", description = "The second backend.")
    private @Nullable String right;

    @Mixin
    private FirmwareFilterOptions selection = new FirmwareFilterOptions();

    public DiffCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String first = Objects.requireNonNull(left, "left");
        String second = Objects.requireNonNull(right, "right");
        if (first.equals(second)) {
            throw new ParameterException(spec.commandLine(), "a backend cannot be compared with itself");
        }
        try (OtaBridge ota = root.openAll()) {
            InventoryRequest query = CliException.requireValid(() -> query(ota, first, second));
            boolean isKnown = query.product().forAll(name -> root.hints().noteUnknownProduct(name, ota.products()));
            Either<OtaFailure, FirmwareDiff> result = compare(ota, first, second, query);
            if (result.isLeft()) {
                return root.errors().failure(result.getLeft());
            }
            FirmwareDiff diff = result.get();
            if (!isKnown && diff.isSame() && diff.same() == 0) {
                throw new CliException(
                        ExitCode.NOT_FOUND,
                        "Nothing was compared: neither backend has packages of product "
                                + query.product().get(),
                        "the configuration has no product of this name",
                        "Name a product of the configuration, or the vendor's id of a product: ota product list");
            }
            root.print(
                    () -> table(
                            diff, ota.products(), root.environment().terminal().outputWidth()),
                    () -> diff,
                    () -> csv(diff));
            return diff.isSame() ? ExitCode.FOUND : ExitCode.DIFFERENT;
        }
    }

    private InventoryRequest query(OtaBridge ota, String first, String second) {
        return selection.query(ota, io.vavr.collection.List.of(first, second));
    }

    private Either<OtaFailure, FirmwareDiff> compare(
            OtaBridge ota, String first, String second, InventoryRequest query) {
        try (ListingProgress progress = root.environment().progress()) {
            return ota.diff(first, second, query.progress(progress::update));
        }
    }

    private static String table(FirmwareDiff diff, ProductAliases aliases, int width) {
        if (diff.isSame()) {
            return TextWrapper.wrapLines(
                            diff.same() == 0
                                    ? "No difference: neither backend has matching packages."
                                    : "No difference. " + same(diff),
                            width)
                    + "\n";
        }
        ProductNames products = ProductNames.of(
                aliases,
                Map.of(
                        diff.left(), diff.differences().flatMap(Difference::left),
                        diff.right(), diff.differences().flatMap(Difference::right)));
        Table table = Table.of(
                Column.text("DIFFERENCE"),
                Column.text("PRODUCT"),
                Column.required("TARGET"),
                Column.required("VERSION"),
                Column.optionalText(1, "DETAILS"));
        for (Difference difference : diff.differences()) {
            FirmwareSummary firmware = difference.firmware();
            String backend = difference.left().isDefined() ? diff.left() : diff.right();
            table.row(List.of(
                    Cell.of(label(difference, diff)),
                    Cell.of(products.of(backend, firmware.product())),
                    FirmwareTable.targetInList(firmware.target()),
                    Cell.of(firmware.version().value()),
                    detailsInList(difference)));
        }
        return table.fit(width) + "\n" + TextWrapper.wrapLines(same(diff), width) + "\n";
    }

    /** Returns the details, with a short form that has only the first digits of digests, and no id. */
    private static Cell detailsInList(Difference difference) {
        String text = details(difference);
        return Cell.of(text, text.startsWith(ID) ? "-" : DIGEST.matcher(text).replaceAll("$1…"));
    }

    private static String same(FirmwareDiff diff) {
        String content = diff.uncompared() == 0
                ? ""
                : "; the content of " + diff.uncompared()
                        + " could not be compared, because there is no digest of the same algorithm on both sides";
        return (diff.same() == 0
                        ? "No package is"
                        : ValueFormatter.count(diff.same(), "package") + (diff.same() == 1 ? " is" : " are"))
                + " the same on both, as far as known" + content + ".";
    }

    private static String label(Difference difference, FirmwareDiff diff) {
        return switch (difference.kind()) {
            case ONLY_LEFT -> "only in " + diff.left();
            case ONLY_RIGHT -> "only in " + diff.right();
            case DIFFERENT_CONTENT -> "different content";
            case DIFFERENT_SOURCES -> "different source versions";
            case VERIFIED_ONLY_LEFT -> "verified only in " + diff.left();
            case VERIFIED_ONLY_RIGHT -> "verified only in " + diff.right();
        };
    }

    private static String details(Difference difference) {
        return difference
                .details()
                .getOrElse(() ->
                        difference.left().isDefined() && difference.right().isDefined()
                                ? verification(difference.left()) + " and " + verification(difference.right())
                                : ID + difference.firmware().id());
    }

    private static String verification(Option<FirmwareSummary> firmware) {
        return FirmwareTable.verification(firmware.get().verification());
    }

    private static CsvWriter csv(FirmwareDiff diff) {
        CsvWriter csv = CsvWriter.of(
                List.of("difference", "product", "target", "module", "version", "left_id", "right_id", "details"));
        for (Difference difference : diff.differences()) {
            csv.row(List.of(
                    difference.kind().code(),
                    CsvWriter.cell(difference.product()),
                    difference.firmware().target().code(),
                    CsvWriter.cell(FirmwareCsv.module(difference.firmware().target())),
                    difference.firmware().version().value(),
                    CsvWriter.cell(difference.left().map(FirmwareSummary::id)),
                    CsvWriter.cell(difference.right().map(FirmwareSummary::id)),
                    details(difference)));
        }
        return csv;
    }
}
