package io.otabridge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that publications, downloads and their relatives print the JSON of docs/json.md. */
class TransferJsonTest {

    @TempDir
    private Path scratch;

    private Cli cli;

    @BeforeEach
    void configure() throws IOException {
        cli = new Cli(scratch);
        cli.write(
                cli.directory.resolve("ota.yaml"),
                "default: here\nbackends:\n  here: { vendor: memory, files: true }\n"
                        + "  there: { vendor: memory, fails: Unavailable }\n"
                        + "  target: { vendor: memory }\n  same: { vendor: memory, files: true }\n"
                        + "products:\n  lamp: { here: p-1, same: p-1 }\n  fan: { here: p-9, target: p-9, same: p-9 }\n");
        Files.write(cli.directory.resolve("image.bin"), Examples.IMAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "firmware publish image.bin --product p-1 --module MCU --firmware-version 3.0.0, publication.json, 0",
        "firmware publish image.bin --product p-1 --module MCU --firmware-version 4 --backends there, publications.json, 7",
        "firmware download f-4 --to mcu.bin, download.json, 0",
        "firmware uploads, uploads.json, 0",
        "firmware promote f-4 --from here --to same, promotion.json, 0",
        "migrate here target --product fan --dry-run, migration-plan.json, 0",
        "migrate here same --product fan --yes, migration.json, 0",
        "firmware prune --keep 4 --order semantic --product p-1 --dry-run, prune.json, 0",
    })
    void prints_json_as_documented(String command, String documented, int exitCode) throws IOException {
        assertThat(cli.run((command + " -o json").split(" "))).as(cli::err).isEqualTo(exitCode);

        assertThat(cli.out().replace(cli.directory.toString(), "/images")).isEqualTo(golden(documented));
        assertThat(Files.readString(Path.of("..", "docs", "json.md"))).contains(golden(documented));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(TransferJsonTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
