package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.otabridge.cli.context.Simulators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Publishes to the simulated clouds and downloads from them. */
class TransferSimulatorTest {

    private static final byte[] IMAGE = new byte[100_000];
    private static Simulators clouds;

    @TempDir
    private Path scratch;

    private Cli cli;

    @BeforeAll
    static void startClouds() {
        new Random(1).nextBytes(IMAGE);
        clouds = Simulators.start(Simulators.Ports.FREE, Clock.systemUTC());
    }

    @AfterAll
    static void stopClouds() {
        clouds.close();
    }

    @BeforeEach
    void configure() throws IOException {
        cli = new Cli(scratch);
        cli.setClock(Clock.systemUTC());
        cli.write(cli.directory.resolve("ota.yaml"), clouds.yaml());
        Files.write(cli.directory.resolve("image.bin"), IMAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"huawei", "aliyun", "tuya"})
    void publishes_a_file_once_and_downloads_the_same_bytes(String backend) throws Exception {
        String version = "9.0.0 --backend " + backend;
        String publish = "firmware publish image.bin --product thermometer --module MCU -o json --firmware-version ";

        assertThat(run(publish + version)).as(cli::err).isZero();
        JsonNode created = json();
        assertThat(created.path("outcome").asText()).isEqualTo("created");
        assertThat(created.path("bytesSent").asLong()).isEqualTo(IMAGE.length);
        assertThat(cli.out()).doesNotContain("Signature=", "signature=");
        String id = created.at("/firmware/id").asText();

        assertThat(run(publish + version)).as(cli::err).isZero();
        assertThat(json().path("outcome").asText()).isEqualTo("existed");
        assertThat(json().at("/firmware/id").asText()).isEqualTo(id);

        assertThat(run("firmware download --product thermometer --module MCU -o json --firmware-version " + version))
                .as(cli::err)
                .isZero();
        assertThat(json().path("sha256").asText()).isEqualTo(sha256());
        assertThat(json().path("check").asText()).isNotEqualTo("not-verified");
        assertThat(cli.directory.resolve("thermometer-MCU-9.0.0.bin")).hasBinaryContent(IMAGE);

        Files.writeString(cli.directory.resolve("image.bin"), "another image");
        assertThat(run(publish + version)).isEqualTo(5);
        assertThat(cli.err()).contains("another content", id);
    }

    @Test
    void the_audit_log_names_the_files_that_were_uploaded() throws IOException {
        Path configuration = cli.directory.resolve("ota.yaml");
        cli.write(configuration, "audit-log: audit.jsonl\n" + Files.readString(configuration));

        assertThat(run("firmware publish image.bin --product thermometer --module MCU --firmware-version 9.7.0"
                        + " --all-backends"))
                .as(cli::err)
                .isZero();

        assertThat(Files.readAllLines(cli.directory.resolve("audit.jsonl")))
                .filteredOn(line -> line.contains("PutObject") || line.contains("PostObject"))
                .hasSize(3)
                .allMatch(line -> line.contains(", file image.bin\""));
    }

    @Test
    void keeps_the_newest_image_where_the_vendor_does_not_state_the_kind() throws IOException {
        String publish = "firmware publish image.bin --product thermometer --software -o json --firmware-version ";
        assertThat(run(publish + "8.0.0")).as(cli::err).isZero();
        String old = json().at("/firmware/id").asText();
        assertThat(run(publish + "8.1.0")).isZero();
        String newest = json().at("/firmware/id").asText();
        assertThat(run(publish + "8.2.0 --delta-from 8.1.0")).as(cli::err).isZero();

        assertThat(run("firmware prune --product thermometer --software --keep 1 --order semantic --dry-run"))
                .isZero();

        assertThat(cli.out())
                .contains(old, "1 package to delete, 2 to keep", "The kind of some packages is not known")
                .doesNotContain(newest);
    }

