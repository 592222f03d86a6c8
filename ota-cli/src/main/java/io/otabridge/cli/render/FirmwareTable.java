package io.otabridge.cli.render;

import static io.otabridge.cli.render.ValueFormatter.orAbsent;

import io.otabridge.app.BackendInventory;
import io.otabridge.app.Inventory;
import io.otabridge.app.ProductAliases;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.domain.Product;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.vavr.Tuple;
import io.vavr.collection.Seq;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes firmware packages as text: one package with its fields and files, or a table of packages. */
public final class FirmwareTable {

    /** On a narrow terminal, the columns of a high rank are omitted first. */
    private static final List<Column> COLUMNS = List.of(
            Column.required("FIRMWARE ID"),
            Column.optionalText(1, "PRODUCT"),
            Column.required("TARGET"),
            Column.required("VERSION"),
            Column.optional(5, "KIND"),
            Column.optional(2, "VERIFICATION", "VERIFIED"),
            Column.optional(4, "SIZE"),
            Column.optional(3, "CREATED"));

    private static final String NO_PACKAGES = "No packages found\n";

    private FirmwareTable() {}

    public static String of(Backend backend, Firmware firmware, ValueFormatter formatter) {
        int files = firmware.files().size();
        StringBuilder text = new StringBuilder(Table.plain()
                .row("backend", backend.name() + " (" + backend.vendor() + ")")
                .row("firmware id", firmware.id().value())
                .row("name", orAbsent(firmware.name()))
                .row("product id", orAbsent(firmware.product().map(Product::id)))
                .row("product name", orAbsent(firmware.product().flatMap(Product::name)))
                .row("resource space", orAbsent(firmware.resourceSpace()))
                .row("target", target(firmware.target()))
                .row("version", firmware.version().value())
                .row("kind", kind(firmware.kind()))
                .row(
                        "source versions",
                        firmware.sourceVersions().isEmpty()
                                ? (firmware.kind() instanceof UpdateKind.Delta ? "not stated" : "any version")
                                : firmware.sourceVersions().mkString(", "))
                .row("verification", verification(firmware.verification()))
                .row("custom info", orAbsent(firmware.customInfo()))
                .row("description", orAbsent(firmware.description()))
                .row("created", formatter.time(firmware.created()))
                .row("modified", formatter.time(firmware.modified()))
                .row("files", files == 0 ? ValueFormatter.ABSENT : String.valueOf(files))
                .fit(formatter.width()));
        firmware.files()
                .forEachWithIndex((file, index) -> text.append("\nfile ")
                        .append(index + 1)
                        .append(" of ")
                        .append(files)
                        .append('\n')
                        .append(file(file, formatter)));
        return text.toString();
    }

    /**
     * Lists packages of one backend.
     *
     * @param kept the heading of a column that is not omitted on a narrow terminal; empty if there is none
     */
    public static String list(
            String backend,
            Seq<FirmwareSummary> firmware,
            ProductAliases aliases,
            String kept,
            ValueFormatter formatter) {
        ProductNames products = ProductNames.of(aliases, Map.of(backend, firmware));
        Table table = Table.of(columns(kept).toArray(Column[]::new));
        firmware.forEach(one -> table.row(cells(products.of(backend, one.product()), one, formatter)));
        return firmware.isEmpty() ? NO_PACKAGES : table.fit(formatter.width());
    }

    /**
     * Returns an empty text if all backends failed.
     *
     * @param kept the heading of a column that is not omitted on a narrow terminal; empty if there is none
     */
    public static String inventory(Inventory inventory, String kept, ValueFormatter formatter) {
        if (inventory.backends().forAll(backend -> backend.firmware().isEmpty())) {
            return inventory.backends().exists(backend -> backend.failure().isEmpty()) ? NO_PACKAGES : "";
        }
        ProductNames products = ProductNames.of(
                inventory.products(),
                inventory.backends().toJavaMap(backend -> Tuple.of(backend.backend(), backend.firmware())));
        List<Column> columns = new ArrayList<>(COLUMNS);
        columns.add(0, Column.required("BACKEND"));
        Table table = Table.of(columns.toArray(Column[]::new));
        StringBuilder byBackend = new StringBuilder();
        for (BackendInventory backend :
                inventory.backends().filter(one -> one.firmware().nonEmpty())) {
            Table own = Table.of(columns(kept).toArray(Column[]::new));
            for (FirmwareSummary one : backend.firmware()) {
                List<Cell> cells = cells(products.of(backend.backend(), one.product()), one, formatter);
                own.row(cells);
                cells = new ArrayList<>(cells);
                cells.add(0, Cell.of(backend.backend()));
                table.row(cells);
            }
            byBackend
                    .append(byBackend.isEmpty() ? "" : "\n")
                    .append(TerminalEscaper.of(backend.backend() + " (" + backend.vendor() + ")"))
                    .append('\n')
                    .append(own.fit(formatter.width()));
        }
        // A narrow terminal has no room for the column of backends.
        return table.width() <= formatter.width() ? table.toString() : byBackend.toString();
    }

