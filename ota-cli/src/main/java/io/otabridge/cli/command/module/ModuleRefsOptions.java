package io.otabridge.cli.command.module;

import io.otabridge.cli.context.StandardInput;
import io.otabridge.domain.module.ModuleId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Parameters;

/** The options that reference modules: ids, or product and name of one. */
final class ModuleRefsOptions {

    @Parameters(
            paramLabel = "<id>",
            arity = "1..*",
            description = {
                "The vendor's id of the module. Several modules are requested concurrently.",
                StandardInput.MEANING
            })
    ModuleId[] ids = {};

    @ArgGroup(exclusive = false, multiplicity = "1")
    @Nullable ProductAndName named;
}
