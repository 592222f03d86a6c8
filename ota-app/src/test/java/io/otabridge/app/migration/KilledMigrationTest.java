package io.otabridge.app.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.app.MemoryProvider.ProvidedBackends;
import io.otabridge.app.OtaBridge;
import io.otabridge.app.OtaConfig;
import io.otabridge.app.migration.MigrationReport.Outcome;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.module.ModuleName;
import io.vavr.collection.List;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the process of a migration at every point: before and after each call of a backend, between its steps, and after
 * each line of the journal.
 */
class KilledMigrationTest {

    private static final int MAX_POINTS = 200;

    @TempDir
    private Path directory;

    @Test
    void a_killed_migration_continues_and_copies_nothing_twice_and_loses_nothing() throws Exception {
        int points = 0;
        while (points < MAX_POINTS && kill(directory.resolve("run" + points), points)) {
            continueAndCheck(directory.resolve("run" + points));
            points++;
        }

        assertThat(points).isBetween(30, MAX_POINTS - 1);
    }

    /** Runs a migration in its own process, which is killed at a point; false if the migration was complete before. */
    private static boolean kill(Path root, int point) throws Exception {
        addPackages(root);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Migrator.class.getName(),
                        root.toString(),
                        Integer.toString(point))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            int signal = process.getInputStream().read();
            assertThat(signal).isIn((int) '!', (int) '.');
            return signal == '!';
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void addPackages(Path root) throws IOException {
        DiskBackend source = new DiskBackend("a", root.resolve("a"), () -> {});
        source.create(
                NewFirmware.full(FirmwareCoordinates.of(
                                ProductId.of("p1"), ModuleName.of("mcu"), FirmwareVersion.of("1.0")))
                        .build(),
                List.of(artifact("app.bin", "one"), artifact("data.bin", "two")));
        source.create(
                NewFirmware.full(FirmwareCoordinates.wholeDevice(ProductId.of("p1"), FirmwareVersion.of("2.0")))
                        .build(),
                List.of(artifact("all.bin", "three")));
    }

    private static Artifact artifact(String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return Artifact.of(name, bytes.length, () -> new ByteArrayInputStream(bytes));
    }

    private static void continueAndCheck(Path root) throws IOException {
        try (OtaBridge ota = open(root, () -> {})) {
            Migration migration = ota.migration(request(root));
            MigrationPlan plan = migration.plan().get();
            MigrationReport report = migration.run(plan, MigrationListener.NONE).get();

            assertThat(plan.excluded()).isEmpty();
            assertThat(report.isComplete()).isTrue();
            assertThat(report.results(Outcome.FAILED)).isEmpty();
            assertThat(ota.backend("b")
                            .firmware()
                            .list(FirmwareFilter.all())
                            .toList()
                            .get()
                            .map(FirmwareSummary::version))
                    .containsExactlyInAnyOrder(FirmwareVersion.of("1.0"), FirmwareVersion.of("2.0"));
            assertThat(report.results().map(result -> copy(ota, result).files().size()))
                    .containsExactly(2, 1);
            assertThat(migration.verify(MigrationListener.NONE).get().isComplete())
                    .isTrue();
        }
        assertThat(new DiskBackend("b", root.resolve("b"), () -> {}).creations())
                .hasSize(3)
                .doesNotHaveDuplicates();
        try (Stream<Path> left = Files.walk(root.resolve("state"))) {
            assertThat(left.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("journal.jsonl", "lock");
        }
    }

    private static Firmware copy(OtaBridge ota, MigrationReport.Result result) {
        return ota.backend("b").firmware().find(result.copy().get()).get();
    }

    private static MigrationRequest request(Path root) {
        return MigrationRequest.of("a", "b", root.resolve("state")).concurrency(1);
    }

    private static OtaBridge open(Path root, Runnable point) {
        Map<String, ?> settings = Map.of("region", "here");
        return OtaBridge.of(
                OtaConfig.builder()
                        .backend("a", "memory", settings)
                        .backend("b", "memory", settings)
                        .defaultBackend("a")
                        .product("lamp", Map.of("a", "p1", "b", "q1"))
                        .build(),
                BackendContext.system()
                        .withResource(
                                ProvidedBackends.class,
                                new ProvidedBackends(Map.of(
                                        "a", new DiskBackend("a", root.resolve("a"), point),
                                        "b", new DiskBackend("b", root.resolve("b"), point)))));
    }

    /** Migrates, and waits to be killed at a point. */
    static final class Migrator {

        public static void main(String[] arguments) {
            int killAt = Integer.parseInt(arguments[1]);
            AtomicInteger points = new AtomicInteger();
            Runnable point = () -> {
                if (points.getAndIncrement() == killAt) {
                    signal('!');
                }
            };
            Path root = Path.of(arguments[0]);
            try (OtaBridge ota = open(root, point)) {
                Migration migration = ota.migration(request(root));
                migration.run(migration.plan().get(), new MigrationListener() {
                    @Override
                    public void step(FirmwareSummary source, MigrationState state) {
                        point.run();
                    }
                });
            }
            signal('.');
        }

        private static void signal(char result) {
            System.out.print(result);
            System.out.flush();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
