package io.otabridge.huawei;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Secret;
import io.otabridge.http.AccessKey;
import io.otabridge.http.CredentialService;
import io.otabridge.http.HttpAnswer;
import io.otabridge.http.JsonReader;
import io.otabridge.http.Members;
import io.otabridge.http.Renewable;
import io.otabridge.http.Verdict;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Gets temporary keys from the metadata service of an ECS, after the document "Obtaining Metadata", in a session where the
 * service has sessions.
 */
final class EcsAgencyKeys implements Renewable.Issuer<AccessKey> {

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

    private static final JsonReader<SecurityKeyDto> READER = JsonReader.of(SecurityKeyDto.class);

    private final CredentialService metadata;

    EcsAgencyKeys(CredentialService metadata) {
        this.metadata = metadata;
    }

    @Override
    public Either<OtaFailure, Renewable.Issued<AccessKey>> issue(Duration longest) {
        CredentialService.Visit visit = metadata.visit(longest);
        Option<OtaFailure> noSession =
                visit.openSession("/meta-data/latest/api/token", "X-Metadata-Token-Ttl-Seconds", "X-Metadata-Token");
        if (noSession.exists(failure -> !knowsNoSessions(failure))) {
            return Either.left(noSession.get());
        }
        return visit.get(PATH)
                .flatMap(answer -> answer.isSuccess()
                        ? metadata.issued(answer, READER, EcsAgencyKeys::key)
                        : Either.left(metadata.refused(verdict(answer), answer)));
    }

    /** As in the vendor's SDK, only these statuses lead to a request without a session. */
    private static boolean knowsNoSessions(OtaFailure failure) {
        return failure.details().status().exists(status -> status == 404 || status == 405);
    }

    private static Either<String, Renewable.Issued<AccessKey>> key(SecurityKeyDto dto) {
        SecurityKeyDto.CredentialDto credential = dto.credential();
        if (credential == null) {
            return Either.left("member credential is missing");
        }
        Members members = new Members();
        Option<String> id = members.required("credential.access", credential.access(), CredentialService::secret);
        Option<String> secret = members.required("credential.secret", credential.secret(), CredentialService::secret);
        Option<String> token =
                members.required("credential.securitytoken", credential.securityToken(), CredentialService::secret);
        Option<Instant> end =
                members.required("credential.expires_at", credential.expiresAt(), CredentialService::time);
        return members.result(() -> new Renewable.Issued<>(
                new AccessKey(id.get(), Secret.of(secret.get()), token.map(Secret::of)), end.get()));
    }

    /** Without an agency the service refuses, or knows no such path. */
    private static Verdict verdict(HttpAnswer answer) {
        return switch (answer.status()) {
            case 401, 403, 404 ->
                Verdict.accessDenied("Give this ECS an agency of the type \"cloud service\" with IoTDA permissions");
            default -> Verdict.byStatus(answer.status());
        };
    }
}
