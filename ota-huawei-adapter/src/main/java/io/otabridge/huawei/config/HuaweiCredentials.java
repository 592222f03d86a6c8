package io.otabridge.huawei.config;

import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.credentials.AccessKeyProvider;
import io.otabridge.client.credentials.ApplicationKeyProvider;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Option;

/** The credentials of a backend: an access key or an IAM token, or the source of one. */
public sealed interface HuaweiCredentials {

    /** All texts that must be redacted. */
    default List<String> secrets() {
        return List.empty();
    }

    /** A permanent access key, or a temporary one that is not refreshed. It signs each request. */
    record Key(AccessKey accessKey) implements HuaweiCredentials {

        @Override
        public List<String> secrets() {
            return accessKey.secrets();
        }
    }

    /** Sent as {@code X-Auth-Token}. It must be scoped to the project and expires 24 hours after its issue. */
    record Token(Secret token) implements HuaweiCredentials {

        @Override
        public List<String> secrets() {
            return List.of(token.reveal());
        }
    }

    /**
     * Gets IAM tokens from IAM and refreshes them.
     *
     * @param accountName the domain name of the API
     */
    record User(String userName, Secret password, String accountName, Endpoint iam) implements HuaweiCredentials {

        @Override
        public List<String> secrets() {
            return List.of(password.reveal());
        }
    }

    /** Gets temporary keys from the metadata service of this ECS, which needs an agency. */
    record Ecs(Endpoint metadata) implements HuaweiCredentials {}

    /** Gets temporary keys from the application. */
    record Application(AccessKeyProvider source) implements HuaweiCredentials {}

    /** The address of the metadata service on every ECS. */
    String METADATA = "http://169.254.169.254";

    StringConstraint NAME = StringConstraint.name("name", 128);
    StringConstraint ADDRESS = StringConstraint.opaque("address", 512);

    /**
     * Reads the credentials from the configuration, otherwise from the environment, otherwise from the profile file.
     * Reports an error if there are none.
     *
     * @param region the region whose IAM issues tokens; absent if not configured
     */
    static Option<HuaweiCredentials> read(
            SettingsReader settings, Option<String> region, BackendContext context, HuaweiCredentialsFile profile) {
        SettingsReader section = settings.section("credentials");
        Option<Secret> token = section.secret("token");
        Option<AccessKey> configured = AccessKey.read(section);
        Option<HuaweiCredentials> user = user(settings, section, region);
        Option<HuaweiCredentials> source = source(section, context);
        List<String> conflicting =
                List.of("access-key", "token", "user-name", "source").filter(section::has);
        conflicting
                .drop(1)
                .forEach(kind -> section.error(
                        kind, "cannot be combined with " + conflicting.head() + ": set only one of them"));
        if (settings.has("credentials")) {
            if (section.isEmpty()) {
                settings.error(
                        "credentials",
                        "must contain access-key and secret-key, or token, or user-name, password and account-name,"
                                + " or source");
            }
            return token.<HuaweiCredentials>map(Token::new)
                    .orElse(configured.map(Key::new))
                    .orElse(user)
                    .orElse(source);
        }
        Option<AccessKey> environment = AccessKey.read(
                context, settings, "HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN");
        if (environment.isDefined() || settings.hasError("credentials")) {
            return AccessKey.validated(settings, environment).map(Key::new);
        }
        Option<AccessKey> found = profile.accessKey()
                .peekLeft(reason -> settings.error(
                        "credentials",
                        "are missing. Sources tried: environment variables HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK"
                                + " (not set); " + reason + ". Set access-key and secret-key here, set the"
                                + " variables, or store ak and sk in section [basic] of ~/.huaweicloud/credentials"))
                .toOption();
        return AccessKey.validated(settings, found).map(Key::new);
    }

    private static Option<HuaweiCredentials> user(
            SettingsReader settings, SettingsReader section, Option<String> region) {
        Option<String> userName = section.text("user-name", NAME);
        Option<Secret> password = section.secret("password");
        Option<String> accountName = section.text("account-name", NAME);
        Option<Endpoint> iam = section.text("iam-endpoint", ADDRESS)
                .flatMap(text -> Endpoint.parse(text, false)
                        .peekLeft(problem -> section.error("iam-endpoint", problem))
                        .toOption());
        List<String> required = List.of("user-name", "password", "account-name");
        if (!required.append("iam-endpoint").exists(section::has)) {
            return Option.none();
        }
        required.reject(section::has)
                .forEach(
                        key -> section.error(key, "is missing: " + required.mkString(", ") + " are required together"));
        if (!section.has("iam-endpoint") && !settings.has("region")) {
            section.error("iam-endpoint", "is missing: set it, or set region to use the IAM of that region");
        }
        Option<Endpoint> endpoint = section.has("iam-endpoint")
                ? iam
                : region.flatMap(name -> Endpoint.parse("https://iam." + name + ".myhuaweicloud.com", false)
                        .toOption());
        return userName.flatMap(name -> password.flatMap(secret ->
                accountName.flatMap(account -> endpoint.map(address -> new User(name, secret, account, address)))));
    }

    private static Option<HuaweiCredentials> source(SettingsReader section, BackendContext context) {
        Option<String> source = section.choice("source", "ecs", "application");
        Option<Endpoint> metadata = Endpoint.ofMetadata(section, METADATA);
        if (section.has("metadata-endpoint") && !source.contains("ecs")) {
            section.error("metadata-endpoint", "requires source: ecs");
        }
        return source.flatMap(value -> value.equals("ecs")
                ? metadata.map(Ecs::new)
                : ApplicationKeyProvider.source(section, context).map(Application::new));
    }
}
