package io.otabridge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.otabridge.app.ConfigurationException;
import io.otabridge.cli.command.BackendsCommand;
import io.otabridge.cli.command.CompleteCommand;
import io.otabridge.cli.command.CompletionCommand;
import io.otabridge.cli.command.DemoCommand;
import io.otabridge.cli.command.DiffCommand;
import io.otabridge.cli.command.DoctorCommand;
import io.otabridge.cli.command.GroupCommand;
import io.otabridge.cli.command.HelpCommand;
import io.otabridge.cli.command.InitCommand;
import io.otabridge.cli.command.InventoryCommand;
import io.otabridge.cli.command.OtaCommand;
import io.otabridge.cli.command.ProductCommand;
import io.otabridge.cli.command.SimulateCommand;
import io.otabridge.cli.command.copy.MigrateCommand;
import io.otabridge.cli.command.copy.PromoteCommand;
import io.otabridge.cli.command.device.DeviceCommand;
import io.otabridge.cli.command.device.DeviceVersionsCommand;
import io.otabridge.cli.command.device.ListDevicesCommand;
import io.otabridge.cli.command.device.ShowDeviceCommand;
import io.otabridge.cli.command.firmware.DeleteFirmwareCommand;
import io.otabridge.cli.command.firmware.DownloadFirmwareCommand;
import io.otabridge.cli.command.firmware.FindFirmwareCommand;
import io.otabridge.cli.command.firmware.FirmwareCommand;
import io.otabridge.cli.command.firmware.ListFirmwareCommand;
import io.otabridge.cli.command.firmware.PruneCommand;
import io.otabridge.cli.command.firmware.PublishFirmwareCommand;
import io.otabridge.cli.command.firmware.ShowFirmwareCommand;
import io.otabridge.cli.command.firmware.UpdateFirmwareCommand;
import io.otabridge.cli.command.firmware.UploadsCommand;
import io.otabridge.cli.command.job.CreateJobCommand;
import io.otabridge.cli.command.job.DeleteJobCommand;
import io.otabridge.cli.command.job.JobCommand;
import io.otabridge.cli.command.job.ListJobsCommand;
import io.otabridge.cli.command.job.ShowJobCommand;
import io.otabridge.cli.command.job.UpdateJobCommand;
import io.otabridge.cli.command.job.VerifyFirmwareCommand;
import io.otabridge.cli.command.job.WatchJobCommand;
import io.otabridge.cli.command.module.CreateModuleCommand;
import io.otabridge.cli.command.module.DeleteModuleCommand;
import io.otabridge.cli.command.module.ListModulesCommand;
import io.otabridge.cli.command.module.ModuleCommand;
import io.otabridge.cli.command.module.ShowModuleCommand;
import io.otabridge.cli.command.module.UpdateModuleCommand;
import io.otabridge.cli.command.task.CancelJobCommand;
import io.otabridge.cli.command.task.ConfirmJobCommand;
import io.otabridge.cli.command.task.ListTasksCommand;
import io.otabridge.cli.command.task.RetryJobCommand;
import io.otabridge.cli.command.task.TaskCommand;
import io.otabridge.cli.context.CliEnvironment;
import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.option.DeviceList;
import io.otabridge.cli.option.FirmwareSort;
import io.otabridge.cli.option.ImageKind;
import io.otabridge.cli.option.ModuleSort;
import io.otabridge.cli.option.NewestBy;
import io.otabridge.cli.render.OutputFormat;
import io.otabridge.cli.render.PrintsIds;
import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.Reported;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.job.ClientToken;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.module.ModuleId;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.product.DeviceGroupId;
import io.vavr.control.Either;
import java.io.PrintWriter;
import java.math.BigDecimal;
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

/** Builds the command tree and handles invalid arguments and exceptions. */
final class CommandLineFactory {

    private static final int MIN_HELP_WIDTH = 60;
    private static final int MAX_HELP_WIDTH = 100;

    private final OtaCommand root;
    private final CommandLine line;

    private CommandLineFactory(CliEnvironment environment) {
        root = new OtaCommand(environment);
        line = new CommandLine(root);
    }

    /**
     * Returns the command line for these arguments. If the first argument names a command, only that command is built,
     * because reading the annotations of all commands takes longer than most commands run.
     */
    static CommandLine of(CliEnvironment environment, String... args) {
        CommandLineFactory commands = new CommandLineFactory(environment);
        commands.assemble(args);
        commands.line.getSubcommands().values().forEach(CommandLineFactory::withoutRootParts);
        commands.configure(environment);
        return commands.line;
    }

    private void assemble(String... args) {
        Map<String, Runnable> all = all();
        if (args.length > 0 && all.containsKey(args[0])) {
            all.get(args[0]).run();
        } else {
            all.values().forEach(Runnable::run);
            // These need the other commands, so they are never built alone.
            add(new CompletionCommand(root), "--config", "--backend", "--output", "--verbose");
            add(new HelpCommand(root), "--config", "--backend", "--output", "--verbose");
        }
    }

