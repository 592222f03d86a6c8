package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With {@code -o json} a failure is one line of JSON on standard error. */
class JsonFailuresTest {

    @TempDir
    private Path scratch;

    private Cli cli;

    @BeforeEach
    void configure() {
        cli = Cli.configured(scratch);
    }

    private List<JsonNode> run(int exitCode, String command) {
        assertThat(cli.run(command.split(" "))).as(cli::err).isEqualTo(exitCode);
        return cli.err().lines().map(JsonFailuresTest::parsed).toList();
    }

    private static JsonNode parsed(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }

    @Test
    void prints_a_failure_as_documented() throws IOException {
        run(3, "firmware show missing -o json");

        assertThat(cli.out()).isEmpty();
        assertThat(Files.readString(Path.of("..", "docs", "json.md"))).contains("\n" + cli.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "firmware show missing -o json     #  3 # NotFound     # false",
                "firmware list --backend x -o json #  2 # InvalidUsage # true",
                "firmware show -o json             #  2 # InvalidUsage # true",
                "firmware -o json                  #  2 # InvalidUsage # true",
                "-o json                           #  2 # InvalidUsage # true",
                "inventory --parallel x -o json    #  2 # InvalidUsage # true",
                "inventory --parallel x -ojson     #  2 # InvalidUsage # true",
                "inventory --parallel x --output=json #  2 # InvalidUsage # true",
                "inventory --parallel x --output json #  2 # InvalidUsage # true",
                "nonsense -o json                  #  2 # InvalidUsage # true",
                "diff here here -o json            #  2 # InvalidUsage # true",
                "module delete m-1 -o json         # 10 # NotConfirmed # true"
            })
    void prints_every_error_with_the_same_keys(String command, int exitCode, String kind, boolean hasErrors) {
        JsonNode reference = run(3, "firmware show missing -o json").get(0);
        List<JsonNode> lines = run(exitCode, command);

        assertThat(lines).hasSize(1);
        JsonNode failure = lines.get(0).path("failure");
        assertThat(lines.get(0).path("exitCode").asInt()).isEqualTo(exitCode);
        assertThat(failure.path("kind").asText()).isEqualTo(kind);
        assertThat(failure.path("summary").asText()).isNotEmpty();
        assertThat(failure.path("advice").asText()).isNotEmpty();
        assertThat(failure.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(() -> reference.path("failure").fieldNames());
        assertThat(failure.path("errors").isEmpty()).isNotEqualTo(hasErrors);
    }

    @Test
    void lists_all_errors_of_the_configuration() {
        cli.write(cli.directory.resolve("ota.yaml"), """
                backends:
                  here:
                    vendor: memory
                    speed: high
                    tiem: 3
                """);

        JsonNode failure = run(2, "backends -o json").get(0).path("failure");

        assertThat(failure.path("kind").asText()).isEqualTo("InvalidConfiguration");
        assertThat(failure.path("summary").asText()).endsWith("ota.yaml is not valid");
        assertThat(failure.path("errors")).hasSize(2);
        assertThat(failure.at("/errors/0/line").asInt()).isEqualTo(4);
        assertThat(failure.at("/errors/0/key").asText()).startsWith("backends.here");
        assertThat(failure.at("/errors/0/problem").asText()).isNotEmpty();
    }

    @Test
    void prints_a_line_for_each_backend_with_the_failure_of_the_result() {
        cli.write(cli.directory.resolve("ota.yaml"), """
                default: a
                backends:
                  a:
                    vendor: memory
                    fails: RateLimited
                  b:
                    vendor: memory
                    fails: AccessDenied
                """);

        List<JsonNode> lines = run(6, "inventory -o json");

        JsonNode result = parsed(cli.out());
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).path("failure")).isEqualTo(result.at("/backends/0/failure"));
        assertThat(lines.get(1).path("failure")).isEqualTo(result.at("/backends/1/failure"));
        assertThat(lines.get(1).path("exitCode").asInt()).isEqualTo(4);
        assertThat(lines.get(0).at("/failure/retryAfterMillis").asLong()).isEqualTo(30_000);
        assertThat(cli.err()).contains("Slow\\u001B[2J down").doesNotContain("\u001B");
    }

    @Test
    void stays_text_in_other_formats() {
        assertThat(cli.run("firmware", "show", "missing", "-o", "csv")).isEqualTo(3);
        assertThat(cli.err()).startsWith("What happened:");
        assertThat(cli.run("module", "show", "--product", "-o json", "--name", "x", "-o", "csv"))
                .isNotZero();
        assertThat(cli.err()).startsWith("What happened:");
    }
}
