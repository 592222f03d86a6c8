package io.otabridge.cli.render;

import static io.otabridge.cli.render.ValueFormatter.orAbsent;

import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.module.OtaModule;
import io.vavr.collection.Seq;

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
                .toString();
    }

    public static String list(Seq<OtaModule> modules, ValueFormatter formatter) {
        Table table = Table.plain().row("NAME", "ALIAS", "MODULE ID", "CREATED", "DESCRIPTION");
        modules.forEach(module -> table.row(
                module.name().value(),
                orAbsent(module.alias()),
                orAbsent(module.id()),
                formatter.time(module.created()),
                orAbsent(module.description())));
        return table.toString();
    }
}
