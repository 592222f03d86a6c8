package io.otabridge.cli.command;

import io.otabridge.app.OtaBridge;
import io.otabridge.app.ProductAliases;
import io.otabridge.cli.context.CliEnvironment;
import io.otabridge.cli.context.ConfigLookup;
import io.otabridge.cli.context.Hints;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.context.VersionProvider;
import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ErrorPrinter;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.error.Suggestion;
import io.otabridge.cli.option.ListOptions;
import io.otabridge.cli.option.SortKey;
import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.OutputFormat;
import io.otabridge.cli.render.ResultRenderers;
import io.otabridge.cli.terminal.InterruptActions;
import io.otabridge.cli.terminal.ListingProgress;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.domain.OtaException;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.page.Pages;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The root command: holds the shared options, opens the configured backends, runs calls and prints results. */
@Command(
        name = "ota",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        description = {
            "Manages OTA modules, firmware packages and upgrade jobs on Huawei Cloud IoTDA, Alibaba Cloud IoT and Tuya, with"
                    + " the same commands.",
            "The configuration chooses the vendor. For a demonstration, run: ota demo"
        },
        descriptionHeading = "%n",
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success; ota diff: no difference; ota doctor: no check failed",
            "1:ota diff: there are differences; ota doctor: a check failed; publish --require-verified: not verified yet",
            "2:the command line or the configuration is not valid; nothing was sent",
            "3:the module, firmware, device or job does not exist",
            "4:access denied: check credentials and permissions",
            "5:the vendor rejected the request, or it was rejected before it was sent",
            "6:too many requests: wait",
            "7:the vendor cannot be reached or cannot respond now",
            "8:the vendor's response cannot be read",
            "9:the vendor does not support the operation",
            "10:a change was not confirmed, and nothing was changed",
            "11:the thread of the call was interrupted (Ctrl-C ends the command with 130)",
            "12:no response before the deadline",
            "13:a change was sent and its response was lost: repeat the command, which checks first",
            "14:the circuit breaker is open after too many outages; nothing was sent: wait",
            "15:size or digest of a file are wrong; nothing is kept",
            "16:ota job watch: the job ended, and some devices do not have the new version",
            "17:ota job watch: the job ended, and no device has the new version",
            "70:an internal error or too little memory, or the output could not be written"
        })
public final class OtaCommand {

    private static final Pattern JSON_OPTION = Pattern.compile("(?m)^(-o|--output)[\n=]?json$");

