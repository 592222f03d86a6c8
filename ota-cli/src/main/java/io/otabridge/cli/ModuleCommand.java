package io.otabridge.cli;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks about OTA modules. */
@Command(
        name = "module",
        description = "Asks about OTA modules, the separately upgradable parts of a product's devices.")
final class ModuleCommand {

    /** Shows one module. */
    @Command(
            name = "show",
            description = {
                "Shows one module with everything the vendor says about it.",
                "By product and name works with every vendor; by id only where the vendor has ids."
            })
    static final class Show implements Callable<Integer> {

        private final OtaCommand root;

        @ArgGroup(exclusive = true, multiplicity = "1")
        private @Nullable Reference reference;

        Show(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            ModuleRef ref = Objects.requireNonNull(reference, "reference").toRef();
            return root.ask(
                    backend -> backend.modules().find(ref),
                    (backend, module) ->
                            ModuleTable.of(backend, module, root.surroundings().words()),
                    ModuleJson::of);
        }
    }

    /** Lists the modules of a product. */
    @Command(
            name = "list",
            description = {
                "Lists every module of a product.",
                "If a page of the list fails, nothing is listed: what is printed is whole."
            })
    static final class ListAll implements Callable<Integer> {

        private final OtaCommand root;

        @Option(
                names = "--product",
                paramLabel = "P",
                required = true,
                description = "The vendor's id of the product (Alibaba: ProductKey).")
        private @Nullable ProductId product;

        ListAll(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            ProductId asked = Objects.requireNonNull(product, "product");
            return root.ask(
                    backend -> Either.sequenceRight(
                            List.ofAll(backend.modules().stream(asked).toList())),
                    (backend, modules) ->
                            ModuleTable.list(modules, root.surroundings().words()),
                    ModuleJson::list);
        }
    }

    /** An id, or product and name. */
    static final class Reference {

        @Parameters(paramLabel = "<id>", description = "The vendor's id of the module.")
        private @Nullable ModuleId id;

        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable ProductAndName named;

        ModuleRef toRef() {
            return id != null
                    ? ModuleRef.id(id)
                    : Objects.requireNonNull(named, "product and name").toRef();
        }
    }

    /** Both are needed. */
    static final class ProductAndName {

        @Option(
                names = "--product",
                paramLabel = "P",
                required = true,
                description = "The vendor's id of the product (Alibaba: ProductKey).")
        private @Nullable ProductId product;

        @Option(
                names = "--name",
                paramLabel = "N",
                required = true,
                description = "The module's name, in exactly this spelling.")
        private @Nullable ModuleName name;

        ModuleRef toRef() {
            return ModuleRef.named(Objects.requireNonNull(product, "product"), Objects.requireNonNull(name, "name"));
        }
    }
}
