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
import io.otabridge.aliyun.operation.AliyunOperations;
import io.otabridge.aliyun.operation.AliyunResponseDecoder;
import io.otabridge.aliyun.signing.AliyunRequestSigner;
import io.otabridge.aliyun.wire.AliyunApi;
import io.otabridge.aliyun.wire.FirmwareInfoDto;
import io.otabridge.client.BackendClient;
import io.otabridge.client.Operation;
import io.otabridge.client.OperationClient;
import io.otabridge.client.diagnosis.CheckFailure;
import io.otabridge.client.diagnosis.ConnectivityProbe;
import io.otabridge.client.diagnosis.QuotaDiagnostics;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.domain.Capability;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.backend.Finding;
import io.otabridge.domain.backend.Permission;
import io.otabridge.domain.observation.BackendObserver;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;

/**
 * Diagnoses a backend on Alibaba Cloud IoT Platform or on a compatible platform. It lists one firmware package, and if
 * the backend can publish, it connects to the object store. If the
 * vendor's error code is ambiguous, it sends another request with the other kind of signature or without the instance
 * id.
 */
final class AliyunDiagnostics {

    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(15);
    private static final String LIST_FIRMWARE = "ListOTAFirmware";
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
        // Diagnostic requests are not reported as traffic of the backend.
        this.context = context.withResource(BackendObserver.class, BackendObserver.NONE);
    }

    /** Returns diagnostics with this deadline for each request. */
    AliyunDiagnostics within(Duration deadline) {
        return new AliyunDiagnostics(name, settings.within(deadline), transport, context);
    }

    Diagnosis diagnose() {
        List<Finding> quota = quota();
        try (BackendClient client =
                AliyunBackend.newClient(name, settings.withoutRetries(settings.scheme()), transport, context)) {
            ConnectivityProbe connectivity = ConnectivityProbe.run(
                    transport,
                    settings.connection(),
                    context.clock(),
                    Option.some(MAX_CLOCK_SKEW),
                    dialect.isCloud()
                            ? "Check region or endpoint; not every region offers the IoT Platform"
                            : "Check endpoint; every deployment has its own",
                    client.redactor());
            List<Finding> service = connectivity.isReachable() ? new ServiceProbe(client).findings() : List.empty();
            return new Diagnosis(connectivity.findings().appendAll(service).appendAll(quota));
        }
    }

    private List<Finding> quota() {
        if (!dialect.isCloud()) {
            return List.of(Finding.skipped(QUOTA, "the rate limits of a private deployment are unknown"));
        }
        return settings.rateLimits()
                .map(limits -> QuotaDiagnostics.of(
                        limits,
                        dialect.vendor(),
                        settings.credentials().identity(name),
                        AliyunPermissions.of(dialect).all().map(Permission::operation),
                        settings.connection().callOptions().timeout()))
                .getOrElse(QuotaDiagnostics::ofNone);
    }

    /** Sends requests with one kind of signature. */
    private record ProbeClient(AliyunApi api, OperationClient client) {}

    /** Sends the requests of one diagnosis and interprets the responses. */
    private final class ServiceProbe {

        private final BackendClient client;
        private final AliyunErrors errors = new AliyunErrors(dialect.errorAdvice());

        ServiceProbe(BackendClient client) {
            this.client = client;
        }

        List<Finding> findings() {
            ProbeClient probe = probeWith(settings.scheme());
            Either<OtaFailure, Integer> result = listFirmware(probe, settings.instanceId());
            if (result.isRight() || classify(result.getLeft()).check() != SIGNATURE) {
                List<Finding> findings = interpret(probe, result);
                return isAuthenticated(result)
                        ? findings.append(Finding.ok(
                                SIGNATURE,
                                "the endpoint accepts " + settings.scheme().algorithm()))
                        : findings;
            }
            return tryOtherSignature(classify(result.getLeft()));
        }

        /** A wrong secret breaks both kinds of signature. A proxy may break only one. */
        private List<Finding> tryOtherSignature(CheckFailure rejection) {
            Finding wrongSecret = rejection.failed(
                    CREDENTIALS,
                    "the access key exists, but the secret key does not belong to it",
                    "Correct the secret key; it is shown only when the key is created, so create another key if it is lost");
            if (settings.otherScheme().isEmpty()) {
                return List.of(serviceResponds(), wrongSecret);
            }
            AliyunRequestSigner.Scheme other = settings.otherScheme().get();
            ProbeClient probe = probeWith(other);
            Either<OtaFailure, Integer> result = listFirmware(probe, settings.instanceId());
            if (!isAuthenticated(result)) {
                CheckFailure second = classify(result.getLeft());
                return second.check() == SIGNATURE
                        ? List.of(serviceResponds(), wrongSecret)
                        : List.of(rejection.failed(), second.failed());
            }
            return interpret(probe, result)
                    .append(rejection.failed(
                            SIGNATURE,
                            "the endpoint rejects " + settings.scheme().algorithm() + " and accepts "
                                    + other.algorithm(),
                            "Set signature: " + AliyunSettings.settingOf(other)
                                    + ", or find the proxy that changes requests"));
        }

        /** The findings from a response, except about the signature. */
        private List<Finding> interpret(ProbeClient probe, Either<OtaFailure, Integer> result) {
            if (result.isRight()) {
                return List.of(
                                serviceResponds(),
                                credentialsAccepted(),
                                Finding.ok(
                                        PERMISSION,
                                        "the user may list firmware; modules were not checked, because they need a product"),
                                Finding.ok(SCOPE, scope()))
                        .appendAll(objectStore(probe));
            }
            CheckFailure diagnosed = classify(result.getLeft());
            if (diagnosed.isConnectionFailure()) {
                return List.of(diagnosed.failed());
            }
            if (!diagnosed.failure().operation().equals(LIST_FIRMWARE)) {
                return List.of(diagnosed.failed(
                        CREDENTIALS,
                        diagnosed.failure().summary(),
                        diagnosed.failure().advice()));
            }
            return switch (diagnosed.check()) {
                case CREDENTIALS -> List.of(serviceResponds(), wrongCredentials(diagnosed));
                case CLOCK ->
                    List.of(
                            serviceResponds(),
                            diagnosed.failed(
                                    CLOCK,
                                    "the vendor rejects the date of requests",
                                    diagnosed.failure().advice()));
                case PERMISSION ->
                    List.of(
                            serviceResponds(),
                            credentialsAccepted(),
                            diagnosed.failed(
                                    PERMISSION,
                                    "the user of this access key may not call " + LIST_FIRMWARE,
                                    diagnosed.failure().advice()));
                case SCOPE -> List.of(serviceResponds(), credentialsAccepted(), wrongScope(probe, diagnosed));
                case QUOTA -> List.of(serviceResponds(), diagnosed.failed());
                default -> List.of(diagnosed.wrongService(dialect.title() + "'s"));
            };
        }

        /** A backend that cannot publish needs no object store. */
        private Option<Finding> objectStore(ProbeClient probe) {
            return Option.when(
                    settings.capabilities().has(Capability.PUBLISH_FIRMWARE),
                    () -> new AliyunStorageDiagnostics(settings, transport, context.clock(), client.redactor())
                            .finding(probe.client()
                                    .read(new AliyunOperations(probe.api(), settings).generateUploadUrl, "bin")));
        }

        private Finding wrongCredentials(CheckFailure diagnosed) {
            String code = diagnosed.failure().vendorCode().getOrElse("");
            String advice = diagnosed.failure().advice();
            if (code.matches("(?i)InvalidAccessKeyId.*Inactive.*")) {
                return diagnosed.failed(
                        CREDENTIALS, "the access key is disabled", "Enable it, or use another access key");
            }
            if (code.matches("(?i)InvalidAccessKeyId.*")) {
                return diagnosed.failed(CREDENTIALS, "the vendor does not know the access key", advice);
            }
            return settings.credentials() instanceof AliyunCredentials.Key key
                            && key.accessKey().securityToken().isEmpty()
                    ? diagnosed.failed(
                            CREDENTIALS, "the access key is temporary, and its security token is missing", advice)
                    : code.matches("(?i).*Expired.*")
                            ? diagnosed.failed(
                                    CREDENTIALS,
                                    "the security token has expired",
                                    "Get new temporary keys; access key, secret key and token belong together")
                            : diagnosed.failed(
                                    CREDENTIALS, "the security token does not belong to this access key", advice);
        }

        /** The vendor has one code for a wrong, a superfluous and a missing instance id, and for another region. */
        private Finding wrongScope(ProbeClient probe, CheckFailure diagnosed) {
            if (!dialect.isCloud()) {
                return diagnosed.failed();
            }
            if (settings.instanceId().isEmpty()) {
                return diagnosed.failed(
                        SCOPE,
                        "the account's instance in this region has an id, but instance-id is not set",
                        "Set instance-id to the id that the console's overview shows for this region");
            }
            String id = settings.instanceId().get();
            return listFirmware(probe, Option.none()).isRight()
                    ? diagnosed.failed(
                            SCOPE,
                            "the vendor rejects instance " + id + " and accepts calls without an instance id",
                            "Remove instance-id: the account has an old public instance here")
                    : diagnosed.failed(
                            SCOPE,
                            "instance " + id + " does not exist in this account and region",
                            diagnosed.failure().advice());
        }

        private String scope() {
            return !dialect.isCloud()
                    ? "the deployment has no instances"
                    : settings.instanceId().map(id -> "instance " + id).getOrElse("the public instance without an id");
        }

        private Finding serviceResponds() {
            return Finding.ok(SERVICE, dialect.title() + " responds");
        }

        private Finding credentialsAccepted() {
            return Finding.ok(CREDENTIALS, "the access key is accepted");
        }

        private CheckFailure classify(OtaFailure failure) {
            return CheckFailure.of(failure, errors::errorRule);
        }

        /** Whether the vendor has authenticated the caller. */
        private boolean isAuthenticated(Either<OtaFailure, ?> result) {
            return result.isRight()
                    || List.of(PERMISSION, SCOPE)
                            .contains(classify(result.getLeft()).check());
        }

        private ProbeClient probeWith(AliyunRequestSigner.Scheme scheme) {
            AliyunSettings probed = settings.withoutRetries(scheme);
            AliyunAuthentication authentication = AliyunAuthentication.of(probed, client, transport);
            return new ProbeClient(
                    authentication.api(probed, transport),
                    new OperationClient(
                            authentication.client(), new AliyunResponseDecoder(dialect), dialect.capabilities()));
        }

        private Either<OtaFailure, Integer> listFirmware(ProbeClient probe, Option<String> instanceId) {
            Operation<Option<String>, Integer> list = Operation.<Option<String>>read(LIST_FIRMWARE)
                    .subject(instance -> Message.of("firmware"))
                    .request(instance -> probe.api().listOtaFirmware(instance.getOrNull(), null, null, 1, 1))
                    .json(
                            PAGES,
                            (instance, dto) -> AliyunMapping.toSummaries(dto).map(List::size));
            return probe.client().read(list, instanceId);
        }
    }
}
