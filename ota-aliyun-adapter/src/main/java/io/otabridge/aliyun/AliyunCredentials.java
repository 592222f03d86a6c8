package io.otabridge.aliyun;

import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.backend.Settings;
import io.otabridge.http.AccessKey;
import io.otabridge.http.ProfileFile;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.file.Path;

/**
 * Finds the access key: in the configuration, else in the environment, else in the profile of Alibaba Cloud's command line
 * ({@code ~/.aliyun/config.json}), else in the profile file of its SDKs ({@code ~/.alibabacloud/credentials.ini} or the one
 * that {@code ALIBABA_CLOUD_CREDENTIALS_FILE} names). Profiles that ask a service for keys are not followed; {@link AliyunKeys}
 * knows such services where they are configured.
 */
final class AliyunCredentials {

    private AliyunCredentials() {}

    /** The key; absent if a fault was noted, which there is if none is found. */
    static Option<AccessKey> read(Settings settings, BackendContext context) {
        Settings section = settings.section("credentials");
        Option<AccessKey> given = AccessKey.read(section);
        if (settings.has("credentials")) {
            if (section.isEmpty()) {
                settings.fault("credentials", "must hold access-key and secret-key, or source");
            }
            return given;
        }
        Option<AccessKey> found = AccessKey.read(
                        context,
                        settings,
                        "ALIBABA_CLOUD_ACCESS_KEY_ID",
                        "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
                        "ALIBABA_CLOUD_SECURITY_TOKEN")
                .orElse(() -> noted(settings, AliyunCliProfile.read(context)))
                .orElse(() -> noted(settings, sdkProfile(context)));
        if (found.isEmpty() && !settings.hasFault("credentials")) {
            settings.fault(
                    "credentials",
                    "are missing: give access-key and secret-key here, or set ALIBABA_CLOUD_ACCESS_KEY_ID and"
                            + " ALIBABA_CLOUD_ACCESS_KEY_SECRET, or keep them in ~/.aliyun/config.json or"
                            + " ~/.alibabacloud/credentials.ini");
        }
        return AccessKey.sendable(settings, found);
    }

    private static Option<AccessKey> noted(Settings settings, Either<String, Option<AccessKey>> found) {
        return found.peekLeft(problem -> settings.fault("credentials", problem)).getOrElse(Option.none());
    }

    private static Either<String, Option<AccessKey>> sdkProfile(BackendContext context) {
        Path usual = context.home().resolve(".alibabacloud").resolve("credentials.ini");
        String section = context.environment("ALIBABA_CLOUD_PROFILE").getOrElse("default");
        return ProfileFile.read(context, "ALIBABA_CLOUD_CREDENTIALS_FILE", usual)
                .map(file -> file.flatMap(profile -> accessKey(profile, section)));
    }

    private static Option<AccessKey> accessKey(ProfileFile profile, String section) {
        boolean usable = profile.value(section, "enable").contains("true")
                && profile.value(section, "type").contains("access_key");
        return usable
                ? profile.value(section, "access_key_id")
                        .flatMap(id -> profile.value(section, "access_key_secret")
                                .map(secret -> new AccessKey(id, Secret.of(secret), Option.none())))
                : Option.none();
    }
}
