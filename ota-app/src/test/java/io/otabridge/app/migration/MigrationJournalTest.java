package io.otabridge.app.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.app.copy.TwoBackends;
import io.otabridge.app.migration.MigrationJournal.Entry;
import io.otabridge.app.migration.MigrationPlan.Action;
import io.otabridge.app.migration.MigrationPlan.Planned;
import io.otabridge.app.migration.MigrationReport.Comparison;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationJournalTest {

    private static final Instant TIME = Instant.parse("2026-11-30T06:00:00Z");

    private final TwoBackends two = new TwoBackends();

    @TempDir
    private Path state;

    private Path file;

    @BeforeEach
    void locate() throws IOException {
        file = MigrationJournal.file(state, "a", "b");
        Files.createDirectories(file.getParent());
    }

    @AfterEach
    void close() {
        two.close();
    }

    private FirmwareSummary source(String id, String module) {
        Firmware firmware = two.firmware(id, "p1", module, "1.0").build();
        return FirmwareSummary.of(firmware);
    }

    private static MigrationJournal open(Path file) throws IOException {
        return MigrationJournal.open(file).get();
    }

    private static Entry entry(
            FirmwareSummary source, MigrationState state, Option<FirmwareId> copy, List<FirmwareFile> files) {
        return new Entry(
                TIME,
                state,
                new Planned(
                        source,
                        Action.VERIFY,
                        Option.none(),
                        copy,
                        files,
                        List.empty(),
                        Comparison.NONE,
                        Option.none()));
    }

    @Test
    void reads_the_last_entry_of_each_package() throws IOException {
        FirmwareFile copied = FirmwareFile.builder()
                .name("温度 \"x\".bin")
                .size(5L << 30)
                .checksum(Checksum.of(Checksum.MD5, "0123456789abcdef0123456789abcdef"))
                .checksum(Checksum.of("abc"))
                .build();
        try (MigrationJournal journal = open(file)) {
            journal.append(entry(source("f1", "mcu"), MigrationState.PLANNED, Option.none(), List.empty()));
            journal.append(entry(source("f2", ""), MigrationState.PLANNED, Option.none(), List.empty()));
            journal.append(entry(
                    source("f1", "mcu"), MigrationState.CREATED, Option.some(FirmwareId.of("copy")), List.of(copied)));
        }

        List<Entry> entries = MigrationJournal.read(file).values().toList();

        assertThat(entries.map(entry -> entry.id() + " " + entry.state())).containsExactly("f1 CREATED", "f2 PLANNED");
        Entry first = entries.head();
        assertThat(first.planned().copy()).contains(FirmwareId.of("copy"));
        assertThat(first.planned().files()).containsExactly(copied);
        assertThat(first.time()).isEqualTo(TIME);
        assertThat(first.planned().source().target())
                .isEqualTo(source("f1", "mcu").target());
        assertThat(first.planned().source().product())
                .isEqualTo(source("f1", "mcu").product());
        assertThat(entries.last().planned().source().target())
                .isEqualTo(source("f2", "").target());
    }

    @Test
    void a_line_is_readable_and_the_file_belongs_to_its_owner() throws IOException {
        try (MigrationJournal journal = open(file)) {
            journal.append(entry(source("f1", "mcu"), MigrationState.PLANNED, Option.none(), List.empty()));

            assertThat(Files.readString(file))
                    .isEqualTo("{\"time\":\"2026-11-30T06:00:00Z\",\"state\":\"PLANNED\",\"firmware\":\"f1\","
                            + "\"product\":\"p1\",\"target\":\"module\",\"module\":\"mcu\",\"version\":\"1.0\","
                            + "\"files\":[],\"losses\":[],\"comparison\":\"NONE\"}\n");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_torn_last_line_is_ignored_and_removed_before_the_next_one() throws IOException {
        Entry planned = entry(source("f1", ""), MigrationState.PLANNED, Option.none(), List.empty());
        Entry copied = entry(source("f1", ""), MigrationState.COPIED, Option.none(), List.empty());
        try (MigrationJournal journal = open(file)) {
            journal.append(planned);
            journal.append(copied);
        }
        byte[] whole = Files.readAllBytes(file);
        int firstEnd = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;

        for (int length = firstEnd; length < whole.length - 1; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThat(MigrationJournal.read(file).values().map(Entry::state)).containsExactly(MigrationState.PLANNED);
            try (MigrationJournal journal = open(file)) {
                journal.append(copied);
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not JSON",
                "{}",
                "{\"time\":\"yesterday\",\"state\":\"VERIFIED\",\"firmware\":\"f1\",\"version\":\"1.0\"}",
                "{\"time\":\"2026-11-30T06:00:00Z\",\"state\":\"DONE\",\"firmware\":\"f1\",\"version\":\"1.0\"}",
                "{\"time\":\"2026-11-30T06:00:00Z\",\"state\":\"VERIFIED\",\"firmware\":\"\",\"version\":\"1.0\"}",
                "{\"time\":\"2026-11-30T06:00:00Z\",\"state\":\"VERIFIED\",\"firmware\":1,\"version\":[]}"
            })
    void a_damaged_line_is_ignored_so_that_the_package_is_looked_up_again(String line) throws IOException {
        Files.writeString(file, line + "\n");
        try (MigrationJournal journal = open(file)) {
            journal.append(entry(source("f2", ""), MigrationState.PLANNED, Option.none(), List.empty()));
        }

        assertThat(MigrationJournal.read(file).keySet()).containsExactly(FirmwareId.of("f2"));
    }

    @Test
    void only_one_run_uses_a_journal() throws IOException {
        two.add("f1", "p1", "1");
        Migration migration = two.ota.migration(MigrationRequest.of("a", "b", state));
        MigrationPlan plan = migration.plan().get();
        OtaFailure refused;
        try (MigrationJournal other = open(file)) {
            assertThat(other).isNotNull();
            refused = migration.run(plan, MigrationListener.NONE).getLeft();
            assertThat(migration.plan().isRight()).isTrue();
        }

        assertThat(refused.summary()).isEqualTo("Another run of the migration from a to b is using " + file);
        assertThat(two.to.count("publish")).isZero();
        assertThat(migration.run(plan, MigrationListener.NONE).isRight()).isTrue();
    }

    @Test
    void another_process_that_has_the_journal_open_is_noticed() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(other.getInputStream().read()).isEqualTo('!');
            assertThat(MigrationJournal.open(file)).isEmpty();
        } finally {
            other.destroyForcibly().waitFor();
        }
        open(file).close();
    }

    @Test
    void reading_a_journal_does_not_unlock_it_for_other_processes() throws Exception {
        try (MigrationJournal journal = open(file)) {
            journal.append(entry(source("f1", ""), MigrationState.PLANNED, Option.none(), List.empty()));
            MigrationJournal.read(file);

            Process other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Holder.class.getName(),
                            file.toString())
                    .start();
            try {
                assertThat(other.getInputStream().read()).isNotEqualTo('!');
            } finally {
                other.destroyForcibly().waitFor();
            }
        }
    }

    /** Holds a journal open until it is killed. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            try (MigrationJournal journal = open(Path.of(arguments[0]))) {
                assertThat(journal).isNotNull();
                System.out.write('!');
                System.out.flush();
                new CountDownLatch(1).await();
            }
        }
    }

    @Test
    void a_journal_that_cannot_be_written_is_a_failure_before_anything_is_copied() throws IOException {
        two.add("f1", "p1", "1");
        Files.createDirectory(file);
        Migration migration = two.ota.migration(MigrationRequest.of("a", "b", state));

        OtaFailure failure = migration.plan().getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.summary()).startsWith("The journal " + file + " cannot be used: ");
    }

    @Test
    void a_plan_is_for_its_backends_only() throws IOException {
        MigrationPlan plan =
                two.ota.migration(MigrationRequest.of("b", "a", state)).plan().get();

        assertThat(two.ota
                        .migration(MigrationRequest.of("a", "b", state))
                        .run(plan, MigrationListener.NONE)
                        .getLeft()
                        .summary())
                .isEqualTo("The plan is for b and a");
    }

    @ParameterizedTest
    @CsvSource({"a-b, a-b", "v1.2_x, v1.2_x", ".., %2e.", "a/b, a%2fb", "A, %41", "温, %6e29"})
    void names_of_backends_are_names_of_directories(String name, String directory) {
        assertThat(MigrationJournal.directory(state, name, "b"))
                .isEqualTo(state.resolve(directory).resolve("b"));
    }

    @Test
    void a_line_that_was_added_while_a_run_had_ended_is_seen_by_the_plan() throws IOException {
        Firmware firmware = two.add("f1", "p1", "1");
        two.b.add(two.firmware("copy", "q1", "", "1").build());
        try (MigrationJournal journal = open(file)) {
            journal.append(entry(
                    FirmwareSummary.of(firmware),
                    MigrationState.CREATED,
                    Option.some(FirmwareId.of("copy")),
                    firmware.files()));
        }
        Files.writeString(file, "{\"time\":", StandardOpenOption.APPEND);

        MigrationPlan plan =
                two.ota.migration(MigrationRequest.of("a", "b", state)).plan().get();

        assertThat(plan.packages().map(MigrationPlan.Planned::action)).containsExactly(MigrationPlan.Action.VERIFY);
        assertThat(plan.calls()).isEqualTo(1);
    }
}
