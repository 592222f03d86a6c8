package io.otabridge.cli;

import static io.otabridge.cli.MigrationFixture.MODULE;
import static io.otabridge.cli.MigrationFixture.NEW_PRODUCT;
import static io.otabridge.cli.MigrationFixture.addPackages;
import static io.otabridge.cli.MigrationFixture.emptyAliyun;
import static io.otabridge.cli.MigrationFixture.emptyHuawei;
import static io.otabridge.cli.MigrationFixture.hasTwoFiles;
import static io.otabridge.cli.MigrationFixture.request;
import static io.otabridge.cli.MigrationFixture.toAliyun;
import static io.otabridge.cli.MigrationFixture.toHuawei;
import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.app.OtaBridge;
import io.otabridge.app.migration.Migration;
import io.otabridge.app.migration.MigrationListener;
import io.otabridge.app.migration.MigrationPlan;
import io.otabridge.app.migration.MigrationReport;
import io.otabridge.app.migration.MigrationReport.Outcome;
import io.otabridge.app.migration.MigrationState;
import io.otabridge.cli.MigrationFixture.RequestCounter;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.simulators.aliyun.AliyunSimulator;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import io.otabridge.simulators.huawei.store.HuaweiPackage;
import io.otabridge.simulators.server.ReceivedRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Migrates between simulated clouds, and compares the requests that they receive with those that the plan implies.
 *
 * <p>To Alibaba Cloud, a run sends for each file: QueryOTAFirmware and a GET to the source, GenerateOTAUploadURL and a
 * POST to the target. For each package it sends ListOTAFirmware, CreateOTAFirmware and two QueryOTAFirmware to the target,
 * and for each module CreateOTAModule. To Huawei Cloud, it sends for each package: two lists, a creation and three reads,
 * and HEAD and PUT of an object; for each module a creation. Modules are also looked up, at most once for each package:
 * concurrent look-ups of a product share a request.
 */
class MigrationSimulatorTest {

    private static final int PACKAGES = 500;
    private static final int PAGE = 100;

    @TempDir
    private Path state;

    private AliyunSimulator from;

    @BeforeEach
    void startSource() {
        from = emptyAliyun();
    }

    @AfterEach
    void stopSource() {
        from.close();
    }

    /** The numbers of requests that two clouds and their object stores have received. */
    private record Received(long source, long sourceStore, long target, long targetStore) {

        static Received by(AliyunSimulator source, AliyunSimulator target) {
            return new Received(
                    source.requestCount(),
                    source.objectStore().requestCount(),
                    target.requestCount(),
                    target.objectStore().requestCount());
        }

        static Received by(AliyunSimulator source, HuaweiSimulator target) {
            return new Received(
                    source.requestCount(),
                    source.objectStore().requestCount(),
                    target.requestCount(),
                    target.objectStore().requestCount());
        }

        Received withoutLookups(long moduleLookups) {
            return new Received(source, sourceStore, target - moduleLookups, targetStore);
        }

        Received minus(Received before) {
            return new Received(
                    source - before.source,
                    sourceStore - before.sourceStore,
                    target - before.target,
                    targetStore - before.targetStore);
        }

        long sum() {
            return source + sourceStore + target + targetStore;
        }
    }

    @Test
    void copies_500_packages_with_the_requests_that_the_plan_implies_and_repeats_none() {
        addPackages(from, PACKAGES);
        RequestCounter counter = new RequestCounter(() -> {});
        try (AliyunSimulator to = emptyAliyun();
                OtaBridge ota = toAliyun(endpoint(from), endpoint(to), counter)) {
            to.addProduct(NEW_PRODUCT);
            Migration migration = ota.migration(request(state).concurrency(4));

            MigrationPlan plan = migration.plan().get();

            assertThat(plan.obstacle()).isEmpty();
            assertThat(plan.excluded()).isEmpty();
            assertThat(plan.modules()).hasSize(1);
            assertThat(plan.files()).isEqualTo(PACKAGES + PACKAGES / 50);
            // Pages and details, and the module; a page without packages, and a dry run for each.
            Received planned = Received.by(from, to);
            long planLookups = counter.moduleLookups.get();
            assertThat(planned.withoutLookups(planLookups))
                    .isEqualTo(new Received(PACKAGES / PAGE + PACKAGES + 1, 0, 1 + PACKAGES, 0));
            assertThat(planLookups).isLessThanOrEqualTo(2 + PACKAGES / 2);

            MigrationReport report = migration.run(plan, MigrationListener.NONE).get();

            assertThat(report.isComplete()).isTrue();
            assertThat(report.results(Outcome.COPIED)).hasSize(PACKAGES);
            long runLookups = counter.moduleLookups.get() - planLookups;
            Received run = Received.by(from, to).minus(planned).withoutLookups(runLookups);
            assertThat(run).isEqualTo(impliedBy(plan, 1));
            assertThat(runLookups).isLessThanOrEqualTo(1 + PACKAGES / 2);
            assertThat(run.sum())
                    .as("calls of the plan, and the requests that make a publication or a download")
                    .isEqualTo(plan.calls() + 2L * PACKAGES + 3L * plan.files());
            assertThat(counter.sent.get()).isEqualTo(Received.by(from, to).sum());
            assertThat(counter.retries.get()).isZero();
            assertCopied(to, PACKAGES);

            Received beforeSecond = Received.by(from, to);
            MigrationPlan second = migration.plan().get();
            assertThat(migration.run(second, MigrationListener.NONE).get().isComplete())
                    .isTrue();

            assertThat(second.calls()).isZero();
            assertThat(Received.by(from, to).minus(beforeSecond))
                    .isEqualTo(new Received(PACKAGES / PAGE, 0, PACKAGES / PAGE, 0));
            assertCopied(to, PACKAGES);
        }
    }

