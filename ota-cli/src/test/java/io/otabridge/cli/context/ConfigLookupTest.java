package io.otabridge.cli.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLookupTest {

    @TempDir
    private Path scratch;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(scratch);
    }

    @Test
    void a_named_file_has_priority() {
        everywhere();
        assertThat(backendWith("--config", "named.yaml")).isEqualTo("named");
        assertThat(backendWith("--config", cli.directory.resolve("named.yaml").toString()))
                .isEqualTo("named");
    }

    @Test
    void the_variable_has_priority_over_the_directory() {
        everywhere();
        assertThat(backendWith()).isEqualTo("variable");
    }

    @Test
    void the_directory_has_priority_over_the_home() {
        everywhere();
        cli.setenv("OTA_CONFIG", " ");
        assertThat(backendWith()).isEqualTo("directory");
    }

    @Test
    void uses_the_home_last() {
        configure(cli.home.resolve(".config/ota/ota.yaml"), "home");
        assertThat(backendWith()).isEqualTo("home");
    }

    @Test
    void lists_the_places_if_there_is_no_file() {
        assertThat(cli.run("backends")).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err())
                .isEqualTo("What happened:  No configuration was found\n"
                        + "Why:            looked for --config (not given), $OTA_CONFIG (not set), "
                        + cli.directory.resolve("ota.yaml") + " (does not exist), "
                        + cli.home.resolve(".config/ota/ota.yaml") + " (does not exist)\n"
                        + "What to do:     Create one of these files, for example with ota init. To try the command"
                        + " without an account: ota demo, or ota simulate --write-config ota.yaml\n");
    }

    @Test
    @Timeout(60)
    @DisabledOnOs(OS.WINDOWS)
    void rejects_a_file_that_is_not_regular() throws Exception {
        Path file = cli.directory.resolve("ota.yaml");
        Process pipe = new ProcessBuilder("mkfifo", file.toString()).start();
        assertThat(pipe.waitFor()).isZero();

        assertThat(cli.run("backends")).isEqualTo(2);
        assertThat(cli.err()).contains("it is not a regular file", "Write the configuration to a regular file");

        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/dev/zero"));
        assertThat(cli.run("backends")).isEqualTo(2);
        assertThat(cli.err()).contains("it is not a regular file").doesNotContain("chmod");
    }

    @Test
    void fails_if_a_named_file_does_not_exist() {
        everywhere();
        assertThat(cli.run("backends", "--config", "absent.yaml")).isEqualTo(2);
        assertThat(cli.err()).contains("absent.yaml is not valid", "the file does not exist");
        cli.setenv("OTA_CONFIG", "absent.yaml");
        assertThat(cli.run("backends")).isEqualTo(2);
        assertThat(cli.err()).contains("absent.yaml is not valid");
    }

    @Test
    void reports_every_error_of_a_configuration() {
        Path file = cli.write(
                cli.directory.resolve("ota.yaml"),
                "backends:\n  a:\n    vendor: memory\n    fials: x\n  b:\n    vendor: \"\\e[2J\"\n");
        assertThat(cli.run("module", "show", "x")).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).isEqualTo("What happened:  Configuration " + file + " is not valid\n" + """
                Why:            default is missing: with several backends it must be one of a, b
                                line 4: backends.a.fials is not a known setting (did you mean fails?); known here: vendor, cache, fails, hostile, files, lacks, file-deletion-fails, unwell, shared, interrupted-at, thrown-at
                                line 6: backends.b.vendor must be one of aliyun, huawei, memory, tuya; \
                to add a vendor, put its adapter's jar on the class path (for the command line: OTA_CLASSPATH). The other settings of this \
                backend are checked once its vendor is known
                What to do:     Correct the errors above; nothing was sent
                """);
    }

    @Test
    void accepts_a_configuration_with_a_cache() {
        cli.write(
                cli.directory.resolve("ota.yaml"),
                "backends:\n  a:\n    vendor: memory\n    cache: { firmware: 5m, stale: 1h }\n");
        assertThat(cli.run("firmware", "show", "f-2")).as(cli::err).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"work/ota.yaml", "home/.config/ota/ota.yaml"})
    @DisabledOnOs(OS.WINDOWS)
    void rejects_a_found_file_that_others_can_write(String found) throws IOException {
        configure(cli.home.resolve(".config/ota/ota.yaml"), "home");
        Path file = cli.directory.resolveSibling(found);
        configure(file, "found");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(cli.run("backends")).isEqualTo(2);

        assertThat(cli.out()).isEmpty();
        assertThat(cli.err())
                .isEqualTo("What happened:  Configuration " + file
                        + " is not used, because another user could have written it\n"
                        + "Why:            " + file + " can be written by every user; if you trust its content, run:"
                        + " chmod go-w " + file + "\n"
                        + "What to do:     Correct its permissions, or name the file: --config " + file
                        + " or $OTA_CONFIG\n");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void rejects_a_found_link_that_cannot_be_followed() throws IOException {
        configure(cli.home.resolve(".config/ota/ota.yaml"), "home");
        Path link = cli.directory.resolve("ota.yaml");
        Files.createSymbolicLink(link, link);

        assertThat(cli.run("backends")).isEqualTo(2);

        assertThat(cli.err()).contains("Configuration " + link + " is not used", "cannot be determined");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void uses_a_named_file_that_others_can_write() throws IOException {
        everywhere();
        for (String name : List.of("named.yaml", "variable.yaml")) {
            Files.setPosixFilePermissions(cli.directory.resolve(name), PosixFilePermissions.fromString("rw-rw-rw-"));
        }

        assertThat(backendWith("--config", "named.yaml")).isEqualTo("named");
        assertThat(backendWith()).isEqualTo("variable");
    }

    private void everywhere() {
        configure(cli.directory.resolve("named.yaml"), "named");
        configure(cli.directory.resolve("variable.yaml"), "variable");
        configure(cli.directory.resolve("ota.yaml"), "directory");
        configure(cli.home.resolve(".config/ota/ota.yaml"), "home");
        cli.setenv("OTA_CONFIG", "variable.yaml");
    }

    private void configure(Path file, String backend) {
        cli.write(file, "backends:\n  " + backend + ":\n    vendor: memory\n");
    }

    private String backendWith(String... options) {
        String[] args = new String[options.length + 1];
        args[0] = "backends";
        System.arraycopy(options, 0, args, 1, options.length);
        assertThat(cli.run(args)).as(cli::err).isZero();
        return cli.out().lines().skip(1).findFirst().orElse("").split(" ", 2)[0];
    }
}
