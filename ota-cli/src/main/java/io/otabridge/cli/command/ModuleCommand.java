package io.otabridge.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.cli.context.Confirmation;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.context.StandardInput;
import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.option.ListOptions;
import io.otabridge.cli.option.ModuleSort;
import io.otabridge.cli.option.ProductOption;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ModuleCsv;
import io.otabridge.cli.render.ModuleTable;
import io.otabridge.cli.render.ResultRenderers;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.batch.LookupResult;
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

    /** Shows one module, or several. */
    @Command(
            name = "show",
            description = {
                "Shows one module, or several, with all details that the vendor returns.",
                "Product and name work with every vendor. An id works only if the vendor has module ids."
            })
    public static final class Show implements Callable<Integer> {

        private final OtaCommand root;

        @ArgGroup(exclusive = true, multiplicity = "1")
        private @Nullable ModuleRefsOptions references;

        public Show(OtaCommand root) {
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
                            .putPOJO("answers", results.map(Show::answer)),
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

    /** Lists the modules of a product. */
    @Command(
            name = "list",
            description = {
                "Lists all modules of a product.",
                "If a page fails, nothing is printed, so the output is always complete."
            })
    public static final class ListAll implements Callable<Integer> {

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

        public ListAll(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            String nameOrId = Objects.requireNonNull(product, "product");
            return root.execute(
                    selected -> root.read(
                                    selected,
                                    selected.backend().modules().list(selected.product(nameOrId)),
                                    listOptions.needed(sort))
                            .map(all -> listOptions.apply(sort, all)),
                    new ResultRenderers<List<OtaModule>>(
                            (backend, modules) ->
                                    ModuleTable.list(modules, root.environment().formatter()),
                            (backend, modules) -> JsonOutput.of(backend, "modules", modules),
                            ModuleCsv::list));
        }
    }

    /** Creates a module. */
    @Command(
            name = "create",
            description = {
                "Creates a module in a product.",
                "Succeeds if the module already exists with the same alias and description, so it is safe to repeat the"
                        + " command after a lost response."
            })
    public static final class Create implements Callable<Integer> {

        private final OtaCommand root;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private ProductAndName named = new ProductAndName();

        @Mixin
        private DescriptionOptions description = new DescriptionOptions();

        @Option(names = "--dry-run", description = "Only print what would be created; nothing is changed.")
        private boolean dryRun;

        public Create(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            return root.execute(
                    selected -> outcome(description.describe(named.toNew(selected), spec), selected),
                    outcomeFormats(root));
        }

        private Either<OtaFailure, Outcome> outcome(NewModule module, SelectedBackend selected) {
            String code = dryRun ? "would-create" : "created";
            return (dryRun
                            ? selected.moduleCommands(true).create(module)
                            : root.change(
                                    selected,
                                    "the creation of " + module.toRef(),
                                    show(module.toRef()),
                                    () -> selected.moduleCommands(false).create(module)))
                    .map(created -> new Outcome(created.alreadyExisted() ? "existed" : code, created.value()));
        }
    }

    /** Updates a module. */
    @Command(
            name = "update",
            description = "Updates the alias or description of a module. An option that is not given changes nothing.")
    public static final class Update implements Callable<Integer> {

        private final OtaCommand root;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @ArgGroup(exclusive = true, multiplicity = "1")
        private @Nullable ModuleRefOptions reference;

        @Mixin
        private DescriptionOptions description = new DescriptionOptions();

        @Option(names = "--dry-run", description = "Only print what the module would become; nothing is changed.")
        private boolean dryRun;

        public Update(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            ModuleRefOptions options =
                    Objects.requireNonNull(reference, "reference").requireId();
            ModuleUpdate change = description.toChange(spec);
            return root.execute(selected -> outcome(options.toRef(selected), change, selected), outcomeFormats(root));
        }

        private Either<OtaFailure, Outcome> outcome(ModuleRef ref, ModuleUpdate change, SelectedBackend selected) {
            return (dryRun
                            ? selected.moduleCommands(true).update(ref, change)
                            : root.change(
                                    selected,
                                    "the update of " + ref,
                                    show(ref),
                                    () -> selected.moduleCommands(false).update(ref, change)))
                    .map(module -> new Outcome(dryRun ? "would-update" : "updated", module));
        }
    }

    /** Deletes a module. */
    @Command(
            name = "delete",
            description =
                    "Deletes a module after confirmation. Succeeds if the module does not exist, unless --must-exist is"
                            + " given.")
    public static final class Delete implements Callable<Integer> {

        private final OtaCommand root;

        @ArgGroup(exclusive = true, multiplicity = "1")
        private @Nullable ModuleRefOptions reference;

        @Mixin
        private Confirmation confirmation = new Confirmation();

        public Delete(OtaCommand root) {
            this.root = root;
        }

        @Override
        public Integer call() {
            ModuleRefOptions options =
                    Objects.requireNonNull(reference, "reference").requireId();
            DeleteAction<OtaModule> deletion = new DeleteAction<>(
                    options.toString(),
                    options.show(),
                    module -> "name " + module.name()
                            + module.alias().map(alias -> ", alias " + alias).getOrElse(""),
                    selected -> selected.backend().modules().find(options.toRef(selected)),
                    (selected, isDryRun) -> selected.moduleCommands(isDryRun).delete(options.toRef(selected)));
            return deletion.run(root, confirmation);
        }
    }

    /** Returns the arguments of the command that shows a module. */
    private static List<String> show(ModuleRef ref) {
        List<String> show = List.of("module", "show");
        return ref instanceof ModuleRef.ByName named
                ? show.appendAll(List.of(
                        "--product",
                        named.product().value(),
                        "--name",
                        named.name().value()))
                : show.append(((ModuleRef.ById) ref).id().value());
    }

    /** The result of a command, with the module after it. */
    private record Outcome(String code, OtaModule module) {

        private String sentence() {
            return switch (code) {
                case "created" -> "Created module " + module.name();
                case "existed" -> "Module " + module.name() + " already exists; nothing was changed";
                case "would-create" -> "Would create module " + module.name();
                case "updated" -> "Module " + module.name() + " is now";
                default -> "Module " + module.name() + " would become";
            };
        }
    }

    private static ResultRenderers<Outcome> outcomeFormats(OtaCommand root) {
        return new ResultRenderers<>(
                (backend, outcome) -> TerminalEscaper.of(outcome.sentence()) + "\n\n"
                        + ModuleTable.of(
                                backend, outcome.module(), root.environment().formatter()),
                (backend, outcome) ->
                        JsonOutput.of(backend, "module", outcome.module()).put("outcome", outcome.code()),
                (backend, outcome) -> ModuleCsv.outcome(backend, outcome.code(), outcome.module()));
    }

    /** The options for alias and description. */
    static final class DescriptionOptions {

        @Option(names = "--alias", paramLabel = "A", description = "The display name of the module.")
        private @Nullable String alias;

        @Option(names = "--description", paramLabel = "D", description = "The description of the module.")
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
                        "Alias and description must not be blank; no vendor documents how to remove one");
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

    /** The options that reference a module: an id, or product and name. */
    static final class ModuleRefOptions {

        @Parameters(paramLabel = "<id>", description = "The vendor's id of the module.")
        private @Nullable ModuleId id;

        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable ProductAndName named;

        ModuleRef toRef(SelectedBackend selected) {
            return id != null
                    ? ModuleRef.id(id)
                    : Objects.requireNonNull(named, "product and name").toRef(selected);
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
                    ? ModuleCommand.show(ModuleRef.id(id))
                    : Objects.requireNonNull(named, "product and name").show();
        }

        @Override
        public String toString() {
            return id != null ? ModuleRef.id(id).toString() : String.valueOf(named);
        }
    }

    /** The options that reference modules: ids, or product and name of one. */
    static final class ModuleRefsOptions {

        @Parameters(
                paramLabel = "<id>",
                arity = "1..*",
                description = {
                    "The vendor's id of the module. Several modules are requested concurrently.",
                    StandardInput.MEANING
                })
        private ModuleId[] ids = {};

        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable ProductAndName named;
    }

    /** The options that reference a module by product and name. */
    static final class ProductAndName {

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
}
