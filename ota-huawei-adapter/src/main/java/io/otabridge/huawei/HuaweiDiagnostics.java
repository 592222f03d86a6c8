package io.otabridge.huawei;

import static io.otabridge.domain.backend.Check.CREDENTIALS;
import static io.otabridge.domain.backend.Check.PERMISSION;
import static io.otabridge.domain.backend.Check.SCOPE;
import static io.otabridge.domain.backend.Check.SERVICE;
import static io.otabridge.domain.backend.Check.SIGNATURE;

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
import io.otabridge.huawei.auth.HuaweiAuthentication;
import io.otabridge.huawei.config.HuaweiSettings;
import io.otabridge.huawei.operation.HuaweiErrors;
import io.otabridge.huawei.operation.HuaweiMapping;
import io.otabridge.huawei.operation.HuaweiProtocol;
import io.otabridge.huawei.wire.HuaweiApi;
import io.otabridge.huawei.wire.ModulePageDto;
import io.otabridge.huawei.wire.PackagePageDto;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;

/**
 * Diagnoses a backend on IoTDA. It asks for one package and one module, and once more in another way where the vendor's
 * code has several meanings: with the other kind of signature, or without the instance id.
 */
final class HuaweiDiagnostics {

    /** By the document "AK/SK Signing and Authentication"; a token is not dated. */
    private static final Duration TOLERATED = Duration.ofMinutes(15);

    private static final String SHARED_HOST = "iotda\\.[a-z0-9-]+\\.myhuaweicloud\\.com";
    private static final String TYPE = "firmwarePackage";
    private static final LenientJsonReader<PackagePageDto> PACKAGES = LenientJsonReader.of(PackagePageDto.class);
    private static final LenientJsonReader<ModulePageDto> MODULES = LenientJsonReader.of(ModulePageDto.class);

    private final String name;
    private final HuaweiSettings settings;
    private final HttpTransport transport;
    private final BackendContext context;

    HuaweiDiagnostics(String name, HuaweiSettings settings, HttpTransport transport, BackendContext context) {
        this.name = name;
        this.settings = settings;
        this.transport = transport;
        // What it asks is no traffic of the backend.
        this.context = context.withResource(BackendObserver.class, BackendObserver.NONE);
    }

    /** The same with another deadline for each request. */
    HuaweiDiagnostics within(Duration deadline) {
        return new HuaweiDiagnostics(name, settings.within(deadline), transport, context);
    }

    Diagnosis diagnose() {
        List<Finding> quota = settings.pacing()
                .map(pacing -> QuotaDiagnostics.of(
                        pacing,
                        HuaweiProvider.VENDOR,
                        HuaweiAuthentication.identity(settings),
                        settings.connection().limits().timeout()))
                .getOrElse(QuotaDiagnostics::ofNone);
        try (BackendClient calls =
                HuaweiBackend.calls(name, settings.once(settings.derivedForRegion()), transport, context)) {
            ConnectivityProbe way = ConnectivityProbe.of(
                    transport,
                    settings.connection(),
                    context.clock(),
                    Option.when(signs(), TOLERATED),
                    isShared()
                            ? "Check region; one without basic edition has no shared endpoint, so copy the instance's own from the"
                                    + " console as endpoint"
                            : "Check endpoint, which the console shows in the instance's access information",
                    calls.redactor());
            List<Finding> asked = way.isOpen() ? new Visit(calls).asked() : List.empty();
            return new Diagnosis(way.findings().appendAll(asked).appendAll(quota));
        }
    }

    private boolean signs() {
        return HuaweiAuthentication.signs(settings);
    }

    private boolean isShared() {
        return settings.connection().endpoint().host().matches(SHARED_HOST);
    }

    private static String kind(Option<String> derivedFor) {
        return derivedFor.map(region -> "derived for " + region).getOrElse("plain");
    }

    private static DiagnosedFailure symptom(OtaFailure failure) {
        return DiagnosedFailure.of(failure, HuaweiErrors::verdict);
    }

    /** Asks in one way of signing. */
    private record Asker(HuaweiApi api, OperationClient client) {}

    /** The questions of one diagnosis. */
    private final class Visit {

        private final BackendClient calls;

        Visit(BackendClient calls) {
            this.calls = calls;
        }

        List<Finding> asked() {
            Option<String> used = settings.derivedForRegion();
            Asker asker = signing(used);
            Either<OtaFailure, Integer> answer = packages(asker, settings.instanceId());
            if (signs() && isOfCredentials(answer)) {
                return signedOtherwise(used, symptom(answer.getLeft()));
            }
            return told(asker, answer)
                    .append(
                            !signs()
                                    ? Finding.skipped(SIGNATURE, "an IAM token is sent, and nothing signed")
                                    : isAuthentic(answer)
                                            ? Finding.ok(SIGNATURE, "the endpoint takes it " + kind(used))
                                            : Finding.skipped(SIGNATURE, "the vendor has not come to look at it"));
        }

