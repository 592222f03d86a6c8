package io.otabridge.cli.command;

import io.otabridge.cli.option.ProductOption;
import io.otabridge.cli.render.ModuleCsv;
import io.otabridge.cli.render.ModuleJson;
import io.otabridge.cli.render.ModuleTable;
import io.otabridge.cli.render.OutputFormats;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows, lists, creates, updates and deletes OTA modules. */
@Command(
        name = "module",
        description =
                "Shows, lists, creates, updates and deletes OTA modules, the separately upgradable parts of a product's devices.")
public final class ModuleCommand {

    /** Shows one module. */
    @Command(
            name = "show",
            description = {
                "Shows one module with everything the vendor says about it.",
                "By product and name works with every vendor; by id only where the vendor has ids."
            })
    public static final class Show implements Callable<Integer> {

        private final OtaCommand root;

        @ArgGroup(exclusive = true, multiplicity = "1")
        private @Nullable Reference reference;

        public Show(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            Reference asked = Objects.requireNonNull(reference, "reference");
            return root.ask(
                    chosen -> chosen.backend().modules().find(asked.toRef(chosen)),
                    new OutputFormats<OtaModule>(
                            (backend, module) -> ModuleTable.of(
                                    backend, module, root.surroundings().words()),
                            ModuleJson::of,
                            (backend, module) -> ModuleCsv.list(backend, List.of(module))));
        }
    }

    /** Lists the modules of a product. */
    @Command(
            name = "list",
            description = {
                "Lists every module of a product.",
                "If a page of the list fails, nothing is listed: what is printed is whole."
            })
    public static final class ListAll implements Callable<Integer> {

        private final OtaCommand root;

        @Option(
                names = "--product",
                paramLabel = "P",
                required = true,
                description = "The product, " + ProductOption.MEANING)
        private @Nullable String product;

        public ListAll(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            String asked = Objects.requireNonNull(product, "product");
            return root.ask(
                    chosen -> root.whole(chosen, chosen.backend().modules().list(chosen.product(asked))),
                    new OutputFormats<List<OtaModule>>(
                            (backend, modules) -> ModuleTable.list(
                                    modules, root.surroundings().words()),
                            ModuleJson::list,
                            ModuleCsv::list));
        }
    }

    /** Creates a module. */
    @Command(
            name = "create",
            description = {
                "Creates a module in a product.",
                "One that is there already with the same alias and description is a success, so that asking again after"
                        + " a lost answer is safe."
            })
    public static final class Create implements Callable<Integer> {

        private final OtaCommand root;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private ProductAndName named = new ProductAndName();

        @Mixin
        private Texts texts = new Texts();

        @Option(names = "--dry-run", description = "Only say what would be created; nothing is changed.")
        private boolean dryRun;

        public Create(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return root.ask(chosen -> outcome(texts.describe(named.toNew(chosen), spec), chosen), outcomeView(root));
        }

        private Either<OtaFailure, Outcome> outcome(NewModule module, SelectedBackend chosen) {
            String word = dryRun ? "would-create" : "created";
            return chosen.moduleCommands(dryRun)
                    .create(module)
                    .map(created -> new Outcome(created.alreadyExisted() ? "existed" : word, created.value()));
        }
    }

    /** Changes a module. */
    @Command(
            name = "update",
            description = "Changes a module's alias or description; what is not given stays as it is.")
    public static final class Update implements Callable<Integer> {

        private final OtaCommand root;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @ArgGroup(exclusive = true, multiplicity = "1")
        private @Nullable Reference reference;

        @Mixin
        private Texts texts = new Texts();

        @Option(names = "--dry-run", description = "Only say what the module would become; nothing is changed.")
        private boolean dryRun;

        public Update(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            Reference asked = Objects.requireNonNull(reference, "reference");
            ModuleUpdate change = texts.toChange(spec);
            return root.ask(chosen -> outcome(asked.toRef(chosen), change, chosen), outcomeView(root));
        }

        private Either<OtaFailure, Outcome> outcome(ModuleRef ref, ModuleUpdate change, SelectedBackend chosen) {
            return chosen.moduleCommands(dryRun)
                    .update(ref, change)
                    .map(module -> new Outcome(dryRun ? "would-update" : "updated", module));
        }
    }

