package io.otabridge.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Starts the {@code ota} command and ends the process with its exit code. */
public final class Main {

    private static final List<String> VERSION = List.of("--version");

    private Main() {}

    public static void main(String[] args) {
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        // Log lines go where reports go.
        System.setErr(err);
        int exitCode = run(Surroundings.ofProcess(out, err), args);
        if (exitCode == ExitCode.FOUND) {
            exitCode = written(out, err);
        }
        err.flush();
        System.exit(exitCode);
    }

    private static int written(PrintStream out, PrintStream err) {
        try {
            Refusal.unlessWritten(out);
            return ExitCode.FOUND;
        } catch (Refusal unwritten) {
            return new Report(err, false).refusal(unwritten);
        }
    }

    /** Scripts ask for the version before anything else, and the commands are not needed for it. */
    private static int run(Surroundings surroundings, String... args) {
        if (VERSION.equals(List.of(args))) {
            Version.lines().forEach(surroundings.out()::println);
            return ExitCode.FOUND;
        }
        return Commands.of(surroundings, args).execute(args);
    }

    /** A stream of UTF-8 text to a descriptor of the process. */
    static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new Outlet(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
    }
}
