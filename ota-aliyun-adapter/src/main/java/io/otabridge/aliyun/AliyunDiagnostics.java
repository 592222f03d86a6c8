package io.otabridge.aliyun;

import static io.otabridge.domain.backend.Check.CLOCK;
import static io.otabridge.domain.backend.Check.CREDENTIALS;
import static io.otabridge.domain.backend.Check.PERMISSION;
import static io.otabridge.domain.backend.Check.QUOTA;
import static io.otabridge.domain.backend.Check.SCOPE;
import static io.otabridge.domain.backend.Check.SERVICE;
import static io.otabridge.domain.backend.Check.SIGNATURE;

import io.otabridge.aliyun.auth.AliyunAuthentication;
import io.otabridge.aliyun.config.AliyunCredentials;
import io.otabridge.aliyun.config.AliyunSettings;
import io.otabridge.aliyun.config.Dialect;
import io.otabridge.aliyun.operation.AliyunErrors;
import io.otabridge.aliyun.operation.AliyunMapping;
import io.otabridge.aliyun.operation.AliyunProtocol;
import io.otabridge.aliyun.signing.AliyunRequestSigner;
import io.otabridge.aliyun.wire.AliyunApi;
import io.otabridge.aliyun.wire.FirmwareInfoDto;
import io.otabridge.client.BackendClient;
import io.otabridge.client.Operation;
import io.otabridge.client.OperationClient;
import io.otabridge.client.diagnosis.ConnectivityProbe;
import io.otabridge.client.diagnosis.DiagnosedFailure;
import io.otabridge.client.diagnosis.QuotaDiagnostics;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.backend.Finding;
import io.otabridge.domain.observation.BackendObserver;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;

/**
 * Diagnoses a backend on a platform. It asks for one firmware package, and once more in another way where the vendor's code
 * has several meanings: with the other kind of signature, or with the instance id left out.
 */
final class AliyunDiagnostics {

    private static final Duration TOLERATED = Duration.ofMinutes(15);
    private static final String LIST = "ListOTAFirmware";
    private static final LenientJsonReader<FirmwareInfoDto.PageDto> PAGES =
            LenientJsonReader.of(FirmwareInfoDto.PageDto.class);

    private final String name;
    private final AliyunSettings settings;
    private final Dialect dialect;
    private final HttpTransport transport;
    private final BackendContext context;

    AliyunDiagnostics(String name, AliyunSettings settings, HttpTransport transport, BackendContext context) {
        this.name = name;
        this.settings = settings;
        this.dialect = settings.dialect();
        this.transport = transport;
        // What it asks is no traffic of the backend.
        this.context = context.withResource(BackendObserver.class, BackendObserver.NONE);
    }

    /** The same with another deadline for each request. */
    AliyunDiagnostics within(Duration deadline) {
        return new AliyunDiagnostics(name, settings.within(deadline), transport, context);
    }

    Diagnosis diagnose() {
        List<Finding> quota = quota();
        try (BackendClient calls = AliyunBackend.calls(name, settings.once(settings.scheme()), transport, context)) {
            ConnectivityProbe way = ConnectivityProbe.of(
                    transport,
                    settings.connection(),
                    context.clock(),
                    Option.some(TOLERATED),
                    dialect.isCloud()
                            ? "Check region, or endpoint; not every region has the IoT Platform"
                            : "Check endpoint, which is the deployment's own",
                    calls.redactor());
            List<Finding> asked = way.isOpen() ? new Visit(calls).asked() : List.empty();
            return new Diagnosis(way.findings().appendAll(asked).appendAll(quota));
        }
    }

    private List<Finding> quota() {
        if (!dialect.isCloud()) {
            return List.of(Finding.skipped(QUOTA, "no limit of a private deployment is known"));
        }
        return settings.pacing()
                .map(pacing -> QuotaDiagnostics.of(
                        pacing,
                        dialect.vendor(),
                        settings.keys().identity(name),
                        settings.connection().limits().timeout()))
                .getOrElse(QuotaDiagnostics::ofNone);
    }

    /** Asks in one way of signing. */
    private record Asker(AliyunApi api, OperationClient client) {}

    /** The questions of one diagnosis. */
    private final class Visit {

        private final BackendClient calls;
        private final AliyunErrors failures = new AliyunErrors(dialect.remedies());

        Visit(BackendClient calls) {
            this.calls = calls;
        }

        List<Finding> asked() {
            Asker asker = signing(settings.scheme());
            Either<OtaFailure, Integer> answer = firmware(asker, settings.instanceId());
            if (answer.isRight() || symptom(answer.getLeft()).check() != SIGNATURE) {
                List<Finding> told = told(asker, answer);
                return isAuthentic(answer)
                        ? told.append(Finding.ok(
                                SIGNATURE,
                                "the endpoint takes " + settings.scheme().words()))
                        : told;
            }
            return signedOtherwise(symptom(answer.getLeft()));
        }

        /** A wrong secret spoils both kinds of signature, and what is on the way to the endpoint may spoil one. */
        private List<Finding> signedOtherwise(DiagnosedFailure refused) {
            Finding wrongSecret = refused.failed(
                    CREDENTIALS,
                    "the vendor knows the access key, and the secret key is not the one that belongs to it",
                    "Correct the secret key; it can be seen only when the key is made, so make another if it is lost");
            if (settings.otherScheme().isEmpty()) {
                return List.of(answering(), wrongSecret);
            }
            AliyunRequestSigner.Scheme other = settings.otherScheme().get();
            Asker asker = signing(other);
            Either<OtaFailure, Integer> answer = firmware(asker, settings.instanceId());
            if (!isAuthentic(answer)) {
                DiagnosedFailure second = symptom(answer.getLeft());
                return second.check() == SIGNATURE
                        ? List.of(answering(), wrongSecret)
                        : List.of(refused.failed(), second.failed());
            }
            return told(asker, answer)
                    .append(refused.failed(
                            SIGNATURE,
                            settings.scheme().words() + " is refused and " + other.words() + " is taken",
                            "Set signature: " + AliyunSettings.word(other)
                                    + ", or find out which proxy on the way changes requests"));
        }