    /** Adds each command, by name, in the order of the help. */
    private Map<String, Runnable> all() {
        Map<String, Runnable> all = new LinkedHashMap<>();
        all.put(
                "module",
                () -> line.addSubcommand(new CommandLine(new ModuleCommand())
                        .addSubcommand(new ShowModuleCommand(root))
                        .addSubcommand(new ListModulesCommand(root))
                        .addSubcommand(new CreateModuleCommand(root))
                        .addSubcommand(new UpdateModuleCommand(root))
                        .addSubcommand(new DeleteModuleCommand(root))));
        all.put("firmware", () -> {
            CommandLine promote = new CommandLine(new PromoteCommand(root));
            line.addSubcommand(new CommandLine(new FirmwareCommand())
                    .addSubcommand(new ShowFirmwareCommand(root))
                    .addSubcommand(new FindFirmwareCommand(root))
                    .addSubcommand(new ListFirmwareCommand(root))
                    .addSubcommand(new PublishFirmwareCommand(root))
                    .addSubcommand(promote)
                    .addSubcommand(new DownloadFirmwareCommand(root))
                    .addSubcommand(new VerifyFirmwareCommand(root))
                    .addSubcommand(new UpdateFirmwareCommand(root))
                    .addSubcommand(new DeleteFirmwareCommand(root))
                    .addSubcommand(new UploadsCommand(root))
                    .addSubcommand(new PruneCommand(root)));
            hide(promote.getCommandSpec(), "--backend");
        });
        all.put(
                "product",
                () -> line.addSubcommand(
                        new CommandLine(new ProductCommand()).addSubcommand(new ProductCommand.ListAll(root))));
        all.put(
                "group",
                () -> line.addSubcommand(
                        new CommandLine(new GroupCommand()).addSubcommand(new GroupCommand.ListAll(root))));
        all.put(
                "job",
                () -> line.addSubcommand(new CommandLine(new JobCommand())
                        .addSubcommand(new CreateJobCommand(root))
                        .addSubcommand(new ShowJobCommand(root))
                        .addSubcommand(new ListJobsCommand(root))
                        .addSubcommand(new WatchJobCommand(root))
                        .addSubcommand(new CancelJobCommand(root))
                        .addSubcommand(new RetryJobCommand(root))
                        .addSubcommand(new ConfirmJobCommand(root))
                        .addSubcommand(new UpdateJobCommand(root))
                        .addSubcommand(new DeleteJobCommand(root))));
        all.put(
                "task",
                () -> line.addSubcommand(new CommandLine(new TaskCommand()).addSubcommand(new ListTasksCommand(root))));
        all.put(
                "device",
                () -> line.addSubcommand(new CommandLine(new DeviceCommand())
                        .addSubcommand(new ShowDeviceCommand(root))
                        .addSubcommand(new ListDevicesCommand(root))
                        .addSubcommand(new DeviceVersionsCommand(root))));
        all.put("inventory", () -> add(new InventoryCommand(root), "--backend"));
        all.put("diff", () -> add(new DiffCommand(root), "--backend"));
        all.put("migrate", () -> add(new MigrateCommand(root), "--backend"));
        all.put("backends", () -> add(new BackendsCommand(root), "--backend"));
        all.put(
                "doctor",
                () -> describe(
                        add(new DoctorCommand(root)), "--backend", "Check only this backend. Default: all backends."));
        all.put("complete", () -> add(new CompleteCommand(root), "--backend", "--output"));
        all.put("init", () -> add(new InitCommand(root), "--config", "--backend", "--output"));
        all.put("demo", () -> add(new DemoCommand(root), "--config", "--backend", "--output"));
        all.put("simulate", () -> add(new SimulateCommand(root), "--config", "--backend", "--output"));
        return all;
    }

    /** Adds a command without the shared options that do not apply to it. */
    private CommandSpec add(Object command, String... inapplicable) {
        CommandLine added = new CommandLine(command);
        line.addSubcommand(added);
        CommandSpec spec = added.getCommandSpec();
        for (String option : inapplicable) {
            spec.remove(spec.findOption(option));
        }
        return spec;
    }

    /** Keeps a shared option that a command rejects with advice out of its help. */
    private static void hide(CommandSpec command, String option) {
        OptionSpec shared = command.findOption(option);
        command.remove(shared);
        command.addOption(OptionSpec.builder(shared).hidden(true).build());
    }

    /** Replaces the description of a shared option for this command. */
    private static void describe(CommandSpec command, String option, String description) {
        OptionSpec shared = command.findOption(option);
        command.remove(shared);
        command.addOption(OptionSpec.builder(shared).description(description).build());
    }

    /**
     * Subcommands have no {@code --version}, which could be mistaken for a firmware version, and only the help of the root lists
     * the exit codes.
     */
    private static void withoutRootParts(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        spec.remove(spec.findOption("--version"));
        spec.usageMessage().exitCodeListHeading("").exitCodeList(Map.of());
        command.getSubcommands().values().forEach(CommandLineFactory::withoutRootParts);
    }

