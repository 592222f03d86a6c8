package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.otabridge.domain.Capability;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.vavr.control.Option;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobWatchCommandTest {

    private static final String QUICK = " --interval PT0.001S";

    private final SharedFleet fleet = new SharedFleet();

    @TempDir
    private Path scratch;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = new Cli(scratch);
        cli.write(cli.directory.resolve("ota.yaml"), fleet.yaml());
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    @ParameterizedTest
    @CsvSource({"'d-1,d-2', 0, ", "'d-1,d-5', 16, SomeUpgraded", "'d-5,d-6', 17, NoneUpgraded"})
    void exits_with_a_code_for_all_some_or_no_devices(String devices, int exitCode, String kind) {
        String job = created("--devices " + devices);

        assertThat(run("job watch " + job + QUICK + " -o json")).isEqualTo(exitCode);

        JsonNode last = events().get(events().size() - 1);
        assertThat(last.path("event").asText()).isEqualTo("ended");
        assertThat(last.at("/job/counts/total").asInt()).isEqualTo(2);
        if (kind != null) {
            assertThat(parse(cli.err()).at("/failure/kind").asText()).isEqualTo(kind);
            assertThat(parse(cli.err()).path("exitCode").asInt()).isEqualTo(exitCode);
        }
    }

    @Test
    void prints_a_line_of_json_for_each_change_in_a_pipe() {
        String job = created("--devices d-1,d-5,d-6");

        assertThat(run("job watch " + job + QUICK)).isEqualTo(16);

        assertThat(events())
                .extracting(event -> event.path("event").asText())
                .containsExactly("changed", "changed", "changed", "ended");
        assertThat(events().get(1).at("/job/counts/running").asInt()).isEqualTo(3);
        JsonNode failures = events().get(3).path("failures");
        assertThat(failures).hasSize(2);
        assertThat(failures.findValuesAsText("reason")).containsExactlyInAnyOrder("battery", "download");
        assertThat(failures.findValuesAsText("count")).containsExactly("1", "1");
        assertThat(failures.get(0).path("devices")).hasSize(1);
        assertThat(cli.out()).doesNotContain("\u001b").contains("\"backend\":\"here\"");
        assertThat(cli.err())
                .contains(
                        "2 of 3 devices of job " + job,
                        "ota job retry " + job + " --backend here, or, with a new job: ota task list " + job
                                + " --state failed --backend here -o ids | ota job create f-20 --devices - --yes --backend here");
    }

    @Test
    void prints_failures_by_reason_on_a_terminal() {
        cli.showOutput(120);
        String job = created("--all");

        assertThat(run("job watch " + job + QUICK)).isEqualTo(16);

        assertThat(cli.out())
                .startsWith(
                        "Job " + job + " on backend here: finished. 4 of 6 devices have the new version (4 succeeded, 2"
                                + " failed)\nFAILED  REASON ")
                .containsPattern("\n1 +the battery was low +battery at 3 % +d-5\n")
                .contains("the download failed", "\\u001b[2J")
                .doesNotContain("\u001b");
    }

    @Test
    void continues_with_the_id_alone() {
        String job = created("--devices d-1");
        fleet.finish();

        assertThat(run("job watch " + job + " -o table")).isZero();

        assertThat(cli.out()).contains("finished. 1 of 1 device has the new version");
        assertThat(run("job watch " + job + " -o csv")).isZero();
        assertThat(cli.out()).hasLineCount(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"d-1 | d-2 | 0", "d-1 | d-5 | 16", "d-5 | d-1 | 16", "d-5 | d-6 | 17"})
    void follows_several_jobs_at_the_same_time(String first, String second, int exitCode) {
        String one = created("--devices " + first);
        String other = created("--devices " + second);

        assertThat(run("job watch " + one + " " + other + QUICK + " -o json")).isEqualTo(exitCode);

        assertThat(events())
                .filteredOn(event -> event.path("event").asText().equals("ended"))
                .extracting(event -> event.at("/job/id").asText())
                .containsExactly(one, other);
    }

    @Test
    void the_failure_of_one_job_decides_the_exit_code_of_several() {
        String one = created("--devices d-5");
        String other = created("--devices d-1");

        assertThat(run("job watch " + one + " missing " + other + QUICK + " -o table"))
                .isEqualTo(3);

        assertThat(cli.out()).contains("Job " + one + " on backend here", "Job " + other + " on backend here");
        assertThat(cli.err()).contains("missing");
    }

    @Test
    void follows_the_jobs_of_standard_input_or_of_a_package() {
        String one = created("--devices d-1");
        String other = created("--devices d-2");
        cli.input(one + "\n" + other + "\n");

        assertThat(run("job watch -" + QUICK)).isZero();
        assertThat(cli.out()).contains(one, other);

        String third = created("--devices d-3");
        assertThat(run("job watch --firmware f-20" + QUICK)).isZero();
        assertThat(cli.out()).contains(third).doesNotContain(one);
        assertThat(cli.err()).contains("1 job of firmware f-20 on backend here has not ended");
        assertThat(run("job watch --firmware f-20")).isZero();
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("no job of firmware f-20 on backend here is unfinished");
    }

    @Test
    void ctrl_c_names_all_jobs_that_go_on() {
        String one = created("--devices d-1");
        String other = created("--devices d-2");
        fleet.finish();
        fleet.beforePoll = cli.interrupts::run;

        assertThat(run("job watch " + one + " " + other + QUICK)).isZero();

        assertThat(cli.err()).isEqualTo("""
                What happened:  The watch of jobs %1$s, %2$s was stopped; the jobs go on
                What to do:     Watch them again: ota job watch %1$s %2$s --backend here
                """.formatted(one, other));
    }

    @Test
    void a_job_without_devices_has_nothing_to_do() {
        created("--devices d-1");
        fleet.finish();
        String job = created("--devices d-1");

        assertThat(run("job watch " + job + QUICK + " -o table")).isZero();

        assertThat(cli.out())
                .contains("finished. The job has no tasks: no device was selected, or each had the version already");
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void does_not_advise_a_retry_that_the_vendor_lacks() {
        String job = created("--devices d-1,d-5");
        fleet.memory.without(Capability.RETRY_TASKS);

        assertThat(run("job watch " + job + QUICK)).isEqualTo(16);

        assertThat(cli.err())
                .contains(
                        "1 of 2 devices of job " + job + " does not have the new version",
                        "ota task list " + job + " --state failed --backend here. For a new job: ota task list ")
                .doesNotContain("retry");
    }

    @Test
    void ctrl_c_leaves_the_job_and_says_so() {
        String job = created("--devices d-1");
        fleet.beforePoll = cli.interrupts::run;
        fleet.finish();

        assertThat(run("job watch " + job + QUICK)).isZero();

        assertThat(cli.err()).isEqualTo("""
                What happened:  The watch of job %1$s was stopped; the job goes on
                What to do:     Watch it again: ota job watch %1$s --backend here. To cancel it: ota job cancel %1$s --backend here
                """.formatted(job));
    }

    @Test
    void repeats_a_poll_that_fails_and_reports_it() {
        String job = created("--devices d-1");
        AtomicInteger polls = new AtomicInteger();
        OperationContext origin = new OperationContext("here", Vendor.of("memory"), "FindJob");
        fleet.pollFailure = Option.some(new OtaFailure.Unavailable(
                FailureDetails.of(origin, "Not now", "Retry").withRetry(Option.none())));
        fleet.beforePoll = () -> {
            fleet.memory.letDevicesWork();
            if (polls.incrementAndGet() == 3) {
                fleet.pollFailure = Option.none();
            }
        };

        assertThat(run("job watch " + job + QUICK)).isZero();

        assertThat(events())
                .extracting(event -> event.path("event").asText())
                .startsWith("poll-failed", "poll-failed", "changed")
                .endsWith("ended");
        assertThat(events().get(0).at("/failure/kind").asText()).isEqualTo("Unavailable");
    }

    @Test
    void stops_at_its_timeout_while_the_job_goes_on() {
        String job = created("--devices d-1 --confirm");

        assertThat(run("job watch " + job + QUICK + " --timeout PT0.01S")).isEqualTo(12);

        assertThat(cli.err()).contains("did not end within 0.01s\n", "the job goes on");
        assertThat(run("job watch missing")).isEqualTo(3);
    }

    @Test
    void a_cancelled_job_has_ended() {
        String job = created("--devices d-1,d-2");
        assertThat(run("job cancel " + job + " --yes")).isZero();

        assertThat(run("job watch " + job + " -o table")).isEqualTo(17);

        assertThat(cli.out()).contains("cancelled. 0 of 2 devices have the new version (2 cancelled)");
        assertThat(cli.err())
                .contains("ota task list " + job + " --state cancelled --backend here. For a new job: ota task list ")
                .doesNotContain("retry");
    }

    private String created(String options) {
        assertThat(run("job create f-20 --yes -o ids " + options)).as(cli::err).isZero();
        return cli.out().strip();
    }

    private List<JsonNode> events() {
        return cli.out().lines().map(JobWatchCommandTest::parse).toList();
    }

    private static JsonNode parse(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }

    private int run(String command) {
        return cli.run(command.strip().split(" +"));
    }
}
