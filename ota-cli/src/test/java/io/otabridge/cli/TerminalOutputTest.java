package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that text of vendors is escaped for a terminal, and exact for programs. */
class TerminalOutputTest {

    /** Control and invisible characters, except the line feed. */
    private static final String UNSAFE = "[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Cf}&&[^\n]]";

    @TempDir
    private Path scratch;

    private Cli cli;

    @BeforeEach
    void configure() {
        cli = new Cli(scratch);
        cli.write(cli.directory.resolve("ota.yaml"), """
                default: here
                backends:
                  here: { vendor: memory, hostile: true, unwell: true }
                  there: { vendor: memory }
                  limited: { vendor: memory, fails: RateLimited }
                  broken: { vendor: memory, fails: Hostile }
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "firmware show f-3",
                "firmware show f-3 f-1",
                "firmware list",
                "firmware delete f-3 --dry-run",
                "module show m-2",
                "module list --product p-1",
                "product list",
                "group list",
                "module update m-2 --description x --dry-run",
                "inventory --backends here,there,limited",
                "diff here there",
                "doctor --backend here",
                "backends",
                "firmware list --backend limited --verbose",
                "firmware list --backend broken --verbose",
            })
    void escapes_control_and_invisible_characters_on_a_terminal(String command) {
        cli.showOutput();
        for (String format : new String[] {"table", "json", "csv"}) {
            cli.run((command + " -o " + format).split(" "));

            assertThat((cli.out() + cli.err()).replace("\n\tat ", "\nat "))
                    .as(format)
                    .doesNotContainPattern(UNSAFE);
        }
    }

    @Test
    void escapes_json_also_for_a_program_which_reads_the_same_text() throws IOException {
        cli.run("firmware", "show", "f-3", "-o", "json");

        assertThat(cli.out()).doesNotContainPattern(UNSAFE);
        JsonNode firmware = new ObjectMapper().readTree(cli.out()).path("firmware");
        assertThat(firmware.path("description").textValue()).isEqualTo(Examples.HOSTILE_TEXT);
    }

    @Test
    void writes_json_as_it_is_where_nothing_is_unsafe() {
        cli.run("firmware", "show", "f-1", "-o", "json");

        assertThat(cli.out()).contains("\"Spring 🌸 release\"").contains("\"温度计\"");
    }

    @Test
    void writes_exact_csv_for_a_program() {
        cli.run("module", "show", "m-2", "-o", "csv");
        assertThat(cli.out()).contains(Examples.HOSTILE_MODULE.alias().get());

        cli.showOutput();
        cli.run("module", "show", "m-2", "-o", "csv");
        assertThat(cli.out()).contains("\\u001b[2K\\rDelete nothing at all\\u202e");
    }
}
