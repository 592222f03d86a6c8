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

/** Gets temporary keys in the format of the platform's metadata service and of credential URIs. */
final class AliyunKeyProvider {

    private static final String ROLES = "/latest/meta-data/ram/security-credentials/";

    /** The response. All fields are optional on the wire. */
    private record KeyDto(
            @Nullable String code,
            @Nullable String accessKeyId,
            @Nullable String accessKeySecret,
            @Nullable String securityToken,
            @Nullable String expiration) {}

    private static final LenientJsonReader<KeyDto> READER = LenientJsonReader.of(KeyDto.class);

    private final CredentialEndpointClient endpoint;

    AliyunKeyProvider(CredentialEndpointClient endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Gets keys of an ECS, as described in the document "Instance RAM roles". Like the vendor's SDKs, it continues
     * without a session token if none can be obtained, unless the configuration requires one.
     */
    Either<OtaFailure, RefreshableCredential.IssuedCredential<AccessKey>> issueForRole(
            AliyunCredentials.Ecs ecs, Duration timeout) {
        CredentialEndpointClient.Session session = endpoint.startSession(timeout);
        Option<OtaFailure> sessionFailure = session.openSession(
                "/latest/api/token", "X-aliyun-ecs-metadata-token-ttl-seconds", "X-aliyun-ecs-metadata-token");
        if (sessionFailure.isDefined() && ecs.requiresSession()) {
            return Either.left(sessionFailure.get());
        }
        ErrorRule noRole =
                ErrorRule.accessDenied("Assign a RAM role with permissions for IoT to this ECS, and check role");
        return ecs.role()
                .<Either<OtaFailure, String>>map(Either::right)
                .getOrElse(() -> session.get(ROLES).flatMap(response -> role(response, noRole)))
                .flatMap(name -> session.get(ROLES + name))
                .flatMap(response -> key(response, noRole));
    }

    /** Gets keys from a credential URI. */
    Either<OtaFailure, RefreshableCredential.IssuedCredential<AccessKey>> issueFromUri(
            HttpUrl address, Duration timeout) {
        return endpoint.startSession(timeout)
                .get(address.toString())
                .flatMap(response -> key(response, ErrorRule.rejected("Check uri in credentials")));
    }

    private Either<OtaFailure, String> role(HttpResponse response, ErrorRule notFound) {
        if (!response.isSuccess()) {
            return Either.left(rejected(response, notFound));
        }
        String text = CredentialEndpointClient.text(response);
        return AliyunCredentials.ROLE
                .check(text)
                .mapLeft(invalid -> endpoint.unreadable(
                        response,
                        text.lines()
                                                .allMatch(line -> AliyunCredentials.ROLE
                                                        .check(line.strip())
                                                        .isRight())
                                        && !text.isEmpty()
                                ? "it returns several roles; set role in credentials"
                                : "it is not the name of a role"));
    }

    private Either<OtaFailure, RefreshableCredential.IssuedCredential<AccessKey>> key(
            HttpResponse response, ErrorRule notFound) {
        return response.isSuccess()
                ? endpoint.issued(response, READER, AliyunKeyProvider::key)
                : Either.left(rejected(response, notFound));
    }

    private OtaFailure rejected(HttpResponse response, ErrorRule notFound) {
        return endpoint.errorResponse(
                response.status() == 404 ? notFound : ErrorRule.byStatus(response.status()), response);
    }

    private static Either<String, RefreshableCredential.IssuedCredential<AccessKey>> key(KeyDto dto) {
        FieldReader fields = new FieldReader();
        if (!"Success".equals(dto.code())) {
            fields.problem("member Code is not Success");
        }
        Option<String> id = fields.required("AccessKeyId", dto.accessKeyId(), CredentialEndpointClient::secret);
        Option<String> secret =
                fields.required("AccessKeySecret", dto.accessKeySecret(), CredentialEndpointClient::secret);
        Option<String> token = fields.required("SecurityToken", dto.securityToken(), CredentialEndpointClient::secret);
        Option<Instant> expiry = fields.required("Expiration", dto.expiration(), CredentialEndpointClient::time);
        return fields.result(() -> new RefreshableCredential.IssuedCredential<>(
                new AccessKey(id.get(), Secret.of(secret.get()), token.map(Secret::of)), expiry.get()));
    }
}
