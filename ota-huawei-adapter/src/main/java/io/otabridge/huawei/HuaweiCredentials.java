package io.otabridge.huawei;

import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.backend.Settings;
import io.otabridge.http.AccessKey;
import io.vavr.collection.List;
import io.vavr.control.Option;

/** Who calls: an access key that signs, or an IAM token that is sent along. */
sealed interface HuaweiCredentials {

    /** Every text that must not be shown. */
    List<String> secrets();

    /** Signs each request. */
    record Key(AccessKey accessKey) implements HuaweiCredentials {

        @Override
        public List<String> secrets() {
            return accessKey.secrets();
        }
    }

    /** Sent as {@code X-Auth-Token}; it must be scoped to the project and ends 24 hours after its issue. */
    record Token(Secret token) implements HuaweiCredentials {

        @Override
        public List<String> secrets() {
            return List.of(token.reveal());
        }
    }

    /** Those of the configuration, else of the environment, else of the profile file; a fault is noted if there are none. */
    static Option<HuaweiCredentials> read(Settings settings, BackendContext context, HuaweiProfile profile) {
        Settings section = settings.section("credentials");
        Option<Secret> token = section.secret("token");
        Option<AccessKey> given = AccessKey.read(section);
        if (section.has("token") && section.has("access-key")) {
            section.fault("token", "must not stand beside access-key: give one of them");
        }
        if (settings.has("credentials")) {
            if (section.isEmpty()) {
                settings.fault("credentials", "must hold access-key and secret-key, or token");
            }
            return token.<HuaweiCredentials>map(Token::new).orElse(given.map(Key::new));
        }
        Option<AccessKey> found = AccessKey.read(
                        context, settings, "HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN")
                .orElse(profile::accessKey);
        if (found.isEmpty() && !settings.hasFault("credentials")) {
            settings.fault(
                    "credentials",
                    "are missing: give access-key and secret-key here, or set HUAWEICLOUD_SDK_AK and"
                            + " HUAWEICLOUD_SDK_SK, or keep them in ~/.huaweicloud/credentials");
        }
        return AccessKey.sendable(settings, found).map(Key::new);
    }
}
