package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.otabridge.domain.Capability;
import io.otabridge.domain.Reported;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.job.JobFilter;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.UpgradeJob;
import io.vavr.collection.List;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the commands that create jobs and change them. */
class JobCommandsTest {

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

    @Test
    void creates_no_job_without_confirmation() {
        assertThat(run("job create f-20 --devices d-1,d-2")).isEqualTo(10);

        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("No job was created", "this job for 2 devices on backend here", "--yes");
        assertThat(jobs()).isEmpty();
        assertThat(fleet.memory.changes()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"y, 0, 1", "n, 10, 0"})
    void shows_the_job_and_asks_on_a_terminal(String reply, int exitCode, int created) {
        cli.answerOnTerminal(reply);

        assertThat(run("job create f-20 --all --rate 50/min --at 2024-01-02T08:00 --until 2024-01-03T00:00:00Z"))
                .isEqualTo(exitCode);

        assertThat(cli.err())
                .startsWith("Requested job on backend here\n")
                .containsPattern("firmware +f-20, version 4.0.0 for module MCU\n")
                .containsPattern("devices +all devices of product p-1 \\(6 devices now\\)\n")
                .containsPattern("starts +2024-01-02 08:00:00 \\+08:00 \\(2024-01-02T00:00:00Z\\)\n")
                .containsPattern("ends +2024-01-03 08:00:00 \\+08:00 \\(2024-01-03T00:00:00Z\\)\n")
                .containsPattern("rate +50 devices each minute\n")
                .contains("Create this job for all devices of product p-1 (6 devices now) on backend here? [y/N] ");
        assertThat(jobs()).hasSize(created);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--devices d-1,d-2,d-1  | 2 devices",
                "--group g-1            | the devices of group g-1 \\(selected by the vendor\\)",
                "--all                  | all devices of product p-1 \\(6 devices now\\)",
                "--percent 50           | 50 % of the devices of product p-1 \\(3 devices now\\)"
            })
    void says_with_yes_what_it_does_before_it_does_it(String targets, String devices) {
        fleet.memory.failChangesWith(origin -> MemoryProvider.failure("OutcomeUnknown", origin));

        assertThat(run("job create f-20 --yes --at 2024-01-02T08:00 " + targets))
                .isEqualTo(13);

        assertThat(cli.err())
                .startsWith("Requested job on backend here\n")
                .containsPattern("firmware +f-20, version 4.0.0 for module MCU\n")
                .containsPattern("devices +" + devices + "\n")
                .containsPattern("starts +2024-01-02 08:00:00 \\+08:00 \\(2024-01-02T00:00:00Z\\)\n")
                .doesNotContain("[y/N]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " --yes"})
    void creates_a_job_for_all_devices_only_for_those_that_it_named(String option) {
        cli.answerOnTerminal("y");
        fleet.beforeCreation = () -> fleet.memory.add(SharedFleet.device("d-7"));

        assertThat(run("job create f-20 --all" + option)).isZero();

        assertThat(cli.err()).contains("6 devices now");
        assertThat(cli.out()).containsPattern("devices +all devices of product p-1 \\(6 devices now\\), 6 tasks\n");
    }

    @Test
    void prints_the_client_token_before_it_creates_the_job() {
        fleet.memory.failChangesWith(origin -> MemoryProvider.failure("OutcomeUnknown", origin));

        assertThat(run("job create f-20 --devices d-1 --yes --token t_1")).isEqualTo(13);

        assertThat(cli.err()).contains("\nNote: the client token of this job is t_1. After a lost response, repeat");

        fleet.memory.recover();
        assertThat(run("job show --token t_1 --firmware f-20")).isZero();
        assertThat(cli.out()).isEqualTo("No jobs found\n");

        assertThat(run("job create f-20 --devices d-1 --yes --token t_1")).isZero();
        assertThat(run("job show --token t_1 -o ids")).isZero();
        assertThat(cli.out()).hasLineCount(1).startsWith("job-");
    }

    @Test
    void a_vendor_without_tokens_is_not_said_to_find_a_job_by_its_token() {
        fleet.memory.without(Capability.FIND_JOB_BY_TOKEN);
        fleet.memory.failChangesWith(origin -> MemoryProvider.failure("OutcomeUnknown", origin));

        assertThat(run("job create f-20 --all --yes --token t_1")).isEqualTo(13);

        assertThat(cli.err())
                .contains("Note: the vendor stores no client token: list the jobs of the package before you repeat")
                .contains("list the jobs of firmware f-20")
                .doesNotContain("t_1");
        fleet.memory.recover();
        assertThat(run("job create f-20 --devices d-1 --yes")).isZero();
        assertThat(cli.out()).startsWith("Created job").doesNotContain("client token");
        assertThat(run("job create f-20 --devices d-1 --yes")).isZero();
        assertThat(cli.out()).contains("already for these devices; nothing was created");
    }

    @Test
    void creates_a_job_once_for_a_token() {
        assertThat(run("job create f-20 --devices d-1,d-2 --yes --token t_1")).isZero();
        assertThat(cli.out())
                .startsWith("Created job job-")
                .containsPattern("devices +2 devices, 2 tasks\n")
                .containsPattern("starts +now\n")
                .containsPattern("client token +t_1\n")
                .containsPattern("next +ota job watch job-\\d+ --backend here\n");

        for (String option : List.of("--yes", "", "--dry-run")) {
            assertThat(run("job create f-20 --devices d-1,d-2 --token t_1 " + option))
                    .isZero();
            assertThat(cli.out()).contains("exists already with this client token; nothing was created");
        }
        assertThat(jobs()).hasSize(1);

        assertThat(run("job create f-20 --devices d-3 --yes")).isZero();
        assertThat(cli.err()).containsPattern("token of this job is ota_\\w+\\.");
        assertThat(jobs()).hasSize(2);
    }

    @Test
    void a_dry_run_creates_nothing() {
        assertThat(run("job create f-20 --percent 50 --dry-run")).isZero();

        assertThat(cli.out())
                .startsWith("Would create a job on backend here\n")
                .contains("50 % of the devices of product p-1 (3 devices now)", "without --dry-run");
        assertThat(cli.err()).isEmpty();
        assertThat(jobs()).isEmpty();
        assertThat(run("job create f-20 --percent 50 --dry-run -o json")).isZero();
        assertThat(json().path("outcome").asText()).isEqualTo("would-create");
        assertThat(json().path("requestedDevices").asInt()).isEqualTo(3);
    }

    @Test
    void accepts_all_that_a_job_can_have() {
        assertThat(run("job create --product p-1 --module MCU --newest --group g-1 --source-version 3.0.0 --retry 2"
                        + " --retry-interval 10m --timeout 90m --confirm --replace --tag a=1 --tag b=2 --yes"))
                .as(cli::err)
                .isZero();

        UpgradeJob job = jobs().head();
        assertThat(job.group().get()).hasToString("g-1");
        assertThat(job.sourceVersions()).map(Object::toString).containsExactly("3.0.0");
        assertThat(job.retry().get().count()).isEqualTo(2);
        assertThat(job.retry().get().interval()).hasMinutes(10);
        assertThat(job.timeout().get()).hasMinutes(90);
        assertThat(job.needsConfirmation()).contains(true);
        assertThat(job.tags().toJavaMap()).containsEntry("a", "1").containsEntry("b", "2");
        assertThat(cli.out())
                .containsPattern("retries +2, after 10 min\n")
                .containsPattern("timeout +90 min for a device\n")
                .contains("each device waits for ota job confirm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"d-1,d-2,d-1", "@devices.txt", "-"})
    void reads_devices_from_the_command_line_a_file_or_standard_input(String devices) {
        cli.write(cli.directory.resolve("devices.txt"), "d-1\r\n\n d-2 \nd-1\n");
        cli.input("d-1\nd-2\n");

        assertThat(run("job create f-20 --yes -o json --devices " + devices))
                .as(cli::err)
                .isZero();

        assertThat(json().path("requestedDevices").asInt()).isEqualTo(2);
        assertThat(json().path("tasks").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@none.txt      | none.txt does not exist",
                "@empty.txt     | has no ids",
                "@hostile.txt   | is not valid",
                "-              | standard input has no ids",
                "@table.txt     | table.txt has several words in place of an id: \"DEVICE ID  STATE\"",
                ",              | the command line has no ids",
            })
    void sends_nothing_if_a_list_of_devices_is_not_valid(String devices, String why) {
        cli.write(cli.directory.resolve("empty.txt"), " \n");
        cli.write(cli.directory.resolve("hostile.txt"), "d-1\n\u001b[2J\n");
        cli.write(cli.directory.resolve("table.txt"), "DEVICE ID  STATE\nd-1        failed\n");

        assertThat(run("job create f-20 --yes --devices " + devices)).isEqualTo(2);

        assertThat(cli.err()).contains(why, "nothing was sent").doesNotContain("\u001b");
        assertThat(fleet.memory.changes()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "job create f-20                          | required, but missing: --devices, --group, --percent, --all or --continuous",
                "job create f-20 --all --devices d-1      | give only one of --devices, --group, --percent, --all or --continuous",
                "job create f-20 --all --percent 5        | give only one of --devices, --group, --percent, --all or --continuous",
                "job create f-20 --percent 101            | a percentage must be more than 0 and at most 100, with at most 3 decimals",
                "job create f-20 --percent few            | --percent: it must be a number, but is \"few\"",
                "job create f-20 --all --rate fast        | --rate: it must be a number of devices each minute, such as 50/min, but is \"fast\"",
                "job create f-20 --all --timeout long     | --timeout: it must be a duration such as 90s, 30m, 2h, 1d or PT30M, but is \"long\"",
                "job create f-20 --all --at tomorrow      | --at: it must be a time such as 2026-12-01T08:00 (local time) or 2026-12-01T08:00:00Z, but is \"tomorrow\"",
                "job create f-20 --all --until 2024-01-02T08:00 | a job with an end needs a start",
                "job create f-20 --all --at 2024-01-02T08:00 --until 2024-01-02T08:00+08:00 | the end of a job must be after its start",
                "job create f-20 --all --retry-interval 5m | --retry-interval needs --retry",
                "job create f-20 --all --token a.b        | --token: client token \"a.b\" is not valid",
                "job update j-1                           | required, but missing: --rate=N/min, --timeout=SPAN, --source-version=V or --tag=K=V, or several of them",
                "job cancel j-1 --not-started --state queued | --not-started does not go with --state and --devices",
                "job watch j-1 --interval 0s              | --interval must be more than 0 and at most 1d",
                "job watch j-1 --interval 200000d         | --interval must be more than 0 and at most 1d",
                "job watch j-1 --timeout PT-1S            | --timeout must be more than 0",
                "task list                                | required, but missing: <job>, or --device=ID alone",
                "task list --device d-1,d-2               | required, but missing: <job>, or --device=ID alone",
                "task list j-1 --state bad                | --state: it must be awaiting-confirmation, queued, notified, running, awaiting-retry, cancelling, succeeded, failed, cancelled, removed or unknown, but is \"bad\"",
                "device list --product p-1 --module MCU   | --module, --whole-device and --software need --firmware-version",
                "job retry j-1 -o ids                     | --output: \"ota job retry\" does not print ids",
            })
    void rejects_invalid_arguments(String command, String why) {
        assertThat(run(command)).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("The command line is not valid", "Why:            " + why);
        assertThat(fleet.memory.changes()).isZero();
    }

    @Test
    void the_failed_devices_of_a_job_are_the_input_of_the_next() {
        String job = created("--all");
        fleet.finish();

        assertThat(run("task list " + job + " --state failed -o ids")).isZero();
        assertThat(cli.out()).isEqualTo("d-5\nd-6\n");

        cli.input(cli.out());
        assertThat(run("job create f-20 --devices - --yes -o json")).isZero();
        assertThat(json().path("tasks").asInt()).isEqualTo(2);
    }

    @Test
    void notes_devices_without_a_task() {
        created("--devices d-1");
        fleet.finish();

        assertThat(run("job create f-20 --devices d-1,d-2 --yes")).isZero();

        assertThat(cli.out()).containsPattern("devices +2 devices, 1 task\n");
        assertThat(cli.err()).contains("created no task for 1 of 2 devices");
    }

    @Test
    void creates_several_jobs_if_one_cannot_hold_all_devices() {
        fleet.memory.limitJobDevices(4);

        assertThat(run("job create f-20 --devices d-1,d-2,d-3,d-4,d-5 --yes --token t -o csv"))
                .isZero();

        assertThat(cli.out().lines().skip(1))
                .hasSize(2)
                .anyMatch(row -> row.startsWith("here,memory,created,t_1of2,job-"))
                .anyMatch(row -> row.startsWith("here,memory,created,t_2of2,job-"));
        assertThat(run("job show --token t")).isZero();
        assertThat(cli.out().lines()).hasSize(3);
    }

    @Test
    void cancels_a_job_and_names_the_devices_that_may_still_finish() {
        String job = created("--devices d-1,d-2");
        fleet.memory.letDevicesWork();
        fleet.memory.letDevicesWork();

        assertThat(run("job cancel " + job + " --dry-run")).isZero();
        assertThat(cli.out()).startsWith("Would cancel 2 tasks of job " + job + " on backend here\n");
        assertThat(run("job cancel " + job)).isEqualTo(10);
        assertThat(cli.err())
                .contains(
                        "Nothing was cancelled",
                        "the cancellation of the tasks (2 tasks now) of job " + job + " on backend here",
                        "Add --yes");

        cli.answerOnTerminal("n");
        assertThat(run("job cancel " + job)).isEqualTo(10);
        assertThat(cli.err())
                .startsWith("2 devices have begun, and may still install the new version: d-1, d-2\n"
                        + "Cancel the tasks (2 tasks now) of job " + job + " on backend here? [y/N] ");

        assertThat(run("job cancel " + job + " --yes")).isZero();
        assertThat(cli.out()).isEqualTo("""
                Cancelled 2 tasks of job %s on backend here
                2 devices had begun, and may still install the new version: d-1, d-2
                """.formatted(job));

        assertThat(run("job cancel " + job)).isZero();
        assertThat(cli.out())
                .startsWith("Nothing to cancel: no task of job " + job + " on backend here can be cancelled\n");
        assertThat(run("job show " + job)).isZero();
        assertThat(cli.out()).containsPattern("state +cancelled\n").containsPattern("tasks +2: 2 cancelled\n");
    }

    @Test
    void cancels_only_the_selected_tasks() {
        String job = created("--all");

        assertThat(run("job cancel " + job + " --devices d-1 --yes -o json")).isZero();
        assertThat(json().path("outcome").asText()).isEqualTo("cancelled");
        assertThat(json().path("accepted").asInt()).isEqualTo(1);
        assertThat(run("job cancel " + job + " --not-started --yes -o csv")).isZero();
        assertThat(cli.out()).contains("here,memory," + job + ",cancelled,5,,,\n");
        assertThat(run("task list " + job + " --device d-2 -o csv")).isZero();
        assertThat(cli.out()).contains("," + job + ",d-2,cancelled,");
    }

    @Test
    void reports_each_task_that_was_not_changed() {
        String job = created("--all");
        fleet.finish();

        assertThat(run("job retry " + job + " --devices d-5,d-6,d-9 --yes")).isEqualTo(3);

        assertThat(cli.out())
                .startsWith("Retried 2 tasks of job " + job + " on backend here\nREFUSED  REASON\nd-9      ");
        assertThat(cli.err()).startsWith("What happened:  ").contains("d-9");
        assertThat(run("job retry " + job + " --devices d-9 --yes")).isEqualTo(3);
        assertThat(cli.out())
                .startsWith("No task of job " + job + " on backend here was retried; 1 was refused\nREFUSED  REASON\n");
        assertThat(run("job retry " + job + " --devices d-9 --yes -o json")).isEqualTo(3);
        assertThat(json().path("outcome").asText()).isEqualTo("refused");
        assertThat(run("job show " + job + " -o json")).isZero();
        assertThat(json().at("/job/state/code").asText()).isEqualTo("running");
    }

    @Test
    void confirms_tasks() {
        String job = created("--devices d-1,d-2 --confirm");
        cli.answerOnTerminal("y");

        assertThat(run("job confirm " + job + " --devices d-1")).isZero();

        assertThat(cli.err())
                .isEqualTo("Confirm the selected tasks (1 task now) of job " + job + " on backend here? [y/N] ");
        assertThat(cli.out())
                .isEqualTo("Confirmed 1 task of job %1$s on backend here\n  next  ota job watch %1$s --backend here\n"
                        .formatted(job));
        assertThat(run("job confirm " + job + " --yes -o json")).isZero();
        assertThat(json().path("accepted").asInt()).isEqualTo(1);
        assertThat(run("job confirm " + job + " --yes -o json")).isZero();
        assertThat(json().path("outcome").asText()).isEqualTo("nothing");
    }

    @Test
    void updates_a_job() {
        String job = created("--all --rate 10");

        assertThat(run("job update " + job + " --rate 50/min --dry-run")).isZero();
        assertThat(cli.out()).startsWith("Job " + job + " would become\n\n");
        assertThat(run("job update " + job + " --rate 50/min --tag k=v")).isZero();
        assertThat(cli.out())
                .startsWith("Job " + job + " is now\n\n")
                .containsPattern("rate +50 each minute\n")
                .containsPattern("tags +k=v\n");
        assertThat(run("job update " + job + " --timeout 5m")).isEqualTo(5);
    }

    @Test
    void deletes_a_job_that_has_ended() {
        String job = created("--devices d-1");
        assertThat(run("job delete " + job + " --yes")).isEqualTo(5);
        fleet.finish();

        assertThat(run("job delete " + job)).isEqualTo(10);
        assertThat(run("job delete " + job + " --yes")).isZero();
        assertThat(cli.out()).isEqualTo("Deleted job " + job + " on backend here\n");
        assertThat(run("job delete " + job + " --yes")).isZero();
        assertThat(run("job show " + job)).isEqualTo(3);
    }

    @Test
    void verifies_a_package_on_test_devices() {
        assertThat(run("firmware verify f-20 --devices d-1 --timeout 30m --token v_1 --yes"))
                .isZero();
        assertThat(cli.out()).startsWith("Created verification job-");
        assertThat(run("firmware show f-20 -o json")).isZero();
        assertThat(json().at("/firmware/verification/state").asText()).isEqualTo("verifying");
        assertThat(run("job list --firmware f-20 -o json")).isZero();
        assertThat(json().at("/jobs/0/kind/code").asText()).isEqualTo("verification");
    }

    @Test
    void lists_jobs() {
        String first = created("--devices d-1");
        fleet.finish();
        String second = created("--devices d-2");

        assertThat(run("job list -o ids")).isZero();
        assertThat(cli.out()).isEqualTo(second + "\n" + first + "\n");
        assertThat(run("job list --state finished,failed -o ids")).isZero();
        assertThat(cli.out()).isEqualTo(first + "\n");
        assertThat(run("job list --device d-2 --product p-1")).isZero();
        assertThat(cli.out())
                .startsWith("JOB ID ")
                .contains(second, "1: 1 queued")
                .doesNotContain(first);
        assertThat(run("job list --firmware f-9")).isZero();
        assertThat(cli.out()).isEqualTo("No jobs found\n");
        assertThat(run("job list -o csv --limit 1")).isZero();
        assertThat(cli.out()).hasLineCount(2).contains("here,memory," + second + ",running,RUNNING,,upgrade,f-20,");
    }

    @Test
    void sorts_jobs_that_the_vendor_lists_in_another_order() {
        fleet.listedJobs =
                List.of(listed("j-2", "2026-02-01"), listed("j-1", "2026-01-01"), listed("j-3", "2026-03-01"));

        assertThat(run("job list -o ids")).isZero();
        assertThat(cli.out()).isEqualTo("j-3\nj-2\nj-1\n");
        assertThat(run("job list --limit 1 -o ids")).isZero();
        assertThat(cli.out()).isEqualTo("j-3\n");
        assertThat(run("job list --reverse -o ids")).isZero();
        assertThat(cli.out()).isEqualTo("j-1\nj-2\nj-3\n");
    }

    private static UpgradeJob listed(String id, String created) {
        return UpgradeJob.builder(JobId.of(id), Reported.of(JobState.FINISHED))
                .created(VendorTimestamp.of(created, Instant.parse(created + "T00:00:00Z")))
                .build();
    }

    @Test
    void lists_the_tasks_of_a_job_or_the_unfinished_tasks_of_a_device() {
        String job = created("--all --timeout 30m");
        fleet.finish();

        assertThat(run("task list " + job + " --state failed")).isZero();
        assertThat(cli.out())
                .startsWith("DEVICE ID  STATE ")
                .contains("the battery was low: battery at 3 %", "the download failed: \\u001b[2J")
                .doesNotContain("\u001b", "d-1 ");
        assertThat(run("task list --device d-1 --product p-1")).isZero();
        assertThat(cli.out()).isEqualTo("No tasks found\n");
        created("--devices d-5");
        assertThat(run("task list --device d-5 --product p-1 -o json")).isZero();
        assertThat(json().at("/tasks/0/state/code").asText()).isEqualTo("queued");
    }

    @Test
    void shows_devices_and_their_versions() {
        assertThat(run("device show d-1 --product p-1")).isZero();
        assertThat(cli.out())
                .containsPattern("device id +d-1\n")
                .containsPattern("status +online\n")
                .containsPattern("versions +module MCU: 3.0.0\n");
        assertThat(run("device versions d-1 d-9 d-2")).isEqualTo(3);
        assertThat(cli.out()).hasLineCount(3).containsPattern("d-2 +module MCU +3.0.0\n");
        assertThat(cli.err()).contains("d-9");
        created("--devices d-1");
        fleet.finish();
        assertThat(run("device list --product p-1 --firmware-version 4.0.0 --module MCU -o ids"))
                .isZero();
        assertThat(cli.out()).isEqualTo("d-1\n");
        assertThat(run("device list -o ids")).isZero();
        assertThat(cli.out()).startsWith("d-1\n").hasLineCount(6);
        assertThat(run("device list --product p-1 -o csv")).isZero();
        assertThat(cli.out())
                .hasLineCount(7)
                .contains("here,memory,d-1,kitchen d-1,,p-1,online,MCU:4.0.0,2023-02-11T12:12:12Z\n");
        assertThat(run("device versions d-1 -o json")).isZero();
        assertThat(json().at("/device/versions/0/version").asText()).isEqualTo("4.0.0");
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE_JOB, job create f-20 --devices d-1 --yes",
        "JOB_FOR_PERCENTAGE, job create f-20 --percent 5 --yes",
        "CONTINUOUS_JOB, job create f-20 --continuous --source-version 1 --yes",
        "JOB_RATE, job create f-20 --all --rate 5 --dry-run",
        "VERIFY_FIRMWARE, firmware verify f-20 --devices d-1 --yes",
        "DELETE_JOB, job delete j-1 --yes",
        "UPDATE_JOB, job update j-1 --rate 5",
        "LIST_JOBS_OF_DEVICE, job list --device d-1",
        "LIST_UNFINISHED_TASKS, task list --device d-1",
        "LIST_DEVICES, device list --product p-1",
    })
    void changes_nothing_if_the_vendor_cannot(Capability missing, String command) {
        fleet.memory.without(missing);

        assertThat(run(command)).isEqualTo(9);
        assertThat(cli.err()).contains("cannot " + missing.description());
        assertThat(jobs()).isEmpty();
    }

    private String created(String options) {
        assertThat(run("job create f-20 --yes -o ids " + options)).as(cli::err).isZero();
        return cli.out().strip();
    }

    private List<UpgradeJob> jobs() {
        return fleet.memory.jobs().list(JobFilter.all()).toList().get();
    }

    private JsonNode json() {
        try {
            return new ObjectMapper().readTree(cli.out());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + cli.out(), e);
        }
    }

    private int run(String command) {
        return cli.run(command.strip().split(" +"));
    }
}
