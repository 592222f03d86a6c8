package io.otabridge.client.auth;

import io.otabridge.client.redaction.Redactor;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * An access key as both vendors issue them. Printing one shows nothing.
 *
 * @param id what the vendor calls AK or AccessKey ID
 * @param secret what the vendor calls SK or AccessKey Secret
 * @param securityToken the token that comes with temporary keys; absent for permanent ones
 */
public record AccessKey(String id, Secret secret, Option<Secret> securityToken) {

    /** Refuses a key without id or secret: {@code IllegalArgumentException}. */
    public AccessKey {
        if (id.isBlank() || secret.reveal().isBlank()) {
            throw new IllegalArgumentException("an access key must have an id and a secret");
        }
    }

    /**
     * Reads {@code access-key}, {@code secret-key} and {@code security-token} of a section; absent if neither key is there.
     * A fault is noted if one is given without the other.
     */
    public static Option<AccessKey> read(SettingsReader credentials) {
        Option<Secret> id = credentials.secret("access-key");
        Option<Secret> secret = credentials.secret("secret-key");
        Option<Secret> token = credentials.secret("security-token");
        if (credentials.has("access-key") && !credentials.has("secret-key")) {
            credentials.error("secret-key", "is missing: access-key needs it");
        }
        if (credentials.has("secret-key") && !credentials.has("access-key")) {
            credentials.error("access-key", "is missing: secret-key needs it");
        }
        if (credentials.has("security-token") && !credentials.has("access-key")) {
            credentials.error("access-key", "is missing: security-token belongs to a temporary access key");
        }
        return id.flatMap(known -> secret.map(key -> new AccessKey(known.reveal(), key, token)));
    }

    /**
     * Reads three environment variables; absent if neither key is set. A fault is noted if one is set without the other.
     */
    public static Option<AccessKey> read(
            BackendContext context, SettingsReader settings, String idName, String secretName, String tokenName) {
        Option<String> id = context.environment(idName);
        Option<String> secret = context.environment(secretName);
        if (id.isDefined() != secret.isDefined()) {
            settings.error(
                    "credentials",
                    "are half there: of the environment variables " + idName + " and " + secretName + " only "
                            + (id.isDefined() ? idName : secretName) + " is set");
        }
        return id.flatMap(known -> secret.map(key -> new AccessKey(
                known, Secret.of(key), context.environment(tokenName).map(Secret::of))));
    }

    /**
     * A key from a credentials file.
     *
     * @param id absent if the file has none
     * @param idName what the file calls it
     * @return the key, or what is missing, as the end of a sentence such as {@code profile x has}
     */
    public static Either<String, AccessKey> of(
            Option<String> id, String idName, Option<String> secret, String secretName, Option<Secret> token) {
        if (id.isEmpty() || secret.isEmpty()) {
            return Either.left(
                    id.isEmpty() && secret.isEmpty()
                            ? "no " + idName + " and no " + secretName
                            : id.isEmpty() ? secretName + " without " + idName : idName + " without " + secretName);
        }
        return Either.right(new AccessKey(id.get(), Secret.of(secret.get()), token));
    }

    /**
     * Passes on a key that was found outside the configuration if all of it can travel in a header; otherwise a fault is
     * noted at {@code credentials}, which shows none of it.
     */
    public static Option<AccessKey> sendable(SettingsReader settings, Option<AccessKey> found) {
        return found.filter(key -> {
            boolean good = key.secrets().forAll(text -> Secret.RULE.check(text).isRight());
            if (!good) {
                settings.error(
                        "credentials",
                        "found in the environment or a profile file must be " + Secret.RULE.words()
                                + "; their values are not shown");
            }
            return good;
        });
    }

    /** Every text in it that must not be shown, for a {@link Redactor}. */
    public List<String> secrets() {
        return List.of(id, secret.reveal()).appendAll(securityToken.map(Secret::reveal));
    }

    @Override
    public String toString() {
        return "AccessKey[***]";
    }
}
