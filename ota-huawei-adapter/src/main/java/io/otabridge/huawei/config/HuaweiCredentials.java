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

/** Who calls: an access key that signs, or an IAM token that is sent along; or where one of these comes from. */
public sealed interface HuaweiCredentials {

    /** Every text that must not be shown. */
    default List<String> secrets() {
        return List.empty();
    }

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

    /**
     * Gets such a token from IAM whenever the last one ends.
     *
     * @param accountName what the API calls the domain's name
     */
    record User(String userName, Secret password, String accountName, Endpoint iam) implements HuaweiCredentials {

        @Override
        public List<String> secrets() {
            return List.of(password.reveal());
        }
    }

    /** Has temporary keys from the metadata service of the ECS that this runs on, by the agency that was given to it. */
    record Ecs(Endpoint metadata) implements HuaweiCredentials {}

    /** Has temporary keys from the application. */
    record Application(AccessKeyProvider source) implements HuaweiCredentials {}

    /** Where the metadata service is on every ECS. */
    String METADATA = "http://169.254.169.254";

    StringConstraint NAME = StringConstraint.name("name", 128);
    StringConstraint ADDRESS = StringConstraint.opaque("address", 512);

    /**
     * Those of the configuration, else of the environment, else of the profile file; a fault is noted if there are none.
     *
     * @param region whose IAM gives out tokens, where configured
     */
    static Option<HuaweiCredentials> read(
            SettingsReader settings, Option<String> region, BackendContext context, HuaweiCredentialsFile profile) {
        SettingsReader section = settings.section("credentials");
        Option<Secret> token = section.secret("token");
        Option<AccessKey> given = AccessKey.read(section);
        Option<HuaweiCredentials> user = user(settings, section, region);
        Option<HuaweiCredentials> source = source(section, context);
        List<String> kinds =
                List.of("access-key", "token", "user-name", "source").filter(section::has);
        kinds.drop(1)
                .forEach(kind -> section.error(kind, "must not stand beside " + kinds.head() + ": give one of them"));
        if (settings.has("credentials")) {
            if (section.isEmpty()) {
                settings.error(
                        "credentials",
                        "must hold access-key and secret-key, or token, or user-name, password and account-name, or"
                                + " source");
            }
            return token.<HuaweiCredentials>map(Token::new)
                    .orElse(given.map(Key::new))
                    .orElse(user)
                    .orElse(source);
        }
        Option<AccessKey> environment = AccessKey.read(
                context, settings, "HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN");
        if (environment.isDefined() || settings.hasError("credentials")) {
            return AccessKey.sendable(settings, environment).map(Key::new);
        }
        Option<AccessKey> found = profile.accessKey()
                .peekLeft(reason -> settings.error(
                        "credentials",
                        "are missing. Sources tried: environment variables HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK"
                                + " (not set); " + reason + ". Give access-key and secret-key here, or set the"
                                + " variables, or keep ak and sk in section [basic] of ~/.huaweicloud/credentials"))
                .toOption();
        return AccessKey.sendable(settings, found).map(Key::new);
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
        List<String> together = List.of("user-name", "password", "account-name");
        if (!together.append("iam-endpoint").exists(section::has)) {
            return Option.none();
        }
        together.reject(section::has)
                .forEach(key ->
                        section.error(key, "is missing: a token is got with " + together.mkString(", ") + " together"));
        if (!section.has("iam-endpoint") && !settings.has("region")) {
            section.error("iam-endpoint", "is missing: give it, or the region whose IAM knows the user");
        }
        Option<Endpoint> where = section.has("iam-endpoint")
                ? iam
                : region.flatMap(name -> Endpoint.parse("https://iam." + name + ".myhuaweicloud.com", false)
                        .toOption());
        return userName.flatMap(name -> password.flatMap(secret ->
                accountName.flatMap(account -> where.map(address -> new User(name, secret, account, address)))));
    }

    private static Option<HuaweiCredentials> source(SettingsReader section, BackendContext context) {
        Option<String> source = section.choice("source", "ecs", "application");
        Option<Endpoint> metadata = Endpoint.ofMetadata(section, METADATA);
        if (section.has("metadata-endpoint") && !source.contains("ecs")) {
            section.error("metadata-endpoint", "belongs to source: ecs alone");
        }
        return source.flatMap(word -> word.equals("ecs")
                ? metadata.map(Ecs::new)
                : ApplicationKeyProvider.source(section, context).map(Application::new));
    }
}
