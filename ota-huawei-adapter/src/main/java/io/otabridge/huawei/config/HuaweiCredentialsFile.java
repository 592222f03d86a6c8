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
 * The credentials file of Huawei Cloud's SDKs ({@code ~/.huaweicloud/credentials} or the file named by {@code
 * HUAWEICLOUD_SDK_CREDENTIALS_FILE}). It is read when first needed. Some versions of the official SDK read the section {@code
 * [basiccredentials]} instead of the documented {@code [basic]}, so either may hold the values.
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
                .flatMap(known -> known.read().mapLeft(this::withPath))
                .map(CredentialsFile::parse));
    }

    /** The project id, or the file and the reason why it has none. */
    Either<String, String> projectId() {
        return file.get()
                .flatMap(found -> SECTIONS.flatMap(section -> found.value(section, "project_id"))
                        .headOption()
                        .toEither(() -> withPath("no project_id in section [basic]" + found.hint())));
    }

    /** The access key, or the file and the reason why it has none. Both parts are from one section. */
    Either<String, AccessKey> accessKey() {
        return file.get().flatMap(found -> {
            String section = SECTIONS.find(name -> found.value(name, "ak")
                            .orElse(() -> found.value(name, "sk"))
                            .isDefined())
                    .getOrElse(SECTIONS.head());
            return AccessKey.of(
                            found.value(section, "ak"),
                            "ak",
                            found.value(section, "sk"),
                            "sk",
                            found.value(section, "security_token").map(Secret::of))
                    .mapLeft(reason -> withPath("section [" + section + "] has " + reason + found.hint()));
        });
    }

    private String withPath(String reason) {
        return path.get().map(CredentialsFileLocator::toString).getOrElse("") + " (" + reason + ")";
    }
}
