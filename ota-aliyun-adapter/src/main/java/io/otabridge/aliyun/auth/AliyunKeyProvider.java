package io.otabridge.aliyun.auth;

import io.otabridge.aliyun.config.AliyunCredentials;
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
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Gets temporary keys in the form in which the platform's metadata service and credential URIs give them. */
final class AliyunKeyProvider {

    private static final String ROLES = "/latest/meta-data/ram/security-credentials/";

    /** On the wire; no member is promised. */
    private record KeyDto(
            @Nullable String code,
            @Nullable String accessKeyId,
            @Nullable String accessKeySecret,
            @Nullable String securityToken,
            @Nullable String expiration) {}

    private static final LenientJsonReader<KeyDto> READER = LenientJsonReader.of(KeyDto.class);

    private final CredentialEndpointClient service;

    AliyunKeyProvider(CredentialEndpointClient service) {
        this.service = service;
    }

    /**
     * Keys of an ECS, after the document "Instance RAM roles". As in the vendor's SDKs, any failure to get a session leads to
     * requests without one, unless the configuration requires a session.
     */
    Either<OtaFailure, RefreshableCredential.Issued<AccessKey>> ofRole(AliyunCredentials.Ecs ecs, Duration longest) {
        CredentialEndpointClient.Visit visit = service.visit(longest);
        Option<OtaFailure> noSession = visit.openSession(
                "/latest/api/token", "X-aliyun-ecs-metadata-token-ttl-seconds", "X-aliyun-ecs-metadata-token");
        if (noSession.isDefined() && ecs.requiresSession()) {
            return Either.left(noSession.get());
        }
        ErrorRule noRole = ErrorRule.accessDenied("Give this ECS a RAM role with permissions for IoT, and check role");
        return ecs.role()
                .<Either<OtaFailure, String>>map(Either::right)
                .getOrElse(() -> visit.get(ROLES).flatMap(answer -> role(answer, noRole)))
                .flatMap(name -> visit.get(ROLES + name))
                .flatMap(answer -> key(answer, noRole));
    }

    /** Keys from a credential URI. */
    Either<OtaFailure, RefreshableCredential.Issued<AccessKey>> at(HttpUrl address, Duration longest) {
        return service.visit(longest)
                .get(address.toString())
                .flatMap(answer -> key(answer, ErrorRule.rejected("Check uri in credentials")));
    }

    private Either<OtaFailure, String> role(HttpResponse answer, ErrorRule absent) {
        if (!answer.isSuccess()) {
            return Either.left(refused(answer, absent));
        }
        String text = CredentialEndpointClient.text(answer);
        return AliyunCredentials.ROLE
                .check(text)
                .mapLeft(invalid -> service.unreadable(
                        answer,
                        text.lines()
                                                .allMatch(line -> AliyunCredentials.ROLE
                                                        .check(line.strip())
                                                        .isRight())
                                        && !text.isEmpty()
                                ? "it names several roles; set role in credentials"
                                : "it is no name of one role"));
    }

    private Either<OtaFailure, RefreshableCredential.Issued<AccessKey>> key(HttpResponse answer, ErrorRule absent) {
        return answer.isSuccess()
                ? service.issued(answer, READER, AliyunKeyProvider::key)
                : Either.left(refused(answer, absent));
    }

    private OtaFailure refused(HttpResponse answer, ErrorRule absent) {
        return service.refused(answer.status() == 404 ? absent : ErrorRule.byStatus(answer.status()), answer);
    }

    private static Either<String, RefreshableCredential.Issued<AccessKey>> key(KeyDto dto) {
        FieldReader members = new FieldReader();
        if (!"Success".equals(dto.code())) {
            members.problem("member Code is not Success");
        }
        Option<String> id = members.required("AccessKeyId", dto.accessKeyId(), CredentialEndpointClient::secret);
        Option<String> secret =
                members.required("AccessKeySecret", dto.accessKeySecret(), CredentialEndpointClient::secret);
        Option<String> token = members.required("SecurityToken", dto.securityToken(), CredentialEndpointClient::secret);
        Option<Instant> end = members.required("Expiration", dto.expiration(), CredentialEndpointClient::time);
        return members.result(() -> new RefreshableCredential.Issued<>(
                new AccessKey(id.get(), Secret.of(secret.get()), token.map(Secret::of)), end.get()));
    }
}
