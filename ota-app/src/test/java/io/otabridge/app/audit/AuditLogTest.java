package io.otabridge.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.app.file.JsonLine;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.observation.BackendStatus;
import io.otabridge.domain.observation.CacheResult;
import io.otabridge.domain.observation.CallObservation;
import io.otabridge.domain.observation.ChangeEvent;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditLogTest {

    private static final OperationContext ORIGIN = new OperationContext("prod", Vendor.of("memory"), "DeleteFirmware");

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("audit.jsonl");
    }

    @Test
    void records_a_change_as_one_line() throws IOException {
        AuditLog.of(file()).changed(event("the deletion of firmware \"f1\"", Option.none()));

        assertThat(Files.readString(file()))
                .isEqualTo("{\"time\":\"2026-11-30T06:00:00.123Z\",\"backend\":\"prod\",\"vendor\":\"memory\","
                        + "\"operation\":\"DeleteFirmware\",\"subject\":\"the deletion of firmware \\\"f1\\\"\","
                        + "\"outcome\":\"Success\",\"millis\":42}\n");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-30T06:00:00Z, 2026-11-30T06:00:00.000Z",
        "2026-11-30T06:00:00.123456789Z, 2026-11-30T06:00:00.123Z"
    })
    void records_times_with_milliseconds(Instant started, String recorded) throws IOException {
        AuditLog.of(file()).changed(new ChangeEvent(ORIGIN, "firmware f1", started, Duration.ZERO, Option.none()));

        assertThat(Files.readString(file())).startsWith("{\"time\":\"" + recorded + "\",");
    }

    @Test
    void records_the_kind_and_code_of_a_failure() throws IOException {
        OtaFailure failure = new OtaFailure.Rejected(FailureDetails.of(ORIGIN, "Rejected", "Fix it")
                .withStatus(400)
                .withVendorError(Option.some("M.1"), Option.some("bad"), Option.some("r-1")));

        AuditLog.of(file()).changed(event("the deletion of firmware f1", Option.some(failure)));

        assertThat(Files.readString(file()))
                .endsWith("\"outcome\":\"Rejected\",\"millis\":42,\"status\":400,\"vendorCode\":\"M.1\","
                        + "\"requestId\":\"r-1\"}\n");
    }

    @Test
    void records_no_query_and_no_user_of_a_link() throws IOException {
        AuditLog.of(file())
                .changed(event(
                        "the upload to https://u:secret@host/a/b.bin?Signature=secret#x and http://h?secret of b",
                        Option.none()));

        assertThat(Files.readString(file()))
                .contains("\"the upload to https://host/a/b.bin and http://h of b\"")
                .doesNotContain("secret");
    }

    @Test
    void creates_a_file_for_its_owner_only_and_keeps_the_mode_of_an_existing_one() throws IOException {
        AuditLog log = AuditLog.of(file());
        log.changed(event("one", Option.none()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");

        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        log.changed(event("two", Option.none()));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-r-----");
        assertThat(Files.readAllLines(file())).hasSize(2);
    }

    @Test
    void continues_in_a_new_file_after_a_rotation() throws IOException {
        AuditLog log = AuditLog.of(file());
        log.changed(event("one", Option.none()));
        Files.move(file(), directory.resolve("audit.1"));
        log.changed(event("two", Option.none()));

        assertThat(Files.readString(file())).contains("\"two\"").doesNotContain("\"one\"");
    }

    @Test
    void records_a_change_of_an_interrupted_thread() throws IOException {
        Thread.currentThread().interrupt();
        AuditLog.of(file()).changed(event("one", Option.none()));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(Files.readAllLines(file())).hasSize(1);
    }

    @Test
    void warns_once_if_it_cannot_write() throws IOException {
        Files.createDirectory(file());
        RecordingObserver own = new RecordingObserver();
        AuditLog log = AuditLog.of(file()).and(own);

        log.changed(event("one", Option.none()));
        log.changed(event("two", Option.none()));

        assertThat(own.events)
                .hasSize(3)
                .first()
                .asString()
                .startsWith("warned the change was made, but it cannot be recorded in the audit log " + file());
        assertThat(own.events.subList(1, 3)).containsExactly("changed one", "changed two");
    }

    @Test
    void does_not_throw_without_another_observer() throws IOException {
        Files.createDirectory(file());

        AuditLog.of(file()).changed(event("one", Option.none()));

        assertThat(file()).isDirectory();
    }

    @Test
    void passes_every_event_to_the_observer_of_the_context() {
        RecordingObserver own = new RecordingObserver();
        BackendContext context = BackendContext.system().withResource(BackendObserver.class, own);
        BackendObserver observer = BackendObserver.in(AuditLog.of(file()).in(context));

        observer.opened("prod", Vendor.of("memory"), new FixedStatus());
        CallObservation call = observer.started(ORIGIN);
        observer.cached(ORIGIN, CacheResult.HIT);
        observer.warned(ORIGIN, "note");
        observer.changed(event("one", Option.none()));

        assertThat(own.events).containsExactly("opened prod", "started", "cached HIT", "warned note", "changed one");
        assertThat(call).isSameAs(own.call);
        assertThat(file()).exists();
    }

    @Test
    void threads_and_processes_share_a_file() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            file().toString(),
                            "process" + i)
                    .redirectErrorStream(true)
                    .start());
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        IntStream.range(0, 4).forEach(i -> threads.execute(() -> Writer.write(file(), "thread" + i)));
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        for (Process process : processes) {
            try (InputStream output = process.getInputStream()) {
                assertThat(new String(output.readAllBytes(), StandardCharsets.UTF_8))
                        .isEmpty();
            }
            assertThat(process.waitFor()).isZero();
        }

        List<String> lines = Files.readAllLines(file());
        assertThat(lines).hasSize(6 * Writer.LINES).doesNotHaveDuplicates();
        assertThat(lines).allMatch(line -> JsonLine.parse(line).isDefined());
    }

    /** Writes lines in its own process. */
    static final class Writer {

        static final int LINES = 300;

        public static void main(String[] arguments) {
            write(Path.of(arguments[0]), arguments[1]);
        }

        static void write(Path file, String name) {
            AuditLog log = AuditLog.of(file);
            for (int i = 0; i < LINES; i++) {
                log.changed(event(name + " " + i + " " + "x".repeat(i), Option.none()));
            }
        }
    }

    private static ChangeEvent event(String subject, Option<OtaFailure> failure) {
        return new ChangeEvent(
                ORIGIN, subject, Instant.parse("2026-11-30T06:00:00.123Z"), Duration.ofMillis(42), failure);
    }

    private record FixedStatus() implements BackendStatus {
        @Override
        public Circuit circuit() {
            return Circuit.CLOSED;
        }

        @Override
        public Option<Double> quotaUsage(String operation) {
            return Option.none();
        }
    }

    private static final class RecordingObserver implements BackendObserver {

        private final List<String> events = new ArrayList<>();
        private final CallObservation call = new CallObservation() {
            @Override
            public Map<String, String> headers() {
                return Map.of("traceparent", "00-1-1-1");
            }

            @Override
            public void ended(Option<OtaFailure> failure) {}
        };

        @Override
        public void opened(String name, Vendor vendor, BackendStatus state) {
            events.add("opened " + name);
        }

        @Override
        public CallObservation started(OperationContext origin) {
            events.add("started");
            return call;
        }

        @Override
        public void cached(OperationContext origin, CacheResult use) {
            events.add("cached " + use);
        }

        @Override
        public void warned(OperationContext origin, String note) {
            events.add("warned " + note);
        }

        @Override
        public void changed(ChangeEvent event) {
            events.add("changed " + event.subject());
        }
    }
}