    /** Returns the requests of a run between two accounts at Alibaba Cloud, without failures and look-ups of modules. */
    private static Received impliedBy(MigrationPlan plan, int modules) {
        int packages = plan.packages(MigrationPlan.Action.COPY).size();
        return new Received(plan.files(), plan.files(), modules + 4L * packages + plan.files(), plan.files());
    }

    @Test
    void each_fault_costs_only_its_retries_and_nothing_is_created_twice() {
        int packages = 60;
        addPackages(from, packages);
        try (AliyunSimulator to = emptyAliyun()) {
            to.addProduct(NEW_PRODUCT);
            RequestCounter counter = new RequestCounter(() -> to.throttle(false));
            try (OtaBridge ota = toAliyun(endpoint(from), endpoint(to), counter)) {
                Migration migration = ota.migration(request(state).concurrency(1));
                MigrationPlan plan = migration.plan().get();
                Received planned = Received.by(from, to);
                long planLookups = counter.moduleLookups.get();
                Faults faults = new Faults(to);

                MigrationReport report = migration.run(plan, faults).get();

                assertThat(report.isComplete()).isTrue();
                assertThat(report.results()).hasSize(packages);
                assertThat(counter.throttled.get()).isEqualTo(2L * faults.rounds);
                Received implied = impliedBy(plan, 1);
                long runLookups = counter.moduleLookups.get() - planLookups;
                // One at a time, so none share a request: for the new module, and for each package of it.
                assertThat(runLookups).isEqualTo(1 + packages / 2);
                assertThat(Received.by(from, to).minus(planned).withoutLookups(runLookups))
                        // A lost creation response costs another list, a throttled creation its retry; a cut download
                        // is
                        // continued, and a busy store is called again.
                        .isEqualTo(new Received(
                                implied.source(),
                                implied.sourceStore() + 2L * faults.rounds,
                                implied.target() + 2L * faults.rounds,
                                implied.targetStore()));
                assertThat(counter.sent.get()).isEqualTo(Received.by(from, to).sum());
                assertCopied(to, packages);
            }
        }
    }

    /** Requests a fault before every third package: all kinds in turn. */
    private final class Faults implements MigrationListener {

        private final AliyunSimulator to;
        private int finished;
        private int rounds;

        Faults(AliyunSimulator to) {
            this.to = to;
        }

        @Override
        public void finished(MigrationReport.Result result) {
            finished++;
            switch (finished % 12) {
                case 3 -> to.loseNextResponse();
                case 6 -> from.objectStore().cutNextDownload(500);
                case 9 -> from.objectStore().refuseNext(503, "SlowDown");
                case 11 -> {
                    to.beforeNextCreation(() -> to.throttle(true));
                    rounds++;
                }
                default -> {}
            }
        }
    }