        /** One code stands for a wrong key and for the wrong kind of signature, so that the other kind has to be tried. */
        private List<Finding> signedOtherwise(Option<String> used, DiagnosedFailure refused) {
            Option<Option<String>> other = used.isDefined()
                    ? Option.some(Option.none())
                    : settings.region().map(Option::some);
            if (other.isEmpty()) {
                return List.of(
                        answering(),
                        refused.failed(
                                CREDENTIALS,
                                "the vendor takes the access key, its secret, or the plain signature for wrong",
                                "Check access key and secret key; set region too, so that ota doctor can try the derived"
                                        + " signature"));
            }
            Asker asker = signing(other.get());
            Either<OtaFailure, Integer> answer = packages(asker, settings.instanceId());
            if (isAuthentic(answer)) {
                return told(asker, answer)
                        .append(refused.failed(
                                SIGNATURE,
                                "the endpoint takes the signature " + kind(other.get()) + ", and is sent it "
                                        + kind(used),
                                other.get().isDefined()
                                        ? "Set signature: derived"
                                        : "Set signature: plain, or give the endpoint of the instance"));
            }
            Finding wrong = refused.failed(
                    CREDENTIALS,
                    "the vendor takes the access key with neither kind of signature",
                    "Check access key and secret key; temporary ones need their security-token, and end with it");
            return isOfCredentials(answer)
                    ? List.of(answering(), wrong)
                    : List.of(wrong, symptom(answer.getLeft()).failed());
        }

        /** What an answer tells, apart from the signature. */
        private List<Finding> told(Asker asker, Either<OtaFailure, Integer> answer) {
            if (answer.isRight()) {
                return List.of(answering(), known()).appendAll(permitted(asker)).append(scope());
            }
            DiagnosedFailure symptom = symptom(answer.getLeft());
            if (symptom.isOfConnection()) {
                return List.of(symptom.failed());
            }
            if (!symptom.failure().operation().startsWith("ListOta")) {
                return List.of(symptom.failed(
                        CREDENTIALS,
                        symptom.failure().summary(),
                        symptom.failure().advice()));
            }
            if (symptom.says(HuaweiErrors.UNKNOWN_USER)) {
                return List.of(known(), unknownHere(asker, symptom));
            }
            return switch (symptom.check()) {
                case PERMISSION -> List.of(answering(), known(), forbidden(symptom));
                case SCOPE -> List.of(answering(), known(), misplaced(symptom));
                case CREDENTIALS -> List.of(answering(), outdated(symptom));
                case QUOTA -> List.of(answering(), symptom.failed());
                default -> List.of(symptom.wrongService("IoTDA's"));
            };
        }

        private Finding outdated(DiagnosedFailure symptom) {
            return symptom.failed(
                    CREDENTIALS,
                    "the IAM token has expired, or is for another region or project",
                    symptom.failure().advice());
        }

        private Finding forbidden(DiagnosedFailure symptom) {
            String what = symptom.saysOneOf(HuaweiErrors.FOREIGN_SPACES)
                    ? settings.appId()
                            .map(appId -> "the user may not use resource space " + appId)
                            .getOrElse("the user may not use the default resource space")
                    : "the user may not list packages";
            return symptom.failed(PERMISSION, what, symptom.failure().advice());
        }

        private Finding misplaced(DiagnosedFailure symptom) {
            String advice = symptom.failure().advice();
            if (symptom.says(HuaweiErrors.SEVERAL_SPACES)) {
                return symptom.failed(SCOPE, "the account has several resource spaces, and app-id names none", advice);
            }
            return symptom.saysOneOf(HuaweiErrors.UNKNOWN_SPACES)
                    ? symptom.failed(
                            SCOPE,
                            settings.appId()
                                    .map(appId -> "there is no resource space " + appId)
                                    .getOrElse("the user has no resource space"),
                            advice)
                    : symptom.failed(SCOPE, "the vendor rejects project-id, app-id or instance-id", advice);
        }

