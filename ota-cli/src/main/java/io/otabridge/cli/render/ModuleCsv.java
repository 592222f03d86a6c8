package io.otabridge.cli.render;

import static io.otabridge.cli.render.CsvWriter.cell;

import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.module.OtaModule;
import io.vavr.collection.Seq;
import java.util.ArrayList;
import java.util.List;

/** Writes OTA modules as CSV. Values are the same as in JSON. */
public final class ModuleCsv {

    private static final List<String> COLUMNS = List.of(
            "backend",
            "vendor",
            "id",
            "product_id",
            "product_name",
            "name",
            "alias",
            "description",
            "resource_space",
            "created",
            "modified");

    private ModuleCsv() {}

    public static CsvWriter list(Backend backend, Seq<OtaModule> modules) {
        CsvWriter csv = CsvWriter.of(COLUMNS);
        modules.forEach(module -> csv.row(cells(backend, module)));
        return csv;
    }

    /** Writes one module with the outcome of a command. */
    public static CsvWriter outcome(Backend backend, String outcome, OtaModule module) {
        List<String> columns = new ArrayList<>(COLUMNS);
        columns.add(2, "outcome");
        List<String> cells = cells(backend, module);
        cells.add(2, outcome);
        return CsvWriter.of(columns).row(cells);
    }

    private static List<String> cells(Backend backend, OtaModule module) {
        List<String> cells =
                new ArrayList<>(List.of(backend.name(), backend.vendor().name()));
        cells.add(cell(module.id()));
        cells.add(module.product().id().value());
        cells.add(cell(module.product().name()));
        cells.add(module.name().value());
        cells.add(cell(module.alias()));
        cells.add(cell(module.description()));
        cells.add(cell(module.resourceSpace()));
        cells.add(FirmwareCsv.time(module.created()));
        cells.add(FirmwareCsv.time(module.modified()));
        return cells;
    }
}
