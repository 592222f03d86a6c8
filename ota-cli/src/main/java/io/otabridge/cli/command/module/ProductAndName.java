package io.otabridge.cli.command.module;

import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.option.ProductOption;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.NewModule;
import io.vavr.collection.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that reference a module by product and name. */
final class ProductAndName {

    @Option(
            names = "--product",
            paramLabel = "P",
            required = true,
            description = "The product, " + ProductOption.MEANING)
    private @Nullable String product;

    @Option(names = "--name", paramLabel = "N", required = true, description = "The exact name of the module.")
    private @Nullable ModuleName name;

    ModuleRef toRef(SelectedBackend selected) {
        return toNew(selected).toRef();
    }

    List<String> show() {
        return List.of("module", "show", "--product", String.valueOf(product), "--name", String.valueOf(name));
    }

    NewModule toNew(SelectedBackend selected) {
        return NewModule.named(
                selected.product(Objects.requireNonNull(product, "product")), Objects.requireNonNull(name, "name"));
    }

    @Override
    public String toString() {
        return "module " + name + " of product " + product;
    }
}
