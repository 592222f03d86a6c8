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
 * Opens backends on Alibaba Cloud IoT Platform: {@code vendor: aliyun}.
 *
 * <p>Settings: {@code region} or {@code endpoint}, {@code instance-id}, {@code signature} ({@code acs3-hmac-sha256} or
 * {@code hmac-sha1}), {@code credentials}, {@code timeout}, {@code max-response-bytes}, {@code allow-cleartext},
 * {@code retries}, {@code circuit-breaker}, {@code pacing}, {@code account}, {@code quota}, {@code upload-host-suffix},
 * {@code max-devices-per-job}.
 *
 * <p>{@code credentials} holds one of:
 *
 * <ul>
 *   <li>{@code access-key}, {@code secret-key} and, for temporary keys, {@code security-token};
 *   <li>{@code source: ecs}, optionally with {@code role} and {@code metadata-endpoint}, {@code source: uri},
 *       optionally with {@code uri}, or {@code source: application}: temporary keys.
 * </ul>
 *
 * <p>Without them, the credentials come from the environment or from the profile files of Alibaba Cloud's tools.
 */
public final class AliyunProvider implements BackendProvider {

    /** Used by {@link java.util.ServiceLoader}. */
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

    @Override
    public Option<String> configTemplate() {
        return Option.some(BackendProvider.readTemplate(AliyunProvider.class, "template-aliyun.yaml"));
    }
}
