package io.otabridge.cli;

import static io.otabridge.cli.Words.orAbsent;

import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.module.OtaModule;

/** An OTA module for people. */
final class ModuleTable {

    private ModuleTable() {}

    static String of(Backend backend, OtaModule module, Words words) {
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
}
