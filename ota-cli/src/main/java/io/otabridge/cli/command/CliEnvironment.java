package io.otabridge.cli.command;

import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.cli.terminal.ProgressLine;
import io.otabridge.cli.terminal.Terminal;
import io.otabridge.domain.backend.BackendContext;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.ZoneId;

/**
 * What the command meets outside itself, so that a test can put it somewhere else.
 *
 * @param out takes the answer, and only that
 * @param err takes everything else
 * @param in where answers to questions come from
 * @param terminal what of these is connected to a terminal
 * @param context environment variables, home directory and clock
 * @param directory where relative paths begin
 * @param zone the zone of local times
 */
public record CliEnvironment(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Terminal terminal,
        BackendContext context,
        Path directory,
        ZoneId zone) {

    public static CliEnvironment ofProcess(PrintStream out, PrintStream err) {
        return new CliEnvironment(
                out,
                err,
                System.in,
                Terminal.ofProcess(),
                BackendContext.system(),
                Path.of("").toAbsolutePath(),
                ZoneId.systemDefault());
    }

    /** Shows how far a walk is, if there is a terminal. */
    ProgressLine progress() {
        return new ProgressLine(err, terminal.canDraw(), System::nanoTime).moving();
    }

    ValueFormatter words() {
        return new ValueFormatter(zone, context.clock());
    }
}
