package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otabridge.app.ConfigurationException;
import io.otabridge.app.OtaBridge;
import io.otabridge.domain.backend.BackendContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that {@code ota init} writes a configuration that can be completed and loaded. */
class InitCommandTest {

    @TempDir
    private Path scratch;

    private Cli cli;
    private Path file;

    @BeforeEach
    void start() {
        cli = new Cli(scratch);
        file = cli.directory.resolve("ota.yaml");
    }

    @Test
    void keeps_an_existing_file() throws IOException {
        cli.write(file, "mine");

        assertThat(cli.run("init")).isEqualTo(2);
        assertThat(cli.err()).contains("The configuration was not written", file + " exists already", "--force");
        assertThat(file).hasContent("mine");
        assertThat(files()).containsExactly("ota.yaml");
    }

    @Test
    void keeps_a_link_without_a_target() throws IOException {
        Files.createSymbolicLink(file, cli.directory.resolve("elsewhere"));

        assertThat(cli.run("init")).isEqualTo(2);
        assertThat(cli.run("init", "--force")).isEqualTo(2);
        assertThat(files()).containsExactly("ota.yaml");
    }

    @Test
    void replaces_an_existing_file_if_forced() throws IOException {
        cli.write(file, "mine");

        assertThat(cli.run("init", "--force", "--vendor", "tuya")).as(cli::err).isZero();
        assertThat(Files.readString(file)).contains("vendor: tuya").doesNotContain("mine");
        assertThat(files()).containsExactly("ota.yaml");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void only_the_owner_can_read_a_new_file() throws IOException {
        assertThat(cli.run("init")).isZero();
        assertThat(permissions()).isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-rw----", "r--------"})
    @DisabledOnOs(OS.WINDOWS)
    void a_replaced_file_keeps_its_permissions(String permissions) throws IOException {
        cli.write(file, "mine");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertThat(cli.run("init", "--force")).isZero();
        assertThat(permissions()).isEqualTo(permissions);
    }

    private String permissions() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @ParameterizedTest
    @CsvSource({
        "--vendor missing,        'no template for vendor \"missing\"'",
        "--vendor memory,         'no template for vendor \"memory\"'",
        "'--vendor huawei,gone',  'no template for vendor \"gone\"'",
        "'--vendor ,',            --vendor names no vendor",
        "--file .,                is a directory",
        "--force --file .,        is a directory",
        "--file missing/ota.yaml, the directory does not exist",
    })
    void rejects_what_it_cannot_write(String arguments, String reason) throws IOException {
        assertThat(cli.run(("init " + arguments).split(" "))).isEqualTo(2);
        assertThat(cli.err()).contains(reason).contains("\nWhat to do:");
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"huawei", "aliyun", "tuya"})
    void writes_a_configuration_that_loads_after_its_variables_are_set(String vendor) throws IOException {
        assertThat(cli.run("init", "--vendor", vendor)).as(cli::err).isZero();

        assertThat(cli.out()).isEmpty();
        List<String> variables = variables();
        assertThat(variables).hasSizeGreaterThan(2).doesNotHaveDuplicates();
        try (OtaBridge ota = OtaBridge.load(file, context(variables))) {
            ota.checkAll();
            assertThat(ota.backendNames()).containsExactly(vendor);
            assertThat(ota.defaultBackend()).isEqualTo(vendor);
            assertThat(ota.backend().vendor().name()).isEqualTo(vendor);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"huawei", "aliyun", "tuya"})
    void names_every_variable_that_is_missing(String vendor) {
        cli.run("init", "--vendor", vendor);
        List<String> variables = variables();

        try (OtaBridge ota = OtaBridge.load(file, context(List.of()))) {
            assertThatThrownBy(ota::checkAll)
                    .isInstanceOf(ConfigurationException.class)
                    .message()
                    .satisfies(message -> assertThat(variables).allMatch(name -> message.contains("${" + name + "}")));
        }
    }

    @Test
    void writes_a_backend_for_each_vendor_by_default() throws IOException {
        assertThat(cli.run("init")).as(cli::err).isZero();

        try (OtaBridge ota = OtaBridge.load(file, context(variables()))) {
            ota.checkAll();
            assertThat(ota.backendNames()).containsExactly("aliyun", "huawei", "tuya");
        }
        assertThat(Files.readString(file)).contains("# ").endsWith("}\n").doesNotContain("\t");
        assertThat(Files.readAllLines(file))
                .allMatch(line -> line.length() <= 130 && line.equals(line.stripTrailing()));
    }

    @Test
    void suggests_a_similar_vendor() {
        assertThat(cli.run("init", "--vendor", "huaway")).isEqualTo(2);
        assertThat(cli.err()).contains("Did you mean huawei? Name vendors of ");
    }

    @Test
    void fits_the_terminal() {
        cli.answerOnTerminal("");

        assertThat(cli.run("init", "--file", "a.yaml")).as(cli::err).isZero();

        assertThat(cli.err().lines())
                .allMatch(line -> line.length() <= 80 || !line.strip().contains(" "));
    }

    /** Returns the variables that the command printed. */
    private List<String> variables() {
        return cli.err()
                .lines()
                .filter(line -> line.matches("  [A-Z_]+"))
                .map(String::strip)
                .toList();
    }

    private static BackendContext context(List<String> variables) {
        Map<String, String> values = new HashMap<>();
        variables.forEach(name -> values.put(name, name.endsWith("_ENDPOINT") ? "https://localhost:1" : "0a1b2c3d"));
        return BackendContext.system().withEnvironment(values);
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(cli.directory)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }
}
