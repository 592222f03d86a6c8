package io.otabridge.cli;

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
record Surroundings(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Terminal terminal,
        BackendContext context,
        Path directory,
        ZoneId zone) {

    static Surroundings ofProcess(PrintStream out, PrintStream err) {
        return new Surroundings(
                out,
                err,
                System.in,
                Terminal.ofProcess(),
                BackendContext.system(),
                Path.of("").toAbsolutePath(),
                ZoneId.systemDefault());
    }

    /** Shows how far a walk is, if there is a terminal. */
    Progress progress() {
        return new Progress(err, terminal.canDraw(), System::nanoTime).moving();
    }

    Words words() {
        return new Words(zone, context.clock());
    }
}
