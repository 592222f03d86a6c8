package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding by coordinates, several backends at once, and names of products. */
class CatalogueTest {

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
    void finds_what_is_asked_for_by_product(String command) {
        assertThat(run(command)).as(cli::err).isZero();
        assertThat(cli.out()).containsPattern("f-1|MCU");
        assertThat(cli.err()).isEmpty();
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
    void says_what_it_cannot_find(String command, int code) {
        assertThat(run(command.strip())).isEqualTo(code);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).startsWith("What happened:  ").contains("What to do:");
    }

    @Test
    void notes_a_product_that_the_configuration_does_not_know() {
        assertThat(run("firmware list --product termometer")).isZero();
        assertThat(cli.err())
                .isEqualTo(
                        "Note: the configuration knows no product termometer (only thermometer, camera), so it is taken for"
                                + " the vendor's id\n");

        assertThat(run("firmware list --product p-1")).isZero();
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void says_which_backends_have_a_product() {
        run("firmware list --product camera");

        assertThat(cli.err()).isEqualTo("""
                What happened:  What was asked for does not fit the configuration
                Why:            product "camera" has no id for backend "here" in the configuration, only for there
                What to do:     Correct the one or the other; nothing was sent
                """);
    }

    @Test
    void takes_stock_of_every_backend() {
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
    void takes_stock_of_the_rest_when_one_fails() {
        cli.write(
                cli.directory.resolve("ota.yaml"),
                "default: here\nbackends:\n  here: { vendor: memory, fails: RateLimited }\n  there: { vendor: memory }\n");

        assertThat(run("inventory -o json")).isEqualTo(6);

        assertThat(cli.out())
                .contains("\"complete\": false", "\"kind\": \"RateLimited\"", "\"retryable\": true", "\"id\": \"f-1\"");
        assertThat(cli.err()).startsWith("What happened:  RateLimited happened\n");
    }

    @Test
    void writes_a_page_to_look_at() throws IOException {
        assertThat(run("inventory --html stock.html")).isZero();

        assertThat(Files.readString(cli.directory.resolve("stock.html"))).isNotEmpty();
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).endsWith("stock.html: 4 packages of 2 backends\n");
    }

    @Test
    void says_why_a_page_could_not_be_written() {
        assertThat(run("inventory --html no/such/folder.html")).isEqualTo(2);
        assertThat(cli.err()).contains("The page could not be written", "NoSuchFileException");
    }

    @Test
    void ends_with_zero_when_there_is_no_difference() {
        cli.write(cli.directory.resolve("ota.yaml"), Cli.CONFIGURATION);

        assertThat(run("diff here there")).isZero();

        assertThat(cli.out())
                .isEqualTo("No difference. 2 packages are on both with the same product, target and version; the"
                        + " content of 2 could not be compared, as there is no digest of one kind on both sides.\n");
    }

    @Test
    void ends_with_one_when_there_are_differences() {
        cli.write(
                cli.directory.resolve("ota.yaml"),
                Cli.CONFIGURATION
                        + "products:\n  thermometer: { here: p-1, there: p-9 }\n  camera: { here: p-9, there: p-1 }\n");
        assertThat(run("diff here there")).isEqualTo(1);
        assertThat(cli.err()).isEmpty();
        assertThat(cli.out()).isEqualTo("""
                DIFFERENCE     PRODUCT      UPDATES     VERSION  DETAILS
                only in there  camera       module MCU  2.0.0    id f-1
                only in here   thermometer  module MCU  2.0.0    id f-1

                1 package is on both with the same product, target and version; the content of 1 could not be compared, as there is no digest of one kind on both sides.
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

    private int run(String command) {
        return cli.run(command.split(" +"));
    }
}
