package io.otabridge.cli.render;

import static io.otabridge.cli.render.ValueFormatter.orAbsent;

import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.module.OtaModule;
import io.vavr.collection.Seq;

/** OTA modules for people. */
public final class ModuleTable {

    private ModuleTable() {}

    public static String of(Backend backend, OtaModule module, ValueFormatter words) {
        return Table.plain()
                .row("backend", backend.name() + " (" + backend.vendor() + ")")
                .row("module id", orAbsent(module.id()))
                .row("name", module.name().value())
                .row("alias", orAbsent(module.alias()))
                .row("product id", module.product().id().value())
                .row("product name", orAbsent(module.product().name()))
                .row("resource space", orAbsent(module.resourceSpace()))
                .row("description", orAbsent(module.description()))
                .row("created", words.time(module.created()))
                .row("modified", words.time(module.modified()))
                .toString();
    }

    public static String list(Seq<OtaModule> modules, ValueFormatter words) {
        Table table = Table.plain().row("NAME", "ALIAS", "MODULE ID", "CREATED", "DESCRIPTION");
        modules.forEach(module -> table.row(
                module.name().value(),
                orAbsent(module.alias()),
                orAbsent(module.id()),
                words.time(module.created()),
                orAbsent(module.description())));
        return table.toString();
    }
}