    /** Returns the columns; the one with this heading is never omitted. */
    private static List<Column> columns(String kept) {
        return COLUMNS.stream().map(column -> column.requiredIf(kept)).toList();
    }

    private static List<Cell> cells(String product, FirmwareSummary firmware, ValueFormatter formatter) {
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.of(firmware.id().value()));
        cells.add(Cell.of(product));
        cells.add(targetInList(firmware.target()));
        cells.add(Cell.of(firmware.version().value()));
        cells.add(kindInList(firmware.kind()));
        cells.add(verificationInList(firmware.verification()));
        cells.add(Cell.of(ValueFormatter.sizeInList(firmware.size())));
        cells.add(formatter.timeInList(firmware.created()));
        return cells;
    }

    /** Returns the target, with a short form in which only the name of a module has no parentheses. */
    public static Cell targetInList(FirmwareTarget target) {
        String text = target(target);
        if (target instanceof FirmwareTarget.WholeDevice) {
            return Cell.of(text, "(device)");
        }
        if (target instanceof FirmwareTarget.Software) {
            return Cell.of(text, "(software)");
        }
        if (target instanceof FirmwareTarget.Module module) {
            return Cell.of(text, module.name().value());
        }
        return target instanceof FirmwareTarget.NotStated ? Cell.of(text, ValueFormatter.ABSENT) : Cell.of(text);
    }

    private static Cell kindInList(UpdateKind kind) {
        String text = kind(kind);
        if (kind instanceof UpdateKind.Full) {
            return Cell.of(text, "full");
        }
        if (kind instanceof UpdateKind.Delta) {
            return Cell.of(text, "delta");
        }
        return kind instanceof UpdateKind.NotStated ? Cell.of(text, ValueFormatter.ABSENT) : Cell.of(text);
    }

    private static Cell verificationInList(Verification state) {
        String text = verification(state);
        if (state instanceof Verification.NotRequired) {
            return Cell.of(text, "no need");
        }
        if (state instanceof Verification.Unverified) {
            return Cell.of(text, "no");
        }
        if (state instanceof Verification.Verifying verifying) {
            return Cell.of(
                    text, verifying.percent().map(percent -> percent + " %").getOrElse("not yet"));
        }
        if (state instanceof Verification.Verified) {
            return Cell.of(text, "yes");
        }
        return state instanceof Verification.NotOffered || state instanceof Verification.NotStated
                ? Cell.of(text, ValueFormatter.ABSENT)
                : Cell.of(text);
    }

    private static String file(FirmwareFile file, ValueFormatter formatter) {
        Table table = Table.indented().row("name", orAbsent(file.name())).row("size", ValueFormatter.size(file.size()));
        if (file.checksums().isEmpty()) {
            table.row("checksum", ValueFormatter.ABSENT);
        }
        for (Checksum checksum : file.checksums()) {
            table.row(checksum.algorithm().getOrElse("checksum"), checksum.value());
        }
        if (file.location().isEmpty()) {
            table.row("location", ValueFormatter.ABSENT);
        }
        for (FileLocation location : file.location()) {
            if (location instanceof FileLocation.DownloadLink link) {
                table.row("link", link.url().reveal()).row("link expires", formatter.expiry(link.expires()));
            } else if (location instanceof FileLocation.ObjectStore store) {
                table.row("store region", orAbsent(store.region()))
                        .row("bucket", orAbsent(store.bucket()))
                        .row("object key", orAbsent(store.key()));
            }
        }
        return table.fit(formatter.width());
    }

    public static String target(FirmwareTarget target) {
        if (target instanceof FirmwareTarget.WholeDevice) {
            return "the whole device";
        }
        if (target instanceof FirmwareTarget.Software) {
            return "the device's software";
        }
        if (target instanceof FirmwareTarget.Module module) {
            return "module " + module.name();
        }
        return target instanceof FirmwareTarget.Unknown unknown ? unknown(unknown.raw()) : "not stated";
    }

    public static String kind(UpdateKind kind) {
        if (kind instanceof UpdateKind.Full) {
            return "full image";
        }
        if (kind instanceof UpdateKind.Delta delta) {
            return delta.sourceVersion().map(version -> "delta from " + version).getOrElse("delta");
        }
        return kind instanceof UpdateKind.Unknown unknown ? unknown(unknown.raw()) : "not stated";
    }

    public static String verification(Verification state) {
        if (state instanceof Verification.NotRequired) {
            return "not required";
        }
        if (state instanceof Verification.Unverified) {
            return "unverified";
        }
        if (state instanceof Verification.Verifying verifying) {
            return verifying
                    .percent()
                    .map(percent -> "verifying (" + percent + " %)")
                    .getOrElse("verifying");
        }
        if (state instanceof Verification.Verified) {
            return "verified";
        }
        if (state instanceof Verification.Failed) {
            return "failed";
        }
        if (state instanceof Verification.NotOffered) {
            return "not offered by this vendor";
        }
        return state instanceof Verification.Unknown unknown ? unknown(unknown.raw()) : "not stated";
    }

    private static String unknown(String raw) {
        return "unknown (\"" + raw + "\")";
    }
}
