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

/** Who calls: an access key, or where temporary ones come from. */
public sealed interface AliyunCredentials {

    /** How calls prove who they come from, for people. */
    String words();

    /**
     * What tells accounts apart.
     *
     * @param backend its name in the configuration
     */
    String identity(String backend);

    /** Every text that must not be shown. */
    default List<String> secrets() {
        return List.empty();
    }

    /** An access key for as long as the backend is open. */
    record Fixed(AccessKey key) implements AliyunCredentials {

        @Override
        public String words() {
            return "AccessKey";
        }

        @Override
        public String identity(String backend) {
            return key.id();
        }

        @Override
        public List<String> secrets() {
            return key.secrets();
        }
    }

    /**
     * From the metadata service of the ECS that this runs on.
     *
     * @param role the role of the ECS; the service is queried for it if absent
     * @param requiresSession whether requests without a session token are forbidden
     */
    record Ecs(Endpoint metadata, Option<String> role, boolean requiresSession) implements AliyunCredentials {

        @Override
        public String words() {
            return "temporary AccessKey of this ECS, renewed";
        }

        @Override
        public String identity(String backend) {
            return metadata + " " + role.getOrElse("");
        }
    }

    /** From a service that answers with keys, as {@code ALIBABA_CLOUD_CREDENTIALS_URI} names one. */
    record Uri(HttpUrl address) implements AliyunCredentials {

        @Override
        public String words() {
            return "temporary AccessKey from a URI, renewed";
        }

        @Override
        public String identity(String backend) {
            return address.toString();
        }

        /** The address may hold a token. */
        @Override
        public String toString() {
            return "Uri[***]";
        }
    }

    /** From the application. */
    record Application(AccessKeyProvider source) implements AliyunCredentials {

        @Override
        public String words() {
            return "temporary AccessKey of the application, renewed";
        }

        @Override
        public String identity(String backend) {
            return backend;
        }
    }

    /** Where the metadata service is on every ECS. */
    String METADATA = "http://100.100.100.200";

    String URI_VARIABLE = "ALIBABA_CLOUD_CREDENTIALS_URI";
    String ECS_DISABLED_VARIABLE = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";
    String SESSION_REQUIRED_VARIABLE = "ALIBABA_CLOUD_IMDSV1_DISABLED";

    StringConstraint ROLE = StringConstraint.matching(
            "RAM role", "[a-zA-Z0-9.-]{1,64}", "1 to 64 letters, digits, full stops and hyphens");

    /** Those of {@code credentials}, or a key that is found elsewhere; absent if a fault was noted. */
    static Option<AliyunCredentials> read(SettingsReader settings, BackendContext context) {
        SettingsReader section = settings.section("credentials");
        Option<AccessKey> fixed = AliyunCredentialsChain.read(settings, context);
        Option<String> source = section.choice("source", "ecs", "uri", "application");
        Option<Endpoint> metadata = Endpoint.ofMetadata(section, METADATA);
        Option<String> role = section.text("role", ROLE);
        Option<Secret> uri = section.secret("uri");
        belongs(section, source, "metadata-endpoint", "ecs");
        belongs(section, source, "role", "ecs");
        belongs(section, source, "uri", "uri");
        if (!section.has("source")) {
            return fixed.map(Fixed::new);
        }
        if (section.has("access-key")) {
            section.error("source", "must not stand beside access-key: give one of them");
        }
        return source.flatMap(word -> switch (word) {
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
        return metadata.map(where -> new Ecs(where, role, isTrue(context, SESSION_REQUIRED_VARIABLE)));
    }

    private static boolean isTrue(BackendContext context, String variable) {
        return context.environment(variable).exists("true"::equalsIgnoreCase);
    }

    private static void belongs(SettingsReader section, Option<String> source, String key, String word) {
        if (section.has(key) && !source.contains(word)) {
            section.error(key, "belongs to source: " + word + " alone");
        }
    }

    /** It may hold a token, so its value is not shown. */
    private static Option<AliyunCredentials> uri(SettingsReader section, Option<Secret> given, BackendContext context) {
        Option<String> text = section.has("uri") ? given.map(Secret::reveal) : context.environment(URI_VARIABLE);
        if (!section.has("uri") && text.isEmpty()) {
            section.error("uri", "is missing: give it, or set " + URI_VARIABLE);
        }
        return text.flatMap(address -> CredentialEndpointClient.address(address)
                .peekLeft(problem -> section.error("uri", problem))
                .toOption()
                .map(Uri::new));
    }
}
