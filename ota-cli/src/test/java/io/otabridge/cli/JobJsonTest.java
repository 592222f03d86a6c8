package io.otabridge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that the commands for jobs, tasks and devices print the JSON of docs/json.md. */
class JobJsonTest {

    private final SharedFleet fleet = new SharedFleet();

    @TempDir
    private Path scratch;

    private Cli cli;
    private String job = "";

    @BeforeEach
    void finishOneJob() {
        cli = new Cli(scratch);
        cli.write(cli.directory.resolve("ota.yaml"), fleet.yaml());
        assertThat(run("job create f-20 --devices d-1,d-5 --token spring_1 --timeout 30m --tag ring=1 --yes -o ids"))
                .isZero();
        job = cli.out().strip();
        fleet.finish();
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    @ParameterizedTest
    @CsvSource({
        "job show JOB,                                              job.json, 0",
        "job create f-20 --devices d-2 --token spring_2 --dry-run,  job-creation.json, 0",
        "job cancel JOB --devices d-9 --dry-run,                    task-changes.json, 3",
        "task list JOB --state failed,                              tasks.json, 0",
        "device show d-1 --product p-1,                             device.json, 0",
    })
    void prints_json_as_documented(String command, String documented, int exitCode) throws IOException {
        assertThat(run(command.replace("JOB", job) + " -o json")).as(cli::err).isEqualTo(exitCode);

        String printed = cli.out()
                .replaceAll("20(?!23)\\d\\d-[0-9:.T-]+Z(?=\")", "2026-12-01T08:00:00Z")
                .replaceAll("job-\\d+", "job-1")
                .replaceAll("task-\\d+", "task-2");
        assertThat(printed).isEqualTo(golden(documented));
        assertThat(Files.readString(Path.of("..", "docs", "json.md"))).contains(golden(documented));
    }

    private int run(String command) {
        return cli.run(command.split(" +"));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(JobJsonTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
