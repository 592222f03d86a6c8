package io.otabridge.aliyun.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.credentials.CredentialsFileLocator;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The profile of Alibaba Cloud CLI in {@code ~/.aliyun/config.json}. Supports the modes {@code AK} and {@code
 * StsToken}.
 */
final class AliyunCliProfile {

    private static final LenientJsonReader<ConfigDto> READER = LenientJsonReader.of(ConfigDto.class);

    /** Unsupported modes of Alibaba Cloud CLI, which messages may show. */
    private static final List<String> OTHER_MODES = List.of(
            "RamRoleArn",
            "RamRoleArnWithEcs",
            "ChainableRamRoleArn",
            "RsaKeyPair",
            "OIDC",
            "CloudSSO",
            "CredentialsURI",
            "External");

    private AliyunCliProfile() {}

    /** Returns the access key of the selected profile, or the file and the reason why it has none. */
    static Either<String, AccessKey> read(BackendContext context) {
        CredentialsFileLocator path =
                CredentialsFileLocator.usual(context.home().resolve(".aliyun").resolve("config.json"));
        Either<String, AccessKey> key =
                context.environment("ALIBABA_CLOUD_CLI_PROFILE_DISABLED").exists("true"::equalsIgnoreCase)
                        ? Either.left("disabled by ALIBABA_CLOUD_CLI_PROFILE_DISABLED")
                        : path.read()
                                .flatMap(text -> READER.read(text.getBytes(StandardCharsets.UTF_8))
                                        .mapLeft(problem -> "cannot be read: " + problem))
                                .flatMap(config -> profile(config, context))
                                .flatMap(AliyunCliProfile::accessKey);
        return key.mapLeft(reason -> path + " (" + reason + ")");
    }

    private static Either<String, ProfileDto> profile(ConfigDto config, BackendContext context) {
        List<ProfileDto> profiles = List.ofAll(Option.of(config.profiles()).getOrElse(java.util.List.of()))
                .flatMap(Option::of);
        Option<String> selected = context.environment("ALIBABA_CLOUD_PROFILE");
        String name = selected.getOrElse(() -> text(config.current()).getOrElse("default"));
        return profiles.find(profile -> name.equals(profile.name()))
                .toEither(() -> "no profile " + ProfileNameMasker.quote(name)
                        + (selected.isDefined() ? " named by ALIBABA_CLOUD_PROFILE; " : "; ")
                        + ProfileNameMasker.existing(profiles.flatMap(profile -> text(profile.name()))));
    }

    /** A profile without a mode has an access key and optionally a token. */
    private static Either<String, AccessKey> accessKey(ProfileDto profile) {
        String subject = "profile " + ProfileNameMasker.quote(String.valueOf(profile.name())) + " has ";
        String mode = text(profile.mode()).getOrElse("");
        Option<Secret> token = text(profile.stsToken()).map(Secret::of);
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "" -> accessKey(profile, token).mapLeft(subject::concat);
            case "ak" -> accessKey(profile, Option.none()).mapLeft(subject::concat);
            case "ststoken" ->
                token.isEmpty()
                        ? Either.left(subject + "no sts_token")
                        : accessKey(profile, token).mapLeft(subject::concat);
            case "ecsramrole" ->
                Either.left(subject + "mode EcsRamRole; for the role of this ECS set credentials: { source: ecs }");
            default ->
                Either.left(subject + "mode "
                        + OTHER_MODES.find(mode::equalsIgnoreCase).getOrElse(() -> ProfileNameMasker.quote(mode))
                        + "; only AK and StsToken are supported");
        };
    }

    private static Either<String, AccessKey> accessKey(ProfileDto profile, Option<Secret> token) {
        Option<String> id = text(profile.accessKeyId());
        Option<String> secret = text(profile.accessKeySecret());
        return AccessKey.of(id, "access_key_id", secret, "access_key_secret", token);
    }

    private static Option<String> text(@Nullable String raw) {
        return Option.of(raw).map(String::strip).filter(text -> !text.isEmpty());
    }

    private record ConfigDto(@Nullable String current, java.util.@Nullable List<@Nullable ProfileDto> profiles) {}

    private record ProfileDto(
            @Nullable String name,
            @Nullable String mode,

            @JsonProperty("access_key_id") @Nullable String accessKeyId,

            @JsonProperty("access_key_secret") @Nullable String accessKeySecret,

            @JsonProperty("sts_token") @Nullable String stsToken) {}
}
