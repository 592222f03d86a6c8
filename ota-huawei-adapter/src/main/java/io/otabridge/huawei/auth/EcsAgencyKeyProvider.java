package io.otabridge.huawei.auth;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.otabridge.client.auth.AccessKey;
import io.otabridge.client.auth.RefreshableCredential;
import io.otabridge.client.credentials.CredentialEndpointClient;
import io.otabridge.client.error.ErrorRule;
import io.otabridge.client.json.FieldReader;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Secret;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Gets temporary access keys from the metadata service of an ECS, as described in the document "Obtaining Metadata".
 * Uses a session token if the service supports it.
 */
final class EcsAgencyKeyProvider implements RefreshableCredential.CredentialIssuer<AccessKey> {

    /** The operation name in failures: the last segment of the path. */
    static final String OPERATION = "securitykey";

    private static final String PATH = "/openstack/latest/securitykey";

    /** The response. All fields are optional on the wire. */
    record SecurityKeyDto(
            @JsonProperty("credential") @Nullable CredentialDto credential) {

        record CredentialDto(
                @JsonProperty("access") @Nullable String access,
                @JsonProperty("secret") @Nullable String secret,
                @JsonProperty("securitytoken") @Nullable String securityToken,
                @JsonProperty("expires_at") @Nullable String expiresAt) {}
    }

    private static final LenientJsonReader<SecurityKeyDto> READER = LenientJsonReader.of(SecurityKeyDto.class);

    private final CredentialEndpointClient metadata;

    EcsAgencyKeyProvider(CredentialEndpointClient metadata) {
        this.metadata = metadata;
    }

    @Override
    public Either<OtaFailure, RefreshableCredential.IssuedCredential<AccessKey>> issue(Duration timeout) {
        CredentialEndpointClient.Session session = metadata.startSession(timeout);
        Option<OtaFailure> sessionFailure =
                session.openSession("/meta-data/latest/api/token", "X-Metadata-Token-Ttl-Seconds", "X-Metadata-Token");
        if (sessionFailure.exists(failure -> !isSessionUnsupported(failure))) {
            return Either.left(sessionFailure.get());
        }
        return session.get(PATH)
                .flatMap(response -> response.isSuccess()
                        ? metadata.issued(response, READER, EcsAgencyKeyProvider::key)
                        : Either.left(metadata.errorResponse(errorRule(response), response)));
    }

    /** Like the vendor's SDK, only these statuses lead to a request without a session token. */
    private static boolean isSessionUnsupported(OtaFailure failure) {
        return failure.details().status().exists(status -> status == 404 || status == 405);
    }

    private static Either<String, RefreshableCredential.IssuedCredential<AccessKey>> key(SecurityKeyDto dto) {
        SecurityKeyDto.CredentialDto credential = dto.credential();
        if (credential == null) {
            return Either.left("member credential is missing");
        }
        FieldReader fields = new FieldReader();
        Option<String> id = fields.required("credential.access", credential.access(), CredentialEndpointClient::secret);
        Option<String> secret =
                fields.required("credential.secret", credential.secret(), CredentialEndpointClient::secret);
        Option<String> token = fields.required(
                "credential.securitytoken", credential.securityToken(), CredentialEndpointClient::secret);
        Option<Instant> expiry =
                fields.required("credential.expires_at", credential.expiresAt(), CredentialEndpointClient::time);
        return fields.result(() -> new RefreshableCredential.IssuedCredential<>(
                new AccessKey(id.get(), Secret.of(secret.get()), token.map(Secret::of)), expiry.get()));
    }

    /** Without an agency, the service rejects the request or does not have the path. */
    private static ErrorRule errorRule(HttpResponse response) {
        return switch (response.status()) {
            case 401, 403, 404 ->
                ErrorRule.accessDenied(
                        "Assign an agency of the type \"cloud service\" with IoTDA permissions to this ECS");
            default -> ErrorRule.byStatus(response.status());
        };
    }
}
