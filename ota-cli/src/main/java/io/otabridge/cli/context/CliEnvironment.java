package io.otabridge.cli.context;

import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.cli.terminal.InterruptActions;
import io.otabridge.cli.terminal.ListingProgress;
import io.otabridge.cli.terminal.Terminal;
import io.otabridge.cli.terminal.TransferProgress;
import io.otabridge.cli.terminal.UpgradeProgress;
import io.otabridge.domain.backend.BackendContext;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.ZoneId;

/**
 * The environment of a command: streams, terminal, context, working directory and time zone. Tests replace it.
 *
 * @param out receives the result, and nothing else
 * @param err receives errors, prompts, hints and progress
 * @param in where replies to prompts are read from
 * @param terminal which of the streams are connected to a terminal
 * @param context environment variables, home directory and clock
 * @param directory the directory that relative paths are resolved against
 * @param zone the time zone of local times
 * @param interrupts what is done if the process ends early
 */
public record CliEnvironment(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Terminal terminal,
        BackendContext context,
        Path directory,
        ZoneId zone,
        InterruptActions interrupts) {

    public static CliEnvironment ofProcess(PrintStream out, PrintStream err) {
        return new CliEnvironment(
                out,
                err,
                System.in,
                Terminal.ofProcess(),
                BackendContext.system(),
                Path.of("").toAbsolutePath(),
                ZoneId.systemDefault(),
                new InterruptActions());
    }

    /** Continues below what the terminal shows of Ctrl-C. */
    public void startLine() {
        if (terminal.canDraw()) {
            err.println();
        }
    }

    /** Starts a progress line, which is visible only on a terminal. */
    public ListingProgress progress() {
        return new ListingProgress(err, terminal.canDraw(), System::nanoTime, interrupts).moving();
    }

    /** Starts a progress line for uploads or downloads, which is visible only on a terminal. */
    public TransferProgress transferProgress() {
        return new TransferProgress(
                        err,
                        terminal.canDraw(),
                        System::nanoTime,
                        interrupts,
                        terminal.errorWidth(),
                        ValueFormatter::shortSize)
                .moving();
    }

    /** Starts a progress line for a watched job, which is visible only on a terminal. */
    public UpgradeProgress upgradeProgress() {
        return new UpgradeProgress(err, terminal.canDraw(), System::nanoTime, interrupts, terminal.errorWidth())
                .moving();
    }

    public ValueFormatter formatter() {
        return formatter(0);
    }

    /**
     * Formats values for this terminal.
     *
     * @param indent the number of columns by which the output is indented
     */
    public ValueFormatter formatter(int indent) {
        return new ValueFormatter(zone, context.clock(), terminal.outputWidth() - indent);
    }
}
