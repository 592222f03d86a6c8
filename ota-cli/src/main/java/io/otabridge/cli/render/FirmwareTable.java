package io.otabridge.cli.render;

import static io.otabridge.cli.render.ValueFormatter.orAbsent;

import io.otabridge.app.Inventory;
import io.otabridge.domain.Product;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Checksum;
import io.otabridge.domain.firmware.FileLocation;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareFile;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;

/** Writes firmware packages as text: one package with its fields and files, or a table of packages. */
public final class FirmwareTable {

    private static final List<String> HEADINGS =
            List.of("FIRMWARE ID", "PRODUCT", "TARGET", "VERSION", "KIND", "VERIFICATION", "SIZE", "CREATED");

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
                .toString());
        firmware.files()
                .forEachWithIndex((file, index) -> text.append("\nfile ")
                        .append(index + 1)
                        .append(" of ")
                        .append(files)
                        .append('\n')
                        .append(file(file, formatter)));
        return text.toString();
    }

    public static String list(Seq<FirmwareSummary> firmware, ValueFormatter formatter) {
        Table table = Table.plain().row(HEADINGS.toArray(String[]::new));
        firmware.forEach(one -> table.row(cells(one, formatter).toArray(String[]::new)));
        return table.toString();
    }

    public static String inventory(Inventory inventory, ValueFormatter formatter) {
        List<String> headings = new ArrayList<>(HEADINGS);
        headings.add(0, "BACKEND");
        Table table = Table.plain().row(headings.toArray(String[]::new));
        inventory
                .backends()
                .forEach(backend -> backend.firmware().forEach(one -> {
                    List<String> cells = cells(one, formatter);
                    cells.add(0, backend.backend());
                    Option<String> name = one.product()
                            .flatMap(product -> inventory.products().name(backend.backend(), product.id()));
                    name.forEach(known -> cells.set(2, known));
                    table.row(cells.toArray(String[]::new));
                }));
        return table.toString();
    }

    private static List<String> cells(FirmwareSummary firmware, ValueFormatter formatter) {
        List<String> cells = new ArrayList<>();
        cells.add(firmware.id().value());
        cells.add(orAbsent(firmware.product().map(Product::id)));
        cells.add(target(firmware.target()));
        cells.add(firmware.version().value());
        cells.add(kind(firmware.kind()));
        cells.add(verification(firmware.verification()));
        cells.add(ValueFormatter.size(firmware.size()));
        cells.add(formatter.time(firmware.created()));
        return cells;
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
        return table.toString();
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
