package io.otabridge.cli;

import io.otabridge.cli.context.CliEnvironment;
import io.otabridge.cli.context.VersionProvider;
import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ErrorPrinter;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.terminal.BrokenPipeOutputStream;
import io.otabridge.cli.terminal.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Starts the {@code ota} command and ends the process with its exit code. */
public final class Main {

    private static final List<String> VERSION = List.of("--version");

    /** Created in advance, because no memory is left for it after an {@link OutOfMemoryError}. */
    private static final byte[] OUT_OF_MEMORY = """
            What happened:  The command ran out of memory
            What to do:     Give Java more memory, for example JAVA_TOOL_OPTIONS=-Xmx1g, or request less at a time
            """.getBytes(StandardCharsets.UTF_8);

    private static final FileOutputStream STDERR = new FileOutputStream(FileDescriptor.err);

    private Main() {}

    public static void main(String[] args) {
        int exitCode = ExitCode.INTERNAL_ERROR;
        try {
            Thread.setDefaultUncaughtExceptionHandler((thread, error) -> endAfter(error));
            exitCode = start(args);
        } catch (Throwable error) {
            report(error);
        } finally {
            end(exitCode);
        }
    }

    /** By default, Java exits with 1 after an error, which means "there are differences" here. */
    private static void endAfter(Throwable error) {
        try {
            report(error);
        } finally {
            end(ExitCode.INTERNAL_ERROR);
        }
    }

    private static void report(Throwable error) {
        if (!(error instanceof OutOfMemoryError)) {
            new ErrorPrinter(
                            utf8(FileDescriptor.err),
                            false,
                            false,
                            Terminal.ofProcess().errorWidth())
                    .internalError(error);
            return;
        }
        try {
            STDERR.write(OUT_OF_MEMORY);
        } catch (IOException closed) {
            // Only the exit code is left to report the error.
        }
    }

    private static void end(int exitCode) {
        try {
            System.exit(exitCode);
        } finally {
            // System.exit may fail when no memory is left.
            Runtime.getRuntime().halt(exitCode);
        }
    }

    private static int start(String... args) {
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        // SLF4J Simple logs to System.err.
        System.setErr(err);
        CliEnvironment environment = CliEnvironment.ofProcess(out, err);
        Runtime.getRuntime().addShutdownHook(new Thread(environment.interrupts()::run, "ota-interrupt"));
        int exitCode = run(environment, args);
        if (exitCode == ExitCode.FOUND) {
            exitCode = written(out, err);
        }
        err.flush();
        return exitCode;
    }

    private static int written(PrintStream out, PrintStream err) {
        try {
            CliException.requireWritten(out);
            return ExitCode.FOUND;
        } catch (CliException error) {
            return new ErrorPrinter(err, false, false, Terminal.ofProcess().errorWidth()).cliError(error);
        }
    }

    /** Prints the version without building the command tree, because scripts often call it. */
    private static int run(CliEnvironment environment, String... args) {
        if (VERSION.equals(List.of(args))) {
            VersionProvider.lines().forEach(environment.out()::println);
            return ExitCode.FOUND;
        }
        return CommandLineFactory.of(environment, args).execute(args);
    }

    /** Returns a stream that writes UTF-8 text to a file descriptor of the process. */
    static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(
                new BrokenPipeOutputStream(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
    }
}
