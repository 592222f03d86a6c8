package io.otabridge.cli.render;

import static io.otabridge.cli.render.CsvWriter.cell;

import io.otabridge.domain.Product;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;

/** Writes firmware packages as CSV, with the fields of lists. Values are the same as in JSON. */
public final class FirmwareCsv {

    private static final List<String> COLUMNS = List.of(
            "backend",
            "vendor",
            "id",
            "name",
            "product_id",
            "product_name",
            "resource_space",
            "target",
            "module",
            "version",
            "update",
            "source_versions",
            "verification",
            "size",
            "checksums",
            "custom_info",
            "description",
            "created",
            "modified");

    private FirmwareCsv() {}

    public static CsvWriter of(Backend backend, FirmwareSummary firmware) {
        return list(backend, io.vavr.collection.List.of(firmware));
    }

    public static CsvWriter list(Backend backend, Seq<FirmwareSummary> firmware) {
        CsvWriter csv = empty();
        firmware.forEach(one -> add(csv, backend.name(), backend.vendor().name(), one));
        return csv;
    }

    /** Returns only the header. */
    public static CsvWriter empty() {
        return CsvWriter.of(COLUMNS);
    }

    public static void add(CsvWriter csv, String backend, String vendor, FirmwareSummary firmware) {
        List<String> cells =
                new ArrayList<>(List.of(backend, vendor, firmware.id().value()));
        cells.add(cell(firmware.name()));
        cells.add(cell(firmware.product().map(Product::id)));
        cells.add(cell(firmware.product().flatMap(Product::name)));
        cells.add(cell(firmware.resourceSpace()));
        cells.add(firmware.target().code());
        cells.add(cell(module(firmware.target())));
        cells.add(firmware.version().value());
        cells.add(firmware.kind().code());
        cells.add(firmware.sourceVersions().mkString(" "));
        cells.add(firmware.verification().code());
        cells.add(cell(firmware.size()));
        cells.add(firmware.checksums()
                .map(digest -> digest.algorithm().map(name -> name + ":").getOrElse("") + digest.value())
                .mkString(" "));
        cells.add(cell(firmware.customInfo()));
        cells.add(cell(firmware.description()));
        cells.add(time(firmware.created()));
        cells.add(time(firmware.modified()));
        csv.row(cells);
    }

    /** Returns the module name of a target; absent for other kinds of target. */
    public static Option<String> module(FirmwareTarget target) {
        return target instanceof FirmwareTarget.Module named
                ? Option.some(named.name().value())
                : Option.none();
    }

    /** Returns the time in UTC, or the vendor's text if it could not be parsed. */
    public static String time(Option<VendorTimestamp> time) {
        return time.map(t -> t.instant().map(Object::toString).getOrElse(t.text()))
                .getOrElse("");
    }
}
