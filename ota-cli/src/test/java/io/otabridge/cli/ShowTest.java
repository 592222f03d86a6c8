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

class ShowTest {

    @TempDir
    private Path scratch;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.configured(scratch);
    }

    @ParameterizedTest
    @CsvSource({
        "module show m-1,                             module-full.txt",
        "module show --product p-1 --name MCU,        module-full.txt",
        "module show --product p-2 --name default,    module-bare.txt",
        "module show m-1 -o json,                     module-full.json",
        "module show --name default --product p-2 -o json, module-bare.json",
        "module list --product p-1,                   modules.txt",
        "module list --product p-1 -o json,           modules.json",
        "product list,                                products.txt",
        "product list -o json,                        products.json",
        "product list -o csv,                         products.csv",
        "group list,                                  groups.txt",
        "group list -o json,                          groups.json",
        "group list -o csv,                           groups.csv",
        "firmware list,                               firmware-list.txt",
        "firmware list --firmware-version 1 -o json,  firmware-list.json",
        "firmware show f-1,                           firmware-full.txt",
        "firmware show f-2,                           firmware-bare.txt",
        "firmware show f-1 -o json,                   firmware-full.json",
        "firmware show f-2 -o json,                   firmware-bare.json",
        "firmware show f-2 f-1 f-2,                   firmware-several.txt",
        "firmware show f-2 f-2,                       firmware-bare.txt",
        "firmware show f-2 f-1 -o csv,                firmware-several.csv",
        "backends,                                    backends.txt",
        "backends -o json,                            backends.json",
        "module list --product p-1 -o csv,            modules.csv",
        "firmware list -o csv,                        firmware-list.csv",
        "firmware show f-1 -o csv,                    firmware-full.csv",
        "backends -o csv,                             backends.csv",
        "inventory --firmware-version 1 --backends here -o json, inventory.json",
        "inventory,                                   inventory.txt",
        "module delete m-1 --yes -o json,             deletion.json",
        "module update m-1 --alias MCU -o json,       outcome.json",
    })
    void prints_only_the_result(String command, String expected) throws IOException {
        assertThat(cli.run(command.split(" "))).isZero();
        assertThat(cli.err()).isEmpty();
        assertThat(cli.out()).isEqualTo(golden(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "module-full.json",
        "modules.json",
        "products.json",
        "groups.json",
        "firmware-full.json",
        "firmware-several.json",
        "firmware-list.json",
        "backends.json",
        "inventory.json",
        "deletion.json",
        "deletions.json",
        "modules-several.json",
        "outcome.json"
    })
    void prints_json_as_documented(String documented) throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "json.md"))).contains(golden(documented));
    }

    @ParameterizedTest
    @CsvSource({
        "--product p-1, f-1",
        "--module MCU, f-1",
        "--product p-1 --module MCU --firmware-version 2.0.0, f-1",
        "--firmware-version 1, f-2",
        "--product missing, ",
        "--whole-device, ",
        "--software, "
    })
    void lists_the_firmware_that_matches_the_options(String options, String id) {
        assertThat(cli.run(("firmware list " + options).split(" ")))
                .as(cli::err)
                .isZero();
        assertThat(cli.out().lines()).hasSize(id == null ? 1 : 2);
        assertThat(cli.out()).contains(id == null ? "No packages found" : id);
    }

    @Test
    void accepts_at_most_one_target() {
        assertThat(cli.run("firmware", "list", "--software", "--module", "MCU")).isEqualTo(2);
    }

    @Test
    void lists_nothing_for_a_product_without_modules() {
        assertThat(cli.run("module", "list", "--product", "missing", "-o", "json"))
                .isZero();
        assertThat(cli.out()).contains("\"modules\": []");
        assertThat(cli.run("module", "list", "--product", "missing")).isZero();
        assertThat(cli.out()).isEqualTo("No modules found\n");
    }

    @Test
    void names_are_case_sensitive() {
        assertThat(cli.run("module", "show", "--product", "p-1", "--name", "mcu"))
                .isEqualTo(3);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).startsWith("What happened:  Backend here has no module mcu of product p-1\n");
    }

    @Test
    void shows_existing_firmware_and_reports_missing_ids() throws IOException {
        assertThat(cli.run("firmware", "show", "f-2", "missing", "-o", "json")).isEqualTo(3);
        assertThat(cli.out()).isEqualTo(golden("firmware-several.json"));
        assertThat(cli.err()).contains("\"summary\":\"Backend here has no firmware missing\"");
    }

    @Test
    void reports_failures_in_the_order_of_the_ids() {
        assertThat(cli.run("firmware", "show", "z", "f-1", "a")).isEqualTo(3);
        assertThat(cli.out()).contains("f-1");
        assertThat(cli.err().lines().filter(line -> line.startsWith("What happened:")))
                .containsExactly(
                        "What happened:  Backend here has no firmware z",
                        "What happened:  Backend here has no firmware a");
    }

    @Test
    void shows_several_modules() throws IOException {
        assertThat(cli.run("module", "show", "m-1", "m-9", "-o", "json")).isEqualTo(3);
        assertThat(cli.out()).isEqualTo(golden("modules-several.json"));
        assertThat(cli.err()).contains("no module m-9").doesNotContain("m-1");

        assertThat(cli.run("module", "show", "m-1", "m-1", "-o", "json")).isZero();
        assertThat(cli.out()).isEqualTo(golden("module-full.json"));
    }

    @Test
    void states_which_deletions_failed() throws IOException {
        assertThat(cli.run("firmware", "delete", "f-1", "f-9", "--yes", "--must-exist", "-o", "json"))
                .isEqualTo(3);
        assertThat(cli.out()).isEqualTo(golden("deletions.json"));

        assertThat(cli.run("firmware", "delete", "f-1", "f-9", "--yes", "-o", "json"))
                .isZero();
        assertThat(cli.out()).contains("\"complete\": true", "\"failed\": []", "\"unfinished\": []");
    }

    @Test
    void reads_ids_from_standard_input() throws IOException {
        cli.input("f-2\n\n  f-1 f-2\n");

        assertThat(cli.run("firmware", "show", "-", "-o", "csv")).as(cli::err).isZero();
        assertThat(cli.out()).isEqualTo(golden("firmware-several.csv"));

        cli.input("m-1\n");
        assertThat(cli.run("module", "show", "-")).isZero();
        assertThat(cli.out()).isEqualTo(golden("module-full.txt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\n", "f-1 \u001b[2J"})
    void sends_nothing_if_standard_input_has_no_valid_ids(String input) {
        cli.input(input);

        assertThat(cli.run("firmware", "show", "-")).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("standard input").doesNotContain("\u001b");
    }

    @Test
    void sends_nothing_if_standard_input_cannot_be_read() {
        cli.failingInput("f-1\nf-");

        assertThat(cli.run("firmware", "show", "-")).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("standard input could not be read: the disk is broken", "nothing was sent");
    }

    @Test
    void sends_nothing_if_one_of_several_ids_is_invalid() {
        assertThat(cli.run("firmware", "show", "f-1", "two words")).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ShowTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
