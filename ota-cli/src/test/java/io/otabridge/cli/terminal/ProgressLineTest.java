package io.otabridge.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.Reported;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobState;
import io.otabridge.domain.job.TaskCounts;
import io.otabridge.domain.job.TaskState;
import io.otabridge.domain.job.UpgradeJob;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private final AtomicLong millis = new AtomicLong();
    private final InterruptActions interrupts = new InterruptActions();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void shows_the_progress_of_every_backend_and_is_cleared_at_the_end() {
        try (ListingProgress progress = progress(true)) {
            progress.update("prod", 1);
            millis.set(500);
            progress.update("prod", 2);
            progress.update("legacy", 7);
            millis.set(600);
            progress.update("prod", 3);
        }

        assertThat(err.toString(UTF_8))
                .isEqualTo("\r\u001b[K[=====               ]  prod: 2 so far"
                        + "\r\u001b[K[ =====              ]  legacy: 7, prod: 3 so far" + "\r\u001b[K");
    }

    @Test
    void shows_the_tasks_of_a_job_by_state_and_a_failed_poll_until_the_next_change() {
        UpgradeJob job = UpgradeJob.builder(JobId.of("j-1"), Reported.of(JobState.RUNNING))
                .counts(new TaskCounts(LinkedHashMap.of(
                        TaskState.QUEUED,
                        2L,
                        TaskState.RUNNING,
                        2L,
                        TaskState.CANCELLING,
                        1L,
                        TaskState.SUCCEEDED,
                        4L,
                        TaskState.FAILED,
                        1L)))
                .build();
        try (UpgradeProgress progress = upgrade(140)) {
            millis.set(500);
            progress.update(job);
            millis.set(600);
            progress.note("Not now\u001b[2J");
        }

        String bar = "[############xxx>>>>>>>>>......] 5 of 10 ended, 2 queued, 2 running, 1 cancelling,"
                + " 4 succeeded, 1 failed";
        assertThat(err.toString(UTF_8))
                .isEqualTo("\r\u001b[K| " + bar + "\r\u001b[K/ " + bar + ", Not now\\u001b[2J\r\u001b[K");
    }

    @Test
    void a_bar_of_a_job_fits_the_terminal() {
        try (UpgradeProgress progress = upgrade(20)) {
            millis.set(500);
            progress.update(UpgradeJob.builder(JobId.of("j-1"), Reported.of(JobState.SCHEDULED))
                    .build());
        }

        assertThat(err.toString(UTF_8)).isEqualTo("\r\u001b[K| [...............\u2026\r\u001b[K");
    }

    @Test
    void a_bar_of_a_job_without_counts_shows_its_state() {
        try (UpgradeProgress progress = upgrade(80)) {
            millis.set(500);
            progress.update(UpgradeJob.builder(JobId.of("j-1"), Reported.of(JobState.PREPARING))
                    .build());
        }

        assertThat(err.toString(UTF_8)).contains("[..............................]; the job is preparing\r");
    }

    @Test
    void a_bar_of_several_jobs_adds_their_tasks() {
        try (UpgradeProgress progress = upgrade(140)) {
            progress.update(job("j-1", JobState.RUNNING, TaskState.QUEUED));
            progress.update(job("j-2", JobState.RUNNING, TaskState.FAILED));
            progress.update(job("j-3", JobState.RUNNING, TaskState.FAILED));
            millis.set(500);
            progress.update(job("j-1", JobState.FINISHED, TaskState.SUCCEEDED));
        }

        assertThat(err.toString(UTF_8))
                .isEqualTo("\r\u001b[K| [##########xxxxxxxxxxxxxxxxxxxx] 3 of 3 ended, 1 succeeded, 2 failed;"
                        + " 1 of 3 jobs ended\r\u001b[K");
    }

    @Test
    void a_bar_shows_each_state_of_a_million_tasks() {
        assertThat(bar(LinkedHashMap.of(TaskState.SUCCEEDED, 999_997L, TaskState.FAILED, 2L, TaskState.RUNNING, 1L)))
                .contains("[############################x>] 999999 of 1000000 ended");
        assertThat(bar(LinkedHashMap.of(TaskState.FAILED, 1L, TaskState.RUNNING, 999_999L)))
                .contains("[x>>>>>>>>>>>>>>>>>>>>>>>>>>>>>] 1 of 1000000 ended");
    }

    private String bar(Map<TaskState, Long> counts) {
        millis.set(0);
        err.reset();
        try (UpgradeProgress progress = upgrade(140)) {
            millis.set(500);
            progress.update(UpgradeJob.builder(JobId.of("j-1"), Reported.of(JobState.RUNNING))
                    .counts(new TaskCounts(counts))
                    .build());
        }
        return err.toString(UTF_8);
    }

    private static UpgradeJob job(String id, JobState state, TaskState task) {
        return UpgradeJob.builder(JobId.of(id), Reported.of(state))
                .counts(new TaskCounts(LinkedHashMap.of(task, 1L)))
                .build();
    }

    private UpgradeProgress upgrade(int columns) {
        return new UpgradeProgress(
                new PrintStream(err, true, UTF_8),
                true,
                () -> TimeUnit.MILLISECONDS.toNanos(millis.get()),
                interrupts,
                columns);
    }

    @Test
    void moves_back_and_forth() {
        try (ListingProgress progress = progress(true)) {
            for (int frame = 0; frame < 31; frame++) {
                millis.set(500 + 100L * frame);
                progress.update("prod", frame);
            }
        }

        assertThat(err.toString(UTF_8))
                .contains("[               =====]  prod: 15 so far\r")
                .contains("[              ===== ]  prod: 16 so far\r")
                .endsWith("[=====               ]  prod: 30 so far\r\u001b[K");
    }

    @Test
    void moves_while_no_updates_arrive() throws InterruptedException {
        millis.set(0);
        CountDownLatch drawn = new CountDownLatch(2);
        PrintStream watched = new PrintStream(err, true, UTF_8) {
            @Override
            public void print(String text) {
                super.print(text);
                millis.addAndGet(100);
                drawn.countDown();
            }
        };

        ListingProgress progress = new ListingProgress(
                        watched, true, () -> TimeUnit.MILLISECONDS.toNanos(millis.get()), interrupts)
                .moving();
        millis.set(500);
        assertThat(drawn.await(1, TimeUnit.MINUTES)).isTrue();
        progress.close();

        assertThat(err.toString(UTF_8))
                .startsWith("\r\u001b[K[=====               ]  waiting\r")
                .endsWith("\r\u001b[K");
    }

    @Test
    void is_cleared_once_if_the_process_ends_early() {
        try (ListingProgress progress = progress(true)) {
            millis.set(500);
            progress.update("prod", 2);
            interrupts.run();
            millis.set(600);
            progress.update("prod", 3);
        }
        interrupts.run();

        assertThat(err.toString(UTF_8)).isEqualTo("\r\u001b[K[=====               ]  prod: 2 so far\r\u001b[K");
    }

    @Test
    void shows_nothing_for_a_short_listing() {
        try (ListingProgress progress = progress(true)) {
            millis.set(499);
            progress.update("prod", 1);
        }

        assertThat(err.size()).isZero();
    }

    @Test
    void shows_nothing_without_a_terminal() {
        try (ListingProgress progress = progress(false)) {
            millis.set(5_000);
            progress.update("prod", 1);
        }

        assertThat(err.size()).isZero();
    }

    @Test
    void shows_bytes_rate_and_time_left_of_every_transfer() {
        try (TransferProgress progress = transfers(200)) {
            progress.of("huawei").transferred("a.bin", 100, 1_000);
            progress.of("aliyun").transferred("a.bin", 300, -1);
            millis.set(10_000);
            progress.of("huawei").transferred("a.bin", 600, 1_000);
        }

        assertThat(err.toString(UTF_8))
                .isEqualTo("\r\u001b[Khuawei: 600 B of 1000 B (60 %), 50 B/s, 8 s left; aliyun: 300 B\r\u001b[K");
    }

    @Test
    void measures_the_rate_again_if_a_transfer_starts_again() {
        try (TransferProgress progress = transfers(200)) {
            progress.of("huawei").transferred("a.bin", 900, 1_000_000);
            millis.set(10_000);
            progress.of("huawei").transferred("a.bin", 0, 1_000_000);
            millis.set(20_000);
            progress.of("huawei").transferred("a.bin", 1_000, 1_000_000);
        }

        assertThat(err.toString(UTF_8))
                .endsWith("huawei: 0 B of 1000000 B (0 %)\r\u001b[K"
                        + "huawei: 1000 B of 1000000 B (0 %), 100 B/s, 2:46 h left\r\u001b[K");
    }

    @Test
    void cuts_a_line_that_is_wider_than_the_terminal() {
        try (TransferProgress progress = transfers(20)) {
            millis.set(500);
            progress.of("huawei").transferred("a.bin", 900, 1_000);
        }

        assertThat(err.toString(UTF_8)).isEqualTo("\r\u001b[Khuawei: 900 B of 1\u2026\r\u001b[K");
    }

    @Test
    void the_rate_of_a_finished_transfer_does_not_change() {
        try (TransferProgress progress = transfers(200)) {
            progress.of("huawei").transferred("a.bin", 0, 1_000);
            millis.set(10_000);
            progress.of("huawei").transferred("a.bin", 1_000, 1_000);
            millis.set(20_000);
            progress.of("aliyun").transferred("a.bin", 300, -1);
        }

        assertThat(err.toString(UTF_8)).endsWith("huawei: 1000 B of 1000 B (100 %), 100 B/s; aliyun: 300 B\r\u001b[K");
    }

    @Test
    void the_rate_does_not_count_parts_that_are_stored_already() {
        long part = 100L << 20;
        try (TransferProgress progress = transfers(200)) {
            progress.of("huawei").transferred("a.bin", part, 3 * part);
            progress.of("huawei").transferred("a.bin", 2 * part, 3 * part);
            millis.set(10_000);
            progress.of("huawei").transferred("a.bin", 2 * part + 1_000, 3 * part);
        }

        assertThat(err.toString(UTF_8)).contains(", 100 B/s, ");
    }

    @Test
    void is_cleared_before_other_actions_and_not_drawn_after_them() {
        try (TransferProgress progress = transfers(200)) {
            millis.set(500);
            progress.of("huawei").transferred("a.bin", 1, 2);
            interrupts.add(() -> {
                millis.set(1_000);
                progress.of("huawei").transferred("a.bin", 2, 2);
                new PrintStream(err, true, UTF_8).print("stopped");
            });
            interrupts.run();
        }

        assertThat(err.toString(UTF_8)).endsWith("\r\u001b[Kstopped");
    }

    private TransferProgress transfers(int width) {
        return new TransferProgress(
                new PrintStream(err, true, UTF_8),
                true,
                () -> TimeUnit.MILLISECONDS.toNanos(millis.get()),
                interrupts,
                width,
                bytes -> bytes + " B");
    }

    private ListingProgress progress(boolean isShown) {
        return new ListingProgress(
                new PrintStream(err, true, UTF_8),
                isShown,
                () -> TimeUnit.MILLISECONDS.toNanos(millis.get()),
                interrupts);
    }
}
