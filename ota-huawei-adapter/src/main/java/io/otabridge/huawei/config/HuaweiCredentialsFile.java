package io.otabridge.huawei.config;

import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.credentials.CredentialsFile;
import io.otabridge.client.credentials.CredentialsFileLocator;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.vavr.Lazy;
import io.vavr.collection.List;
import io.vavr.control.Either;

/**
 * The credentials file of Huawei Cloud's SDKs: {@code ~/.huaweicloud/credentials} or the file named by {@code
 * HUAWEICLOUD_SDK_CREDENTIALS_FILE}. It is read on first use. Some versions of the official SDK read the section {@code
 * [basiccredentials]} instead of the documented {@code [basic]}, so both are accepted.
 */
final class HuaweiCredentialsFile {

    private static final List<String> SECTIONS = List.of("basic", "basiccredentials");

    private final Lazy<Either<String, CredentialsFileLocator>> path;
    private final Lazy<Either<String, CredentialsFile>> file;

    HuaweiCredentialsFile(BackendContext context) {
        this.path = Lazy.of(() -> CredentialsFileLocator.of(
                context,
                "HUAWEICLOUD_SDK_CREDENTIALS_FILE",
                context.home().resolve(".huaweicloud").resolve("credentials")));
        this.file = Lazy.of(() -> path.get()
                .flatMap(locator -> locator.read().mapLeft(this::withPath))
                .map(CredentialsFile::parse));
    }

    /** Returns the project id, or the file and the reason why it has none. */
    Either<String, String> projectId() {
        return file.get()
                .flatMap(content -> SECTIONS.flatMap(section -> content.value(section, "project_id"))
                        .headOption()
                        .toEither(() -> withPath("no project_id in section [basic]" + content.hint())));
    }

    /** Returns the access key, or the file and the reason why it has none. Both parts come from the same section. */
    Either<String, AccessKey> accessKey() {
        return file.get().flatMap(content -> {
            String section = SECTIONS.find(name -> content.value(name, "ak")
                            .orElse(() -> content.value(name, "sk"))
                            .isDefined())
                    .getOrElse(SECTIONS.head());
            return AccessKey.of(
                            content.value(section, "ak"),
                            "ak",
                            content.value(section, "sk"),
                            "sk",
                            content.value(section, "security_token").map(Secret::of))
                    .mapLeft(reason -> withPath("section [" + section + "] has " + reason + content.hint()));
        });
    }

    private String withPath(String reason) {
        return path.get().map(CredentialsFileLocator::toString).getOrElse("") + " (" + reason + ")";
    }
}