        /** One code stands for the endpoint of another edition, a foreign project or instance, and missing rights. */
        private Finding unknownHere(Asker asker, DiagnosedFailure symptom) {
            if (symptom.mentions(Option.some(settings.projectId()))) {
                return symptom.failed(
                        SCOPE,
                        "project " + settings.projectId() + " is not this user's",
                        "Set project-id to the project of this region that the console shows under My Credentials");
            }
            if (settings.instanceId().isDefined()
                    && packages(asker, Option.none()).isRight()) {
                return symptom.failed(
                        SCOPE,
                        "instance " + settings.instanceId().get()
                                + " is not this user's; without instance-id all is well",
                        "Correct instance-id, or leave it out");
            }
            return symptom.failed(
                    SERVICE,
                    isShared()
                            ? "the key is right, but the user has nothing at the shared endpoint, which is basic edition's"
                            : "the key is right, but the user has nothing at this endpoint",
                    "Copy the endpoint from the access information of your instance; if it is that one, check project-id and"
                            + " give the user the IoTDA permissions");
        }

        /** Modules have a permission of their own, and are not known to older instances. */
        private List<Finding> permitted(Asker asker) {
            if (settings.appId().isEmpty()) {
                return List.of(Finding.ok(PERMISSION, "packages may be listed; modules were not asked for"));
            }
            Either<OtaFailure, Integer> answer = modules(asker, settings.appId().get());
            if (answer.isRight()) {
                return List.of(Finding.ok(PERMISSION, "packages and modules may be listed"));
            }
            DiagnosedFailure symptom = symptom(answer.getLeft());
            if (symptom.says(HuaweiErrors.UNKNOWN_API, HuaweiErrors.UNKNOWN_OPERATION)) {
                return List.of(
                        Finding.ok(PERMISSION, "packages may be listed"),
                        symptom.warning(
                                SERVICE,
                                "the instance knows packages and no modules",
                                "Do without modules, or have the instance updated"));
            }
            return List.of(
                    symptom.check() == PERMISSION
                            ? symptom.failed(
                                    PERMISSION,
                                    "packages may be listed, and modules may not",
                                    "Give the user iotda:otamodules:queryList")
                            : symptom.check() == SERVICE ? symptom.wrongService("IoTDA's") : symptom.failed());
        }

        private Finding scope() {
            String where = "project " + settings.projectId()
                    + settings.instanceId().map(id -> ", instance " + id).getOrElse("");
            return settings.appId()
                    .map(appId -> Finding.ok(SCOPE, where + ", resource space " + appId))
                    .getOrElse(() -> Finding.warning(
                            SCOPE,
                            where + "; without app-id, modules cannot be listed, found by name or made",
                            "Set app-id to the id of the resource space"));
        }

        private Finding answering() {
            return Finding.ok(SERVICE, "IoTDA answers");
        }

        private Finding known() {
            return Finding.ok(CREDENTIALS, signs() ? "the access key is accepted" : "the IAM token is accepted");
        }

        private boolean isOfCredentials(Either<OtaFailure, ?> answer) {
            return answer.isLeft() && symptom(answer.getLeft()).check() == CREDENTIALS;
        }

        /** Whether the vendor has looked at who asks, and knows them. */
        private boolean isAuthentic(Either<OtaFailure, ?> answer) {
            if (answer.isRight()) {
                return true;
            }
            DiagnosedFailure symptom = symptom(answer.getLeft());
            return symptom.check() == PERMISSION || symptom.check() == SCOPE || symptom.says(HuaweiErrors.UNKNOWN_USER);
        }

        private Asker signing(Option<String> derivedFor) {
            HuaweiSettings once = settings.once(derivedFor);
            HuaweiAuthentication authentication = HuaweiAuthentication.of(once, calls, transport);
            return new Asker(
                    authentication.api(once, transport),
                    new OperationClient(authentication.calls(), new HuaweiProtocol(), HuaweiBackend.CAPABILITIES));
        }

        private Either<OtaFailure, Integer> packages(Asker asker, Option<String> instanceId) {
            Operation<Option<String>, Integer> list = Operation.<Option<String>>read("ListOtaPackageInfo")
                    .subject(instance -> Message.of("packages"))
                    .request(instance -> asker.api()
                            .listOtaPackageInfo(
                                    instance.getOrNull(), TYPE, settings.appId().getOrNull(), null, null, 1, null))
                    .json(
                            PACKAGES,
                            (instance, dto) ->
                                    HuaweiMapping.toSummaries(dto, TYPE).map(List::size));
            return asker.client().read(list, instanceId);
        }

        private Either<OtaFailure, Integer> modules(Asker asker, String appId) {
            Operation<String, Integer> list = Operation.<String>read("ListOtaModules")
                    .subject(app -> Message.of("modules"))
                    .request(app ->
                            asker.api().listOtaModules(settings.instanceId().getOrNull(), app, null, 1, null))
                    .json(MODULES, (app, dto) -> HuaweiMapping.toModules(dto).map(List::size));
            return asker.client().read(list, appId);
        }
    }
}