    @picocli.CommandLine.Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = {"The configuration file.", "Default: $$OTA_CONFIG, ./ota.yaml or", "~/.config/ota/ota.yaml."
            })
    private @Nullable Path config;

    @picocli.CommandLine.Option(
            names = "--backend",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "The backend, by its name in the configuration. Default: the default backend.")
    private @Nullable String backend;

    @picocli.CommandLine.Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            description =
                    "The output format: ${COMPLETION-CANDIDATES}. Default: table. Only lists have ids, one on each line.")
    private @Nullable OutputFormat output;

    @picocli.CommandLine.Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Log HTTP requests and print all details of a failure, on stderr.")
    private boolean verbose;

    private final CliEnvironment environment;
    private final Hints hints;

    public OtaCommand(CliEnvironment environment) {
        this.environment = environment;
        this.hints = new Hints(environment.err(), environment.terminal().errorWidth());
    }

    /** Executes a call on the selected backend and prints its result or failure. Returns the exit code. */
    public <T> int execute(Function<SelectedBackend, Either<OtaFailure, T>> call, ResultRenderers<T> formats) {
        return execute(call, products -> formats);
    }

    /** As above, with renderers that use the product names of the configuration. */
    public <T> int execute(
            Function<SelectedBackend, Either<OtaFailure, T>> call,
            Function<ProductAliases, ResultRenderers<T>> renderers) {
        try (OtaBridge ota = open()) {
            SelectedBackend selected = selected(ota);
            ResultRenderers<T> formats = renderers.apply(ota.products());
            return call.apply(selected)
                    .peek(result -> print(selected, result, formats))
                    .fold(errors()::failure, result -> ExitCode.FOUND);
        }
    }

    /**
     * Executes a batch call on the selected backend, prints the results in the order of the ids, and reports each failure.
     * Returns the exit code of the first failure in the same order.
     */
    public <I, T> int executeAll(
            List<I> ids,
            BiFunction<SelectedBackend, List<I>, Stream<LookupResult<I, T>>> call,
            ResultRenderers<List<LookupResult<I, T>>> formats) {
        try (OtaBridge ota = open()) {
            SelectedBackend selected = selected(ota);
            return report(selected, inOrder(ids, selected, call.apply(selected, ids)), done -> Option.none(), formats);
        }
    }

    /** Runs a command on the selected backend. Returns its exit code. */
    public int run(ToIntFunction<SelectedBackend> command) {
        try (OtaBridge ota = open()) {
            return command.applyAsInt(selected(ota));
        }
    }

    /**
     * Executes changes on a backend, one after the other, prints the results, and reports each failure. If the command is
     * stopped before the last change, for example by Ctrl-C or an exception, prints the results so far. Returns the exit
     * code of the first failure.
     *
     * @param partFailure returns the failure of a part of a change that succeeded otherwise
     */
    <I, T> int changeAll(
            SelectedBackend selected,
            List<I> ids,
            Function<I, Either<OtaFailure, T>> change,
            Function<T, Option<OtaFailure>> partFailure,
            ResultRenderers<List<LookupResult<I, T>>> formats) {
        ChangeReport<LookupResult<I, T>> report =
                new ChangeReport<>(results -> report(selected, results, partFailure, formats), errors());
        InterruptActions.Registration registration = environment.interrupts().add(report::printEarly);
        try {
            try (ListingProgress progress = environment.progress()) {
                ids.forEach(id -> progress.update(
                        selected.backend().name(), report.add(new LookupResult<>(id, change.apply(id)))));
            }
            return report.print();
        } finally {
            report.printEarly();
            registration.close();
        }
    }

    /** Prints the results, and reports each failure. Returns the exit code of the first failure. */
    private <I, T> int report(
            SelectedBackend selected,
            List<LookupResult<I, T>> results,
            Function<T, Option<OtaFailure>> partFailure,
            ResultRenderers<List<LookupResult<I, T>>> formats) {
        print(selected, results, formats);
        List<OtaFailure> failures = results.flatMap(one -> one.result().fold(Option::some, partFailure));
        List<Integer> codes = failures.map(errors()::failure);
        return codes.headOption().getOrElse(ExitCode.FOUND);
    }

    private <I, T> List<LookupResult<I, T>> inOrder(
            List<I> ids, SelectedBackend selected, Stream<LookupResult<I, T>> stream) {
        Map<I, LookupResult<I, T>> results = new HashMap<>();
        try (stream;
                ListingProgress progress = environment.progress()) {
            stream.forEach(result -> {
                results.put(result.id(), result);
                progress.update(selected.backend().name(), results.size());
            });
        }
        return ids.flatMap(id -> Option.of(results.get(id)));
    }

    /** Reads a whole list, with progress on a terminal. Returns the failure if the list is incomplete. */
    public <T> Either<OtaFailure, List<T>> readAll(SelectedBackend selected, Pages<T> list) {
        return read(selected, list, Function.identity(), Integer.MAX_VALUE);
    }

    /** Reads a list as its options say. Returns the failure if it is incomplete. */
    public <T> Either<OtaFailure, List<T>> read(
            SelectedBackend selected, Pages<T> list, ListOptions options, @Nullable SortKey<T> sort) {
        return read(selected, list, Function.identity(), options.needed(sort)).map(all -> options.apply(sort, all));
    }

    /**
     * Reads a list as its options say, and prints the ids of its items. Keeps nothing else of them, because there may be
     * very many. Returns the exit code.
     */
    public <T, I> int printIds(Function<SelectedBackend, Pages<T>> list, Function<T, I> id, ListOptions options) {
        return run(selected -> read(selected, list.apply(selected), id, options.needed(null))
                .map(all -> options.apply(null, all).distinct())
                .peek(this::printIds)
                .fold(errors()::failure, ids -> ExitCode.FOUND));
    }

    /**
     * Reads a part of each of the first items of a list, and requests no further page. Returns the failure if an item is
     * missing.
     */
    private <T, R> Either<OtaFailure, List<R>> read(
            SelectedBackend selected, Pages<T> list, Function<T, R> part, int limit) {
        java.util.List<R> items = new ArrayList<>();
        try (ListingProgress progress = environment.progress()) {
            list.stream().limit(limit).forEach(item -> {
                items.add(part.apply(item));
                progress.update(selected.backend().name(), items.size());
            });
            return Either.right(List.ofAll(items));
        } catch (OtaException failed) {
            return Either.left(failed.failure());
        }
    }

    /**
     * Executes a change. If the process ends before its result is known, for example by Ctrl-C, prints how to look it up.
     *
     * @param what the change, such as {@code the deletion of firmware 28f6…}
     * @param lookup the arguments of the command that shows its result, without the backend and the configuration
     */
    public <T> T change(SelectedBackend selected, String what, List<String> lookup, Supplier<T> change) {
        String backendName = selected.backend().name();
        InterruptActions.Registration registration = environment.interrupts().add(() -> {
            environment.startLine();
            errors().print(
                            ExitCode.INTERRUPTED,
                            selected.backend(),
                            "The command was stopped during " + what + " on backend " + backendName,
                            "a request may have been sent, so its outcome is not known",
                            "Look it up: " + commandLine(selected, lookup));
        });
        try {
            return change.get();
        } finally {
            registration.close();
        }
    }

    /**
     * Returns a command line for the user.
     *
     * @param arguments the arguments without the backend and the configuration
     */
    public String commandLine(SelectedBackend selected, List<String> arguments) {
        return arguments
                .prepend("ota")
                .append("--backend")
                .append(selected.backend().name())
                .appendAll(Option.of(config).toList().flatMap(file -> List.of("--config", file.toString())))
                .map(OtaCommand::quote)
                .mkString(" ");
    }

    /** Quotes an argument for a shell, if necessary. */
    private static String quote(String argument) {
        return argument.matches("[\\w.,:@%+/-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }

    /** Returns the backend of {@code --backend}, or all backends without that option. */
    List<Backend> namedOrAll(OtaBridge ota) {
        return backend == null ? ota.backends() : List.of(selected(ota).backend());
    }

    /** Opens the configuration for a command that uses several backends, and so has no {@code --backend}. */
    public OtaBridge openAll() {
        if (backend != null) {
            throw new CliException(
                    ExitCode.USAGE,
                    "The command line is not valid",
                    "this command uses several backends, so --backend does not apply to it",
                    "Remove --backend; ota inventory takes --backends A,B");
        }
        return open();
    }

    /** Opens the configuration. */
    public OtaBridge open() {
        return OtaBridge.load(
                ConfigLookup.find(Option.of(config), environment),
                environment.context().withResource(BackendObserver.class, hints));
    }

    /** Prints a result of a backend in the selected format. */
    public <T> void print(SelectedBackend selected, T result, ResultRenderers<T> formats) {
        print(
                () -> formats.table().apply(selected.backend(), result),
                () -> formats.json().apply(selected.backend(), result),
                () -> formats.csv().apply(selected.backend(), result),
                () -> formats.ids().apply(result));
    }

    /** Prints a result in the selected format. */
    public void print(Supplier<String> table, Supplier<?> json, Supplier<CsvWriter> csv) {
        print(table, json, csv, List::empty);
    }

    private void print(Supplier<String> table, Supplier<?> json, Supplier<CsvWriter> csv, Supplier<Seq<?>> ids) {
        environment
                .out()
                .print(
                        switch (output == null ? OutputFormat.TABLE : output) {
                            case TABLE -> table.get();
                            case JSON -> JsonOutput.text(json.get());
                            case CSV ->
                                environment.terminal().showsOutput()
                                        ? csv.get().escaped()
                                        : csv.get().toString();
                            case IDS -> lines(ids.get());
                        });
        CliException.requireWritten(environment.out());
    }

    private void printIds(Seq<?> ids) {
        environment.out().print(lines(ids));
        CliException.requireWritten(environment.out());
    }

    private static String lines(Seq<?> ids) {
        return ids.map(id -> TerminalEscaper.of(id.toString()) + "\n").mkString();
    }

    /**
     * Checks a number of the command line.
     *
     * @throws ParameterException if the value of the option is out of range
     */
    public static void requireBetween(int min, int max, CommandSpec command, String option, int value) {
        if (value < min || value > max) {
            throw new ParameterException(
                    command.commandLine(),
                    option + " must be "
                            + (max == Integer.MAX_VALUE ? "a number of at least " + min : min + " to " + max)
                            + ", but is " + value);
        }
    }

    public Hints hints() {
        return hints;
    }

    public CliEnvironment environment() {
        return environment;
    }

    /** Whether the command line has {@code --output}. */
    public boolean isFormatGiven() {
        return output != null;
    }

    public boolean isVerbose() {
        return verbose;
    }

    /** Returns the printer for arguments that could not be parsed, so the format may not be known yet. */
    public ErrorPrinter usageErrors(String... args) {
        return errors(JSON_OPTION.matcher(String.join("\n", args)).find());
    }

    public ErrorPrinter errors() {
        return errors(isJson());
    }

    /** Whether failures are printed as JSON. */
    public boolean isJson() {
        return output == OutputFormat.JSON;
    }

    /** Whether only the ids of the result are printed. */
    public boolean isIds() {
        return output == OutputFormat.IDS;
    }

    private ErrorPrinter errors(boolean isJson) {
        return new ErrorPrinter(
                environment.err(), verbose, isJson, environment.terminal().errorWidth());
    }

    /** Whether the command line has {@code --backend}. */
    public boolean isBackendGiven() {
        return backend != null;
    }

    /** Returns the backend of {@code --backend}, or the default backend. */
    SelectedBackend selected(OtaBridge ota) {
        String name = Option.of(backend).getOrElse(ota.defaultBackend());
        requireBackend(name, ota);
        return new SelectedBackend(ota.backend(name), ota.products(), hints());
    }

    /**
     * Checks that the configuration has a backend with this name.
     *
     * @throws CliException if it has none; it names those that exist
     */
    public static void requireBackend(String name, OtaBridge ota) {
        if (!ota.backendNames().contains(name)) {
            throw new CliException(
                    ExitCode.USAGE,
                    "There is no backend \"" + name + "\"",
                    "the configuration has " + ota.backendNames().mkString(", "),
                    Suggestion.question(name, ota.backendNames())
                            + "Name one of these, or add the backend to the configuration");
        }
    }
}
