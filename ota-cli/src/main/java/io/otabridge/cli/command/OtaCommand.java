package io.otabridge.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.app.OtaBridge;
import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ErrorPrinter;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.OutputFormat;
import io.otabridge.cli.render.OutputFormats;
import io.otabridge.cli.terminal.ProgressLine;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.batch.BatchResult;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.page.Pages;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the commands: the options that all of them share, and the way from a question to a printed answer. */
@Command(
        name = "ota",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        description = {
            "Manages OTA modules and firmware packages on Huawei Cloud IoTDA, Alibaba Cloud IoT and Tuya, with the same"
                    + " commands.",
            "The configuration says which vendor is called. New here? Run: ota demo"
        },
        descriptionHeading = "%n",
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:found, or done; ota diff: no difference; ota doctor: nothing is wrong",
            "1:ota diff: there are differences; ota doctor: something is wrong",
            "2:the command line or the configuration is wrong; nothing was sent",
            "3:there is no such module or firmware",
            "4:access denied: check credentials and permissions",
            "5:the vendor rejected the request, or would have and was not asked",
            "6:too many requests: wait",
            "7:the vendor cannot be reached or cannot respond now",
            "8:the vendor's response cannot be read",
            "9:this vendor cannot do it",
            "10:a deletion was not confirmed, and nothing was deleted",
            "11:the thread of the call was interrupted (Ctrl-C ends the command with 130)",
            "12:no response before the deadline",
            "13:a change was sent and its response was lost: repeat the command, which checks first",
            "14:the circuit breaker is open after too many outages; nothing was sent: wait",
            "70:an internal error or too little memory, or the output could not be written"
        })
