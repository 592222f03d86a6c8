package io.otabridge.spring;

import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.spi.BackendProvider;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;

/** An adapter that this project does not know. Its endpoint shows its settings. */
public final class AcmeProvider implements BackendProvider {

    private static final StringConstraint TENANT = StringConstraint.name("tenant", 20);

    /** The diagnosis of all backends, and how often it was made. */
    static volatile Diagnosis diagnosis = Diagnosis.skipped();

    static volatile int diagnoses;
    static volatile int closed;

    @Override
    public Vendor vendor() {
        return Vendor.of("acme");
    }

    @Override
    public Either<List<ConfigError>, Backend> open(String name, SettingsReader settings, BackendContext context) {
        Option<String> tenant = settings.required("tenant", TENANT);
        String pacing = settings.choice("pacing", "on", "off").getOrElse("default");
        String project = settings.text("project-id", TENANT).getOrElse("none");
        boolean hasKey = settings.section("credentials").secret("secret-key").isDefined();
        return settings.finish(() -> new AcmeBackend(
                InMemoryBackend.named(name), tenant.get() + "/" + pacing + "/" + project + "/" + hasKey));
    }

    private static final class AcmeBackend extends Backend.Forwarding {

        private final String endpoint;

        AcmeBackend(Backend delegate, String endpoint) {
            super(delegate);
            this.endpoint = endpoint;
        }

        @Override
        public String endpoint() {
            return endpoint;
        }

        @Override
        public Backend within(Duration deadline) {
            return this;
        }

        @Override
        public Diagnosis diagnose() {
            diagnoses++;
            return diagnosis;
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
