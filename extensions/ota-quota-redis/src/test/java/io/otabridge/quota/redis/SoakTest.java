package io.otabridge.quota.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.otabridge.app.OtaBridge;
import io.otabridge.app.OtaConfig;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.observation.CallObservation;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.vavr.control.Option;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Both vendors at full quota for long, over ways that lose requests and answers and are closed at times, with a Redis that
 * fails and comes back. A few seconds in every build, half an hour with {@code -Psoak}; the figures are left in
 * {@code target/soak.txt}.
 */
class SoakTest {

    private static final long SECONDS = Long.getLong("soak.seconds", 8);
    private static final long MEBIBYTE = 1 << 20;

    private final AtomicInteger restarts = new AtomicInteger();
    private final Map<String, AtomicLong> sent = new ConcurrentSkipListMap<>();
    private final List<Sample> samples = new ArrayList<>();

    /** What the process holds after a collection of garbage. */
    private record Sample(long second, long heapMebibytes, int threads, long descriptors) {

        static Sample now(long second) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
            return new Sample(
                    second,
                    (runtime.totalMemory() - runtime.freeMemory()) / MEBIBYTE,
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    system instanceof UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : 0);
        }
    }

    @Test
    void bears_full_load_faults_and_a_failing_redis() throws InterruptedException, IOException {
        try (RedisServer redis = RedisServer.start();
                HuaweiSimulator huawei = HuaweiSimulator.start();
                AliyunSimulator aliyun = AliyunSimulator.start();
                FaultyWay huaweiWay = FaultyWay.to(huawei.endpoint(), 1);
                FaultyWay aliyunWay = FaultyWay.to(aliyun.endpoint(), 2);
                OtaBridge well = open(
                        huawei,
                        huawei.endpoint().toString(),
                        aliyun,
                        aliyun.endpoint().toString(),
                        redis);
                OtaBridge ota = open(huawei, huaweiWay.endpoint(), aliyun, aliyunWay.endpoint(), redis)) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            SoakLoad onHuawei = new SoakLoad(
                    well.backend("huawei"),
                    ota.backend("huawei"),
                    ProductId.of(HuaweiSimulator.SHARED_PRODUCT),
                    () -> end - System.nanoTime() > 0);
            SoakLoad onAliyun = new SoakLoad(
                    well.backend("aliyun"),
                    ota.backend("aliyun"),
                    ProductId.of(AliyunSimulator.SHARED_PRODUCT),
                    () -> end - System.nanoTime() > 0);
            ScheduledExecutorService trouble = Executors.newSingleThreadScheduledExecutor();
            onHuawei.start();
            onAliyun.start();
            schedule(trouble, redis, huaweiWay, aliyunWay);
            onHuawei.await();
            onAliyun.await();
            trouble.shutdown();
            assertThat(trouble.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            samples.add(Sample.now(SECONDS));
            report(Map.of("huawei", onHuawei, "aliyun", onAliyun), huaweiWay.faults() + aliyunWay.faults());

            assertThat(onHuawei.wrong()).isEmpty();
            assertThat(onAliyun.wrong()).isEmpty();
            assertThat(onHuawei.leastServed()).isPositive();
            assertThat(onAliyun.leastServed()).isPositive();
            assertThat(restarts).hasPositiveValue();
            assertThat(sent.get("aliyun QueryOTAFirmware").get()).isLessThanOrEqualTo(20 * (SECONDS + 5));
            assertNothingLeaks();
        }
    }

    /** Every round Redis fails and is back, and a little later both ways are closed and opened again. */
    private void schedule(ScheduledExecutorService trouble, RedisServer redis, FaultyWay... ways) {
        long round = Math.min(60, SECONDS) * 1_000;
        every(trouble, round, round / 4, redis::kill);
        every(trouble, round, round / 2, () -> {
            redis.restart();
            restarts.incrementAndGet();
        });
        every(trouble, round, round * 5 / 8, () -> List.of(ways).forEach(way -> way.close(true)));
        every(trouble, round, round * 6 / 8, () -> List.of(ways).forEach(way -> way.close(false)));
        every(trouble, round, round / 8, () -> samples.add(Sample.now(samples.size() * round / 1_000)));
    }

    /** Nothing of a round is begun that the end of the load would overtake. */
    private static void every(ScheduledExecutorService trouble, long round, long after, Runnable task) {
        for (long start = 0; start + round <= SECONDS * 1_000; start += round) {
            trouble.schedule(task, start + after, TimeUnit.MILLISECONDS);
        }
    }

    /** After the first third of the rounds the process holds no more than it does in the end, but for what idles. */
    private void assertNothingLeaks() {
        Sample early = samples.get(samples.size() / 3);
        Sample last = samples.get(samples.size() - 1);
        assertThat(last.heapMebibytes()).isLessThanOrEqualTo(early.heapMebibytes() + 24);
        assertThat(last.threads()).isLessThanOrEqualTo(early.threads() + 10);
        assertThat(last.descriptors()).isLessThanOrEqualTo(early.descriptors() + 40);
    }

    private void report(Map<String, SoakLoad> loads, long faults) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("seconds: ").append(SECONDS).append("\nRedis restarted: ").append(restarts);
        text.append("\nfaults on the way: ").append(faults).append('\n');
        new TreeMap<>(loads)
                .forEach((name, load) -> text.append("calls to ")
                        .append(name)
                        .append(": ")
                        .append(load.outcomes())
                        .append(", least served thread ")
                        .append(load.leastServed())
                        .append(", wrong ")
                        .append(load.wrong().size())
                        .append('\n'));
        sent.forEach((operation, count) -> text.append("sent ")
                .append(operation)
                .append(": ")
                .append(count)
                .append('\n'));
        samples.forEach(sample -> text.append(sample).append('\n'));
        Files.writeString(Path.of("target", "soak.txt"), text);
    }

    private OtaBridge open(
            HuaweiSimulator huawei,
            String huaweiEndpoint,
            AliyunSimulator aliyun,
            String aliyunEndpoint,
            RedisServer redis) {
        Map<String, Object> ofHuawei = new HashMap<>(
                Map.of("endpoint", huaweiEndpoint, "project-id", huawei.projectId(), "app-id", huawei.appId()));
        ofHuawei.put("credentials", Map.of("access-key", huawei.accessKey(), "secret-key", huawei.secretKey()));
        Map<String, Object> ofAliyun =
                new HashMap<>(Map.of("endpoint", aliyunEndpoint, "instance-id", aliyun.instanceId()));
        ofAliyun.put("credentials", Map.of("access-key", aliyun.accessKey(), "secret-key", aliyun.secretKey()));
        for (Map<String, Object> settings : List.of(ofHuawei, ofAliyun)) {
            settings.put("timeout", "5s");
            settings.put("quota", Map.of("redis", redis.address(), "local-share", "0.5"));
        }
        OtaConfig config = OtaConfig.builder()
                .backend("huawei", "huawei", ofHuawei)
                .backend("aliyun", "aliyun", ofAliyun)
                .defaultBackend("huawei")
                .build();
        return OtaBridge.of(config, BackendContext.system().withResource(BackendObserver.class, this::observe));
    }

    private CallObservation observe(OperationContext origin) {
        AtomicLong count =
                sent.computeIfAbsent(origin.backend() + " " + origin.operation(), unused -> new AtomicLong());
        return new CallObservation() {
            @Override
            public void sent(Duration queued) {
                count.incrementAndGet();
            }

            @Override
            public void ended(Option<OtaFailure> failure) {
                // What became of it, the load itself sees.
            }
        };
    }
}