public final class OtaCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @picocli.CommandLine.Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = {
                "Read this configuration file.",
                "Otherwise: $$OTA_CONFIG, ./ota.yaml or ~/.config/ota/ota.yaml."
            })
    private @Nullable Path config;

    @picocli.CommandLine.Option(
            names = "--backend",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "Ask this backend of the configuration. Otherwise: its default.")
    private @Nullable String backend;

    @picocli.CommandLine.Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            description = "Write the answer as ${COMPLETION-CANDIDATES}; table if not given.")
    private @Nullable OutputFormat output;

    @picocli.CommandLine.Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show HTTP exchanges and all that is known about a failure, on stderr.")
    private boolean verbose;

    private final CliEnvironment surroundings;
    private final Hints notes;

    public OtaCommand(CliEnvironment surroundings) {
        this.surroundings = surroundings;
        this.notes = new Hints(surroundings.err());
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(surroundings.err());
        return ExitCode.USAGE;
    }

    /** Puts a question to the chosen backend and prints the answer or the failure. Answers the exit code. */
    <T> int ask(Function<SelectedBackend, Either<OtaFailure, T>> question, OutputFormats<T> view) {
        try (OtaBridge ota = open()) {
            SelectedBackend chosen = chosen(ota);
            return question.apply(chosen)
                    .peek(found -> print(
                            () -> view.table().apply(chosen.backend(), found),
                            () -> view.json().apply(chosen.backend(), found),
                            () -> view.csv().apply(chosen.backend(), found)))
                    .fold(report()::failure, found -> ExitCode.FOUND);
        }
    }

    /**
     * Asks the chosen backend for many things at once, prints those that there are in the order of their ids, and reports
     * each failure. Answers the exit code of the first, in the same order.
     */
    <I, T> int askAll(
            List<I> ids,
            BiFunction<SelectedBackend, List<I>, Stream<BatchResult<I, T>>> questions,
            OutputFormats<List<BatchResult<I, T>>> view) {
        try (OtaBridge ota = open()) {
            SelectedBackend chosen = chosen(ota);
            List<BatchResult<I, T>> answers = inOrder(ids, chosen, questions.apply(chosen, ids));
            print(
                    () -> view.table().apply(chosen.backend(), answers),
                    () -> view.json().apply(chosen.backend(), answers),
                    () -> view.csv().apply(chosen.backend(), answers));
            List<OtaFailure> failures =
                    answers.flatMap(answer -> answer.found().swap().toOption());
            List<Integer> codes = failures.map(report()::failure);
            return codes.headOption().getOrElse(ExitCode.FOUND);
        }
    }

    private <I, T> List<BatchResult<I, T>> inOrder(
            List<I> ids, SelectedBackend chosen, Stream<BatchResult<I, T>> stream) {
        Map<I, BatchResult<I, T>> answers = new HashMap<>();
        try (stream;
                ProgressLine progress = surroundings.progress()) {
            stream.forEach(answer -> {
                answers.put(answer.id(), answer);
                progress.told(chosen.backend().name(), answers.size());
            });
        }
        return ids.flatMap(id -> Option.of(answers.get(id)));
    }

    /** All of a list, or why it is not whole. A terminal shows how far it is. */
    <T> Either<OtaFailure, List<T>> whole(SelectedBackend chosen, Pages<T> list) {
        java.util.List<T> all = new ArrayList<>();
        try (ProgressLine progress = surroundings.progress()) {
            return list.forEach(item -> {
                        all.add(item);
                        progress.told(chosen.backend().name(), all.size());
                    })
                    .map(count -> List.ofAll(all));
        }
    }

    /** The backend that the command line names, or every one if it names none. */
    List<Backend> namedOrAll(OtaBridge ota) {
        return backend == null ? ota.backends() : List.of(chosen(ota).backend());
    }

    /** Opens what is configured, for a command that is about several backends. */
    OtaBridge openAll() {
        if (backend != null) {
            throw new CliException(
                    ExitCode.USAGE,
                    "The command line cannot be understood",
                    "this command is not about one backend, so --backend means nothing to it",
                    "Leave --backend out; ota inventory takes --backends A,B");
        }
        return open();
    }

    /** Opens what is configured. */
    OtaBridge open() {
        return OtaBridge.load(
                ConfigLookup.find(Option.of(config), surroundings),
                surroundings.context().withResource(BackendObserver.class, notes));
    }

    /** Prints an answer in the format asked for. */
    void print(Supplier<String> table, Supplier<ObjectNode> json, Supplier<CsvWriter> csv) {
        surroundings
                .out()
                .print(
                        switch (output == null ? OutputFormat.TABLE : output) {
                            case TABLE -> table.get();
                            case JSON -> JsonOutput.text(json.get());
                            case CSV ->
                                surroundings.terminal().showsOutput()
                                        ? csv.get().escaped()
                                        : csv.get().toString();
                        });
        CliException.unlessWritten(surroundings.out());
    }

    /** @throws ParameterException if a number that an option was given is too small or too large */
    static void requireBetween(int least, int most, CommandSpec command, String option, int given) {
        if (given < least || given > most) {
            throw new ParameterException(
                    command.commandLine(),
                    "Invalid value for option '" + option + "': it must be " + least + " to " + most + ", but is "
                            + given);
        }
    }

    /** Takes what a person may want to know besides the answer. */
    Hints notes() {
        return notes;
    }

    CliEnvironment surroundings() {
        return surroundings;
    }

    /** Whether the command line names a format. */
    boolean isFormatGiven() {
        return output != null;
    }

    public boolean isVerbose() {
        return verbose;
    }

    public ErrorPrinter report() {
        return new ErrorPrinter(surroundings.err(), verbose);
    }

    private SelectedBackend chosen(OtaBridge ota) {
        String name = Option.of(backend).getOrElse(ota.defaultBackend());
        if (!ota.backendNames().contains(name)) {
            throw new CliException(
                    ExitCode.USAGE,
                    "There is no backend \"" + name + "\"",
                    "the configuration has " + ota.backendNames().mkString(", "),
                    "Name one of these with --backend, or add it to the configuration");
        }
        return new SelectedBackend(ota.backend(name), ota.products(), notes());
    }
}
