package io.otabridge.aliyun;

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
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Gets temporary keys in the form in which the platform's metadata service and credential URIs give them. */
final class AliyunTemporaryKeys {

    private static final String ROLES = "/latest/meta-data/ram/security-credentials/";

    /** On the wire; no member is promised. */
    private record KeyDto(
            @Nullable String code,
            @Nullable String accessKeyId,
            @Nullable String accessKeySecret,
            @Nullable String securityToken,
            @Nullable String expiration) {}

    private static final JsonReader<KeyDto> READER = JsonReader.of(KeyDto.class);

    private final CredentialService service;

    AliyunTemporaryKeys(CredentialService service) {
        this.service = service;
    }

    /**
     * Keys of an ECS, after the document "Instance RAM roles". As in the vendor's SDKs, any failure to get a session leads to
     * requests without one, unless the configuration requires a session.
     */
    Either<OtaFailure, Renewable.Issued<AccessKey>> ofRole(AliyunKeys.Ecs ecs, Duration longest) {
        CredentialService.Visit visit = service.visit(longest);
        Option<OtaFailure> noSession = visit.openSession(
                "/latest/api/token", "X-aliyun-ecs-metadata-token-ttl-seconds", "X-aliyun-ecs-metadata-token");
        if (noSession.isDefined() && ecs.requiresSession()) {
            return Either.left(noSession.get());
        }
        Verdict noRole = Verdict.accessDenied("Give this ECS a RAM role with permissions for IoT, and check role");
        return ecs.role()
                .<Either<OtaFailure, String>>map(Either::right)
                .getOrElse(() -> visit.get(ROLES).flatMap(answer -> role(answer, noRole)))
                .flatMap(name -> visit.get(ROLES + name))
                .flatMap(answer -> key(answer, noRole));
    }

    /** Keys from a credential URI. */
    Either<OtaFailure, Renewable.Issued<AccessKey>> at(HttpUrl address, Duration longest) {
        return service.visit(longest)
                .get(address.toString())
                .flatMap(answer -> key(answer, Verdict.rejected("Check uri in credentials")));
    }

    private Either<OtaFailure, String> role(HttpAnswer answer, Verdict absent) {
        if (!answer.isSuccess()) {
            return Either.left(refused(answer, absent));
        }
        String text = CredentialService.text(answer);
        return AliyunKeys.ROLE
                .check(text)
                .mapLeft(invalid -> service.unreadable(
                        answer,
                        text.lines()
                                                .allMatch(line -> AliyunKeys.ROLE
                                                        .check(line.strip())
                                                        .isRight())
                                        && !text.isEmpty()
                                ? "it names several roles; set role in credentials"
                                : "it is no name of one role"));
    }

    private Either<OtaFailure, Renewable.Issued<AccessKey>> key(HttpAnswer answer, Verdict absent) {
        return answer.isSuccess()
                ? service.issued(answer, READER, AliyunTemporaryKeys::key)
                : Either.left(refused(answer, absent));
    }

    private OtaFailure refused(HttpAnswer answer, Verdict absent) {
        return service.refused(answer.status() == 404 ? absent : Verdict.byStatus(answer.status()), answer);
    }

    private static Either<String, Renewable.Issued<AccessKey>> key(KeyDto dto) {
        Members members = new Members();
        if (!"Success".equals(dto.code())) {
            members.problem("member Code is not Success");
        }
        Option<String> id = members.required("AccessKeyId", dto.accessKeyId(), CredentialService::secret);
        Option<String> secret = members.required("AccessKeySecret", dto.accessKeySecret(), CredentialService::secret);
        Option<String> token = members.required("SecurityToken", dto.securityToken(), CredentialService::secret);
        Option<Instant> end = members.required("Expiration", dto.expiration(), CredentialService::time);
        return members.result(() -> new Renewable.Issued<>(
                new AccessKey(id.get(), Secret.of(secret.get()), token.map(Secret::of)), end.get()));
    }
}
