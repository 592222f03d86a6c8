package io.otabridge.cli.command.module;

import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.option.ProductOption;
import io.otabridge.domain.ProductId;
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

    /** Returns the module to look at. */
    ModuleRef toRef(SelectedBackend selected) {
        return named(selected.product(Objects.requireNonNull(product, "product")))
                .toRef();
    }

    List<String> show() {
        return List.of("module", "show", "--product", String.valueOf(product), "--name", String.valueOf(name));
    }

    /** Returns the module to change. */
    NewModule toNew(SelectedBackend selected) {
        return named(selected.productToChange(Objects.requireNonNull(product, "product")));
    }

    private NewModule named(ProductId id) {
        return NewModule.named(id, Objects.requireNonNull(name, "name"));
    }

    @Override
    public String toString() {
        return "module " + name + " of product " + product;
    }
}
