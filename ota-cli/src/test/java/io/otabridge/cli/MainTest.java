package io.otabridge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the command in a separate process that a shell connects to others. */
class MainTest {

    @TempDir
    private Path scratch;

    private Path configuration;

    @BeforeEach
    void configure() throws IOException {
        configuration = Files.writeString(scratch.resolve("ota.yaml"), """
                backends:
                  prod:
                    vendor: tuya
                    endpoint: https://vendor.example
                    credentials: { access-key: key, secret-key: secret }
                """);
    }

    @Test
    void a_closed_pipe_is_not_an_error() throws Exception {
        assertThat(shell("\"$@\" 2>err | true; echo ${PIPESTATUS[0]}")).isEqualTo("0\n");
        assertThat(scratch.resolve("err")).isEmptyFile();
    }

    @Test
    void a_full_disk_is_an_error() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full here");

        assertThat(shell("\"$@\" 2>err >/dev/full; echo $?")).isEqualTo("70\n");
        assertThat(scratch.resolve("err")).content().contains("The output could not be written");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "--help", "completion", "simulate"})
    void a_full_disk_is_an_error_of_every_command(String command) throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full here");

        assertThat(shell("\"${@:1:4}\" " + command + " 2>err >/dev/full; echo $?"))
                .isEqualTo("70\n");
        assertThat(scratch.resolve("err")).content().contains("The output could not be written");
    }

    @Test
    void a_closed_output_is_an_error() throws Exception {
        assertThat(shell("\"$@\" 2>err >&-; echo $?")).isEqualTo("70\n");
    }

    @ParameterizedTest
    @CsvSource({
        "OutOfMemory, module show m-1, The command ran out of memory",
        "OutOfMemory, firmware show f-1 f-2, The command ran out of memory",
        "OutOfMemory, inventory, The command ran out of memory",
        "OutOfMemory, diff prod other, The command ran out of memory",
        "StackOverflow, module show m-1, StackOverflowError",
        "StackOverflow, firmware show f-1 f-2, StackOverflowError",
        "StackOverflow, inventory, StackOverflowError",
        "StackOverflow, diff prod other, StackOverflowError",
        "nonsense, inventory, IllegalStateException: a mistake in the adapter",
        "nonsense, diff prod other, IllegalStateException: a mistake in the adapter",
    })
    void an_error_in_any_thread_exits_with_70(String error, String command, String message) throws Exception {
        Files.writeString(configuration, """
                default: prod
                backends:
                  prod: { vendor: memory, fails: %1$s }
                  other: { vendor: memory, fails: %1$s }
                """.formatted(error));

        assertThat(shell("\"${@:1:4}\" " + command + " --config ota.yaml 2>err; echo $?"))
                .isEqualTo("70\n");
        assertThat(scratch.resolve("err")).content().contains(message);
    }

    @Test
    void too_little_memory_exits_with_70() throws Exception {
        Files.writeString(configuration, "backends: { one: { vendor: memory }, other: { vendor: memory } }");

        assertThat(shell("\"$1\" -XX:+UseSerialGC -Xmx3m \"${@:2:3}\" diff one other --config ota.yaml 2>err; echo $?"))
                .isEqualTo("70\n");
        assertThat(scratch.resolve("err")).content().contains("The command ran out of memory");
    }

    @Test
    void prints_its_version() throws Exception {
        assertThat(shell("\"${@:1:4}\" --version"))
                .startsWith("ota ")
                .contains("\nJava " + Runtime.version().feature());
    }

    /** Returns the output of a shell script. Its arguments are a command that lists the backends. */
    private String shell(String script) throws Exception {
        Process shell = new ProcessBuilder(
                        "bash",
                        "-c",
                        script,
                        "bash",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "backends",
                        "--config",
                        configuration.toString())
                .directory(scratch.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(shell.getInputStream().readAllBytes(), UTF_8);
        assertThat(shell.waitFor()).as(printed).isZero();
        return printed;
    }
}
