package io.otabridge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.otabridge.aliyun.AliyunConfig;
import io.otabridge.app.OtaBridge;
import io.otabridge.app.OtaConfig;
import io.otabridge.app.migration.MigrationRequest;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.BackendConfig;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.observation.CallObservation;
import io.otabridge.huawei.HuaweiConfig;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.aliyun.store.AliyunFirmware.MultiFile;
import io.otabridge.simulators.aliyun.store.AliyunModule;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.otabridge.simulators.server.Digests;
import io.vavr.control.Option;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Simulated clouds with packages to migrate, and an application that is configured for them. */
final class MigrationFixture {

    static final String FROM = "old";
    static final String TO = "new";
    static final String OLD_PRODUCT = "a1OldLamp";
    static final String NEW_PRODUCT = "a1NewLamp";
    static final String MODULE = "radio";

    private static final LocalDateTime FIRST = LocalDateTime.of(2023, 1, 1, 0, 0);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");

    private MigrationFixture() {}

    /** A clock that never shows the same millisecond twice, so that creation times have an order. */
    static final class StrictClock extends Clock {

        private final AtomicLong last = new AtomicLong();

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(last.updateAndGet(before -> Math.max(before + 1, System.currentTimeMillis())));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Counts the requests that calls have sent, the retries among them, and the throttled ones. */
    static final class RequestCounter implements BackendObserver {

        private static final Set<String> MODULE_LISTS = Set.of("ListOTAModuleByProduct", "ListOtaModules");

        final AtomicLong sent = new AtomicLong();
        final AtomicLong retries = new AtomicLong();

        /** Requests that look up modules on the target. Concurrent ones of a product share a request. */
        final AtomicLong moduleLookups = new AtomicLong();

        final AtomicLong throttled = new AtomicLong();
        private final Runnable onThrottled;

        RequestCounter(Runnable onThrottled) {
            this.onThrottled = onThrottled;
        }

        @Override
        public CallObservation started(OperationContext origin) {
            return new CallObservation() {

                private boolean isRetry;

                @Override
                public void sent(Duration queued) {
                    sent.incrementAndGet();
                    boolean isLookup = origin.backend().equals(TO) && MODULE_LISTS.contains(origin.operation());
                    moduleLookups.addAndGet(isLookup ? 1 : 0);
                    retries.addAndGet(isRetry ? 1 : 0);
                    isRetry = true;
                }

                @Override
                public void throttled() {
                    throttled.incrementAndGet();
                    onThrottled.run();
                }

                @Override
                public void ended(Option<OtaFailure> failure) {}
            };
        }
    }

    static AliyunSimulator emptyAliyun() {
        AliyunSimulator cloud = AliyunSimulator.start(0, new StrictClock());
        cloud.firmware().forEach(stored -> cloud.removeFirmware(stored.firmwareId()));
        return cloud;
    }

    static HuaweiSimulator emptyHuawei() {
        HuaweiSimulator cloud = HuaweiSimulator.start();
        cloud.packages().forEach(stored -> cloud.removePackage(stored.packageId()));
        return cloud;
    }

    /**
     * Adds packages in versions 1.0, 1.1 and so on, oldest first: alternately of the whole device and of a module, some
     * with two files, some deltas. Lists sort them by id, which says nothing about their age.
     */
    static void addPackages(AliyunSimulator cloud, int count) {
        cloud.addProduct(OLD_PRODUCT);
        cloud.addModule(new AliyunModule(
                OLD_PRODUCT, MODULE, "Radio", "Radio of the lamp.", "2022-12-01T00:00Z", "2022-12-01T00:00Z"));
        for (int i = 0; i < count; i++) {
            String time = FIRST.plusMinutes(i).format(TIME);
            AliyunFirmware.Builder builder = AliyunFirmware.builder(
                            Digests.md5Hex("package " + i), OLD_PRODUCT, "1." + i)
                    .firmwareName("lamp-" + i)
                    .productName("Lamp")
                    .moduleName(i % 2 == 0 ? "default" : MODULE)
                    .firmwareDesc("Release " + i)
                    .udi("{\"number\":" + i + "}")
                    .times(time, time);
            if (hasTwoFiles(i)) {
                builder.multiFiles(List.of(file(cloud, i, "boot"), file(cloud, i, "app")));
            } else {
                MultiFile file = file(cloud, i, "image");
                builder.file(file.url(), file.size(), file.signValue());
            }
            if (i % 50 == 21) {
                builder.deltaFrom("1." + (i - 2));
            }
            cloud.addFirmware(builder.build());
        }
    }

    static boolean hasTwoFiles(int number) {
        return number % 50 == 10;
    }

    private static MultiFile file(AliyunSimulator cloud, int number, String name) {
        byte[] content = (name + " of package " + number + " ").repeat(50).getBytes(UTF_8);
        String key = "ota/" + number + "/" + name + ".bin";
        cloud.objectStore().put(key, content);
        String md5 = Digests.md5Hex(content);
        return new MultiFile(name, content.length, cloud.objectStore().url(key), md5, md5);
    }

    static OtaBridge toAliyun(String from, String to, BackendObserver observer) {
        return open(
                OtaConfig.builder()
                        .backend(FROM, aliyun(from))
                        .backend(TO, aliyun(to))
                        .defaultBackend(FROM)
                        .product("lamp", Map.of(FROM, OLD_PRODUCT, TO, NEW_PRODUCT))
                        .build(),
                observer);
    }

    static OtaBridge toHuawei(AliyunSimulator from, HuaweiSimulator to, BackendObserver observer) {
        return open(from, to, observer, huawei(to).pacing(false));
    }

    /** Limits the calls of Huawei to this rate. */
    static OtaBridge toHuawei(AliyunSimulator from, HuaweiSimulator to, BackendObserver observer, int callsPerSecond) {
        return open(from, to, observer, huawei(to).quotaTotal(callsPerSecond));
    }

    private static HuaweiConfig.Builder huawei(HuaweiSimulator to) {
        return HuaweiConfig.builder()
                .endpoint(to.endpoint().toString())
                .projectId(to.projectId())
                .appId(to.appId())
                .accessKey(to.accessKey(), to.secretKey())
                .obsBucket(to.objectStore().bucket())
                .obsRegion(to.region())
                .obsEndpoint(to.objectStore().endpoint().toString());
    }

    private static OtaBridge open(
            AliyunSimulator from, HuaweiSimulator to, BackendObserver observer, HuaweiConfig.Builder huawei) {
        return open(
                OtaConfig.builder()
                        .backend(FROM, aliyun(from.endpoint().toString()))
                        .backend(TO, huawei.build())
                        .defaultBackend(FROM)
                        .product("lamp", Map.of(FROM, OLD_PRODUCT, TO, HuaweiSimulator.SHARED_PRODUCT))
                        .build(),
                observer);
    }

    private static OtaBridge open(OtaConfig config, BackendObserver observer) {
        return OtaBridge.of(config, BackendContext.system().withResource(BackendObserver.class, observer));
    }

    /** All simulators of Alibaba Cloud have the same keys. */
    private static BackendConfig aliyun(String endpoint) {
        try (AliyunSimulator any = AliyunSimulator.start()) {
            return AliyunConfig.builder()
                    .endpoint(endpoint)
                    .instanceId(any.instanceId())
                    .accessKey(any.accessKey(), any.secretKey())
                    .pacing(false)
                    .build();
        }
    }

    static MigrationRequest request(Path state) {
        return MigrationRequest.of(FROM, TO, state);
    }
}
