package io.otabridge.cli.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.cli.Cli;
import io.otabridge.cli.MemoryProvider;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.vavr.control.Option;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {

    @TempDir
    private Path scratch;

    @Test
    void every_kind_of_failure_has_a_unique_code() {
        OperationContext origin = new OperationContext("here", Vendor.of("memory"), "Find");
        Set<Integer> codes = new HashSet<>(Set.of(
                ExitCode.FOUND,
                ExitCode.DIFFERENT,
                ExitCode.USAGE,
                ExitCode.NOT_CONFIRMED,
                ExitCode.SOME_UPGRADED,
                ExitCode.NONE_UPGRADED,
                ExitCode.INTERNAL_ERROR));
        for (Class<?> kind : OtaFailure.class.getPermittedSubclasses()) {
            int code = ExitCode.of(MemoryProvider.failure(kind.getSimpleName(), origin));
            assertThat(codes.add(code)).as(kind.getSimpleName()).isTrue();
        }
        assertThat(codes).hasSize(7 + OtaFailure.class.getPermittedSubclasses().length);
    }

    @Test
    void lists_every_code_in_the_help() {
        Cli cli = new Cli(scratch);
        cli.run("--help");
        for (int code = 0; code <= ExitCode.NONE_UPGRADED; code++) {
            assertThat(cli.out()).containsPattern("(?m)^  +" + code + " +[a-z]");
        }
        assertThat(cli.out()).containsPattern("(?m)^  +" + ExitCode.INTERNAL_ERROR + " +[a-z]");
    }

    @ParameterizedTest
    @CsvSource({
        "NotFound, 3",
        "AccessDenied, 4",
        "Rejected, 5",
        "RateLimited, 6",
        "Unavailable, 7",
        "UnreadableResponse, 8",
        "Unsupported, 9",
        "Cancelled, 11",
        "DeadlineExceeded, 12",
        "OutcomeUnknown, 13",
        "CircuitOpen, 14",
        "DigestMismatch, 15",
    })
    void exits_with_the_code_of_the_failure(String kind, int code) {
        Cli cli = failing(kind);
        for (String command : new String[] {"module", "firmware"}) {
            assertThat(cli.run(command, "show", "x-1", "-o", "csv")).isEqualTo(code);
            assertThat(cli.out()).isEmpty();
            assertThat(cli.err()).isEqualTo(expectedReport(kind));
        }
    }

    @Test
    void prints_details_with_verbose() {
        Cli cli = failing("RateLimited");
        cli.run("module", "show", "x-1", "--verbose");
        assertThat(cli.err()).isEqualTo(expectedReport("RateLimited") + """
                  failure         RateLimited
                  limit           vendor
                  backend         here
                  vendor          memory
                  operation       FindModule
                  HTTP status     429
                  vendor code     X.1
                  vendor message  Slow\\u001b[2J down
                  request id      req-1
                  retry may help  yes
                  retry after     30 s
                """);
    }

    @Test
    void prints_the_client_token_of_an_unknown_outcome() {
        Cli cli = failing("OutcomeUnknown");
        cli.run("module", "show", "x-1", "--verbose");
        assertThat(cli.err()).contains("failure         OutcomeUnknown\n", "client token    token-1\n");
    }

    @Test
    void states_who_requires_a_delay() {
        FailureDetails details = FailureDetails.of(
                        new OperationContext("here", Vendor.of("memory"), "Find"), "It failed", "Retry")
                .withRetry(Option.some(Duration.ofSeconds(3)));
        OtaFailure limited = new OtaFailure.RateLimited(details, OtaFailure.RateLimited.Limit.CLIENT);

        assertThat(ErrorPrinter.advice(new OtaFailure.RateLimited(details)))
                .isEqualTo("Retry; the vendor asks to wait 3 s");
        assertThat(ErrorPrinter.advice(limited)).isEqualTo("Retry; wait 3 s");
        assertThat(ErrorPrinter.advice(new OtaFailure.CircuitOpen(details))).isEqualTo("Retry; wait 3 s");
    }

    @Test
    void reports_an_internal_error() {
        Cli cli = failing("nonsense");
        assertThat(cli.run("module", "show", "x-1")).isEqualTo(70);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).isEqualTo("""
                What happened:  An internal error occurred
                Why:            IllegalStateException: a mistake in the adapter
                What to do:     Report it to the maintainers of OTA Bridge, with the output of --verbose
                """);
    }

    @Test
    void prints_a_stack_trace_with_verbose() {
        Cli cli = failing("nonsense");
        assertThat(cli.run("--verbose", "module", "show", "x-1")).isEqualTo(70);
        assertThat(cli.err()).contains("\tat io.otabridge.cli.");
    }

    private Cli failing(String kind) {
        Cli cli = new Cli(scratch);
        cli.write(
                cli.directory.resolve("ota.yaml"), "backends:\n  here:\n    vendor: memory\n    fails: " + kind + "\n");
        return cli;
    }

    private static String expectedReport(String kind) {
        boolean detailed = kind.equals("RateLimited");
        return "What happened:  " + kind + " happened\n"
                + (detailed ? "Why:            Slow\\u001b[2J down (code X.1, HTTP 429, request id req-1)\n" : "")
                + "What to do:     Do something about it" + (detailed ? "; the vendor asks to wait 30 s" : "") + "\n";
    }
}
