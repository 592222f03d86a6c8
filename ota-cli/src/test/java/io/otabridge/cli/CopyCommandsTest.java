package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.otabridge.cli.context.Simulators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promotes and migrates packages between the simulated clouds. */
class CopyCommandsTest {

    private static final String PLAN = "migrate aliyun huawei --product thermometer --newest 2 ";

    @TempDir
    private Path scratch;

    private Simulators clouds;
    private Cli cli;

    @BeforeEach
    void startClouds() throws IOException {
        clouds = Simulators.start(Simulators.Ports.FREE, Clock.systemUTC());
        cli = new Cli(scratch);
        cli.setClock(Clock.systemUTC());
        cli.write(cli.directory.resolve("ota.yaml"), clouds.yaml());
    }

    @AfterEach
    void stopClouds() {
        clouds.close();
    }

    private int run(String arguments) {
        return cli.run(arguments.strip().split(" +"));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(cli.out());
    }

    private String publish(String version) throws IOException {
        Files.writeString(cli.directory.resolve("image-" + version + ".bin"), "image " + version);
        assertThat(run("firmware publish image-" + version
                        + ".bin --backend aliyun --product thermometer --module MCU -o json --firmware-version "
                        + version))
                .as(cli::err)
                .isZero();
        return json().at("/firmware/id").asText();
    }

    @Test
    void promotes_a_package_to_two_clouds_and_repeats_nothing() throws IOException {
        String promote = "firmware promote " + publish("9.0.0") + " --from aliyun --to huawei,tuya ";

        assertThat(run(promote + "--dry-run")).as(cli::err).isZero();
        assertThat(cli.out())
                .contains("Would create a package on backend huawei", "Would create a package on backend tuya");
        assertThat(run(promote + "-o json")).as(cli::err).isZero();
        assertThat(json().path("complete").asBoolean()).isTrue();
        assertThat(json().at("/results/0/to").asText()).isEqualTo("huawei");
        assertThat(json().at("/results/0/published/outcome").asText()).isEqualTo("created");
        assertThat(json().at("/results/1/published/bytesSent").asLong()).isEqualTo(11);
        String copy = json().at("/results/0/published/firmware/id").asText();

        assertThat(run(promote)).as(cli::err).isZero();
        assertThat(cli.out())
                .contains("Firmware " + copy + " already exists on backend huawei with the same content")
                .contains("sent", "nothing");
        assertThat(run("firmware download " + copy + " --backend huawei --to copy.bin"))
                .as(cli::err)
                .isZero();
        assertThat(cli.directory.resolve("copy.bin")).hasContent("image 9.0.0");
    }

    @Test
    void a_migration_shows_a_plan_asks_for_confirmation_and_continues() throws IOException {
        publish("9.0.0");
        publish("9.1.0");

        assertThat(run(PLAN + "--dry-run")).as(cli::err).isZero();
        assertThat(cli.out()).contains("copy", "9.0.0", "9.1.0", "2 packages to copy (2 files, 22 bytes)");
        assertThat(cli.out()).doesNotContain("unverified");
        assertThat(cli.out().replaceAll("\\s+", " "))
                .contains("which take at least 55 ms at the rate limits of the accounts (aliyun: 50 ms, huawei: 55 ms),"
                        + " without the time to transfer the files.");
        assertThat(run(PLAN + "--dry-run -o json")).as(cli::err).isZero();
        assertThat(json().at("/minimumTime/totalMillis").asLong()).isEqualTo(55);
        assertThat(run(PLAN)).isEqualTo(10);
        assertThat(cli.err()).contains("2 packages to copy", "Nothing was copied", "--yes");

        assertThat(run(PLAN + "--yes -o json --html report.html")).as(cli::err).isZero();
        assertThat(json().path("complete").asBoolean()).isTrue();
        assertThat(json().path("results").findValuesAsText("comparison")).containsOnly("sha-256");
        assertThat(json().path("excluded").findValuesAsText("cause")).contains("not-selected");
        assertThat(Files.readString(cli.directory.resolve("report.html")))
                .contains("<h1>Migration from aliyun to huawei</h1>", "9.1.0", "<h2>Not copied</h2>")
                .doesNotContain("<script");
        assertThat(cli.home.resolve(".local/state/otabridge/aliyun/huawei/journal.jsonl"))
                .exists();

        assertThat(run("migrate aliyun huawei --verify --deep -o csv"))
                .as(cli::err)
                .isZero();
        assertThat(cli.out()).contains("existed,", ",bytes,");
        assertThat(run("diff aliyun huawei --product thermometer --firmware-version 9.1.0"))
                .as(cli::err)
                .isZero();
    }

