package io.otabridge.cli.error;

import io.otabridge.app.ConfigurationException;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.Table;
import io.otabridge.cli.render.ValueFormatter;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.jackson.ErrorReport;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints errors in three parts: what happened, why (if known), and what to do; or as one line of JSON. */
public final class ErrorPrinter {

    private final PrintStream err;
    private final boolean verbose;
    private final boolean isJson;
    private final int width;

    /** @param width the width at which text is wrapped */
    public ErrorPrinter(PrintStream err, boolean verbose, boolean isJson, int width) {
        this.err = err;
        this.verbose = verbose;
        this.isJson = isJson;
        this.width = width;
    }

    /** Prints a failure, with all details if verbose. Returns the exit code. */
    public int failure(OtaFailure failure) {
        if (isJson) {
            return json(ExitCode.of(failure), failure);
        }
        print(failure.summary(), reason(failure), advice(failure));
        if (verbose) {
            Table kind = Table.indented().row("failure", failure.getClass().getSimpleName());
            if (failure instanceof OtaFailure.RateLimited limited) {
                kind.row("limit", limited.limit().name().toLowerCase(Locale.ROOT));
            } else if (failure instanceof OtaFailure.OutcomeUnknown unknown) {
                unknown.clientToken().forEach(token -> kind.row("client token", token));
            }
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
                            ValueFormatter.orAbsent(failure.retryAfter().map(ValueFormatter::duration)))
                    .fit(width));
        }
        return ExitCode.of(failure);
    }

    public int cliError(CliException error) {
        return print(error.exitCode(), error.what(), error.why(), error.advice());
    }

    public int configurationError(ConfigurationException exception) {
        if (isJson) {
            return json(ExitCode.USAGE, exception);
        }
        String where = exception.file().map(file -> "Configuration " + file).getOrElse("The configuration");
        // The message is a headline and one line for each error, already redacted.
        String errors = String.valueOf(exception.getMessage())
                .lines()
                .skip(1)
                .map(String::strip)
                .collect(Collectors.joining("\n"));
        return print(ExitCode.USAGE, where + " is not valid", errors, "Correct the errors above; nothing was sent");
    }

    /** Prints an internal error of this program. */
    public int internalError(Throwable error) {
        print(
                ExitCode.INTERNAL_ERROR,
                "An internal error occurred",
                error.getClass().getSimpleName()
                        + Option.of(error.getMessage())
                                .map(message -> ": " + message)
                                .getOrElse(""),
                "Report it to the maintainers of OTA Bridge, with the output of --verbose");
        if (verbose) {
            StringWriter trace = new StringWriter();
            error.printStackTrace(new PrintWriter(trace, true));
            trace.toString()
                    .lines()
                    .forEach(line -> err.println(TerminalEscaper.of(line).replaceFirst("^\\\\t", "\t")));
        }
        return ExitCode.INTERNAL_ERROR;
    }

    /** Prints an error. Returns the exit code. */
    public int print(int exitCode, String what, String why, String advice) {
        if (isJson) {
            return json(exitCode, new ErrorReport(ExitCode.kind(exitCode), what, why, advice));
        }
        print(what, why, advice);
        return exitCode;
    }

    /** Prints an error that belongs to a backend. Returns the exit code. */
    public int print(int exitCode, Backend backend, String what, String why, String advice) {
        if (isJson) {
            ErrorReport report = new ErrorReport(ExitCode.kind(exitCode), what, why, advice);
            return json(
                    exitCode,
                    JsonOutput.fields(report)
                            .put("backend", backend.name())
                            .put("vendor", backend.vendor().name()));
        }
        print(what, why, advice);
        return exitCode;
    }

    private int json(int exitCode, Object failure) {
        err.print(JsonOutput.line(JsonOutput.object().put("exitCode", exitCode).putPOJO("failure", failure)));
        return exitCode;
    }

    private void print(String what, String why, String advice) {
        Table table = Table.plain().row("What happened:", what);
        err.print((why.isEmpty() ? table : table.row("Why:", why))
                .row("What to do:", advice)
                .fit(width));
    }

    /** Returns the vendor's message, code, status and request id; empty if none is known. */
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

    /** Returns the advice of a failure, with the delay to wait if known. */
    public static String advice(OtaFailure failure) {
        String wait = isClientLimit(failure) ? "; wait " : "; the vendor asks to wait ";
        return failure.advice()
                + failure.retryAfter()
                        .map(duration -> wait + ValueFormatter.duration(duration))
                        .getOrElse("");
    }

    /** Whether this library, and not the vendor, requires the delay. */
    private static boolean isClientLimit(OtaFailure failure) {
        return failure instanceof OtaFailure.CircuitOpen
                || (failure instanceof OtaFailure.RateLimited limited
                        && limited.limit() == OtaFailure.RateLimited.Limit.CLIENT);
    }
}
