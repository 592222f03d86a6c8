package io.otabridge.cli;

import io.otabridge.domain.backend.BackendContext;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.ZoneId;

/**
 * What the command meets outside itself, so that a test can put it somewhere else.
 *
 * @param out takes the answer, and only that
 * @param err takes everything else
 * @param context environment variables, home directory and clock
 * @param directory where relative paths begin
 * @param zone the zone of local times
 */
record Surroundings(PrintStream out, PrintStream err, BackendContext context, Path directory, ZoneId zone) {

    static Surroundings ofProcess(PrintStream out, PrintStream err) {
        return new Surroundings(
                out, err, BackendContext.system(), Path.of("").toAbsolutePath(), ZoneId.systemDefault());
    }

    Words words() {
        return new Words(zone, context.clock());
    }
}
