package io.otabridge.huawei;

import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.backend.Settings;
import io.otabridge.http.AccessKey;
import io.otabridge.http.ProfileFile;
import io.vavr.control.Option;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What Huawei's own tools know about the user: environment variables, then the profile file ({@code
 * ~/.huaweicloud/credentials} or the one that {@code HUAWEICLOUD_SDK_CREDENTIALS_FILE} names). Some versions of the official
 * SDK look for the section {@code [basiccredentials]} instead of the documented {@code [basic]}, so both are read.
 */
final class HuaweiProfile {

    private final Settings settings;
    private final BackendContext context;
    private @Nullable Option<ProfileFile> file;

    /** @param settings where a file that cannot be read is noted as a fault, once somebody asks for what it holds */
    HuaweiProfile(Settings settings, BackendContext context) {
        this.settings = settings;
        this.context = context;
    }

    Option<String> projectId() {
        return context.environment("HUAWEICLOUD_SDK_PROJECT_ID").orElse(() -> value("project_id"));
    }

    Option<AccessKey> accessKey() {
        return value("ak")
                .flatMap(id -> value("sk")
                        .map(secret -> new AccessKey(
                                id, Secret.of(secret), value("security_token").map(Secret::of))));
    }

    private Option<String> value(String key) {
        return file().flatMap(found -> found.value("basic", key).orElse(() -> found.value("basiccredentials", key)));
    }

    private Option<ProfileFile> file() {
        if (file == null) {
            Path usual = context.home().resolve(".huaweicloud").resolve("credentials");
            file = ProfileFile.read(context, "HUAWEICLOUD_SDK_CREDENTIALS_FILE", usual)
                    .peekLeft(problem -> settings.fault("credentials", problem))
                    .getOrElse(Option.none());
        }
        return file;
    }
}
