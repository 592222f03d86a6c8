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
 * Gets temporary keys from the metadata service of an ECS, after the document "Obtaining Metadata", in a session where the
 * service has sessions.
 */
final class EcsAgencyKeyProvider implements RefreshableCredential.Issuer<AccessKey> {

    /** The last part of the path. */
    static final String OPERATION = "securitykey";

    private static final String PATH = "/openstack/latest/securitykey";

    /** On the wire; no member is promised. */
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
    public Either<OtaFailure, RefreshableCredential.Issued<AccessKey>> issue(Duration longest) {
        CredentialEndpointClient.Visit visit = metadata.visit(longest);
        Option<OtaFailure> noSession =
                visit.openSession("/meta-data/latest/api/token", "X-Metadata-Token-Ttl-Seconds", "X-Metadata-Token");
        if (noSession.exists(failure -> !knowsNoSessions(failure))) {
            return Either.left(noSession.get());
        }
        return visit.get(PATH)
                .flatMap(answer -> answer.isSuccess()
                        ? metadata.issued(answer, READER, EcsAgencyKeyProvider::key)
                        : Either.left(metadata.refused(verdict(answer), answer)));
    }

    /** As in the vendor's SDK, only these statuses lead to a request without a session. */
    private static boolean knowsNoSessions(OtaFailure failure) {
        return failure.details().status().exists(status -> status == 404 || status == 405);
    }

    private static Either<String, RefreshableCredential.Issued<AccessKey>> key(SecurityKeyDto dto) {
        SecurityKeyDto.CredentialDto credential = dto.credential();
        if (credential == null) {
            return Either.left("member credential is missing");
        }
        FieldReader members = new FieldReader();
        Option<String> id =
                members.required("credential.access", credential.access(), CredentialEndpointClient::secret);
        Option<String> secret =
                members.required("credential.secret", credential.secret(), CredentialEndpointClient::secret);
        Option<String> token = members.required(
                "credential.securitytoken", credential.securityToken(), CredentialEndpointClient::secret);
        Option<Instant> end =
                members.required("credential.expires_at", credential.expiresAt(), CredentialEndpointClient::time);
        return members.result(() -> new RefreshableCredential.Issued<>(
                new AccessKey(id.get(), Secret.of(secret.get()), token.map(Secret::of)), end.get()));
    }

    /** Without an agency the service refuses, or knows no such path. */
    private static ErrorRule verdict(HttpResponse answer) {
        return switch (answer.status()) {
            case 401, 403, 404 ->
                ErrorRule.accessDenied("Give this ECS an agency of the type \"cloud service\" with IoTDA permissions");
            default -> ErrorRule.byStatus(answer.status());
        };
    }
}
