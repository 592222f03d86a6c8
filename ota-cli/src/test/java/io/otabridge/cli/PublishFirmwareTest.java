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

/** Publications on backends in memory. Each command uses new backends. */
class PublishFirmwareTest {

    private static final String SHA256 = Examples.IMAGE_SHA256;
    private static final String PUBLISH = "firmware publish image.bin --product p-1 --module MCU --firmware-version ";

    @TempDir
    private Path scratch;

    private Cli cli;

    @BeforeEach
    void start() throws IOException {
        cli = new Cli(scratch);
        configure("files: true", "files: true");
        Files.write(cli.directory.resolve("image.bin"), Examples.IMAGE);
        Files.writeString(cli.directory.resolve("other.bin"), "another image");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "--product p --module M --firmware-version 1 # give --from or <file>",
                "image.bin --from obs://b/k --product p --module M --firmware-version 1 # these exclude each other",
                "--from s3://b/k --product p --module M --firmware-version 1 # --from: it must be obs://BUCKET/KEY, but is \"s3://b/k\"",
                "--from obs://b/ --product p --module M --firmware-version 1 # --from: it must be obs://BUCKET/KEY, but is \"obs://b/\"",
                "image.bin --module M --firmware-version 1 # required, but missing: --product=P",
                "image.bin --product p --firmware-version 1 # give --module, --software or --whole-device",
                "image.bin --product p --module M # required, but missing: --firmware-version=V",
                "image.bin --product p --module M --firmware-version 2 --delta-from 2 # version 2 must not be a source version of itself",
                "image.bin --product p --module M --firmware-version 2 --name= # must not be blank",
                "image.bin --product p --module M --firmware-version 2 --backends , # --backends must name at least one backend",
                "image.bin --product p --module M --firmware-version 2 --backends here,ther # There is no backend \"ther\"",
                "image.bin --product p --module M --firmware-version 2 --backend here --backends there # --backend, --backends and --all-backends exclude each other",
                "image.bin --product p --module M --firmware-version 2 --backends there --all-backends # exclude each other",
                "image.bin --product p --module M --firmware-version 2 --verfy # Did you mean --verify?",
                "missing.bin --product p --module M --firmware-version 2 # missing.bin does not exist",
                "empty.bin --product p --module M --firmware-version 2 # empty.bin is empty",
                "folder --product p --module M --firmware-version 2 # is not a regular file",
                "- --product p --module M --firmware-version 2 # standard input cannot be published",
                "/dev/fd/63 --product p --module M --firmware-version 2 # /dev/fd/63 is a pipe or a device, which cannot be published",
                "/dev/null --product p --module M --firmware-version 2 # /dev/null is a pipe or a device, which cannot be published",
                "image.bin --product p --module M --version 2 # Did you mean --firmware-version?",
                "image.bin folder/image.bin --product p --module M --firmware-version 2 # two files have the name image.bin",
            })
    void rejects_invalid_arguments_before_anything_is_sent(String arguments, String problem) throws IOException {
        Files.createFile(cli.directory.resolve("empty.bin"));
        Files.createDirectory(cli.directory.resolve("folder"));
        Files.write(cli.directory.resolve("folder/image.bin"), Examples.IMAGE);

        assertThat(run("firmware publish " + arguments)).as(cli::err).isEqualTo(2);

        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains(problem.strip());
    }

    @Test
    void rejects_another_content_of_an_existing_package() {
        assertThat(run(PUBLISH.replace("image", "other") + "3.0.0")).isEqualTo(5);

        assertThat(cli.out()).isEmpty();
        assertThat(cli.err())
                .contains("already has firmware of product p-1 for module MCU in version 3.0.0 as firmware f-4")
                .contains("another content");
    }

    @Test
    void publishes_nothing_if_the_object_does_not_exist() {
        assertThat(run(PUBLISH.replace("image.bin", "--from obs://images/missing.bin") + "4"))
                .isEqualTo(3);
        assertThat(cli.err()).contains("missing.bin in bucket images");
    }

    @Test
    void publishes_a_file() {
        assertThat(run(PUBLISH + "4.0.0 --name Winter")).as(cli::err).isZero();

        assertThat(cli.out()).isEqualTo("""
                Created firmware firmware-1 on backend here
                  version       4.0.0 for module MCU
                  file          image.bin, 12 bytes
                  SHA-256       %s
                  sent          12 bytes
                  verification  unverified; before a rollout: ota firmware verify firmware-1 --devices LIST
                  next          ota firmware show firmware-1 --backend here
                """.formatted(SHA256));
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void publishes_an_object_that_is_stored_already() {
        assertThat(run(PUBLISH.replace("image.bin", "--from obs://images/mcu/3.0.0.bin") + "4.0.0 --no-verify"))
                .as(cli::err)
                .isZero();

        assertThat(cli.out()).isEqualTo("""
                Created firmware firmware-1 on backend here
                  version       4.0.0 for module MCU
                  object        obs://images/mcu/3.0.0.bin
                  size          12 bytes
                  SHA-256       %s
                  sent          nothing
                  verification  not required
                  next          ota firmware show firmware-1 --backend here
                """.formatted(SHA256));

        assertThat(run(PUBLISH.replace("image.bin", "--from obs://images/mcu/3.0.0.bin") + "4.0.0 -o json"))
                .isZero();
        assertThat(cli.out())
                .containsSubsequence(
                        "\"published\": [",
                        "\"file\": null",
                        "\"object\": \"obs://images/mcu/3.0.0.bin\"",
                        "\"size\": 12",
                        "\"sha256\": \"" + SHA256 + "\"");
    }

    @Test
    void states_in_json_which_file_was_published() {
        for (String option : new String[] {"", " --dry-run", " --backends here"}) {
            assertThat(run(PUBLISH + "4.0.0 -o json" + option)).isZero();

            assertThat(cli.out())
                    .containsSubsequence(
                            "\"published\": [",
                            "\"file\": \"image.bin\"",
                            "\"object\": null",
                            "\"size\": 12",
                            "\"sha256\": \"" + SHA256 + "\"");
        }
    }

    @Test
    void sends_nothing_if_the_package_exists_with_the_same_content() {
        assertThat(run(PUBLISH + "3.0.0 --name Spring")).as(cli::err).isZero();

        assertThat(cli.out())
                .startsWith("Firmware f-4 already exists on backend here with the same content\n")
                .containsPattern("sent +nothing\n");
    }

    @Test
    void changes_nothing_in_a_dry_run() {
        assertThat(run(PUBLISH + "4.0.0 --dry-run")).as(cli::err).isZero();
        assertThat(cli.out()).isEqualTo("""
                Would create a package on backend here
                  version  4.0.0 for module MCU
                  file     image.bin, 12 bytes
                  SHA-256  %s
                """.formatted(SHA256));
        assertThat(cli.err()).isEmpty();

        assertThat(run(PUBLISH + "4.0.0 --dry-run -o json")).isZero();
        assertThat(cli.out()).contains("\"firmware\": null", "\"outcome\": \"would-create\"");
    }

    @ParameterizedTest
    @CsvSource({
        "--delta-from 3.0.0 --source-version 2.0.0,             delta, 3.0.0, 2.0.0",
        "--source-version 3.0.0 --source-version 2.0.0,         full,  3.0.0, 2.0.0",
        "--source-version 3.0.0 --delta-from 2.0.0,             delta, 2.0.0, 3.0.0",
    })
    void publishes_deltas_and_source_versions(String options, String kind, String first, String second) {
        assertThat(run(PUBLISH + "4.0.0 -o json " + options)).as(cli::err).isZero();

        assertThat(cli.out())
                .contains("\"kind\": \"" + kind + "\"")
                .contains("\"sourceVersions\": [\n      \"" + first + "\",\n      \"" + second + "\"\n    ]");
    }

    @Test
    void passes_all_texts() {
        assertThat(cli.run(
                        "firmware",
                        "publish",
                        "image.bin",
                        "--product=p-1",
                        "--whole-device",
                        "--firmware-version=1",
                        "--name=A b",
                        "--description=D",
                        "--custom-info={}",
                        "-ojson"))
                .as(cli::err)
                .isZero();

        assertThat(cli.out())
                .contains(
                        "\"name\": \"A b\"",
                        "\"kind\": \"whole-device\"",
                        "\"description\": \"D\"",
                        "\"customInfo\": \"{}\"",
                        "\"bytesSent\": 12");
    }

    @Test
    void fails_if_the_package_must_be_verified_and_is_not() {
        assertThat(run(PUBLISH + "4.0.0 --require-verified")).isEqualTo(1);
        assertThat(cli.out()).startsWith("Created firmware firmware-1");
        assertThat(cli.err())
                .startsWith("What happened:  Firmware firmware-1 on backend here is not verified\n")
                .contains("verification job", "ota firmware show firmware-1 --backend here");

        assertThat(run(PUBLISH + "4.0.0 --require-verified -o json")).isEqualTo(1);
        assertThat(cli.err()).startsWith("{\"exitCode\":1,\"failure\":{\"kind\":\"NotVerified\",\"backend\":\"here\"");

        assertThat(run(PUBLISH + "4.0.0 --require-verified --no-verify")).isZero();
        assertThat(run(PUBLISH + "4.0.0 --require-verified --dry-run")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--backends here,there", "--backends=here --backends=there,here", "--all-backends"})
    void publishes_on_several_backends(String option) {
        cli.write(
                cli.directory.resolve("ota.yaml"),
                Cli.CONFIGURATION + "products:\n  thermometer: { here: p-1, there: p-1 }\n");

        assertThat(run(PUBLISH + "4.0.0 " + option)).as(cli::err).isZero();

        assertThat(cli.out())
                .containsSubsequence(
                        "Created firmware firmware-1 on backend here\n",
                        "Created firmware firmware-1 on backend there\n")
                .contains("show firmware-1 --backend there\n");
    }

    @ParameterizedTest
    @CsvSource({
        "termometer,  Did you mean thermometer?",
        "p-9,         only thermometer",
        "p 9,         only thermometer",
    })
    void selects_no_backend_if_none_has_an_id_of_the_product(String product, String problem) {
        cli.write(cli.directory.resolve("ota.yaml"), Cli.CONFIGURATION + "products:\n  thermometer: { there: p-1 }\n");

        assertThat(cli.run(
                        "firmware",
                        "publish",
                        "image.bin",
                        "--product=" + product,
                        "--module=MCU",
                        "--firmware-version=4",
                        "--all-backends"))
                .isEqualTo(2);

        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("There is no product \"" + product + "\"", problem, "nothing was sent");
    }

    @Test
    void selects_no_backend_without_products() {
        assertThat(run(PUBLISH + "4 --all-backends")).isEqualTo(2);
        assertThat(cli.err()).contains("it has no products");
    }

    @Test
    void publishes_nothing_for_a_product_that_may_be_mistyped() {
        cli.write(
                cli.directory.resolve("ota.yaml"),
                Cli.CONFIGURATION + "products:\n  thermometer: { here: p-1, there: p-1 }\n");

        for (String option : new String[] {"", " --backends here,there", " --dry-run"}) {
            assertThat(run(PUBLISH.replace("p-1", "thermometr") + "4" + option)).isEqualTo(2);
            assertThat(cli.out()).isEmpty();
            assertThat(cli.err())
                    .contains("There is no product \"thermometr\"", "Did you mean thermometer?", "nothing was sent");
        }
        assertThat(run(PUBLISH.replace("p-1", "a1IHv9B9R7W") + "4"))
                .as(cli::err)
                .isZero();
        assertThat(cli.err()).startsWith("Note: the configuration has no product a1IHv9B9R7W");
    }

    @Test
    void skips_backends_without_an_id_of_the_product() {
        cli.write(cli.directory.resolve("ota.yaml"), Cli.CONFIGURATION + "products:\n  thermometer: { there: p-1 }\n");

        assertThat(run(PUBLISH.replace("p-1", "thermometer") + "4 --all-backends"))
                .as(cli::err)
                .isZero();

        assertThat(cli.out()).contains("on backend there").doesNotContain("on backend here");
        assertThat(cli.err()).contains("backend here was skipped");
    }

    @Test
    void reports_a_result_for_each_backend_and_exits_with_the_first_failure() {
        configure("fails: RateLimited", "files: true");

        assertThat(run(PUBLISH + "3.0.0 --backends there,here")).isEqualTo(6);
        assertThat(cli.out())
                .startsWith("Firmware f-4 already exists on backend there")
                .doesNotContain("backend here\n");
        assertThat(cli.err()).contains("RateLimited happened");

        configure("fails: RateLimited", "fails: Unavailable");
        assertThat(run(PUBLISH + "3.0.0 --backends there,here -o json")).isEqualTo(7);
        assertThat(cli.out()).contains("\"complete\": false", "\"publications\": []");
        assertThat(cli.out()).containsSubsequence("\"kind\": \"Unavailable\"", "\"kind\": \"RateLimited\"");
        assertThat(cli.err().lines()).hasSize(2);
    }

    @Test
    void writes_the_results_as_csv() {
        configure("fails: RateLimited", "files: true");

        assertThat(run(PUBLISH + "3.0.0 --backends here,there -o csv")).isEqualTo(6);
        assertThat(cli.out()).isEqualTo("""
                backend,vendor,outcome,id,target,module,version,bytes_sent,verification,warnings
                there,memory,existed,f-4,module,MCU,3.0.0,0,unverified,
                """);
    }

    @Test
    void reports_a_publication_that_was_interrupted() {
        configure("interrupted-at: 1", "");

        run(PUBLISH + "4.0.0");

        assertThat(cli.err()).isEqualTo("""
                What happened:  The command was stopped during the publication of firmware of product p-1 for module MCU in version 4.0.0 on backend here
                Why:            a request may have been sent, so its outcome is not known
                What to do:     Repeat the command to continue: it looks for the package first, and sends only the parts of a large file that are missing. Unfinished uploads: ota firmware uploads --backend here. To look only: ota firmware find --product p-1 --firmware-version 4.0.0 --module MCU --backend here
                """);

        configure("interrupted-at: 1, lacks: UNFINISHED_UPLOADS", "");
        run(PUBLISH + "4.0.0");
        assertThat(cli.err())
                .contains("Repeat the command to continue", "the file again")
                .doesNotContain("uploads");

        configure("interrupted-at: 1", "");
        run(PUBLISH + "4.0.0 --dry-run");
        assertThat(cli.err()).contains("The dry run was stopped on backend here", "nothing was changed");
    }

    @Test
    void reports_every_unfinished_backend_in_the_order_of_the_command_line_if_it_is_interrupted() {
        configure("interrupted-at: 1", "interrupted-at: 1");

        run(PUBLISH + "4.0.0 --backends there,here -o json");

        assertThat(cli.out())
                .contains("\"complete\": false", "\"publications\": []")
                .contains("\"unfinished\": [\n    \"there\",\n    \"here\"\n  ]");
        assertThat(cli.err().lines()).hasSize(2);
        assertThat(cli.err())
                .containsSubsequence(
                        "{\"exitCode\":130,\"failure\":{\"kind\":\"Interrupted\",\"backend\":\"there\",\"vendor\":\"memory\"",
                        "\"kind\":\"Interrupted\",\"backend\":\"here\"");
    }

    @Test
    void the_text_about_an_interruption_begins_on_a_line_of_its_own() {
        configure("interrupted-at: 1", "");
        cli.showOutput();
        cli.answerOnTerminal("");

        run(PUBLISH + "4.0.0");

        assertThat(cli.err()).containsPattern("(?m)^What happened:");
    }

    @Test
    void reports_the_finished_publications_if_another_one_is_stopped() {
        configure("thrown-at: 1", "");

        assertThat(run(PUBLISH + "4.0.0 --backends here,there")).isEqualTo(2);
        assertThat(cli.out()).startsWith("Created firmware firmware-1 on backend there\n");
        assertThat(cli.err()).startsWith("What happened:  The command ended\n");

        assertThat(run(PUBLISH + "4.0.0 --backends here,there -o json")).isEqualTo(2);
        assertThat(cli.out()).contains("\"complete\": false", "\"unfinished\": [\n    \"here\"\n  ]");
    }

    @Test
    void prints_no_link_with_its_signature() {
        for (String format : new String[] {"table", "json", "csv", "json --backends here"}) {
            assertThat(run("firmware publish image.bin --product p-9 --whole-device --firmware-version 3.0.0 -o "
                            + format))
                    .as(cli::err)
                    .isZero();
            assertThat(cli.out()).contains("f-10").doesNotContain("s3cret", "1704078000");
        }
    }

    private void configure(String here, String there) {
        cli.write(
                cli.directory.resolve("ota.yaml"),
                "default: here\nbackends:\n  here: { vendor: memory, %s }\n  there: { vendor: memory, %s }\n"
                        .formatted(here, there)
                        .replace(", }", " }"));
    }

    private int run(String command) {
        return cli.run(command.strip().split(" +"));
    }
}