    @Test
    void huawei_stores_200_packages_with_one_file_and_the_plan_names_every_other() {
        addPackages(from, PACKAGES);
        RequestCounter counter = new RequestCounter(() -> {});
        try (HuaweiSimulator to = emptyHuawei();
                OtaBridge ota = toHuawei(from, to, counter)) {
            MigrationPlan tooMany = ota.migration(request(state)).plan().get();

            assertThat(tooMany.obstacle().get())
                    .contains("at most 200 packages")
                    .endsWith("select the newest 200, or delete packages on backend new, or ignore the limit if the"
                            + " vendor has increased it");
            assertThat(tooMany.excluded()
                            .map(excluded -> excluded.source().version().value()))
                    .containsExactlyElementsOf(IntStream.range(0, PACKAGES)
                            .filter(MigrationFixture::hasTwoFiles)
                            .mapToObj(number -> "1." + number)
                            .toList());
            assertThat(tooMany.excluded())
                    .allSatisfy(excluded -> assertThat(excluded.reason()).contains("file"));
            assertThat(ota.migration(request(state)).run(tooMany, MigrationListener.NONE))
                    .isEmpty();
            assertThat(to.packages()).isEmpty();

            Migration migration = ota.migration(request(state).newest(200).concurrency(4));
            MigrationPlan plan = migration.plan().get();
            assertThat(plan.obstacle()).isEmpty();
            assertThat(plan.modules()).hasSize(1);
            Received planned = Received.by(from, to);
            long planLookups = counter.moduleLookups.get();
            MigrationReport report = migration.run(plan, MigrationListener.NONE).get();

            assertThat(report.isComplete()).isTrue();
            assertThat(report.results(Outcome.COPIED)).hasSize(200);
            // Huawei accepts several packages of one version, so each is listed and read again after its creation.
            long runLookups = counter.moduleLookups.get() - planLookups;
            assertThat(Received.by(from, to).minus(planned).withoutLookups(runLookups))
                    .isEqualTo(new Received(200, 200, 1 + 6 * 200, 2 * 200));
            assertThat(runLookups).isBetween(2L, 1L + 200);
            assertNewestOnHuawei(to);
            assertThat(to.objectStore().keys(to.objectStore().bucket())).hasSize(200);

            Received beforeSecond = Received.by(from, to);
            MigrationPlan second = migration.plan().get();
            assertThat(second.packages(MigrationPlan.Action.COPY)).isEmpty();
            assertThat(migration.run(second, MigrationListener.NONE).get().isComplete())
                    .isTrue();
            assertThat(Received.by(from, to).minus(beforeSecond).targetStore()).isZero();
            assertNewestOnHuawei(to);
        }
    }

    @Test
    void the_time_of_the_plan_is_that_of_the_requests_which_a_run_sends_at_the_configured_rates() {
        addPackages(from, 5);
        RequestCounter counter = new RequestCounter(() -> {});
        try (HuaweiSimulator to = emptyHuawei();
                OtaBridge ota = toHuawei(from, to, counter, 1_000)) {
            Migration migration = ota.migration(request(state));
            MigrationPlan plan = migration.plan().get();
            Received planned = Received.by(from, to);
            long planLookups = counter.moduleLookups.get();

            migration.run(plan, MigrationListener.NONE).get();

            long runLookups = counter.moduleLookups.get() - planLookups;
            Received run = Received.by(from, to).minus(planned).withoutLookups(runLookups);
            // The first request of the modules, and the first of the packages, do not wait.
            assertThat(plan.minimumTime().to()).contains(Duration.ofMillis(run.target() - 2));
            assertThat(plan.minimumTime().from()).isEmpty();
            assertThat(plan.minimumTime().total()).isEqualTo(plan.minimumTime().to());
        }
    }

    /** The newest 200 packages with one file, each once, oldest first for the device and for the module. */
    private static void assertNewestOnHuawei(HuaweiSimulator to) {
        List<Integer> expected = IntStream.iterate(PACKAGES - 1, number -> number - 1)
                .filter(number -> !hasTwoFiles(number))
                .limit(200)
                .boxed()
                .toList();
        for (int parity : List.of(0, 1)) {
            assertThat(to.packages().stream()
                            .filter(stored -> (stored.moduleName() != null) == (parity == 1))
                            .map(HuaweiPackage::version))
                    .containsExactlyElementsOf(expected.stream()
                            .filter(number -> number % 2 == parity)
                            .map(number -> "1." + number)
                            .toList());
        }
    }

