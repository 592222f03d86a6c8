package io.otabridge.aliyun.config;

import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.credentials.AccessKeyProvider;
import io.otabridge.client.credentials.ApplicationKeyProvider;
import io.otabridge.client.credentials.CredentialEndpointClient;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Option;
import okhttp3.HttpUrl;

/** The credentials of a backend: an access key, or the source of temporary ones. */
public sealed interface AliyunCredentials {

    /** Describes the kind of authentication for people. */
    String describe();

    /**
     * Identifies the account that shares rate limits.
     *
     * @param backend the name of the backend in the configuration
     */
    String identity(String backend);

    /** All texts that must be redacted. */
    default List<String> secrets() {
        return List.empty();
    }

    /** A permanent access key, or a temporary one that is not refreshed. It signs each request. */
    record Key(AccessKey accessKey) implements AliyunCredentials {

        @Override
        public String describe() {
            return "AccessKey";
        }

        @Override
        public String identity(String backend) {
            return accessKey.id();
        }

        @Override
        public List<String> secrets() {
            return accessKey.secrets();
        }
    }

    /**
     * Gets temporary keys from the metadata service of this ECS.
     *
     * @param role the RAM role of the ECS; absent to query the service for it
     * @param requiresSession whether a session token is mandatory
     */
    record Ecs(Endpoint metadata, Option<String> role, boolean requiresSession) implements AliyunCredentials {

        @Override
        public String describe() {
            return "temporary AccessKey of this ECS, refreshed";
        }

        @Override
        public String identity(String backend) {
            return metadata + " " + role.getOrElse("");
        }
    }

    /** Gets temporary keys from a service, such as the one in {@code ALIBABA_CLOUD_CREDENTIALS_URI}. */
    record Uri(HttpUrl address) implements AliyunCredentials {

        @Override
        public String describe() {
            return "temporary AccessKey from a URI, refreshed";
        }

        @Override
        public String identity(String backend) {
            return address.toString();
        }

        /** Hides the address, which may contain a token. */
        @Override
        public String toString() {
            return "Uri[***]";
        }
    }

    /** Gets temporary keys from the application. */
    record Application(AccessKeyProvider source) implements AliyunCredentials {

        @Override
        public String describe() {
            return "temporary AccessKey of the application, refreshed";
        }

        @Override
        public String identity(String backend) {
            return backend;
        }
    }

    /** The address of the metadata service on every ECS. */
    String METADATA = "http://100.100.100.200";

    String URI_VARIABLE = "ALIBABA_CLOUD_CREDENTIALS_URI";
    String ECS_DISABLED_VARIABLE = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";
    String SESSION_REQUIRED_VARIABLE = "ALIBABA_CLOUD_IMDSV1_DISABLED";

    StringConstraint ROLE = StringConstraint.matching(
            "RAM role", "[a-zA-Z0-9.-]{1,64}", "1 to 64 letters, digits, full stops and hyphens");

    /**
     * Reads {@code credentials}, or finds a key with {@link AliyunCredentialsChain}; absent if an error was reported.
     */
    static Option<AliyunCredentials> read(SettingsReader settings, BackendContext context) {
        SettingsReader section = settings.section("credentials");
        Option<AccessKey> key = AliyunCredentialsChain.read(settings, context);
        Option<String> source = section.choice("source", "ecs", "uri", "application");
        Option<Endpoint> metadata = Endpoint.ofMetadata(section, METADATA);
        Option<String> role = section.text("role", ROLE);
        Option<Secret> uri = section.secret("uri");
        requireSource(section, source, "metadata-endpoint", "ecs");
        requireSource(section, source, "role", "ecs");
        requireSource(section, source, "uri", "uri");
        if (!section.has("source")) {
            return key.map(Key::new);
        }
        if (section.has("access-key")) {
            section.error("source", "cannot be combined with access-key: set only one of them");
        }
        return source.flatMap(value -> switch (value) {
            case "ecs" -> ecs(section, metadata, role, context);
            case "uri" -> uri(section, uri, context);
            default -> ApplicationKeyProvider.source(section, context).map(Application::new);
        });
    }

    private static Option<AliyunCredentials> ecs(
            SettingsReader section, Option<Endpoint> metadata, Option<String> role, BackendContext context) {
        if (isTrue(context, ECS_DISABLED_VARIABLE)) {
            section.error("source", "must not be ecs: " + ECS_DISABLED_VARIABLE + " is true in the environment");
        }
        return metadata.map(endpoint -> new Ecs(endpoint, role, isTrue(context, SESSION_REQUIRED_VARIABLE)));
    }

    private static boolean isTrue(BackendContext context, String variable) {
        return context.environment(variable).exists("true"::equalsIgnoreCase);
    }

    private static void requireSource(SettingsReader section, Option<String> source, String key, String value) {
        if (section.has(key) && !source.contains(value)) {
            section.error(key, "requires source: " + value);
        }
    }

    /** The URI may contain a token, so errors do not show it. */
    private static Option<AliyunCredentials> uri(
            SettingsReader section, Option<Secret> configured, BackendContext context) {
        Option<String> text = section.has("uri") ? configured.map(Secret::reveal) : context.environment(URI_VARIABLE);
        if (!section.has("uri") && text.isEmpty()) {
            section.error("uri", "is missing: set it, or set " + URI_VARIABLE);
        }
        return text.flatMap(address -> CredentialEndpointClient.address(address)
                .peekLeft(problem -> section.error("uri", problem))
                .toOption()
                .map(Uri::new));
    }
}
