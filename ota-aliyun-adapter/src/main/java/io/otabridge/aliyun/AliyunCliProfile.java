package io.otabridge.aliyun;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.otabridge.http.AccessKey;
import io.otabridge.http.JsonReader;
import io.otabridge.http.Members;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The profile of Alibaba Cloud's command line, {@code ~/.aliyun/config.json}, in its modes {@code AK} and {@code StsToken}. */
final class AliyunCliProfile {

    private static final JsonReader<ConfigDto> READER = JsonReader.of(ConfigDto.class);

    private AliyunCliProfile() {}

    /** The access key of the profile in use; absent if there is no such file; otherwise what is wrong with it. */
    static Either<String, Option<AccessKey>> read(BackendContext context) {
        Path path = context.home().resolve(".aliyun").resolve("config.json");
        boolean off = context.environment("ALIBABA_CLOUD_CLI_PROFILE_DISABLED").exists("true"::equalsIgnoreCase);
        if (off || !Files.exists(path)) {
            return Either.right(Option.none());
        }
        try {
            return READER.read(Files.readAllBytes(path))
                    .flatMap(config -> profile(config, context))
                    .mapLeft(problem -> "cannot be taken from " + path + ": " + problem);
        } catch (IOException problem) {
            return Either.left(
                    "cannot be read from " + path + " (" + problem.getClass().getSimpleName() + ")");
        }
    }

    private static Either<String, Option<AccessKey>> profile(ConfigDto config, BackendContext context) {
        Option<String> wanted = context.environment("ALIBABA_CLOUD_PROFILE").orElse(Option.of(config.current()));
        Option<ProfileDto> profile = Option.of(config.profiles())
                .flatMap(profiles -> io.vavr.collection.List.ofAll(profiles)
                        .find(candidate -> candidate != null && wanted.exists(name -> name.equals(candidate.name()))));
        if (profile.isEmpty()) {
            return Either.right(Option.none());
        }
        return accessKey(profile.get());
    }

    private static Either<String, Option<AccessKey>> accessKey(ProfileDto profile) {
        if (profile.mode() != null && !List.of("AK", "StsToken").contains(profile.mode())) {
            return Either.left("profile " + profile.name() + " has mode " + profile.mode()
                    + "; of its modes only AK and StsToken hold keys that can be used here. For an instance's role give"
                    + " credentials: { source: ecs }");
        }
        Option<String> id = Members.text(profile.accessKeyId()).filter(text -> !text.isBlank());
        Option<String> secret = Members.text(profile.accessKeySecret()).filter(text -> !text.isBlank());
        if (id.isEmpty() || secret.isEmpty()) {
            return Either.right(Option.none());
        }
        return Either.right(Option.some(new AccessKey(
                id.get(),
                Secret.of(secret.get()),
                Members.text(profile.stsToken()).map(Secret::of))));
    }

    private record ConfigDto(
            @Nullable String current, @Nullable List<@Nullable ProfileDto> profiles) {}

    private record ProfileDto(
            @Nullable String name,
            @Nullable String mode,

            @JsonProperty("access_key_id") @Nullable String accessKeyId,

            @JsonProperty("access_key_secret") @Nullable String accessKeySecret,

            @JsonProperty("sts_token") @Nullable String stsToken) {}
}