    private void configure(CliEnvironment environment) {
        line.setOut(new PrintWriter(environment.out(), true, UTF_8));
        line.setErr(new PrintWriter(environment.err(), true, UTF_8));
        line.setUsageHelpWidth(Math.max(
                MIN_HELP_WIDTH, Math.min(MAX_HELP_WIDTH, environment.terminal().columns())));
        line.setExpandAtFiles(false);
        line.registerConverter(OutputFormat.class, OutputFormat::parse);
        choice(NewestBy.class);
        choice(ImageKind.class);
        choice(CompleteCommand.Kind.class);
        choice(FirmwareSort.class);
        choice(ModuleSort.class);
        code(TaskState.class);
        code(JobState.class);
        converter(DeviceId.class, DeviceId::parse);
        converter(DeviceGroupId.class, DeviceGroupId::parse);
        converter(JobId.class, JobId::parse);
        converter(ClientToken.class, ClientToken::parse);
        line.registerConverter(DeviceList.class, DeviceList::new);
        line.registerConverter(BigDecimal.class, CommandLineFactory::number);
        line.registerConverter(Integer.class, CommandLineFactory::wholeNumber);
        line.registerConverter(int.class, CommandLineFactory::wholeNumber);
        converter(ModuleId.class, ModuleId::parse);
        converter(ModuleName.class, ModuleName::parse);
        converter(FirmwareId.class, FirmwareId::parse);
        converter(FirmwareVersion.class, FirmwareVersion::parse);
        line.setExecutionStrategy(this::run);
        line.setParameterExceptionHandler(this::invalidArguments);
        line.setExecutionExceptionHandler((exception, command, parsed) -> failed(exception));
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException invalid) {
            throw new TypeConversionException("it must be a number, but is \"" + text + "\"");
        }
    }

    private static int wholeNumber(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException invalid) {
            throw new TypeConversionException("it must be a whole number"
                    + (text.matches("\\d+") ? " up to " + Integer.MAX_VALUE : "")
                    + ", but is \"" + text + "\"");
        }
    }

    /** Accepts the constants of an enum by their names on the command line. */
    private <E extends Enum<E>> void choice(Class<E> type) {
        choice(type, E::toString);
    }

    /** Accepts the constants of an enum of the domain by their codes, such as {@code awaiting-retry}. */
    private <E extends Enum<E>> void code(Class<E> type) {
        choice(type, Reported::code);
    }

    private <E extends Enum<E>> void choice(Class<E> type, Function<E, String> name) {
        List<E> constants = List.of(type.getEnumConstants());
        line.registerConverter(
                type,
                text -> constants.stream()
                        .filter(constant -> name.apply(constant).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new TypeConversionException("it must be "
                                + names(constants.stream().map(name).toList()) + ", but is \"" + text + "\"")));
    }

    private static String names(List<String> constants) {
        int last = constants.size() - 1;
        return String.join(", ", constants.subList(0, last)) + " or " + constants.get(last);
    }

    /** Checks arguments against the domain's rules before a command starts. */
    private <T> void converter(Class<T> type, Function<String, Either<ConstraintViolation, T>> parse) {
        ITypeConverter<T> converter =
                text -> parse.apply(text).getOrElseThrow(invalid -> new TypeConversionException(invalid.message()));
        line.registerConverter(type, converter);
    }

    private int run(ParseResult parsed) {
        if (root.isVerbose()) {
            // SLF4J Simple reads this once, when the first logger is created. Nothing has been logged yet.
            System.setProperty("org.slf4j.simpleLogger.log.io.otabridge", "debug");
        }
        CommandLine last =
                parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1);
        if (!last.getSubcommands().isEmpty() && !last.isUsageHelpRequested() && !last.isVersionHelpRequested()) {
            if (root.isJson()) {
                throw new ParameterException(
                        last, "the command after \"" + last.getCommandSpec().qualifiedName() + "\" is missing");
            }
            if (last != line) {
                line.getErr()
                        .println("a command is missing: "
                                + String.join(", ", last.getSubcommands().keySet()));
            }
            // The help lists the subcommands.
            last.usage(line.getErr());
            return ExitCode.USAGE;
        }
        if (root.isIds() && !(last.getCommand() instanceof PrintsIds)) {
            throw new ParameterException(
                    last, "--output: \"" + last.getCommandSpec().qualifiedName() + "\" does not print ids");
        }
        return new RunLast().execute(parsed);
    }

    private int invalidArguments(ParameterException invalid, String... args) {
        String command = invalid.getCommandLine().getCommandSpec().qualifiedName();
        InvalidArguments problem = InvalidArguments.of(invalid);
        return root.usageErrors(args)
                .print(
                        ExitCode.USAGE,
                        "The command line is not valid",
                        problem.why(),
                        problem.advice() + "See " + command + " --help");
    }

    private int failed(Exception exception) {
        if (exception instanceof CliException error) {
            return root.errors().cliError(error);
        }
        if (exception instanceof ConfigurationException error) {
            return root.errors().configurationError(error);
        }
        return root.errors().internalError(exception);
    }
}
