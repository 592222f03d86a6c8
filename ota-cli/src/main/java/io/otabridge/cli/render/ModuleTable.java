package io.otabridge.cli.render;

import static io.otabridge.cli.render.ValueFormatter.orAbsent;

import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.module.OtaModule;
import io.vavr.collection.Seq;
import java.util.List;

/** Writes OTA modules as text. */
public final class ModuleTable {

    private ModuleTable() {}

    public static String of(Backend backend, OtaModule module, ValueFormatter formatter) {
        return Table.plain()
                .row("backend", backend.name() + " (" + backend.vendor() + ")")
                .row("module id", orAbsent(module.id()))
                .row("name", module.name().value())
                .row("alias", orAbsent(module.alias()))
                .row("product id", module.product().id().value())
                .row("product name", orAbsent(module.product().name()))
                .row("resource space", orAbsent(module.resourceSpace()))
                .row("description", orAbsent(module.description()))
                .row("created", formatter.time(module.created()))
                .row("modified", formatter.time(module.modified()))
                .fit(formatter.width());
    }

    public static String list(Seq<OtaModule> modules, ValueFormatter formatter) {
        if (modules.isEmpty()) {
            return "No modules found\n";
        }
        Table table = Table.of(
                Column.required("NAME"),
                Column.text("ALIAS"),
                Column.required("MODULE ID"),
                Column.optional(1, "CREATED"),
                Column.text("DESCRIPTION"));
        modules.forEach(module -> table.row(List.of(
                Cell.of(module.name().value()),
                Cell.of(orAbsent(module.alias())),
                Cell.of(orAbsent(module.id())),
                formatter.timeInList(module.created()),
                Cell.of(orAbsent(module.description())))));
        return table.fit(formatter.width());
    }
}