    @Test
    void a_process_that_is_killed_at_several_points_copies_nothing_twice_and_loses_nothing() throws Exception {
        int packages = 40;
        addPackages(from, packages);
        try (AliyunSimulator to = emptyAliyun()) {
            to.addProduct(NEW_PRODUCT);

            killDuring("a download", to, kill -> from.objectStore().beforeNext(isNth("GET", 3), kill));
            killDuring("an upload", to, kill -> to.objectStore().beforeNext(isNth("POST", 5), kill));
            killDuring(
                    "a creation",
                    to,
                    kill -> to.objectStore().beforeNext(isNth("POST", 4), () -> to.beforeNextCreation(kill)));
            killAfter(MigrationState.CREATED, 5, to);
            killAfter(MigrationState.VERIFIED, 6, to);
            assertThat(to.firmware()).hasSizeBetween(10, packages - 5);

            try (OtaBridge ota = toAliyun(endpoint(from), endpoint(to), new RequestCounter(() -> {}))) {
                Migration migration = ota.migration(request(state));
                MigrationReport report = migration
                        .run(migration.plan().get(), MigrationListener.NONE)
                        .get();

                assertThat(report.isComplete()).isTrue();
                assertThat(migration.verify(MigrationListener.NONE).get().results())
                        .hasSize(packages)
                        .allMatch(MigrationReport.Result::isVerified);
            }
            assertCopied(to, packages);
        }
    }

    private static Predicate<ReceivedRequest> isNth(String method, int number) {
        AtomicInteger count = new AtomicInteger();
        return call -> call.method().equals(method) && count.incrementAndGet() == number;
    }

    /** Starts a migration whose process is killed while a cloud handles a request. */
    private void killDuring(String point, AliyunSimulator to, Consumer<Runnable> arm)
            throws IOException, InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch killed = new CountDownLatch(1);
        Process[] process = new Process[1];
        arm.accept(() -> {
            await(started);
            process[0].destroyForcibly().onExit().join();
            killed.countDown();
        });
        process[0] = migrate(to, "never", 0);
        started.countDown();
        assertThat(process[0].getInputStream().read()).as(point).isEqualTo(-1);
        assertThat(killed.await(1, TimeUnit.MINUTES)).as(point).isTrue();
    }

    /** Starts a migration whose process is killed after the nth time that it has recorded a step. */
    private void killAfter(MigrationState step, int number, AliyunSimulator to) throws IOException {
        Process process = migrate(to, step.name(), number);
        int signal = process.getInputStream().read();
        process.destroyForcibly().onExit().join();
        assertThat(signal).as(step.name()).isEqualTo('!');
    }

    private Process migrate(AliyunSimulator to, String step, int number) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Migrator.class.getName(),
                        endpoint(from),
                        endpoint(to),
                        state.toString(),
                        step,
                        Integer.toString(number))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Migrates, and waits after the nth occurrence of a step. */
    static final class Migrator {

        public static void main(String[] arguments) {
            AtomicInteger count = new AtomicInteger();
            try (OtaBridge ota = toAliyun(arguments[0], arguments[1], new RequestCounter(() -> {}))) {
                Migration migration = ota.migration(request(Path.of(arguments[2])));
                migration.run(migration.plan().get(), new MigrationListener() {
                    @Override
                    public void step(FirmwareSummary source, MigrationState step) {
                        if (step.name().equals(arguments[3])
                                && count.incrementAndGet() == Integer.parseInt(arguments[4])) {
                            System.out.print('!');
                            System.out.flush();
                            await(new CountDownLatch(1));
                        }
                    }
                });
            }
            System.out.print('.');
        }
    }

    /** Each package once and with its content, oldest first for the device and for the module. */
    private void assertCopied(AliyunSimulator to, int packages) {
        List<AliyunFirmware> copies = to.firmware().stream()
                .sorted(Comparator.comparing(AliyunFirmware::utcCreate))
                .toList();
        assertThat(copies).hasSize(packages);
        for (String module : List.of("default", MODULE)) {
            assertThat(copies.stream().filter(copy -> copy.moduleName().equals(module)))
                    .extracting(AliyunFirmware::destVersion)
                    .containsExactlyElementsOf(IntStream.range(0, packages)
                            .filter(number -> (number % 2 == 1) == module.equals(MODULE))
                            .mapToObj(number -> "1." + number)
                            .toList());
        }
        assertThat(copies.stream().map(MigrationSimulatorTest::content))
                .containsExactlyInAnyOrderElementsOf(from.firmware().stream()
                        .map(MigrationSimulatorTest::content)
                        .toList());
    }

    private static List<Object> content(AliyunFirmware firmware) {
        return List.of(
                firmware.firmwareName(),
                firmware.destVersion(),
                firmware.srcVersion(),
                String.valueOf(firmware.firmwareDesc()),
                String.valueOf(firmware.udi()),
                String.valueOf(firmware.firmwareSign()),
                firmware.multiFiles().stream()
                        .map(file -> file.name() + " " + file.fileMd5())
                        .toList());
    }

    private static String endpoint(AliyunSimulator cloud) {
        return cloud.endpoint().toString();
    }
}
