package io.otabridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.otabridge.app.audit.AuditLog;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.observation.ChangeEvent;
import io.otabridge.domain.spi.ConfigError;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLogSettingTest {

    private static final String BACKEND = "backends: { prod: { vendor: memory, region: here } }\n";

    private final MemoryProvider.OpenedBackends opened = new MemoryProvider.OpenedBackends();

    @TempDir
    private Path directory;

    private BackendContext context() {
        return BackendContext.system()
                .withHome(directory.resolve("home"))
                .withEnvironment(Map.of("LOG", "named.jsonl"))
                .withResource(MemoryProvider.OpenedBackends.class, opened);
    }

    @Test
    void backends_write_to_a_file_beside_the_configuration() throws IOException {
        open("audit-log: audit.jsonl\n");

        assertThat(Files.readString(directory.resolve("audit.jsonl"))).contains("\"backend\":\"prod\"");
    }

    @Test
    void the_path_may_be_absolute_or_begin_at_the_home_directory_or_have_a_placeholder() throws IOException {
        Files.createDirectory(directory.resolve("home"));

        open("audit-log: " + directory.resolve("absolute.jsonl") + "\n");
        open("audit-log: ~/home.jsonl\n");
        open("audit-log: ${LOG}\n");

        assertThat(directory.resolve("absolute.jsonl")).exists();
        assertThat(directory.resolve("home/home.jsonl")).exists();
        assertThat(directory.resolve("named.jsonl")).exists();
    }

    @Test
    void a_configuration_in_java_has_the_setting_too() {
        Path file = directory.resolve("java.jsonl");
        OtaConfig config = OtaConfig.builder()
                .backend("prod", "memory", Map.of("region", "here"))
                .auditLog(file)
                .build();
        try (OtaBridge ota = OtaBridge.of(config, context())) {
            ota.backend();
        }
        change();

        assertThat(file).exists();
    }

    @Test
    void nothing_is_recorded_without_the_setting() throws IOException {
        open("");

        assertThat(opened.observer.get()).isNotInstanceOf(AuditLog.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ file: a }", "[a]", "''", "\"a\\0b\"", "${MISSING}"})
    void anything_but_a_path_is_an_error_of_the_configuration(String value) throws IOException {
        Path file = Files.writeString(directory.resolve("ota.yaml"), BACKEND + "audit-log: " + value + "\n");

        ConfigurationException thrown =
                catchThrowableOfType(ConfigurationException.class, () -> OtaBridge.load(file, context()));

        assertThat(thrown.errors().map(ConfigError::key)).containsExactly("audit-log");
        assertThat(thrown.errors().flatMap(ConfigError::line)).containsExactly(2);
    }

    private void open(String setting) throws IOException {
        Path file = Files.writeString(directory.resolve("ota.yaml"), BACKEND + setting);
        try (OtaBridge ota = OtaBridge.load(file, context())) {
            ota.backend();
        }
        change();
    }

    /** Reports a change to the observer that the adapter received. */
    private void change() {
        BackendObserver observer = opened.observer.get();
        observer.changed(new ChangeEvent(
                new OperationContext("prod", Vendor.of("memory"), "CreateModule"),
                "the creation of module mcu",
                Instant.EPOCH,
                Duration.ZERO,
                Option.none()));
    }
}
