package io.otabridge.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Starts the {@code ota} command and ends the process with its exit code. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        // Log lines go where reports go.
        System.setErr(err);
        int exitCode = Commands.of(Surroundings.ofProcess(out, err), args).execute(args);
        out.flush();
        err.flush();
        System.exit(exitCode);
    }

    /** A stream of UTF-8 text to a descriptor of the process. */
    static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
