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
 * Opens backends on a private deployment of Tuya's IoT platform, which uses Alibaba's protocol: {@code vendor: tuya}.
 *
 * <p>Settings: {@code endpoint}, which is specific to the customer, {@code credentials} ({@code access-key} and
 * {@code secret-key}), {@code timeout}, {@code max-response-bytes}, {@code allow-cleartext}, {@code upload-host-suffix}.
 */
public final class TuyaProvider implements BackendProvider {

    /** Used by {@link java.util.ServiceLoader}. */
    public TuyaProvider() {}

    @Override
    public Vendor vendor() {
        return Dialect.TUYA.vendor();
    }

    @Override
    public Either<List<ConfigError>, Backend> open(String name, SettingsReader settings, BackendContext context) {
        Option<AliyunSettings> read = AliyunSettings.readTuya(settings);
        HttpTransport transport = HttpTransport.of(context);
        read.forEach(found -> transport.checkProxy(settings, found.connection()));
        return settings.finish(() -> AliyunBackend.open(name, read.get(), transport, context));
    }

    @Override
    public Option<String> configTemplate() {
        return Option.some(BackendProvider.readTemplate(TuyaProvider.class, "template-tuya.yaml"));
    }
}
