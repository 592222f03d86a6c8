package io.otabridge.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.TaskFilter;
import io.otabridge.domain.job.UpgradeTask;
import io.otabridge.domain.page.RequestEstimate;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Lists the tasks of a job that has more of them than the platform lists. It uses all cores. */
@Isolated
class LargeJobTest {

    private static final int TASKS = 150_000;

    private final AliyunSimulator simulator = AliyunSimulator.start();
    private final Backend backend;
    private final JobId job;

    LargeJobTest() {
        job = JobId.of(simulator.generateJob(TASKS));
        Map<String, Object> settings = AliyunFixture.settings(simulator, new HashMap<>());
        settings.put("pacing", "off");
        backend = AliyunFixture.open(settings, BackendContext.system());
    }

    @AfterEach
    void stop() {
        backend.close();
        simulator.close();
    }

    @Test
    void every_task_is_listed_once_with_as_many_requests_as_announced() {
        RequestEstimate estimate =
                backend.jobs().estimate(job, TaskFilter.all()).get();
        long before = simulator.requestCount();
        Set<String> devices = new TreeSet<>();
        AtomicLong tasks = new AtomicLong();

        backend.jobs()
                .tasks(job, TaskFilter.all())
                .forEach((UpgradeTask task) -> {
                    tasks.incrementAndGet();
                    devices.add(task.device().value());
                })
                .get();

        assertThat(tasks.get()).isEqualTo(TASKS);
        assertThat(devices).hasSize(TASKS);
        assertThat(estimate.items()).isEqualTo(TASKS);
        assertThat(simulator.requestCount() - before).isEqualTo(estimate.requests());
    }

    @Test
    void a_stream_that_stops_early_requests_few_pages() {
        long before = simulator.requestCount();

        assertThat(backend.jobs().tasks(job, TaskFilter.all()).stream()
                        .limit(100)
                        .count())
                .isEqualTo(100);

        assertThat(simulator.requestCount() - before).isLessThan(20);
    }

    @Test
    void counts_are_read_without_the_tasks() {
        long before = simulator.requestCount();

        assertThat(backend.jobs().counts(job).get().total()).isEqualTo(TASKS);

        assertThat(simulator.requestCount() - before).isEqualTo(7);
    }
}
