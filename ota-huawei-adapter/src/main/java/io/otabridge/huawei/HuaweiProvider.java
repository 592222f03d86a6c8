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
 * Opens backends on Huawei Cloud IoTDA: {@code vendor: huawei}.
 *
 * <p>Settings: {@code region} or {@code endpoint}, {@code project-id}, {@code app-id}, {@code instance-id}, {@code
 * signature} ({@code auto}, {@code plain} or {@code derived}), {@code job-document} ({@code auto} or {@code package-ids}),
 * {@code credentials}, {@code timeout}, {@code
 * max-response-bytes}, {@code allow-cleartext}, {@code retries}, {@code circuit-breaker}, {@code pacing}, {@code
 * account}, {@code quota}, {@code obs}.
 *
 * <p>{@code obs} holds {@code bucket}, {@code region}, {@code endpoint} and {@code prefix} of the object store for
 * firmware files.
 *
 * <p>{@code credentials} holds one of:
 *
 * <ul>
 *   <li>{@code access-key}, {@code secret-key} and, for temporary keys, {@code security-token};
 *   <li>{@code token}: an IAM token;
 *   <li>{@code user-name}, {@code password}, {@code account-name} and optionally {@code iam-endpoint}: IAM tokens are
 *       obtained and refreshed;
 *   <li>{@code source: ecs}, optionally with {@code metadata-endpoint}, or {@code source: application}: temporary keys.
 * </ul>
 *
 * <p>Without them, the project id and the credentials come from the environment or from the profile file of Huawei's
 * tools.
 */
public final class HuaweiProvider implements BackendProvider {

    static final Vendor VENDOR = Vendor.of("huawei");

    /** Used by {@link java.util.ServiceLoader}. */
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

    @Override
    public Option<String> configTemplate() {
        return Option.some(BackendProvider.readTemplate(HuaweiProvider.class, "template.yaml"));
    }
}
