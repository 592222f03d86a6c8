package io.otabridge.cli.command;

import io.otabridge.app.ConfigurationException;
import io.otabridge.app.OtaBridge;
import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.vavr.collection.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints names of the configuration for the completion script. Sends nothing, and prints nothing if there is an error. */
@Command(name = "complete", hidden = true, description = "Prints names of the configuration, one on each line.")
public final class CompleteCommand implements Callable<Integer> {

    private final OtaCommand root;

    @Parameters(paramLabel = "KIND", description = "backends or products.")
    private @Nullable Kind kind;

    /** What is named. */
    public enum Kind {
        BACKENDS,
        PRODUCTS;

        /** Returns the name on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public CompleteCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        try (OtaBridge ota = root.open()) {
            List<String> names =
                    kind == Kind.BACKENDS ? ota.backendNames() : ota.products().names();
            names.forEach(root.environment().out()::println);
        } catch (CliException | ConfigurationException unusable) {
            // The user is typing a command, which will report the error.
        }
        return ExitCode.FOUND;
    }
}
