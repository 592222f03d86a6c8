package io.otabridge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the output and exit code of {@code ota doctor}. */
class DoctorTest {

    @TempDir
    private Path scratch;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(scratch);
        cli.write(cli.directory.resolve("ota.yaml"), """
                default: well
                backends:
                  unwell:
                    vendor: memory
                    unwell: true
                  well:
                    vendor: memory
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "doctor, doctor.txt",
        "doctor -o json --backend unwell, doctor.json",
        "doctor -o csv, doctor.csv",
    })
    void prints_all_findings_and_exits_with_1_if_a_check_failed(String command, String expected) throws IOException {
        assertThat(cli.run(command.split(" "))).isEqualTo(1);
        assertThat(cli.err()).isEmpty();
        assertThat(cli.out()).isEqualTo(golden(expected));
    }

    @Test
    void prints_json_as_documented() throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "json.md"))).contains(golden("doctor.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "json", "csv"})
    void exits_with_0_if_no_check_failed(String format) {
        assertThat(cli.run("doctor", "--backend", "well", "-o", format)).isZero();
        assertThat(cli.out()).contains("not checked by this adapter").doesNotContain("unwell");
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void names_a_backend_that_was_not_checked() {
        assertThat(cli.run("doctor", "--backend", "well")).isZero();
        assertThat(cli.out()).endsWith("\nNo check failed.\nNot checked: well\n");
    }

    @Test
    void escapes_text_of_vendors() {
        cli.run("doctor");
        assertThat(cli.out()).contains("No\\u001b[2J such key").doesNotContain("\u001b");
    }

    @Test
    void rejects_an_unknown_backend() {
        assertThat(cli.run("doctor", "--backend", "nowhere")).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).startsWith("What happened:  There is no backend \"nowhere\"");
    }

    @Test
    void reports_configuration_errors_like_other_commands() {
        cli.write(cli.directory.resolve("ota.yaml"), "backends:\n  here:\n    vendor: missing\n");
        assertThat(cli.run("doctor")).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("is not valid", "backends.here.vendor");
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(DoctorTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
