package io.otabridge.client.auth;

import io.otabridge.client.redaction.Redactor;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Secret;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * An access key of either vendor. {@code toString} contains neither id nor secret. Immutable.
 *
 * @param id the AK (Huawei) or AccessKey ID (Alibaba Cloud)
 * @param secret the SK (Huawei) or AccessKey Secret (Alibaba Cloud)
 * @param securityToken the token of a temporary key; absent for permanent keys
 */
public record AccessKey(String id, Secret secret, Option<Secret> securityToken) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if id or secret is blank
     */
    public AccessKey {
        if (id.isBlank() || secret.reveal().isBlank()) {
            throw new IllegalArgumentException("an access key must have an id and a secret");
        }
    }

    /**
     * Reads the settings {@code access-key}, {@code secret-key} and {@code security-token}. Reports an error if only one of the
     * keys is set.
     *
     * @return absent if a key is missing or invalid
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
        return id.flatMap(keyId -> secret.map(key -> new AccessKey(keyId.reveal(), key, token)));
    }

    /**
     * Reads the key from three environment variables. Reports an error if only one of id and secret is set.
     *
     * @return absent if id or secret is not set
     */
    public static Option<AccessKey> read(
            BackendContext context, SettingsReader settings, String idName, String secretName, String tokenName) {
        Option<String> id = context.environment(idName);
        Option<String> secret = context.environment(secretName);
        if (id.isDefined() != secret.isDefined()) {
            settings.error(
                    "credentials",
                    "are incomplete: of the environment variables " + idName + " and " + secretName + " only "
                            + (id.isDefined() ? idName : secretName) + " is set");
        }
        return id.flatMap(keyId -> secret.map(key -> new AccessKey(
                keyId, Secret.of(key), context.environment(tokenName).map(Secret::of))));
    }

    /**
     * Creates a key from the values of a credentials file.
     *
     * @param id the value of the key id; absent if missing
     * @param idName the name of the key id in the file
     * @param secret the value of the secret; absent if missing
     * @param secretName the name of the secret in the file
     * @return the key, or the missing values, worded as the end of a sentence that begins like {@code profile x has}
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
     * Checks that a key found outside the configuration can be sent in a header. If not, reports an error at {@code credentials}
     * that does not contain the key.
     *
     * @return the key; absent if invalid
     */
    public static Option<AccessKey> validated(SettingsReader settings, Option<AccessKey> found) {
        return found.filter(key -> {
            boolean isValid =
                    key.secrets().forAll(text -> Secret.CONSTRAINT.check(text).isRight());
            if (!isValid) {
                settings.error(
                        "credentials",
                        "found in the environment or a profile file must be " + Secret.CONSTRAINT.description()
                                + "; their values are not shown");
            }
            return isValid;
        });
    }

    /** All values that must be hidden, for a {@link Redactor}. */
    public List<String> secrets() {
        return List.of(id, secret.reveal()).appendAll(securityToken.map(Secret::reveal));
    }

    @Override
    public String toString() {
        return "AccessKey[***]";
    }
}
