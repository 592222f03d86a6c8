package io.otabridge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.otabridge.app.ConfigurationException;
import io.otabridge.cli.command.BackendsCommand;
import io.otabridge.cli.command.CliEnvironment;
import io.otabridge.cli.command.CompletionCommand;
import io.otabridge.cli.command.DemoCommand;
import io.otabridge.cli.command.DiffCommand;
import io.otabridge.cli.command.DoctorCommand;
import io.otabridge.cli.command.FirmwareCommand;
import io.otabridge.cli.command.InventoryCommand;
import io.otabridge.cli.command.ModuleCommand;
import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.command.SimulateCommand;
import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.render.OutputFormat;
import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.vavr.control.Either;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the tree of commands together, and says what becomes of arguments that are wrong and of exceptions. */
final class CommandLineFactory {

    private final OtaCommand root;
    private final CommandLine line;

    private CommandLineFactory(CliEnvironment surroundings) {
        root = new OtaCommand(surroundings);
        line = new CommandLine(root);
    }

    /**
     * The command line for these arguments. To read the annotations of all commands takes longer than most commands do, so a
     * command whose name comes first is put together alone.
     */
    static CommandLine of(CliEnvironment surroundings, String... args) {
        CommandLineFactory commands = new CommandLineFactory(surroundings);
        commands.assemble(args);
        commands.line.getSubcommands().values().forEach(CommandLineFactory::withoutVersion);
        commands.configure(surroundings);
        return commands.line;
    }

    private void assemble(String... args) {
        Map<String, Runnable> all = all();
        if (args.length > 0 && all.containsKey(args[0])) {
            all.get(args[0]).run();
        } else {
            all.values().forEach(Runnable::run);
            // Completes every other command, and so never stands alone.
            add(new CompletionCommand(root), "--config", "--backend", "--output", "--verbose");
        }
    }

    /** How each command is added, by its name, in the order of the help. */
    private Map<String, Runnable> all() {
        Map<String, Runnable> all = new LinkedHashMap<>();
        all.put(
                "module",
                () -> line.addSubcommand(new CommandLine(new ModuleCommand())
                        .addSubcommand(new ModuleCommand.Show(root))
                        .addSubcommand(new ModuleCommand.ListAll(root))
                        .addSubcommand(new ModuleCommand.Create(root))
                        .addSubcommand(new ModuleCommand.Update(root))
                        .addSubcommand(new ModuleCommand.Delete(root))));
        all.put(
                "firmware",
                () -> line.addSubcommand(new CommandLine(new FirmwareCommand())
                        .addSubcommand(new FirmwareCommand.Show(root))
                        .addSubcommand(new FirmwareCommand.Find(root))
                        .addSubcommand(new FirmwareCommand.ListAll(root))
                        .addSubcommand(new FirmwareCommand.Delete(root))));
        all.put("inventory", () -> add(new InventoryCommand(root), "--backend"));
        all.put("diff", () -> add(new DiffCommand(root), "--backend"));
        all.put("backends", () -> add(new BackendsCommand(root), "--backend"));
        all.put(
                "doctor",
                () -> describe(
                        add(new DoctorCommand(root)),
                        "--backend",
                        "Look at this backend alone. Otherwise: at all of them."));
        all.put("demo", () -> add(new DemoCommand(root), "--config", "--backend", "--output"));
        all.put("simulate", () -> add(new SimulateCommand(root), "--config", "--backend", "--output"));
        return all;
    }

    /** Adds a command without those of the shared options that would mean nothing to it. */
    private CommandSpec add(Object command, String... meaningless) {
        CommandLine added = new CommandLine(command);
        line.addSubcommand(added);
        CommandSpec spec = added.getCommandSpec();
        for (String option : meaningless) {
            spec.remove(spec.findOption(option));
        }
        return spec;
    }

    /** Says what a shared option means to this command. */
    private static void describe(CommandSpec command, String option, String meaning) {
        OptionSpec shared = command.findOption(option);
        command.remove(shared);
        command.addOption(OptionSpec.builder(shared).description(meaning).build());
    }

    /** A command that speaks of versions of firmware must not take {@code --version} for its own. */
    private static void withoutVersion(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        spec.remove(spec.findOption("--version"));
        command.getSubcommands().values().forEach(CommandLineFactory::withoutVersion);
    }

    private void configure(CliEnvironment surroundings) {
        line.setOut(new PrintWriter(surroundings.out(), true, UTF_8));
        line.setErr(new PrintWriter(surroundings.err(), true, UTF_8));
        line.setUsageHelpWidth(100);
        line.setExpandAtFiles(false);
        line.registerConverter(OutputFormat.class, OutputFormat::parse);
        line.registerConverter(FirmwareCommand.NewestBy.class, FirmwareCommand.NewestBy::parse);
        line.registerConverter(int.class, CommandLineFactory::wholeNumber);
        converter(ModuleId.class, ModuleId::parse);
        converter(ModuleName.class, ModuleName::parse);
        converter(FirmwareId.class, FirmwareId::parse);
        converter(FirmwareVersion.class, FirmwareVersion::parse);
        line.setExecutionStrategy(this::run);
        line.setParameterExceptionHandler((wrong, args) -> misunderstood(wrong));
        line.setExecutionExceptionHandler((thrown, command, parsed) -> failed(thrown));
    }

    private static int wholeNumber(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException wrong) {
            throw new TypeConversionException(
                    "it must be a whole number up to " + Integer.MAX_VALUE + ", but is \"" + text + "\"");
        }
    }

    /** Arguments are held to the domain's own rules before a command starts. */
    private <T> void converter(Class<T> type, Function<String, Either<ConstraintViolation, T>> parse) {
        ITypeConverter<T> converter =
                text -> parse.apply(text).getOrElseThrow(invalid -> new TypeConversionException(invalid.message()));
        line.registerConverter(type, converter);
    }

    private int run(ParseResult parsed) {
        if (root.isVerbose()) {
            // Read once, when the first logger is made; nothing has logged before this.
            System.setProperty("org.slf4j.simpleLogger.log.io.otabridge", "debug");
        }
        return new RunLast().execute(parsed);
    }

    private int misunderstood(ParameterException wrong) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        List<String> advice = new ArrayList<>();
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            // The most similar comes first, however little that may be.
            unmatched.getSuggestions().stream()
                    .findFirst()
                    .filter(similar -> unmatched.getUnmatched().get(0).startsWith(similar.substring(0, 1)))
                    .ifPresent(similar -> advice.add("Did you mean " + similar + "?"));
        }
        advice.add("See " + command + " --help");
        String problem = String.valueOf(wrong.getMessage()).replaceFirst("^Error: ", "");
        root.report().print("The command line cannot be understood", problem, String.join(" ", advice));
        return ExitCode.USAGE;
    }

    private int failed(Exception thrown) {
        if (thrown instanceof CliException refusal) {
            return root.report().refusal(refusal);
        }
        if (thrown instanceof ConfigurationException refused) {
            return root.report().configuration(refused);
        }
        return root.report().internalError(thrown);
    }
}