    /** Deletes a module. */
    @Command(name = "delete", description = "Deletes a module, after asking. One that is not there is a success.")
    public static final class Delete implements Callable<Integer> {

        private final OtaCommand root;

        @ArgGroup(exclusive = true, multiplicity = "1")
        private @Nullable Reference reference;

        @Mixin
        private Confirmation confirmation = new Confirmation();

        public Delete(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            Reference asked = Objects.requireNonNull(reference, "reference");
            DeleteAction<OtaModule> removal = new DeleteAction<>(
                    asked.toString(),
                    module -> "name " + module.name()
                            + module.alias().map(alias -> ", alias " + alias).getOrElse(""),
                    chosen -> chosen.backend().modules().find(asked.toRef(chosen)),
                    (chosen, isDryRun) -> chosen.moduleCommands(isDryRun).delete(asked.toRef(chosen)));
            return removal.run(root, confirmation);
        }
    }

    /** What became of a module. */
    private record Outcome(String word, OtaModule module) {

        private String sentence() {
            return switch (word) {
                case "created" -> "Created module " + module.name();
                case "existed" -> "Module " + module.name() + " was there already; nothing was changed";
                case "would-create" -> "Would create module " + module.name();
                case "updated" -> "Module " + module.name() + " is now";
                default -> "Module " + module.name() + " would become";
            };
        }
    }

    private static OutputFormats<Outcome> outcomeView(OtaCommand root) {
        return new OutputFormats<>(
                (backend, outcome) -> TerminalEscaper.of(outcome.sentence()) + "\n\n"
                        + ModuleTable.of(
                                backend, outcome.module(), root.surroundings().words()),
                (backend, outcome) -> ModuleJson.outcome(backend, outcome.word(), outcome.module()),
                (backend, outcome) -> ModuleCsv.outcome(backend, outcome.word(), outcome.module()));
    }

    /** Alias and description. */
    static final class Texts {

        @Option(names = "--alias", paramLabel = "A", description = "The module's name for people.")
        private @Nullable String alias;

        @Option(names = "--description", paramLabel = "D", description = "What the module is.")
        private @Nullable String description;

        NewModule describe(NewModule module, CommandSpec spec) {
            requireText(spec);
            NewModule named = alias == null ? module : module.alias(alias);
            return description == null ? named : named.description(description);
        }

        private void requireText(CommandSpec spec) {
            if ((alias != null && alias.isBlank()) || (description != null && description.isBlank())) {
                throw new ParameterException(
                        spec.commandLine(),
                        "Alias and description must not be blank; no vendor says how to take one away again");
            }
        }

        ModuleUpdate toChange(CommandSpec spec) {
            if (alias == null && description == null) {
                throw new ParameterException(
                        spec.commandLine(), "Missing required option: --alias=A or --description=D, or both");
            }
            requireText(spec);
            ModuleUpdate.Builder change = ModuleUpdate.builder();
            if (alias != null) {
                change.alias(alias);
            }
            if (description != null) {
                change.description(description);
            }
            return change.build();
        }
    }

    /** An id, or product and name. */
    static final class Reference {

        @Parameters(paramLabel = "<id>", description = "The vendor's id of the module.")
        private @Nullable ModuleId id;

        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable ProductAndName named;

        ModuleRef toRef(SelectedBackend chosen) {
            return id != null
                    ? ModuleRef.id(id)
                    : Objects.requireNonNull(named, "product and name").toRef(chosen);
        }

        @Override
        public String toString() {
            return id != null ? ModuleRef.id(id).toString() : String.valueOf(named);
        }
    }

    /** Both are needed. */
    static final class ProductAndName {

        @Option(
                names = "--product",
                paramLabel = "P",
                required = true,
                description = "The product, " + ProductOption.MEANING)
        private @Nullable String product;

        @Option(
                names = "--name",
                paramLabel = "N",
                required = true,
                description = "The module's name, in exactly this spelling.")
        private @Nullable ModuleName name;

        ModuleRef toRef(SelectedBackend chosen) {
            return toNew(chosen).toRef();
        }

        NewModule toNew(SelectedBackend chosen) {
            return NewModule.named(
                    chosen.product(Objects.requireNonNull(product, "product")), Objects.requireNonNull(name, "name"));
        }

        @Override
        public String toString() {
            return "module " + name + " of product " + product;
        }
    }
}
