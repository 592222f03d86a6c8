package io.otabridge.aliyun.config;

import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.credentials.CredentialsFile;
import io.otabridge.client.credentials.CredentialsFileLocator;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.file.Path;

/**
 * Finds the access key: in the configuration, else in the environment, else in the profile of Alibaba Cloud CLI ({@code
 * ~/.aliyun/config.json}), else in the credentials file of the vendor's SDKs ({@code ~/.alibabacloud/credentials.ini} or the
 * file named by {@code ALIBABA_CLOUD_CREDENTIALS_FILE}). As in the SDKs, a source that cannot be used is passed over; if
 * none can, the error names each with the reason. Profiles that get keys from a service are not used; {@link AliyunCredentialsChain}
 * does that where it is configured.
 */
public final class AliyunCredentialsChain {

    private static final String ID = "ALIBABA_CLOUD_ACCESS_KEY_ID";
    private static final String SECRET = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";

    private AliyunCredentialsChain() {}

    /** The key; absent if an error was noted, which is the case if none is found. */
    public static Option<AccessKey> read(SettingsReader settings, BackendContext context) {
        SettingsReader section = settings.section("credentials");
        Option<AccessKey> given = AccessKey.read(section);
        if (settings.has("credentials")) {
            if (section.isEmpty()) {
                settings.error("credentials", "must hold access-key and secret-key, or source");
            }
            return given;
        }
        Option<AccessKey> environment = AccessKey.read(context, settings, ID, SECRET, "ALIBABA_CLOUD_SECURITY_TOKEN");
        if (environment.isDefined() || settings.hasError("credentials")) {
            return AccessKey.sendable(settings, environment);
        }
        Either<String, AccessKey> cli = AliyunCliProfile.read(context);
        Either<String, AccessKey> sdk = cli.orElse(() -> sdkProfile(context));
        if (sdk.isLeft()) {
            settings.error(
                    "credentials",
                    "are missing. Sources tried: environment variables " + ID + " and " + SECRET + " (not set); "
                            + cli.getLeft() + "; " + sdk.getLeft() + ". Give access-key and secret-key here, or set the"
                            + " variables, or keep the keys in ~/.aliyun/config.json or ~/.alibabacloud/credentials.ini");
        }
        return AccessKey.sendable(settings, sdk.toOption());
    }

    /** The access key of the section in use, or the file and the reason why it has none. */
    private static Either<String, AccessKey> sdkProfile(BackendContext context) {
        Path usual = context.home().resolve(".alibabacloud").resolve("credentials.ini");
        return CredentialsFileLocator.of(context, "ALIBABA_CLOUD_CREDENTIALS_FILE", usual)
                .flatMap(path -> path.read()
                        .map(CredentialsFile::parse)
                        .flatMap(file -> accessKey(file, context).mapLeft(reason -> reason + file.hint()))
                        .mapLeft(reason -> path + " (" + reason + ")"));
    }

    private static Either<String, AccessKey> accessKey(CredentialsFile file, BackendContext context) {
        Option<String> named = context.environment("ALIBABA_CLOUD_PROFILE");
        String section = named.getOrElse("default");
        String subject = "section " + ProfileNames.quote(section);
        if (!file.hasSection(section)) {
            return Either.left("no " + subject + (named.isDefined() ? " named by ALIBABA_CLOUD_PROFILE; " : "; ")
                    + ProfileNames.existing(file.sections()));
        }
        if (!file.value(section, "enable").exists("true"::equalsIgnoreCase)) {
            return Either.left(subject + " has no enable = true");
        }
        Option<String> type = file.value(section, "type");
        if (!type.exists("access_key"::equalsIgnoreCase)) {
            return Either.left(subject + " has "
                    + type.map(text -> "type " + ProfileNames.quote(text)).getOrElse("no type")
                    + "; only access_key can be used here");
        }
        return AccessKey.of(
                        file.value(section, "access_key_id"),
                        "access_key_id",
                        file.value(section, "access_key_secret"),
                        "access_key_secret",
                        Option.none())
                .mapLeft(reason -> subject + " has " + reason);
    }
}
