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
 * Sustained full load on both vendors, through proxies that drop requests and responses and refuse connections at times, with a
 * Redis that fails and recovers. Runs for a few seconds in every build and for half an hour with {@code -Psoak}; writes the
 * figures to {@code target/soak.txt}.
 */
class SoakTest {

    private static final long SECONDS = Long.getLong("soak.seconds", 8);
    private static final long MEBIBYTE = 1 << 20;

    private final AtomicInteger restarts = new AtomicInteger();
    private final Map<String, AtomicLong> sent = new ConcurrentSkipListMap<>();
    private final List<Sample> samples = new ArrayList<>();

    /** The resources of the process after a garbage collection. */
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
    void full_load_with_network_faults_and_redis_failures_gives_correct_results()
            throws InterruptedException, IOException {
        try (RedisServer redis = RedisServer.start();
                HuaweiSimulator huawei = HuaweiSimulator.start();
                AliyunSimulator aliyun = AliyunSimulator.start();
                FaultProxy huaweiProxy = FaultProxy.to(huawei.endpoint(), 1);
                FaultProxy aliyunProxy = FaultProxy.to(aliyun.endpoint(), 2);
                OtaBridge direct = open(
                        huawei,
                        huawei.endpoint().toString(),
                        aliyun,
                        aliyun.endpoint().toString(),
                        redis);
                OtaBridge ota = open(huawei, huaweiProxy.endpoint(), aliyun, aliyunProxy.endpoint(), redis)) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            SoakLoad huaweiLoad = new SoakLoad(
                    direct.backend("huawei"),
                    ota.backend("huawei"),
                    ProductId.of(HuaweiSimulator.SHARED_PRODUCT),
                    () -> end - System.nanoTime() > 0);
            SoakLoad aliyunLoad = new SoakLoad(
                    direct.backend("aliyun"),
                    ota.backend("aliyun"),
                    ProductId.of(AliyunSimulator.SHARED_PRODUCT),
                    () -> end - System.nanoTime() > 0);
            ScheduledExecutorService faults = Executors.newSingleThreadScheduledExecutor();
            huaweiLoad.start();
            aliyunLoad.start();
            schedule(faults, redis, huaweiProxy, aliyunProxy);
            huaweiLoad.await();
            aliyunLoad.await();
            faults.shutdown();
            assertThat(faults.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            samples.add(Sample.now(SECONDS));
            report(Map.of("huawei", huaweiLoad, "aliyun", aliyunLoad), huaweiProxy.faults() + aliyunProxy.faults());

            assertThat(huaweiLoad.errors()).isEmpty();
            assertThat(aliyunLoad.errors()).isEmpty();
            assertThat(huaweiLoad.minSuccesses()).isPositive();
            assertThat(aliyunLoad.minSuccesses()).isPositive();
            assertThat(restarts).hasPositiveValue();
            assertThat(sent.get("aliyun QueryOTAFirmware").get()).isLessThanOrEqualTo(20 * (SECONDS + 5));
            assertNothingLeaks();
        }
    }

    /** In every round Redis fails and recovers; later both proxies close and reopen. */
    private void schedule(ScheduledExecutorService faults, RedisServer redis, FaultProxy... proxies) {
        long round = Math.min(60, SECONDS) * 1_000;
        every(faults, round, round / 4, redis::kill);
        every(faults, round, round / 2, () -> {
            redis.restart();
            restarts.incrementAndGet();
        });
        every(faults, round, round * 5 / 8, () -> List.of(proxies).forEach(proxy -> proxy.close(true)));
        every(faults, round, round * 6 / 8, () -> List.of(proxies).forEach(proxy -> proxy.close(false)));
        every(faults, round, round / 8, () -> samples.add(Sample.now(samples.size() * round / 1_000)));
    }

    /** Schedules a task in every round that ends before the load does. */
    private static void every(ScheduledExecutorService faults, long round, long after, Runnable task) {
        for (long start = 0; start + round <= SECONDS * 1_000; start += round) {
            faults.schedule(task, start + after, TimeUnit.MILLISECONDS);
        }
    }

    /** Compares the resources at the end with those after a third of the rounds; idle resources are tolerated. */
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
        text.append("\nnetwork faults: ").append(faults).append('\n');
        new TreeMap<>(loads)
                .forEach((name, load) -> text.append("calls to ")
                        .append(name)
                        .append(": ")
                        .append(load.outcomes())
                        .append(", least successes thread ")
                        .append(load.minSuccesses())
                        .append(", errors ")
                        .append(load.errors().size())
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
        Map<String, Object> huaweiSettings = new HashMap<>(
                Map.of("endpoint", huaweiEndpoint, "project-id", huawei.projectId(), "app-id", huawei.appId()));
        huaweiSettings.put("credentials", Map.of("access-key", huawei.accessKey(), "secret-key", huawei.secretKey()));
        Map<String, Object> aliyunSettings =
                new HashMap<>(Map.of("endpoint", aliyunEndpoint, "instance-id", aliyun.instanceId()));
        aliyunSettings.put("credentials", Map.of("access-key", aliyun.accessKey(), "secret-key", aliyun.secretKey()));
        for (Map<String, Object> settings : List.of(huaweiSettings, aliyunSettings)) {
            settings.put("timeout", "5s");
            settings.put("quota", Map.of("redis", redis.address(), "local-share", "0.5"));
        }
        OtaConfig config = OtaConfig.builder()
                .backend("huawei", "huawei", huaweiSettings)
                .backend("aliyun", "aliyun", aliyunSettings)
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
                // The load counts the results itself.
            }
        };
    }
}
