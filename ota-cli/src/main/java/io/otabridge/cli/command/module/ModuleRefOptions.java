package io.otabridge.cli.command.module;

import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleRef;
import io.vavr.collection.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Parameters;

/** The options that reference a module: an id, or product and name. */
final class ModuleRefOptions {

    @Parameters(paramLabel = "<id>", description = "The vendor's id of the module.")
    private @Nullable ModuleId id;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private @Nullable ProductAndName named;

    /** Returns the module to change. */
    ModuleRef toRef(SelectedBackend selected) {
        return id != null
                ? ModuleRef.id(id)
                : Objects.requireNonNull(named, "product and name")
                        .toNew(selected)
                        .toRef();
    }

    /** Rejects {@code -}, which commands for several modules read as standard input. */
    ModuleRefOptions requireId() {
        if (id != null && id.value().equals("-")) {
            throw new CliException(
                    ExitCode.USAGE,
                    "Nothing was changed",
                    "this command changes one module, and reads no ids from standard input",
                    "Give the id of the module, or --product and --name");
        }
        return this;
    }

    List<String> show() {
        return id != null
                ? show(ModuleRef.id(id))
                : Objects.requireNonNull(named, "product and name").show();
    }

    @Override
    public String toString() {
        return id != null ? ModuleRef.id(id).toString() : String.valueOf(named);
    }

    /** Returns the arguments of the command that shows a module. */
    static List<String> show(ModuleRef ref) {
        List<String> show = List.of("module", "show");
        return ref instanceof ModuleRef.ByName named
                ? show.appendAll(List.of(
                        "--product",
                        named.product().value(),
                        "--name",
                        named.name().value()))
                : show.append(((ModuleRef.ById) ref).id().value());
    }
}
