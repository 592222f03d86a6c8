package io.otabridge.cli.command;

import io.otabridge.app.OtaConfig;
import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.error.Suggestion;
import io.otabridge.cli.file.NewConfigFile;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.cli.terminal.TextWrapper;
import io.vavr.collection.List;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a configuration to complete. */
@Command(
        name = "init",
        description = {
            "Writes a commented configuration with a backend for each vendor, or for the given vendors.",
            "Keys and ids are placeholders for environment variables, whose names are printed. Nothing is sent."
        })
public final class InitCommand implements Callable<Integer> {

    private static final Pattern PLACEHOLDER = Pattern.compile("(?m)^[^#\\n]*?\\$\\{(\\w+)}");

    private final OtaCommand root;

    @Option(
            names = "--vendor",
            paramLabel = "VENDOR",
            split = ",",
            description = "The vendors, separated by commas: huawei, aliyun, tuya, or that of another adapter.")
    private String @Nullable [] vendors;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            defaultValue = "ota.yaml",
            description = "The file to write. Default: ${DEFAULT-VALUE}.")
    private Path file = Path.of("ota.yaml");

    @Option(names = "--force", description = "Replace the file if it exists.")
    private boolean force;

    public InitCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        NewConfigFile target = new NewConfigFile(root.environment().directory().resolve(file), force);
        String yaml = yaml(OtaConfig.templates());
        target.requireWritable();
        target.write(yaml);
        List<String> variables = List.ofAll(PLACEHOLDER.matcher(yaml).results().map(found -> found.group(1)))
                .distinct();
        root.environment()
                .err()
                .print(TextWrapper.wrapLines(
                                "Wrote " + TerminalEscaper.of(target.path().toString())
                                        + ". Remove what you do not use, and set these variables:\n"
                                        + variables
                                                .map(name -> "  " + name + "\n")
                                                .mkString()
                                        + "Then run: ota doctor"
                                        + (file.equals(Path.of("ota.yaml"))
                                                ? ""
                                                : " --config " + TerminalEscaper.of(file.toString())),
                                root.environment().terminal().errorWidth())
                        + "\n");
        return ExitCode.FOUND;
    }

    private String yaml(NavigableMap<String, String> templates) {
        List<String> chosen = vendors == null
                ? List.ofAll(templates.keySet())
                : List.of(vendors).map(String::strip).reject(String::isEmpty).distinct();
        if (chosen.isEmpty() || !templates.keySet().containsAll(chosen.asJava())) {
            throw new CliException(
                    ExitCode.USAGE,
                    "The configuration was not written",
                    chosen.isEmpty()
                            ? "--vendor names no vendor"
                            : "there is no template for vendor "
                                    + chosen.reject(templates::containsKey)
                                            .map(vendor -> "\"" + vendor + "\"")
                                            .mkString(", "),
                    chosen.reject(templates::containsKey)
                                    .map(vendor -> Suggestion.question(vendor, List.ofAll(templates.keySet())))
                                    .mkString()
                            + "Name vendors of " + String.join(", ", templates.keySet())
                            + "; for another adapter, copy the settings from its documentation");
        }
        return """
            # The configuration of the command ota and of the Java library.
            # ${NAME} is replaced by the environment variable NAME. Only the backends that a command uses are checked.
            # To check all of them and their accounts, run: ota doctor

            # The backend of commands without --backend.
            default: %s

            backends:
            %s
            # Your names of products, accepted wherever a product is expected, with the id on each backend:
            # products:
            #   thermometer: { %s }
            """.formatted(
                        chosen.head(),
                        chosen.map(vendor -> backend(vendor, templates.getOrDefault(vendor, "")))
                                .mkString("\n"),
                        chosen.map(vendor -> vendor + ": <id>").mkString(", "));
    }

    /** Returns the section of a backend, which is named like its vendor. */
    private static String backend(String vendor, String template) {
        return "  " + vendor + ":\n"
                + template.lines()
                        .map(line -> line.isBlank() ? "\n" : "    " + line + "\n")
                        .collect(Collectors.joining());
    }
}
