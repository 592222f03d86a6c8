package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests searches by coordinates, commands with several backends, and product names. */
class ListingCommandsTest {

    private static final String PRODUCTS = "products:\n  thermometer: { here: p-1 }\n  camera: { there: p-1 }\n";

    @TempDir
    private Path scratch;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(scratch);
        cli.write(cli.directory.resolve("ota.yaml"), Cli.CONFIGURATION + PRODUCTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "firmware find --product thermometer --module MCU --firmware-version 2.0.0",
                "firmware find --product p-1 --module MCU --newest",
                "firmware find --product p-1 --module MCU --newest=semantic",
                "firmware find --newest --product thermometer --module MCU",
                "firmware find --product camera --module MCU --newest --backend there",
                "firmware list --product thermometer",
                "module list --product thermometer",
                "module show --product thermometer --name MCU",
                "inventory --product thermometer",
                "inventory --product p-1 --backends here,there --module MCU",
            })
    void finds_packages_by_product_name(String command) {
        assertThat(run(command)).as(cli::err).isZero();
        assertThat(cli.out()).containsPattern("f-1|MCU");
        assertThat(cli.err()).doesNotContain("What happened");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "firmware find --product p-1 --module MCU --firmware-version 9 | 3",
                "firmware find --product p-1 --whole-device --newest | 3",
                "firmware find --product p-1 --module MCU --newest --verified | 3",
                "firmware find --product camera --module MCU --newest | 2",
                "module list --product camera | 2",
                "inventory --product camera --backends here | 2",
                "inventory --backends nowhere | 2",
                "inventory --parallel 0 | 2",
                "inventory --deadline 0 | 2",
                "diff here nowhere | 2",
                "diff here here | 2",
            })
    void exits_with_the_code_of_what_is_not_found(String command, int code) {
        assertThat(run(command.strip())).isEqualTo(code);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).startsWith("What happened:  ").contains("What to do:");
    }

    @Test
    void notes_an_unknown_product() {
        assertThat(run("firmware list --product termometer")).isZero();
        assertThat(cli.err())
                .isEqualTo(
                        "Note: the configuration has no product termometer (only thermometer, camera), so it is used as"
                                + " the vendor's id. Did you mean thermometer?\n");

        assertThat(run("firmware list --product p-1")).isZero();
        assertThat(cli.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"firmware list, f-1;f-2", "product list, p-1;p-2", "group list, g-1;g-2"})
    void prints_only_the_ids_of_a_list(String command, String ids) {
        assertThat(run(command + " -o ids")).as(cli::err).isZero();
        assertThat(cli.out()).isEqualTo(ids.replace(';', '\n') + "\n");
    }

    @Test
    void rejects_a_blank_product() {
        for (String[] command :
                new String[][] {{"inventory", "--product", " "}, {"diff", "here", "there", "--product", ""}}) {
            assertThat(cli.run(command)).isEqualTo(2);
            assertThat(cli.err()).contains("do not match the configuration");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"here, there", " here ,there ", "here,there,", ",here,,there", "here,\tthere"})
    void accepts_a_list_of_backends_with_blanks_and_empty_elements(String list) {
        assertThat(cli.run("inventory", "--backends", list, "-o", "csv"))
                .as(cli::err)
                .isZero();
        assertThat(cli.out()).contains("\nhere,", "\nthere,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , ,"})
    void rejects_a_list_without_backends(String list) {
        assertThat(cli.run("inventory", "--backends", list)).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("--backends must name at least one backend");
    }

    @Test
    void names_the_backends_with_an_id_of_the_product() {
        run("firmware list --product camera");

        assertThat(cli.err()).isEqualTo("""
                What happened:  The arguments do not match the configuration
                Why:            product "camera" has no id for backend "here" in the configuration, only for there
                What to do:     Correct the arguments or the configuration; nothing was sent
                """);
    }

    @Test
    void lists_packages_of_every_backend() {
        assertThat(run("inventory")).isZero();
        assertThat(cli.out().lines()).hasSize(5);
        assertThat(cli.out())
                .startsWith("BACKEND")
                .containsPattern("here +f-1 +thermometer")
                .containsPattern("there +f-1 +camera");

        assertThat(run("inventory -o json")).isZero();
        assertThat(cli.out()).contains("\"complete\": true", "\"backend\": \"there\"", "\"failure\": null");

        assertThat(run("inventory --backends there -o csv")).isZero();
        assertThat(cli.out().lines()).hasSize(3);
        assertThat(cli.out())
                .startsWith("backend,vendor,id,name,")
                .contains("\nthere,memory,f-1,Spring 🌸 release,p-1,");
    }

    @Test
    void prints_no_empty_table_if_all_backends_fail() {
        cli.write(cli.directory.resolve("ota.yaml"), "backends:\n  here: { vendor: memory, fails: AccessDenied }\n");

        assertThat(run("inventory")).isEqualTo(4);
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void states_that_no_package_was_found() {
        for (String command : new String[] {"inventory", "firmware list"}) {
            assertThat(run(command + " --firmware-version 77")).isZero();
            assertThat(cli.out()).isEqualTo("No packages found\n");
            assertThat(cli.err()).isEmpty();

            assertThat(run(command + " --firmware-version 77 -o csv")).isZero();
            assertThat(cli.out()).startsWith("backend,").hasLineCount(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "firmware list --sort version,                     f-2 f-1",
        "firmware list --sort version --reverse,           f-1 f-2",
        "firmware list --sort created,                     f-1 f-2",
        "firmware list --sort created --reverse,           f-1 f-2",
        "firmware list --sort name --reverse,              f-1 f-2",
        "firmware list --sort size,                        f-1 f-2",
        "firmware list --reverse,                          f-2 f-1",
        "firmware list --limit 1,                          f-1",
        "firmware list --limit 3,                          f-1 f-2",
        "firmware list --sort version --limit 1,           f-2",
        "inventory --sort version --limit 1,               f-2 f-2",
    })
    void sorts_and_limits_lists(String command, String ids) {
        assertThat(run(command + " -o csv")).as(cli::err).isZero();

        assertThat(cli.out().lines().skip(1).map(line -> line.split(",")[2])).containsExactly(ids.split(" "));
    }

    @Test
    void states_how_many_packages_a_limit_omits() {
        assertThat(run("inventory --limit 1 -o json")).isZero();
        assertThat(cli.out()).startsWith("{\n  \"complete\": false,\n  \"omitted\": 2,\n  \"leftOut\": [],\n");

        for (String format : new String[] {"table", "csv"}) {
            assertThat(run("inventory --limit 1 -o " + format)).isZero();
            assertThat(cli.out()).hasLineCount(3);
            assertThat(cli.err()).isEqualTo("Note: --limit omitted 2 packages\n");
        }

        assertThat(run("inventory --limit 2 -o json")).isZero();
        assertThat(cli.out()).startsWith("{\n  \"complete\": true,\n  \"omitted\": 0,\n");
        assertThat(cli.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--limit 1", "--sort version", "--reverse"})
    void rejects_a_page_that_is_sorted_or_limited(String option) {
        assertThat(run("inventory --html s.html " + option)).isEqualTo(2);
        assertThat(cli.err()).contains("The command line is not valid", "--html", option.split(" ")[0]);
        assertThat(cli.directory.resolve("s.html")).doesNotExist();
    }

    @Test
    void names_the_skipped_backends() {
        assertThat(run("inventory --product thermometer -o json")).isZero();

        assertThat(cli.out()).contains("\"leftOut\": [\n    \"there\"\n  ]");
        assertThat(cli.err())
                .isEqualTo(
                        "Note: backend there was skipped, because the configuration has no id of this product for it\n");
    }

    @Test
    void lists_the_other_backends_when_one_fails() {
        failing("RateLimited");

        assertThat(run("inventory -o json")).isEqualTo(6);

        assertThat(cli.out())
                .contains(
                        "\"complete\": false",
                        "\"kind\": \"RateLimited\"",
                        "\"retryable\": true",
                        "\"limit\": \"vendor\"",
                        "\"clientToken\": null",
                        "\"id\": \"f-1\"");
        assertThat(cli.err()).startsWith("{\"exitCode\":6,\"failure\":{\"kind\":\"RateLimited\",");
    }

    @Test
    void writes_a_page() throws IOException {
        assertThat(run("inventory --html stock.html")).isZero();

        assertThat(Files.readString(cli.directory.resolve("stock.html"))).isNotEmpty();
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).endsWith("stock.html: 4 packages of 2 backends\n");
    }

    @Test
    void counts_the_failed_backends_of_a_page() {
        failing("RateLimited");

        assertThat(run("inventory --html stock.html")).isEqualTo(6);

        assertThat(cli.err()).contains("stock.html: 2 packages of 2 backends, of which 1 failed\n");
    }

    @Test
    void rejects_a_directory_as_page() {
        assertThat(run("inventory --html .")).isEqualTo(2);
        assertThat(cli.err()).contains("is a directory", "Name a file");
    }

    @Test
    void reports_why_a_page_could_not_be_written() {
        assertThat(run("inventory --html no/such/folder.html")).isEqualTo(2);
        assertThat(cli.err()).contains("The page could not be written", "the directory does not exist");
    }

    @Test
    void replaces_an_older_page_atomically() throws IOException {
        run("inventory --html stock.html");
        Path older = Files.createLink(cli.directory.resolve("older.html"), cli.directory.resolve("stock.html"));
        String before = Files.readString(older);

        assertThat(run("inventory --html stock.html --backends here")).isZero();

        assertThat(Files.readString(older)).isEqualTo(before);
        assertThat(Files.readString(cli.directory.resolve("stock.html"))).isNotEqualTo(before);
        try (Stream<Path> files = Files.list(cli.directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("ota.yaml", "older.html", "stock.html");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_replaced_page_keeps_its_permissions() throws IOException {
        run("inventory --html stock.html");
        Path page = cli.directory.resolve("stock.html");
        Files.setPosixFilePermissions(page, PosixFilePermissions.fromString("rw-------"));

        assertThat(run("inventory --html stock.html")).isZero();

        assertThat(Files.getPosixFilePermissions(page)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void writes_a_page_through_a_symbolic_link() throws IOException {
        run("inventory --html stock.html");
        Path link = Files.createSymbolicLink(cli.directory.resolve("link.html"), Path.of("stock.html"));

        assertThat(run("inventory --html link.html --backends here")).isZero();

        assertThat(link).isSymbolicLink();
        assertThat(cli.directory.resolve("stock.html")).content().doesNotContain("\"there\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ota.yaml", "empty", "dangling"})
    void overwrites_only_pages(String file) throws IOException {
        cli.write(cli.directory.resolve("empty"), "");
        Files.createSymbolicLink(cli.directory.resolve("dangling"), Path.of("nowhere"));
        String before = failing("RateLimited");

        assertThat(run("inventory --html " + file)).isEqualTo(2);

        assertThat(cli.err())
                .startsWith("What happened:  The page was not written\n")
                .contains(file + " exists", "Name another file")
                .doesNotContain("RateLimited");
        assertThat(cli.directory.resolve("ota.yaml")).hasContent(before);
        assertThat(cli.directory.resolve("empty")).isEmptyFile();
    }

    @Test
    void reports_failures_even_if_the_page_cannot_be_written() {
        failing("RateLimited");

        assertThat(run("inventory --html no/such/folder.html")).isEqualTo(2);

        assertThat(cli.err()).contains("RateLimited happened", "The page could not be written");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inventory --html s.html -o table", "-o json inventory --html s.html"})
    void rejects_a_page_together_with_a_format(String command) {
        assertThat(run(command)).isEqualTo(2);
        assertThat(cli.err()).contains("The command line is not valid", "--html", "--output");
        assertThat(cli.directory.resolve("s.html")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"inventory", "diff here there"})
    void reports_a_bug_of_an_adapter_as_internal_error(String command) {
        failing("IllegalArgument");

        assertThat(run(command)).isEqualTo(70);
        assertThat(cli.err()).contains("IllegalArgumentException: a mistake in the adapter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "firmware list --whole-device=false",
                "firmware list --software=false",
                "inventory --whole-device=false",
                "diff here there --software=false",
                "firmware find --product p-1 --newest --whole-device=false",
            })
    void rejects_a_target_option_that_is_false(String command) {
        assertThat(run(command)).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("The command line is not valid", "--whole-device=false");
    }

    @Test
    void finds_no_difference_between_empty_backends() {
        cli.write(cli.directory.resolve("ota.yaml"), Cli.CONFIGURATION);

        assertThat(run("diff here there --firmware-version 77")).isZero();

        assertThat(cli.out()).isEqualTo("No difference: neither backend has matching packages.\n");
    }

    @Test
    void exits_with_0_without_a_difference() {
        cli.write(cli.directory.resolve("ota.yaml"), Cli.CONFIGURATION);

        assertThat(run("diff here there")).isZero();

        assertThat(cli.out())
                .isEqualTo(
                        "No difference. 2 packages are the same on both, as far as known; the"
                                + " content of 2 could not be compared, because there is no digest of the same algorithm on both sides.\n");
    }

    @Test
    void exits_with_1_with_differences() {
        cli.write(
                cli.directory.resolve("ota.yaml"),
                Cli.CONFIGURATION
                        + "products:\n  thermometer: { here: p-1, there: p-9 }\n  camera: { here: p-9, there: p-1 }\n");
        assertThat(run("diff here there")).isEqualTo(1);
        assertThat(cli.err()).isEmpty();
        assertThat(cli.out()).isEqualTo("""
                DIFFERENCE     PRODUCT      TARGET      VERSION  DETAILS
                only in there  camera       module MCU  2.0.0    id f-1
                only in here   thermometer  module MCU  2.0.0    id f-1

                1 package is the same on both, as far as known; the content of 1 could not be compared, because there is no digest of the same algorithm on both sides.
                """);

        assertThat(run("diff here there -o json")).isEqualTo(1);
        assertThat(cli.out()).contains("\"difference\": \"only-left\"", "\"leftId\": \"f-1\"", "\"rightId\": null");

        assertThat(run("diff here there -o csv --module MCU")).isEqualTo(1);
        assertThat(cli.out()).isEqualTo("""
                difference,product,target,module,version,left_id,right_id,details
                only-right,camera,module,MCU,2.0.0,,f-1,id f-1
                only-left,thermometer,module,MCU,2.0.0,f-1,,id f-1
                """);
    }

    /** Makes one backend fail every call. Returns the configuration. */
    private String failing(String kind) {
        String yaml = "default: here\nbackends:\n  here: { vendor: memory, fails: " + kind
                + " }\n  there: { vendor: memory }\n";
        cli.write(cli.directory.resolve("ota.yaml"), yaml);
        return yaml;
    }

    private int run(String command) {
        return cli.run(command.split(" +"));
    }
}
