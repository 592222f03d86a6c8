package io.otabridge.app;

import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.spi.BackendProvider;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** An adapter for tests. Its endpoint shows its settings; {@link OpenedBackends} records what it opens and closes. */
public final class MemoryProvider implements BackendProvider {

    private static final StringConstraint REGION =
            StringConstraint.matching("region", "[a-z0-9-]{1,20}", "1 to 20 lower-case letters, digits and hyphens");
    private static final StringConstraint LABEL = StringConstraint.name("label", 40);

    @Override
    public Vendor vendor() {
        return InMemoryBackend.VENDOR;
    }

    @Override
    public Either<List<ConfigError>, Backend> open(String name, SettingsReader settings, BackendContext context) {
        Option<String> region = settings.required("region", REGION);
        Option<String> label = settings.text("label", LABEL);
        boolean closesBadly = settings.flag("closes-badly");
        boolean ignoresCase = settings.flag("ignores-case");
        String ownName = settings.text("own-name", LABEL).getOrElse(name);
        Option<Secret> secret = settings.section("credentials").secret("secret-key");
        Option<OpenedBackends> backends = context.resource(OpenedBackends.class);
        return settings.finish(() -> {
            backends.forEach(l -> l.opened.add(name));
            backends.forEach(l -> l.observer.set(BackendObserver.in(context)));
            String endpoint = region.get() + label.map(l -> "/" + l).getOrElse("");
            String authentication = secret.map(Secret::reveal).getOrElse("none");
            Backend provided = context.resource(ProvidedBackends.class)
                    .flatMap(all -> Option.of(all.byName().get(name)))
                    .getOrElse(() -> InMemoryBackend.named(ownName));
            return new Opened(provided, endpoint, authentication, backends, closesBadly, ignoresCase);
        });
    }

    /** The opened and closed backends, passed to the adapter as a shared resource. */
    static final class OpenedBackends {
        final java.util.List<String> opened = new ArrayList<>();
        final java.util.List<String> closed = new ArrayList<>();
        final AtomicReference<BackendObserver> observer = new AtomicReference<>(BackendObserver.NONE);
    }

    /** Backends to use instead of new ones, by name, passed to the adapter as a shared resource. */
    public record ProvidedBackends(Map<String, Backend> byName) {}

    private static final class Opened extends Backend.Forwarding {

        private final String endpoint;
        private final String authentication;
        private final Option<OpenedBackends> backends;
        private final boolean closesBadly;
        private final boolean ignoresCase;

        Opened(
                Backend memory,
                String endpoint,
                String authentication,
                Option<OpenedBackends> backends,
                boolean closesBadly,
                boolean ignoresCase) {
            super(memory);
            this.endpoint = endpoint;
            this.authentication = authentication;
            this.backends = backends;
            this.closesBadly = closesBadly;
            this.ignoresCase = ignoresCase;
        }

        @Override
        public String endpoint() {
            return endpoint;
        }

        @Override
        public ProductId canonical(ProductId id) {
            return ignoresCase ? ProductId.of(id.value().toLowerCase(Locale.ROOT)) : id;
        }

        @Override
        public String authentication() {
            return authentication;
        }

        @Override
        public void close() {
            backends.forEach(l -> l.closed.add(name()));
            if (closesBadly) {
                throw new IllegalStateException(name() + " closes badly");
            }
        }
    }
}
