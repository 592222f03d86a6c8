package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads from a backend in memory. */
class DownloadFirmwareTest {

    private static final String SHA256 = Examples.IMAGE_SHA256;

    @TempDir
    private Path scratch;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(scratch);
        cli.write(
                cli.directory.resolve("ota.yaml"),
                "backends:\n  here: { vendor: memory, files: true }\nproducts: { thermometer: { here: p-1 } }\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                " # give <id> or --product",
                "f-4 --product p-1 --module MCU --newest # these exclude each other",
                "--product p-1 --module MCU # one is required, but missing: --firmware-version=V or [--newest[=ORDER] [--verified]]",
                "f-4 --expect sha256:12 # --expect: it must be sha256: and 64 hexadecimal digits, or md5: and 32",
                "f-4 --expect sha1:1212121212121212121212121212121212121212 # --expect: it must be sha256:",
                "f-4 --expect md5:00000000000000000000000000000000 # is a placeholder",
                "f-4 --max-size 10MB # --max-size: it must be a number of bytes, or of KiB, MiB or GiB",
                "f-4 --max-size 0 # --max-size: it must be a number of bytes",
                "f-4 --to missing/a.bin # does not exist",
                "f-4 --to missing/ # missing does not exist",
                "f-4 --to ota.yaml/ # is a file",
                "f-4 --to - # cannot be written to standard output",
                "f-4 --to ota.yaml # ota.yaml exists with another content than the package (this file and the package): size",
                "--product p-1 --module MCU --newest --kind patch # --kind: it must be full or delta",
            })
    void rejects_invalid_arguments(String arguments, String problem) throws IOException {
        assertThat(run(arguments == null ? "" : arguments)).as(cli::err).isEqualTo(2);

        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains(problem.strip());
        assertThat(files()).containsExactly("ota.yaml");
    }

    @Test
    void keeps_nothing_if_the_digest_is_wrong() throws IOException {
        assertThat(run("f-7")).isEqualTo(15);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("its SHA-256 is not abab");

        assertThat(run("f-4 --expect sha256:" + "cd".repeat(32))).isEqualTo(15);
        assertThat(files()).containsExactly("ota.yaml");
    }

    @ParameterizedTest
    @CsvSource({"f-8, 5", "f-8 --file c.bin, 3", "f-4 --file c.bin, 3"})
    void names_the_files_of_the_package_if_the_option_names_none_of_them(String arguments, int code) {
        assertThat(run(arguments)).isEqualTo(code);

        assertThat(cli.err()).contains(arguments.startsWith("f-8") ? "\"a.bin\", \"b.bin\"" : "has no name");
    }

    @ParameterizedTest
    @CsvSource({"f-6 --require-digest, 5", "f-4 --max-size 11, 5", "f-99, 3", "f-1 --file boot.bin, 3"})
    void writes_nothing_if_the_download_is_rejected(String arguments, int code) throws IOException {
        assertThat(run(arguments)).as(cli::err).isEqualTo(code);
        assertThat(files()).containsExactly("ota.yaml");
    }

    @Test
    void downloads_and_verifies_a_file() throws IOException {
        assertThat(run("f-4")).as(cli::err).isZero();

        assertThat(cli.out()).isEqualTo("""
                Downloaded firmware f-4 of backend here to thermometer-MCU-3.0.0.bin
                  size     12 bytes
                  SHA-256  %s
                  check    verified with the SHA-256 of the vendor
                """.formatted(SHA256));
        assertThat(cli.err()).isEmpty();
        assertThat(cli.directory.resolve("thermometer-MCU-3.0.0.bin")).hasBinaryContent(Examples.IMAGE);
        assertThat(files()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "--firmware-version 3.0.0, thermometer-MCU-3.0.0.bin",
        "--newest=semantic --max-size 1KiB --to a.bin, a.bin",
        "--firmware-version 3.0.4 --file b.bin, thermometer-MCU-3.0.4-file2.bin",
        "--firmware-version 3.0.0 --to folder, folder/thermometer-MCU-3.0.0.bin",
        "--firmware-version 3.0.0 --to folder/x, folder/x",
    })
    void finds_the_package_by_its_coordinates(String options, String file) throws IOException {
        Files.createDirectory(cli.directory.resolve("folder"));
        if (options.contains("newest")) {
            options = options + " --file a.bin";
        }

        assertThat(run("--product thermometer --module MCU " + options))
                .as(cli::err)
                .isZero();

        assertThat(cli.out()).contains(" to " + file + "\n");
        assertThat(cli.directory.resolve(file)).hasBinaryContent(Examples.IMAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "f-4 --expect sha256, verified with the digest of --expect, verified",
        "f-6 --expect sha256, verified with the digest of --expect, verified",
        "f-5, protects only against accidental changes, accidental-changes-only",
        "f-6, not verified: the vendor has no digest; use --expect, not-verified",
    })
    void states_how_the_file_was_verified(String options, String text, String code) {
        String arguments = options.replace("sha256", "sha256:" + SHA256.toUpperCase(java.util.Locale.ROOT));

        assertThat(run(arguments + " --to a.bin")).as(cli::err).isZero();
        assertThat(cli.out()).contains(text);
        assertThat(run(arguments + " --to b.bin -o json")).isZero();
        assertThat(cli.out()).contains("\"check\": \"" + code + "\"", "\"outcome\": \"downloaded\"");
        assertThat(run(arguments + " --to c.bin -o csv")).isZero();
        assertThat(cli.out()).contains("here,memory,f-", ",downloaded,", "," + SHA256 + "," + code + ",0\n");
    }

    @ParameterizedTest
    @CsvSource({"f-6, the vendor has no digest to compare", "f-4 --expect sha256:abab, its digest is not that of"})
    void says_why_an_existing_file_is_not_known_to_be_correct(String arguments, String reason) throws IOException {
        Files.write(cli.directory.resolve("a.bin"), Examples.IMAGE);

        assertThat(run(arguments.replace("abab", "ab".repeat(31) + "cd") + " --to a.bin"))
                .isEqualTo(2);
        assertThat(cli.err()).contains("a.bin exists, and " + reason);
    }

    @Test
    void chooses_the_kind_of_the_newest_package_and_names_a_delta() {
        String newest = "--product p-1 --module MCU --newest ";

        assertThat(run(newest + "--file b.bin")).isEqualTo(3);
        assertThat(cli.err()).contains("f-1");
        assertThat(run(newest + "--kind full -o json")).as(cli::err).isZero();
        assertThat(cli.out()).contains("\"id\": \"f-4\"", "\"kind\": \"full\"");
        assertThat(run("--product p-1 --module MCU --firmware-version 3.0.0 --kind delta"))
                .isEqualTo(3);
        assertThat(cli.run(("firmware find --kind delta " + newest + "-o csv").split(" +")))
                .isZero();
        assertThat(cli.out()).contains(",f-1,");
    }

    @Test
    void chooses_no_kind_if_the_backend_states_none() {
        cli.write(cli.directory.resolve("ota.yaml"), "backends:\n  here: { vendor: memory, lacks: UPDATE_KIND }\n");

        assertThat(run("--product p-1 --module MCU --newest --kind full")).isEqualTo(9);
        assertThat(cli.err()).contains("nothing was sent");
    }

    @Test
    void uses_no_name_of_the_vendor_as_a_path() throws IOException {
        assertThat(run("f-9")).as(cli::err).isZero();

        assertThat(files()).containsExactly("_._..-not-stated-.._.._3.bin", "ota.yaml");
    }

    @Test
    void does_not_download_a_file_that_is_there_already() {
        assertThat(run("f-4 --to a.bin")).isZero();

        assertThat(run("f-4 --to a.bin")).isZero();
        assertThat(cli.out())
                .startsWith("a.bin has the content of firmware f-4 of backend here already; nothing was downloaded\n")
                .contains("verified with the SHA-256 of the vendor");
        assertThat(run("f-5 --to a.bin -o json")).isZero();
        assertThat(cli.out()).contains("\"outcome\": \"existed\"", "\"check\": \"accidental-changes-only\"");
        assertThat(run("f-6 --to a.bin --expect sha256:" + SHA256 + " -o json")).isZero();
        assertThat(cli.out()).contains("\"outcome\": \"existed\"", "\"check\": \"verified\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f-4",
                "f-6",
                "f-4 --expect sha256:abababababababababababababababababababababababababababababababab"
            })
    void replaces_no_other_file(String arguments) throws IOException {
        Path other = Files.writeString(cli.directory.resolve("a.bin"), "another content");
        if (arguments.contains("abab")) {
            Files.write(other, Examples.IMAGE);
        }
        byte[] before = Files.readAllBytes(other);

        assertThat(run(arguments + " --to a.bin")).isEqualTo(2);
        assertThat(cli.err()).contains("--force");
        assertThat(other).hasBinaryContent(before);
    }

    @Test
    void replaces_another_file_with_force() throws IOException {
        Path other = Files.writeString(cli.directory.resolve("a.bin"), "another content");

        assertThat(run("f-4 --to a.bin --force")).isZero();

        assertThat(other).hasBinaryContent(Examples.IMAGE);
    }

    @Test
    void replaces_no_link() throws IOException {
        Files.createSymbolicLink(cli.directory.resolve("a.bin"), Path.of("elsewhere"));

        assertThat(run("f-4 --to a.bin --force")).isEqualTo(2);

        assertThat(cli.err()).contains("a.bin is not a regular file");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(cli.directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private int run(String arguments) {
        return cli.run(("firmware download " + arguments).strip().split(" +"));
    }
}