        /** What an answer tells, apart from the signature. */
        private List<Finding> told(Asker asker, Either<OtaFailure, Integer> answer) {
            if (answer.isRight()) {
                return List.of(
                        answering(),
                        known(),
                        Finding.ok(
                                PERMISSION,
                                "firmware may be listed; modules, which need a product, were not asked for"),
                        Finding.ok(SCOPE, scope()));
            }
            DiagnosedFailure symptom = symptom(answer.getLeft());
            if (symptom.isOfConnection()) {
                return List.of(symptom.failed());
            }
            if (!symptom.failure().operation().equals(LIST)) {
                return List.of(symptom.failed(
                        CREDENTIALS,
                        symptom.failure().summary(),
                        symptom.failure().advice()));
            }
            return switch (symptom.check()) {
                case CREDENTIALS -> List.of(answering(), ofKey(symptom));
                case CLOCK ->
                    List.of(
                            answering(),
                            symptom.failed(
                                    CLOCK,
                                    "the vendor takes the date of requests for wrong",
                                    symptom.failure().advice()));
                case PERMISSION ->
                    List.of(
                            answering(),
                            known(),
                            symptom.failed(
                                    PERMISSION,
                                    "the user of this access key may not call " + LIST,
                                    symptom.failure().advice()));
                case SCOPE -> List.of(answering(), known(), ofInstance(asker, symptom));
                case QUOTA -> List.of(answering(), symptom.failed());
                default -> List.of(symptom.wrongService(dialect.title() + "'s"));
            };
        }

        private Finding ofKey(DiagnosedFailure symptom) {
            String code = symptom.failure().vendorCode().getOrElse("");
            String advice = symptom.failure().advice();
            if (code.matches("(?i)InvalidAccessKeyId.*Inactive.*")) {
                return symptom.failed(CREDENTIALS, "the access key is switched off", "Switch it on, or use another");
            }
            if (code.matches("(?i)InvalidAccessKeyId.*")) {
                return symptom.failed(CREDENTIALS, "the vendor does not know the access key", advice);
            }
            return settings.keys() instanceof AliyunCredentials.Fixed fixed
                            && fixed.key().securityToken().isEmpty()
                    ? symptom.failed(
                            CREDENTIALS, "the access key is a temporary one, and its security token is missing", advice)
                    : code.matches("(?i).*Expired.*")
                            ? symptom.failed(
                                    CREDENTIALS,
                                    "the security token has expired",
                                    "Get temporary keys anew, all three together")
                            : symptom.failed(CREDENTIALS, "the security token is not one of this access key", advice);
        }

        /** One code stands for a wrong instance id, a needless one, a missing one, and another region. */
        private Finding ofInstance(Asker asker, DiagnosedFailure symptom) {
            if (!dialect.isCloud()) {
                return symptom.failed();
            }
            if (settings.instanceId().isEmpty()) {
                return symptom.failed(
                        SCOPE,
                        "the account's instance in this region has an id, and none is configured",
                        "Set instance-id to the one that the console's overview shows, in this region");
            }
            String id = settings.instanceId().get();
            return firmware(asker, Option.none()).isRight()
                    ? symptom.failed(
                            SCOPE,
                            "instance " + id + " is refused, and calls without an instance id are taken",
                            "Leave instance-id out: the account has an old public instance here")
                    : symptom.failed(
                            SCOPE,
                            "instance " + id + " is not there: it is another account's, or in another region",
                            symptom.failure().advice());
        }

        private String scope() {
            return !dialect.isCloud()
                    ? "the deployment has no instances"
                    : settings.instanceId()
                            .map(id -> "instance " + id)
                            .getOrElse("the public instance, which has no id");
        }

        private Finding answering() {
            return Finding.ok(SERVICE, dialect.title() + " answers");
        }

        private Finding known() {
            return Finding.ok(CREDENTIALS, "the access key is accepted");
        }

        private DiagnosedFailure symptom(OtaFailure failure) {
            return DiagnosedFailure.of(failure, failures::verdict);
        }

        /** Whether the vendor has looked at who asks, and knows them. */
        private boolean isAuthentic(Either<OtaFailure, ?> answer) {
            return answer.isRight()
                    || List.of(PERMISSION, SCOPE)
                            .contains(symptom(answer.getLeft()).check());
        }

        private Asker signing(AliyunRequestSigner.Scheme scheme) {
            AliyunSettings once = settings.once(scheme);
            AliyunAuthentication authentication = AliyunAuthentication.of(once, calls, transport);
            return new Asker(
                    authentication.api(once, transport),
                    new OperationClient(authentication.calls(), new AliyunProtocol(dialect), dialect.capabilities()));
        }

        private Either<OtaFailure, Integer> firmware(Asker asker, Option<String> instanceId) {
            Operation<Option<String>, Integer> list = Operation.<Option<String>>read(LIST)
                    .subject(instance -> Message.of("firmware"))
                    .request(instance -> asker.api().listOtaFirmware(instance.getOrNull(), null, null, 1, 1))
                    .json(
                            PAGES,
                            (instance, dto) -> AliyunMapping.toSummaries(dto).map(List::size));
            return asker.client().read(list, instanceId);
        }
    }
}