    @Test
    void the_journal_is_in_the_state_folder_of_the_environment_or_of_the_option() throws IOException {
        publish("9.0.0");
        cli.setenv("XDG_STATE_HOME", cli.directory.resolve("xdg").toString());

        assertThat(run(PLAN.replace("2", "1") + "--yes")).as(cli::err).isZero();
        assertThat(cli.directory.resolve("xdg/otabridge/aliyun/huawei/journal.jsonl"))
                .exists();
        assertThat(run(PLAN.replace("2", "1") + "--yes --state here"))
                .as(cli::err)
                .isZero();
        assertThat(cli.directory.resolve("here/aliyun/huawei/journal.jsonl")).exists();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "migrate aliyun # required",
                "migrate aliyun aliyun # backend \"aliyun\" cannot be migrated to itself",
                "migrate aliyun missing # There is no backend \"missing\"",
                "migrate aliyun huawei --concurrency 17 # --concurrency",
                "migrate aliyun huawei --newest 0 # --newest",
                "migrate aliyun huawei --product unknown # There is no product \"unknown\"",
                "migrate aliyun huawei --product termometer # Did you mean thermometer?",
                "migrate aliyun huawei --spool-limit 0 # --spool-limit",
                "migrate aliyun huawei --verify --dry-run # --verify does not go with",
                "migrate aliyun huawei --html ota.yaml # exists and is not a migration report",
                "firmware promote f1 --to huawei # required",
                "firmware promote f1 --from aliyun # required",
                "firmware promote f1 --from aliyun --to aliyun # must be promoted to other backends",
                "firmware promote f1 --from aliyun --to missing # There is no backend \"missing\"",
                "firmware promote f1 --from aliyun --to huawei --backend tuya # use --from and --to"
            })
    void rejects_invalid_arguments(String arguments, String problem) {
        assertThat(run(arguments)).as(cli::err).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains(problem.strip());
    }

    @Test
    void a_missing_package_is_reported() {
        assertThat(run("firmware promote missing --from aliyun --to huawei")).isEqualTo(3);
    }

    @Test
    void a_promotion_names_the_version_the_digest_and_the_next_command() throws IOException {
        assertThat(run("firmware promote " + publish("9.0.0") + " --from aliyun --to huawei"))
                .as(cli::err)
                .isZero();

        assertThat(cli.out()).matches("""
                Created firmware ([0-9a-f]+) on backend huawei
                  version       9\\.0\\.0 for module MCU
                  file          .*11 bytes
                  SHA-256       [0-9a-f]{64}
                  sent          11 bytes
                  verification  .*
                  warning       its name becomes the description
                  next          ota firmware show \\1 --backend huawei
                """);
    }

    @Test
    void a_promotion_names_the_digest_of_the_bytes_where_the_target_reports_only_an_md5() throws IOException {
        assertThat(run("firmware promote " + publish("9.0.0") + " --from aliyun --to tuya"))
                .as(cli::err)
                .isZero();

        assertThat(cli.out()).containsPattern("SHA-256 +[0-9a-f]{64}\n");
    }

    @Test
    void a_promotion_that_is_stopped_says_how_to_continue() {
        String configuration = "default: here\nbackends:\n  here: { vendor: memory, files: true }\n"
                + "  target: { vendor: memory, interrupted-at: 1 }\nproducts:\n  lamp: { here: p-1, target: p-1 }\n";
        cli.write(cli.directory.resolve("ota.yaml"), configuration);

        run("firmware promote f-4 --from here --to target");

        assertThat(cli.err())
                .contains(
                        "What happened:  The promotion of firmware f-4 of backend here was stopped",
                        "Repeat the command: a backend that has the package is not changed");
    }

    @Test
    void the_exit_code_of_a_promotion_is_that_of_its_first_failure() throws IOException {
        String id = publish("9.0.0");
        Files.writeString(cli.directory.resolve("ota.yaml"), clouds.yaml().replaceAll("\n *obs: [^\n]*", ""));

        assertThat(run("firmware promote " + id + " --from aliyun --to huawei,tuya -o csv"))
                .isEqualTo(5);
        assertThat(cli.out())
                .startsWith("backend,vendor,outcome,id,target,module,version")
                .contains("tuya,tuya,created");
        assertThat(cli.err()).contains("cannot be published on backend huawei");
    }

    @Test
    void finished_packages_are_reported_when_a_migration_is_interrupted() throws IOException {
        List<String> outcomes = new ArrayList<>();
        for (int use = 1; use < 16 && !outcomes.containsAll(List.of("copied", "not-started")); use++) {
            cli.write(
                    cli.directory.resolve("ota.yaml"),
                    "default: here\nbackends:\n  here: { vendor: memory, files: true }\n  target: { vendor: memory, interrupted-at: "
                            + use + " }\nproducts:\n  lamp: { here: p-1, target: p-1 }\n");
            run("migrate here target --concurrency 1 --yes -o json --state state-" + use);
            outcomes = json().path("results").findValuesAsText("outcome");
        }

        assertThat(outcomes).as(cli::err).contains("copied", "not-started");
        assertThat(cli.err()).contains("Stopped. Repeat the command: it continues where it ended");
    }
}
