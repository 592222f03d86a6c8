package io.otabridge.cli.command.module;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ModuleCsv;
import io.otabridge.cli.render.ModuleTable;
import io.otabridge.cli.render.ResultRenderers;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.domain.module.OtaModule;

/** The result of a command, with the module after it. */
record ModuleOutcome(String code, OtaModule module) {

    private String sentence() {
        return switch (code) {
            case "created" -> "Created module " + module.name();
            case "existed" -> "Module " + module.name() + " already exists; nothing was changed";
            case "would-create" -> "Would create module " + module.name();
            case "updated" -> "Module " + module.name() + " is now";
            default -> "Module " + module.name() + " would become";
        };
    }

    static ResultRenderers<ModuleOutcome> renderers(OtaCommand root) {
        return new ResultRenderers<>(
                (backend, outcome) -> TerminalEscaper.of(outcome.sentence()) + "\n\n"
                        + ModuleTable.of(
                                backend, outcome.module(), root.environment().formatter()),
                (backend, outcome) ->
                        JsonOutput.of(backend, "module", outcome.module()).put("outcome", outcome.code()),
                (backend, outcome) -> ModuleCsv.outcome(backend, outcome.code(), outcome.module()));
    }
}
