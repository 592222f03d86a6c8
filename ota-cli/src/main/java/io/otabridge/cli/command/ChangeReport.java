package io.otabridge.cli.command;

import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ErrorPrinter;
import io.otabridge.cli.error.ExitCode;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.function.ToIntFunction;

/**
 * The results of several changes. They are printed once: at the end, or before it if the command is stopped by Ctrl-C or an
 * exception. Thread-safe.
 */
public final class ChangeReport<R> {

    private final ToIntFunction<List<R>> printer;
    private final ErrorPrinter errors;
    private List<R> finished = List.empty();
    private boolean isPrinted;

    /** @param printer prints the results and returns the exit code */
    public ChangeReport(ToIntFunction<List<R>> printer, ErrorPrinter errors) {
        this.printer = printer;
        this.errors = errors;
    }

    /** Adds the result of a change. Returns the number of finished changes. */
    public synchronized int add(R result) {
        finished = finished.append(result);
        return finished.size();
    }

    /** Prints the results, unless they are printed already. Returns the exit code. */
    public synchronized int print() {
        if (isPrinted) {
            return ExitCode.FOUND;
        }
        isPrinted = true;
        return printer.applyAsInt(finished);
    }

    /**
     * Prints the results because the command is stopped, also if no change is finished. Returns the results so far; none
     * if they were printed already. Never throws if they cannot be written.
     */
    synchronized Option<List<R>> stop() {
        if (isPrinted) {
            return Option.none();
        }
        try {
            print();
        } catch (CliException unwritten) {
            errors.cliError(unwritten);
        }
        return Option.some(finished);
    }

    /** Prints the results before the end; nothing if no change is finished. Never throws if they cannot be written. */
    public synchronized void printEarly() {
        try {
            if (!finished.isEmpty()) {
                print();
            }
        } catch (CliException unwritten) {
            errors.cliError(unwritten);
        }
    }
}
