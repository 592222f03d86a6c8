package io.otabridge.cli.command.module;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.context.StandardInput;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ModuleCsv;
import io.otabridge.cli.render.ModuleTable;
import io.otabridge.cli.render.ResultRenderers;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.OtaModule;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** Shows one module, or several. */
@Command(
        name = "show",
        description = {
            "Shows one module, or several, with all details that the vendor returns.",
            "Product and name work with every vendor. An id works only if the vendor has module ids."
        })
public final class ShowModuleCommand implements Callable<Integer> {

    private final OtaCommand root;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private @Nullable ModuleRefsOptions references;

    public ShowModuleCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        ModuleRefsOptions options = Objects.requireNonNull(references, "references");
        if (options.named != null) {
            ProductAndName named = options.named;
            return root.execute(selected -> find(named.toRef(selected), selected), one());
        }
        List<ModuleRef> ids = StandardInput.expand(List.of(options.ids), ModuleId::parse, root.environment())
                .map(ModuleRef::id);
        return ids.size() == 1
                ? root.execute(selected -> find(ids.head(), selected), one())
                : root.executeAll(
                        ids, (selected, all) -> selected.backend().modules().findAll(all), several());
    }

    private static Either<OtaFailure, OtaModule> find(ModuleRef ref, SelectedBackend selected) {
        return selected.backend().modules().find(ref);
    }

    private ResultRenderers<OtaModule> one() {
        return new ResultRenderers<>(
                this::text,
                (backend, module) -> JsonOutput.of(backend, "module", module),
                (backend, module) -> ModuleCsv.list(backend, List.of(module)));
    }

    private ResultRenderers<List<LookupResult<ModuleRef, OtaModule>>> several() {
        return new ResultRenderers<>(
                (backend, results) -> results.flatMap(LookupResult::result)
                        .map(module -> text(backend, module))
                        .mkString("\n"),
                (backend, results) -> JsonOutput.of(
                                backend,
                                "complete",
                                results.forAll(one -> one.result().isRight()))
                        .putPOJO("answers", results.map(ShowModuleCommand::answer)),
                (backend, results) -> ModuleCsv.list(backend, results.flatMap(LookupResult::result)));
    }

    /** Returns a result with the id as it is on the command line. */
    private static ObjectNode answer(LookupResult<ModuleRef, OtaModule> one) {
        return JsonOutput.object()
                .put("id", ((ModuleRef.ById) one.id()).id().value())
                .putPOJO("failure", one.result().swap().toOption())
                .putPOJO("module", one.result().toOption());
    }

    private String text(Backend backend, OtaModule module) {
        return ModuleTable.of(backend, module, root.environment().formatter());
    }
}
