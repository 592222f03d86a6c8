package io.otabridge.cli.error;

import io.otabridge.app.ConfigurationException;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.Table;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.domain.OtaFailure;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Collectors;

/** Tells people what went wrong in three parts: what happened, why (where the first does not say it all), what to do. */
public final class ErrorPrinter {

    private final PrintStream err;
    private final boolean verbose;

    public ErrorPrinter(PrintStream err, boolean verbose) {
        this.err = err;
        this.verbose = verbose;
    }

    /** Reports why a backend gave no answer; everything known about it if verbose. Answers the exit code. */
    public int failure(OtaFailure failure) {
        print(failure.summary(), reason(failure), advice(failure));
        if (verbose) {
            Table kind = Table.indented().row("failure", failure.getClass().getSimpleName());
            JsonOutput.limit(failure).forEach(limit -> kind.row("limit", "of the " + limit));
            JsonOutput.clientToken(failure).forEach(token -> kind.row("client token", token));
            err.print(kind.row("backend", failure.backend())
                    .row("vendor", failure.details().origin().vendor().name())
                    .row("operation", failure.operation())
                    .row("HTTP status", ValueFormatter.orAbsent(failure.status()))
                    .row("vendor code", ValueFormatter.orAbsent(failure.vendorCode()))
                    .row("vendor message", ValueFormatter.orAbsent(failure.vendorMessage()))
                    .row("request id", ValueFormatter.orAbsent(failure.requestId()))
                    .row("retry may help", failure.isRetryable() ? "yes" : "no")
                    .row(
                            "retry after",
                            ValueFormatter.orAbsent(failure.retryAfter().map(ValueFormatter::duration))));
        }
        return ExitCode.of(failure);
    }

    public int refusal(CliException refusal) {
        print(refusal.what(), refusal.why(), refusal.advice());
        return refusal.exitCode();
    }

    public int configuration(ConfigurationException refused) {
        String where = refused.file().map(file -> "Configuration " + file).getOrElse("The configuration");
        // The message is a headline and one line for each fault, already fit for printing.
        String faults = String.valueOf(refused.getMessage())
                .lines()
                .skip(1)
                .map(String::strip)
                .collect(Collectors.joining("\n"));
        print(where + " cannot be used", faults, "Correct what is named above; nothing has been sent");
        return ExitCode.USAGE;
    }

    /** Reports a mistake in this program. */
    public int internalError(Throwable error) {
        print(
                "The command failed in a way that it should not",
                error.getClass().getSimpleName()
                        + Option.of(error.getMessage())
                                .map(message -> ": " + message)
                                .getOrElse(""),
                "Report it to the maintainers of OTA Bridge, with what --verbose shows");
        if (verbose) {
            StringWriter trace = new StringWriter();
            error.printStackTrace(new PrintWriter(trace, true));
            trace.toString()
                    .lines()
                    .forEach(line -> err.println(TerminalEscaper.of(line).replaceFirst("^\\\\t", "\t")));
        }
        return ExitCode.INTERNAL_ERROR;
    }

    public void print(String what, String why, String advice) {
        Table told = Table.plain().row("What happened:", what);
        err.print((why.isEmpty() ? told : told.row("Why:", why)).row("What to do:", advice));
    }

    /** Why it happened, in the vendor's words and numbers; empty if nothing is known. */
    public static String reason(OtaFailure failure) {
        List<String> facts = List.of(
                        failure.vendorCode().map(code -> "code " + code),
                        failure.status().map(status -> "HTTP " + status),
                        failure.requestId().map(id -> "request id " + id))
                .flatMap(fact -> fact);
        String listed = facts.mkString(", ");
        return failure.vendorMessage()
                .map(message -> facts.isEmpty() ? message : message + " (" + listed + ")")
                .getOrElse(listed);
    }

    /** What to do about it, and how long to wait where that is known. */
    public static String advice(OtaFailure failure) {
        String wait = isOfClient(failure) ? "; wait " : "; the vendor asks to wait ";
        return failure.advice()
                + failure.retryAfter()
                        .map(duration -> wait + ValueFormatter.duration(duration))
                        .getOrElse("");
    }

    /** Whether this library demands the wait, and not the vendor. */
    private static boolean isOfClient(OtaFailure failure) {
        return failure instanceof OtaFailure.CircuitOpen
                || (failure instanceof OtaFailure.RateLimited limited
                        && limited.limit() == OtaFailure.RateLimited.Limit.CLIENT);
    }
}