    @Test
    void names_the_kind_of_a_delta_and_downloads_only_the_chosen_kind() {
        assertThat(run("firmware publish image.bin --product thermometer --module MCU --firmware-version 9.6.0"
                        + " --delta-from 9.5.0 --backend aliyun"))
                .as(cli::err)
                .isZero();
        String download =
                "firmware download --product thermometer --module MCU --firmware-version 9.6.0 --backend aliyun";

        assertThat(run(download + " --kind full")).isEqualTo(3);
        assertThat(run(download + " --kind delta")).as(cli::err).isZero();
        assertThat(cli.out()).containsPattern("kind +delta from 9\\.5\\.0, and no full image\n");
        assertThat(run(download.replace("aliyun", "huawei") + " --kind full")).isEqualTo(9);
    }

    @Test
    void publishes_on_all_clouds_and_finds_no_difference_of_content() throws IOException {
        assertThat(run("firmware publish image.bin --product thermometer --whole-device --firmware-version 9.1.0"
                        + " --no-verify --backends huawei,aliyun -o csv"))
                .as(cli::err)
                .isZero();
        assertThat(cli.out().lines()).hasSize(3);

        assertThat(run("diff huawei aliyun --product thermometer --firmware-version 9.1.0 -o json"))
                .as(() -> cli.out() + cli.err())
                .isZero();
        assertThat(json().path("same").asInt()).isEqualTo(1);
    }

    @Test
    void publishes_an_object_of_the_bucket_and_deletes_it_with_the_package() throws IOException {
        String options = " --product thermometer --module MCU -o json --firmware-version ";
        run("firmware publish image.bin" + options + "9.2.0");
        String object = object();
        assertThat(run("firmware delete --with-artifact --yes "
                        + json().at("/firmware/id").asText()))
                .isZero();
        assertThat(cli.out()).endsWith(", and its stored file\n");
        assertThat(run("firmware publish --from " + object + options + "9.2.1")).isEqualTo(3);

        run("firmware publish image.bin" + options + "9.2.2");
        assertThat(run("firmware publish --from " + object() + options + "9.2.3"))
                .as(cli::err)
                .isZero();
        assertThat(json().path("bytesSent").asLong()).isZero();
        String id = json().at("/firmware/id").asText();
        assertThat(run("firmware delete --with-artifact --yes " + id)).isZero();
        assertThat(cli.out()).endsWith("; its stored file is kept, because another package uses it\n");
        assertThat(run("firmware uploads")).isZero();
        assertThat(cli.out()).isEqualTo("No unfinished uploads\n");
    }

    @Test
    void updates_texts_where_the_vendor_can() throws IOException {
        run(
                "firmware publish image.bin --product thermometer --module MCU --firmware-version 9.3.0 --backend aliyun -o json");
        String id = json().at("/firmware/id").asText();

        assertThat(run("firmware update " + id + " --description Spring --backend aliyun"))
                .as(cli::err)
                .isZero();
        assertThat(cli.out()).containsPattern("description +Spring");
        assertThat(run("firmware update " + id + " --description Spring --backend huawei"))
                .isEqualTo(9);
        assertThat(run("firmware uploads --backend aliyun")).isEqualTo(9);
    }

    @Test
    void a_package_that_needs_verification_is_not_verified() {
        assertThat(run("firmware publish image.bin --product thermometer --module MCU --firmware-version 9.4.0"
                        + " --require-verified --all-backends"))
                .isEqualTo(1);

        assertThat(cli.out())
                .contains("on backend huawei", "on backend aliyun", "on backend tuya")
                .contains("verification  unverified; before a rollout: ota firmware verify ");
        assertThat(cli.err()).contains("on backend aliyun is not verified").doesNotContain("backend huawei is not");
    }

    private String object() throws IOException {
        JsonNode location = json().at("/firmware/files/0/location");
        return "obs://" + location.path("bucket").asText() + "/"
                + location.path("key").asText();
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(cli.out());
    }

    private static String sha256() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(IMAGE));
    }

    private int run(String command) {
        return cli.run(command.split(" +"));
    }
}
