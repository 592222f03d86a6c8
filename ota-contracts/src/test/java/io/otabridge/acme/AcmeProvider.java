package io.otabridge.acme;

import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.spi.BackendProvider;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * Opens backends for Acme Shelf: {@code vendor: acme}. Settings: {@code region} or {@code endpoint}, {@code token},
 * {@code timeout}, {@code max-response-bytes}, {@code allow-cleartext}.
 */
public final class AcmeProvider implements BackendProvider {

    static final Vendor VENDOR = Vendor.of("acme");

    /** Called by {@link java.util.ServiceLoader}. */
    public AcmeProvider() {}

    @Override
    public Vendor vendor() {
        return VENDOR;
    }

    @Override
    public Either<List<ConfigError>, Backend> open(String name, SettingsReader settings, BackendContext context) {
        Option<ConnectionSettings> connection =
                ConnectionSettings.read(settings, region -> "https://" + region + ".shelf.acme.example");
        Option<Secret> token = settings.secret("token");
        if (!settings.has("token")) {
            settings.error("token", "is missing. The Acme console shows it under Access");
        }
        HttpTransport transport = HttpTransport.of(context);
        connection.forEach(found -> transport.checkProxy(settings, found));
        return settings.finish(() -> AcmeBackend.open(name, connection.get(), token.get(), transport, context));
    }
}
