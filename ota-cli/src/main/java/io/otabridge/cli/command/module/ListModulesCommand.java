package io.otabridge.cli.command.module;

import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.option.ListOptions;
import io.otabridge.cli.option.ModuleSort;
import io.otabridge.cli.option.ProductOption;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ModuleCsv;
import io.otabridge.cli.render.ModuleTable;
import io.otabridge.cli.render.ResultRenderers;
import io.otabridge.domain.module.OtaModule;
import io.vavr.collection.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the modules of a product. */
@Command(
        name = "list",
        description = {
            "Lists all modules of a product.",
            "If a page fails, nothing is printed, so the output is always complete."
        })
public final class ListModulesCommand implements Callable<Integer> {

    private final OtaCommand root;

    @Option(
            names = "--product",
            paramLabel = "P",
            required = true,
            description = "The product, " + ProductOption.MEANING)
    private @Nullable String product;

    @Option(names = "--sort", paramLabel = "KEY", description = ListOptions.SORT)
    private @Nullable ModuleSort sort;

    @Mixin
    private ListOptions listOptions = new ListOptions();

    public ListModulesCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String nameOrId = Objects.requireNonNull(product, "product");
        return root.execute(
                selected -> root.read(
                        selected, selected.backend().modules().list(selected.product(nameOrId)), listOptions, sort),
                new ResultRenderers<List<OtaModule>>(
                        (backend, modules) ->
                                ModuleTable.list(modules, root.environment().formatter()),
                        (backend, modules) -> JsonOutput.of(backend, "modules", modules),
                        ModuleCsv::list));
    }
}
