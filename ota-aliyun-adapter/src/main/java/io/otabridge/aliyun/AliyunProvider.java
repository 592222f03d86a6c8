package io.otabridge.aliyun;

import io.otabridge.aliyun.config.AliyunSettings;
import io.otabridge.aliyun.config.Dialect;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.spi.BackendProvider;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * The way in to Alibaba Cloud IoT Platform: {@code vendor: aliyun}. Settings: {@code region} or {@code endpoint},
 * {@code instance-id}, {@code signature} ({@code acs3-hmac-sha256} or {@code hmac-sha1}), {@code credentials}
 * ({@code access-key}, {@code secret-key}, {@code security-token}; or {@code source}, which is {@code ecs}, with {@code role} and
 * {@code metadata-endpoint}, or {@code uri}, with {@code uri}, or {@code application}, for temporary keys), {@code timeout}, {@code max-response-bytes},
 * {@code allow-cleartext}, {@code retries}, {@code circuit-breaker}, {@code pacing}, {@code account}, {@code quota}. Credentials may come from the environment or the profile files of Alibaba Cloud's own tools
 * instead.
 */
public final class AliyunProvider implements BackendProvider {

    /** For {@link java.util.ServiceLoader}. */
    public AliyunProvider() {}

    @Override
    public Vendor vendor() {
        return Dialect.ALIBABA.vendor();
    }

    @Override
    public Either<List<ConfigError>, Backend> open(String name, SettingsReader settings, BackendContext context) {
        Option<AliyunSettings> read = AliyunSettings.read(settings, context);
        HttpTransport transport = HttpTransport.of(context);
        read.forEach(found -> transport.checkProxy(settings, found.connection()));
        return settings.finish(() -> AliyunBackend.open(name, read.get(), transport, context));
    }
}
