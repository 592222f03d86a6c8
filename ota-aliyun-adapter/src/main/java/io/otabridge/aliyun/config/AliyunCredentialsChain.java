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
 * Finds the access key. It tries the configuration, the environment, the profile of Alibaba Cloud CLI ({@code
 * ~/.aliyun/config.json}) and the credentials file of the vendor's SDKs ({@code ~/.alibabacloud/credentials.ini} or the
 * file named by {@code ALIBABA_CLOUD_CREDENTIALS_FILE}), in this order. Like the SDKs, it skips a source that cannot be
 * used. If no source has a key, the error names each source with the reason. Profiles that get keys from a service are
 * not supported; {@link AliyunCredentials} supports such services through the configuration.
 */
public final class AliyunCredentialsChain {

    private static final String ID = "ALIBABA_CLOUD_ACCESS_KEY_ID";
    private static final String SECRET = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";

    private AliyunCredentialsChain() {}

    /** Returns the key; absent if an error was reported, which includes that no key was found. */
    public static Option<AccessKey> read(SettingsReader settings, BackendContext context) {
        SettingsReader section = settings.section("credentials");
        Option<AccessKey> configured = AccessKey.read(section);
        if (settings.has("credentials")) {
            if (section.isEmpty()) {
                settings.error("credentials", "must contain access-key and secret-key, or source");
            }
            return configured;
        }
        Option<AccessKey> environment = AccessKey.read(context, settings, ID, SECRET, "ALIBABA_CLOUD_SECURITY_TOKEN");
        if (environment.isDefined() || settings.hasError("credentials")) {
            return AccessKey.validated(settings, environment);
        }
        Either<String, AccessKey> cli = AliyunCliProfile.read(context);
        Either<String, AccessKey> sdk = cli.orElse(() -> sdkProfile(context));
        if (sdk.isLeft()) {
            settings.error(
                    "credentials",
                    "are missing. Sources tried: environment variables " + ID + " and " + SECRET + " (not set); "
                            + cli.getLeft() + "; " + sdk.getLeft() + ". Set access-key and secret-key here, set the"
                            + " variables, or store the keys in ~/.aliyun/config.json or ~/.alibabacloud/credentials.ini");
        }
        return AccessKey.validated(settings, sdk.toOption());
    }

    /** Returns the access key of the selected section, or the file and the reason why it has none. */
    private static Either<String, AccessKey> sdkProfile(BackendContext context) {
        Path defaultPath = context.home().resolve(".alibabacloud").resolve("credentials.ini");
        return CredentialsFileLocator.of(context, "ALIBABA_CLOUD_CREDENTIALS_FILE", defaultPath)
                .flatMap(path -> path.read()
                        .map(CredentialsFile::parse)
                        .flatMap(file -> accessKey(file, context).mapLeft(reason -> reason + file.hint()))
                        .mapLeft(reason -> path + " (" + reason + ")"));
    }

    private static Either<String, AccessKey> accessKey(CredentialsFile file, BackendContext context) {
        Option<String> selected = context.environment("ALIBABA_CLOUD_PROFILE");
        String section = selected.getOrElse("default");
        String subject = "section " + ProfileNameMasker.quote(section);
        if (!file.hasSection(section)) {
            return Either.left("no " + subject + (selected.isDefined() ? " named by ALIBABA_CLOUD_PROFILE; " : "; ")
                    + ProfileNameMasker.existing(file.sections()));
        }
        if (!file.value(section, "enable").exists("true"::equalsIgnoreCase)) {
            return Either.left(subject + " has no enable = true");
        }
        Option<String> type = file.value(section, "type");
        if (!type.exists("access_key"::equalsIgnoreCase)) {
            return Either.left(subject + " has "
                    + type.map(text -> "type " + ProfileNameMasker.quote(text)).getOrElse("no type")
                    + "; only access_key is supported");
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
