package io.otabridge.huawei;

import io.otabridge.client.transport.HttpTransport;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.spi.BackendProvider;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.SettingsReader;
import io.otabridge.huawei.config.HuaweiSettings;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * The way in to Huawei Cloud IoTDA: {@code vendor: huawei}. Settings: {@code region} or {@code endpoint},
 * {@code project-id}, {@code app-id}, {@code instance-id}, {@code signature} ({@code auto}, {@code plain} or
 * {@code derived}), {@code credentials} ({@code access-key}, {@code secret-key}, {@code security-token}; or {@code token}; or
 * {@code user-name}, {@code password}, {@code account-name}, {@code iam-endpoint}, by which tokens are got and renewed; or
 * {@code source}, which is {@code ecs}, with {@code metadata-endpoint}, or {@code application}, for temporary keys),
 * {@code timeout}, {@code max-response-bytes}, {@code allow-cleartext}, {@code retries}, {@code circuit-breaker},
 * {@code pacing}, {@code account}, {@code quota}. Project id and credentials may come from the
 * environment or the profile file of Huawei's own tools instead.
 */
public final class HuaweiProvider implements BackendProvider {

    static final Vendor VENDOR = Vendor.of("huawei");

    /** For {@link java.util.ServiceLoader}. */
    public HuaweiProvider() {}

    @Override
    public Vendor vendor() {
        return VENDOR;
    }

    @Override
    public Either<List<ConfigError>, Backend> open(String name, SettingsReader settings, BackendContext context) {
        Option<HuaweiSettings> read = HuaweiSettings.read(settings, context);
        HttpTransport transport = HttpTransport.of(context);
        read.forEach(found -> transport.checkProxy(settings, found.connection()));
        return settings.finish(() -> HuaweiBackend.open(name, read.get(), transport, context));
    }
}
